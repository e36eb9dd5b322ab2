"""Suggestions: made by readers, decided by editors, looked at by who made them."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest, signed_in
from readinglists.disclosure import disclosed
from readinglists.drafts import Invalid
from readinglists.models import Item, ReadingList, Section, Suggestion
from readinglists.ordering import Misplaced
from readinglists.paths import item_path, list_path, path_of, place_in_list
from readinglists.stepping import sections_in_order
from readinglists.suggesting import (
    FIELDS,
    Decided,
    ItemGone,
    accept,
    decline,
    said_of,
    suggest_change,
    suggest_item,
    withdraw,
)
from readinglists.suggestion_forms import (
    OFFERED,
    ChangeForm,
    ReviewForm,
    SuggestionForm,
    place_choices,
    place_name,
)
from readinglists.views.access import NO_ITEM, NOT_HERE, editable, item_in, readable
from readinglists.views.moving import number_in

METHODS = ["GET", "HEAD", "POST"]
# As many are shown at once: of those that wait, and of those decided.
SHOWN = 50
NO_SUGGESTION = "There is no such suggestion."
THANKS = "Thank you. The editors of the list see it; what becomes of it you see here."
State = Suggestion.State


@require_http_methods(METHODS)
@signed_in
def suggest(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show the form by which a new item is suggested, or pass on what it says."""
    reading_list = readable(request, username, slug)
    initial = {name: request.GET.get(name, "") for name in ("url", "title", "note")}
    opened = _opened(request)
    choices = place_choices(reading_list, opened=opened)
    ends = [places[0][0] for _, places in choices]
    initial["place"] = f"s{opened}" if f"s{opened}" in ends else ends[-1]
    form = SuggestionForm(
        request.POST if request.method == "POST" else None, choices=choices, initial=initial
    )
    if form.is_bound and form.is_valid():
        section, after = _place(reading_list, form.cleaned_data["place"])
        why = form.cleaned_data["why"]
        try:
            suggest_item(
                reading_list, request.user, form.said, why=why, section=section, after=after
            )
        except Invalid as error:
            form.refuse(error)
        except ReadingList.DoesNotExist:
            raise Http404(NOT_HERE) from None
        else:
            messages.success(request, THANKS)
            return redirect("readinglists:own_suggestions")
    return _show_form(request, reading_list, form)


@require_http_methods(METHODS)
@signed_in
def suggest_for_item(
    request: SignedInRequest, username: str, slug: str, item_id: str
) -> HttpResponse:
    """Show an item as a form by which a change is suggested, or pass that on."""
    reading_list = readable(request, username, slug)
    item = item_in(reading_list, item_id)
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, initial=said_of(item))
    if form.is_bound and form.is_valid():
        try:
            said = {name: form.said[name] for name in FIELDS if name in form.changed_data}
            suggest_change(item, request.user, said, why=form.cleaned_data["why"])
        except Invalid as error:
            form.refuse(error)
        except (Item.DoesNotExist, ReadingList.DoesNotExist):
            raise Http404(NO_ITEM) from None
        else:
            messages.success(request, THANKS)
            return redirect("readinglists:own_suggestions")
    return _show_form(request, reading_list, form, item=item)


@require_safe
@signed_in
def of_list(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show the editors of a list what was suggested: what waits, oldest first, then the rest."""
    reading_list = editable(request, username, slug)
    every = Suggestion.objects.filter(reading_list=reading_list)
    every = every.select_related("by", "item__page", "section", "decided_by")
    waiting = list(every.filter(state=State.OPEN).order_by("made_at", "pk")[: SHOWN + 1])
    decided = every.exclude(state=State.OPEN).order_by("-made_at", "-pk")[:SHOWN]
    context = {
        "reading_list": reading_list,
        "path": path_of(reading_list),
        "waiting": [_shown(one, reading_list) for one in waiting[:SHOWN]],
        "more": len(waiting) > SHOWN,
        "decided": [_shown(one, reading_list) for one in decided],
    }
    return render(request, "readinglists/suggestions.html", context)


@require_http_methods(METHODS)
@signed_in
def decide(request: SignedInRequest, username: str, slug: str, suggestion_id: str) -> HttpResponse:
    """Show a suggestion to be changed, accepted or declined; or do so."""
    reading_list = editable(request, username, slug)
    found = Suggestion.objects.filter(reading_list=reading_list, pk=suggestion_id)
    suggestion = found.select_related("by", "item__page", "section", "after").first()
    if suggestion is None:
        raise Http404(NO_SUGGESTION)
    item = suggestion.item if suggestion.about else None
    now = said_of(item) if item else {}
    initial = {**now, **suggestion.fields}
    opened = _opened(request)
    choices = (
        [] if suggestion.about else place_choices(reading_list, suggestion.after, opened=opened)
    )
    initial["place"] = _suggested_place(suggestion)
    sent = request.method == "POST" and "decline" not in request.POST
    form = ReviewForm(request.POST if sent else None, choices=choices, initial=initial)
    if request.method == "POST":
        done = _accept(request, suggestion, form) if sent else _decline(request, suggestion)
        if done:
            return redirect(f"{path_of(reading_list)}suggestions/")
    context = {
        "form": form,
        "reading_list": reading_list,
        "path": path_of(reading_list),
        "suggestion": suggestion,
        "shown": _shown(suggestion, reading_list),
        "item": item,
        "open": suggestion.state == State.OPEN,
        **({} if suggestion.about else _sections(reading_list, opened)),
        "changes": [(name, now[name], suggestion.fields[name]) for name in _changed(suggestion)]
        if item
        else [],
    }
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/suggestion.html", context, status=status)


@require_safe
@signed_in
def own(request: SignedInRequest) -> HttpResponse:
    """Show what waits for one as an editor, and what became of one's own suggestions."""
    made = Suggestion.objects.filter(by=request.user).order_by("-made_at", "-pk")
    found = list(made.select_related("by", "reading_list__owner", "item__page", "section")[:SHOWN])
    told = disclosed(request.user, [(one.reading_list, one.list_slug) for one in found])
    edited = ReadingList.objects.all_editable_by(request.user)
    waiting = (
        Suggestion.objects.filter(state=State.OPEN, reading_list__in=edited.values("pk"))
        .values("reading_list")
        .annotate(number=Count("pk"))
        .order_by("-number", "reading_list")[:SHOWN]
    )
    numbers = {row["reading_list"]: row["number"] for row in waiting}
    lists = ReadingList.objects.select_related("owner").in_bulk(list(numbers))
    context = {
        "made": [_shown(one, one.reading_list, told=one.reading_list_id in told) for one in found],
        "waiting": [(lists[pk], path_of(lists[pk]), number) for pk, number in numbers.items()],
    }
    return render(request, "readinglists/own_suggestions.html", context)


@require_POST
@signed_in
def take_back(request: SignedInRequest, suggestion_id: str) -> HttpResponse:
    """Withdraw a suggestion of one's own."""
    suggestion = Suggestion.objects.filter(by=request.user, pk=suggestion_id).first()
    if suggestion is None:
        raise Http404(NO_SUGGESTION)
    try:
        withdraw(suggestion)
    except Decided as error:
        messages.error(request, str(error))
    except (Suggestion.DoesNotExist, ReadingList.DoesNotExist):
        raise Http404(NO_SUGGESTION) from None
    else:
        messages.success(request, "Withdrawn.")
    return redirect("readinglists:own_suggestions")


def _accept(request: SignedInRequest, suggestion: Suggestion, form: ReviewForm) -> bool:
    """Accept as the form says; return whether there is nothing left to decide."""
    if not form.is_valid():
        return False
    place = None
    if "place" in form.fields:
        section, after = _place(suggestion.reading_list, form.cleaned_data["place"])
        place = section, after.pk if after else None
    try:
        accept(suggestion, request.user, _reviewed(form, suggestion), place=place)
    except (Decided, ItemGone) as error:
        messages.error(request, str(error))
    except Misplaced as error:
        form.add_error("place" if "place" in form.fields else None, str(error))
        return False
    except Invalid as error:
        form.refuse(error)
        return False
    except (Suggestion.DoesNotExist, ReadingList.DoesNotExist):
        raise Http404(NO_SUGGESTION) from None
    else:
        messages.success(request, "Accepted.")
    return True


def _reviewed(form: ReviewForm, suggestion: Suggestion) -> dict[str, str]:
    """Return what is to be said: of an item that is there, only what was suggested or changed."""
    if not suggestion.about:
        return form.said
    changed = {*suggestion.fields, *form.changed_data}
    return {name: text for name, text in form.said.items() if name in changed}


def _decline(request: SignedInRequest, suggestion: Suggestion) -> bool:
    try:
        decline(suggestion, request.user, request.POST.get("reason", ""))
    except (Decided, Invalid) as error:
        messages.error(request, str(error))
        return isinstance(error, Decided)
    except (Suggestion.DoesNotExist, ReadingList.DoesNotExist):
        raise Http404(NO_SUGGESTION) from None
    messages.success(request, "Declined.")
    return True


def _opened(request: SignedInRequest) -> int | None:
    """Return the section whose items are offered, 0 before all, or None for the first ones."""
    try:
        return number_in(request.GET.get("in", ""))
    except Misplaced:
        return None


def _sections(reading_list: ReadingList, opened: int | None) -> dict[str, Any]:
    """Return what a long list needs besides, for its items to be chosen section by section."""
    if reading_list.item_count <= OFFERED:
        return {}
    return {"to_open": sections_in_order(reading_list.pk), "opened": opened}


def _place(reading_list: ReadingList, name: str) -> tuple[Section | None, Item | None]:
    """Return the section and the item of a place, which the form has checked to be offered."""
    kind, number = name[:1], int(name[1:] or 0)
    if kind == "i":
        items = Item.objects.filter(reading_list=reading_list).select_related("section")
        if item := items.filter(pk=number).first():
            return item.section, item
    return Section.objects.filter(reading_list=reading_list, pk=number).first(), None


def _suggested_place(suggestion: Suggestion) -> str:
    after = suggestion.after
    if after and after.section_id == suggestion.section_id:
        return place_name(None, after.pk)
    return place_name(suggestion.section_id, None)


def _changed(suggestion: Suggestion) -> list[str]:
    return [name for name in FIELDS if name in suggestion.fields]


def _shown(suggestion: Suggestion, reading_list: ReadingList, *, told: bool = True) -> Any:
    """Return a suggestion as a template shows it; of a list that is hidden nothing but that."""
    fields = suggestion.fields
    owner, slug = reading_list.owner.username, reading_list.slug
    item = suggestion.item if told else None
    return {
        "id": suggestion.pk,
        "by": suggestion.by,
        "title": suggestion.about or fields.get("title") or fields.get("url") or fields["note"],
        "changes": suggestion.about and ", ".join(_changed(suggestion)),
        "url": fields.get("url", ""),
        "words": fields.get("note", ""),
        "section": suggestion.section.title if suggestion.section and told else "",
        "why": suggestion.note,
        "state": suggestion.state,
        "state_words": suggestion.get_state_display(),
        "reason": suggestion.reason,
        "made_at": suggestion.made_at,
        "item_path": item_path(owner, slug, item.pk) if item else "",
        "path": f"{list_path(owner, slug)}suggestions/{suggestion.pk}/",
        "list_title": reading_list.title if told else "",
        "list_path": list_path(owner, slug) if told else "",
    }


def _show_form(
    request: SignedInRequest,
    reading_list: ReadingList,
    form: ChangeForm,
    item: Item | None = None,
) -> HttpResponse:
    path = path_of(reading_list)
    owner, slug = reading_list.owner.username, reading_list.slug
    context = {
        "form": form,
        "reading_list": reading_list,
        "path": path,
        "item": item,
        **({} if item else _sections(reading_list, _opened(request))),
        "back": place_in_list(owner, slug, item.section_id or 0, item.pk) if item else path,
    }
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/suggest.html", context, status=status)
