"""Adding, changing, moving and deleting the items of a list."""

from collections.abc import Sequence
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest, signed_in
from bookmarks.markup import plain_title
from readinglists.drafts import Invalid
from readinglists.entries import title_of
from readinglists.forms import ItemForm, item_values
from readinglists.items import add_item, edit_item
from readinglists.lines import lines_of
from readinglists.models import Item, ReadingList, RemovedItem
from readinglists.ordering import Misplaced, move_item
from readinglists.paths import item_path, list_path, place_in_list
from readinglists.stepping import ITEM_STEPS, sections_in_order, step_item
from readinglists.undoing import KEPT, bring_back, remove_item
from readinglists.versions import Overtaken
from readinglists.views.access import NO_ITEM, editable, item_in, wants_fragment
from readinglists.views.figures import figures_of
from readinglists.views.moving import moved, number_in, section_named

METHODS = ["GET", "HEAD", "POST"]
# As many are offered to be read before an item, and to be put behind.
OFFERED = 200


@require_http_methods(METHODS)
@signed_in
def new_item(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show the form of a new item, or add it at the end of a section."""
    reading_list = editable(request, username, slug)
    asked = request.POST if request.method == "POST" else request.GET
    initial = {name: asked.get(name, "") for name in ("url", "title", "note")}
    form = ItemForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            section = section_named(reading_list, asked.get("section", ""))
            item = add_item(reading_list, form.draft, request.user, section=section)
        except (Invalid, Misplaced) as error:
            form.add_error(None, str(error))
        except ReadingList.DoesNotExist:
            raise Http404(NO_ITEM) from None
        else:
            return redirect(_place(reading_list, item))
    return _show(request, reading_list, form, section=asked.get("section", ""))


@require_http_methods(METHODS)
@signed_in
def change_item(request: SignedInRequest, username: str, slug: str, item_id: str) -> HttpResponse:
    """Show the form of an item, or change it as the form says."""
    reading_list = editable(request, username, slug)
    item = item_in(reading_list, item_id)
    values = item_values(item)
    earlier = _earlier(reading_list, item, values["after"])
    data = request.POST if request.method == "POST" else None
    form = ItemForm(data, initial=values, earlier=earlier)
    if form.is_bound and form.is_valid():
        after, as_of = form.cleaned_data.get("after"), form.cleaned_data["as_of"]
        try:
            changed = edit_item(item, form.draft, request.user, after=after, as_of=as_of)
        except (Item.DoesNotExist, ReadingList.DoesNotExist):
            raise Http404(NO_ITEM) from None
        except Overtaken as error:
            form.overtake(error)
        except Invalid as error:
            form.refuse(error)
        else:
            return redirect(_place(reading_list, changed))
    return _show(request, reading_list, form, item=item)


@require_http_methods(METHODS)
@signed_in
def shift_item(request: SignedInRequest, username: str, slug: str, item_id: str) -> HttpResponse:
    """Move an item, or show where it could be moved.

    `to` is up, down, top or end. Else it goes into `section` (left out: where it is; 0: before
    all), after the item `after`, first without one, last with `after=end`.
    """
    reading_list = editable(request, username, slug)
    item = item_in(reading_list, item_id)
    if request.method != "POST":
        return _show_places(request, reading_list, item)

    from_section = item.section_id

    def move() -> None:
        nonlocal item
        step = request.POST.get("to", "")
        if step in ITEM_STEPS:
            item = step_item(item, step)
            return
        if step:
            raise Misplaced("There is no such place in this list.")
        section = item.section
        if "section" in request.POST:
            section = section_named(reading_list, request.POST["section"])
        at_end = request.POST.get("after") == "end"
        after = None if at_end else number_in(request.POST.get("after", ""))
        item = move_item(item, section, after=after, at_end=at_end)

    def figures() -> HttpResponse:
        reading_list.refresh_from_db(fields=["version", "updated_at"])
        return figures_of(request, reading_list, [from_section, item.section_id])

    return moved(request, move, lambda: _place(reading_list, item), figures)


@require_POST
@signed_in
def take_out(request: SignedInRequest, username: str, slug: str, item_id: str) -> HttpResponse:
    """Take an item out of its list; the last one can be brought back."""
    reading_list = editable(request, username, slug)
    item = item_in(reading_list, item_id)
    try:
        removed = remove_item(item, request.user)
    except (Item.DoesNotExist, ReadingList.DoesNotExist):
        raise Http404(NO_ITEM) from None
    request.session[KEPT] = [reading_list.pk, removed.pk, removed.title]
    if wants_fragment(request):
        return HttpResponse(status=204)
    owner = reading_list.owner.username
    return redirect(f"{list_path(owner, slug)}?open={item.section_id or 0}")


@require_POST
@signed_in
def restore_item(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Bring back the item that the person deleted last."""
    reading_list = editable(request, username, slug)
    list_id, removed_id, _ = request.session.get(KEPT, (0, 0, ""))
    removed = RemovedItem.objects.filter(pk=removed_id, reading_list=list_id, by=request.user)
    if list_id != reading_list.pk or not (kept := removed.first()):
        raise Http404(NO_ITEM)
    try:
        item = bring_back(kept)
    except (Invalid, ReadingList.DoesNotExist, RemovedItem.DoesNotExist) as error:
        raise Http404(str(error)) from None
    del request.session[KEPT]
    return redirect(_place(reading_list, item))


def _place(reading_list: ReadingList, item: Item) -> str:
    owner = reading_list.owner.username
    return place_in_list(owner, reading_list.slug, item.section_id or 0, item.pk)


def _earlier(reading_list: ReadingList, item: Item, chosen: Sequence[int]) -> list[tuple[int, str]]:
    """Return what may be read before an item: what stands before it, nearest last, and `chosen`."""
    sections = [None, *(one.pk for one in sections_in_order(reading_list.pk))]
    order = {section_id: place for place, section_id in enumerate(sections)}
    lines = sorted(
        lines_of(reading_list), key=lambda line: (order[line.section_id], line.rank, line.item_id)
    )
    ids = [line.item_id for line in lines]
    before = ids[: ids.index(item.pk)] if item.pk in ids else ids
    offered = [*(one for one in chosen if one not in before[-OFFERED:]), *before[-OFFERED:]]
    items = Item.objects.select_related("page").in_bulk(offered)
    return [(pk, plain_title(title_of(items[pk]))) for pk in offered if pk in items]


def _show_places(request: SignedInRequest, reading_list: ReadingList, item: Item) -> HttpResponse:
    """Show the sections of a list, and the items of one of them to be put behind."""
    try:
        if "section" in request.GET:
            section = section_named(reading_list, request.GET["section"])
        else:
            section = item.section
    except Misplaced as error:
        raise Http404(str(error)) from None
    siblings = Item.objects.filter(reading_list=reading_list, section=section)
    others = siblings.exclude(pk=item.pk).select_related("page").order_by("rank", "pk")
    owner = reading_list.owner.username
    context = {
        "reading_list": reading_list,
        "title": title_of(item),
        "section": section,
        "sections": sections_in_order(reading_list.pk),
        "others": [(one.pk, title_of(one)) for one in others[:OFFERED]],
        "path": list_path(owner, reading_list.slug),
        "item_path": item_path(owner, reading_list.slug, item.pk),
        "back": _place(reading_list, item),
    }
    return render(request, "readinglists/move_item.html", context)


def _show(
    request: SignedInRequest,
    reading_list: ReadingList,
    form: ItemForm,
    item: Item | None = None,
    section: str = "",
) -> HttpResponse:
    at = partial(list_path, reading_list.owner.username, reading_list.slug)
    context = {
        "form": form,
        "reading_list": reading_list,
        "item": item,
        "item_path": at(f"i:{item.pk}") if item else "",
        "section": section,
        "sections": [] if item else sections_in_order(reading_list.pk),
        "path": at(),
        "back": _place(reading_list, item) if item else at(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/item_form.html", context, status=status)
