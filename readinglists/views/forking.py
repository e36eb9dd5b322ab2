"""Forking a list, and what its upstream did since."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, signed_in
from bookmarks.entries import safe_href
from bookmarks.wording import counted
from readinglists.drafts import Invalid
from readinglists.entries import title_of
from readinglists.forking import ALTERNATES, fork_list, upstream_of
from readinglists.forms import ListForm
from readinglists.headings import Reworded
from readinglists.models import Item, ReadingList
from readinglists.paths import list_path, path_of
from readinglists.taking import STEP, Outdated, leave, take
from readinglists.upstream import KINDS, Comparison, compare, count_changes, whole
from readinglists.views.access import NOT_HERE, editable, readable, wants_fragment

METHODS = ["GET", "HEAD", "POST"]
# As many changes of each kind are shown at once.
SHOWN = 100
PLAIN = "text/plain; charset=utf-8"
NO_FORK = "This list is no fork of another."
GONE = (
    "The list that this one was copied from is gone: deleted, or not open to you any more."
    " Your copy stays as it is."
)
WORDS = {"labels_text": "tags", "reading_pass": "how to read it", "authors_text": "authors"}


@require_http_methods(METHODS)
@signed_in
def fork(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show the form of a fork, or copy the list into one's own."""
    source = readable(request, username, slug)
    form = ListForm(request.POST if request.method == "POST" else None, of=source)
    hidden = source.visibility != ReadingList.Visibility.PUBLIC
    form.initial["visibility"] = (
        "private" if hidden or request.user.private_by_default else "public"
    )
    if form.is_bound and form.is_valid():
        try:
            made = fork_list(source, request.user, form.draft)
        except ReadingList.DoesNotExist:
            raise Http404(NOT_HERE) from None
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, "This copy is yours: change it as you like.")
            return redirect(list_path(request.user.username, made.slug))
    context = {
        "form": form,
        "reading_list": source,
        "path": list_path(source.owner.username, slug),
        "hidden": hidden,
    }
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/fork.html", context, status=status)


@require_http_methods(METHODS)
@signed_in
def upstream(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show what the upstream did since; `take` and `leave` name a change, or all of a version.

    Of all, no more is done at once than one request bears. A script is told how many are left, and
    asks again.
    """
    own = editable(request, username, slug)
    if own.forked_at is None:
        raise Http404(NO_FORK)
    source = upstream_of(own, request.user)
    path = list_path(own.owner.username, slug)
    if request.method == "POST":
        if source is None:
            messages.error(request, GONE)
        elif wants_fragment(request):
            return _take_step(request, own, source)
        else:
            _take_or_leave(request, own, source)
        return redirect(f"{path}upstream/")
    context: dict[str, Any] = {"reading_list": own, "path": path, "gone": GONE, "source": source}
    if source:
        found = compare(own, source)
        context |= {
            "source_path": path_of(source),
            "groups": [group for kind in KINDS if (group := _group(found, kind))],
            "count": len(found.changes),
            "stepwise": len(found.changes) > STEP,
            "had": len(found.had),
        }
    return render(request, "readinglists/upstream.html", context)


def origin_of(request: HttpRequest, reading_list: ReadingList, *, edits: bool) -> dict[str, Any]:
    """Return what the page of a list says of its upstream, as far as the reader may be told.

    How many changes wait there is told to who edits the list.
    """
    if reading_list.forked_at is None:
        return {}
    source = upstream_of(reading_list, request.user)
    if source is None:
        return {"upstream_path": f"{path_of(reading_list)}upstream/"} if edits else {}
    return {
        "origin": source,
        "upstream_path": f"{path_of(reading_list)}upstream/" if edits else "",
        "upstream_changes": count_changes(reading_list, source) if edits else 0,
    }


@dataclass(frozen=True)
class ShownChange:
    """One thing the upstream did. `fields` are what was changed, with the words here and there."""

    key: str
    title: str
    href: str
    note: str
    section: str
    fields: list[tuple[str, str, str]]


def _take_step(request: SignedInRequest, own: ReadingList, source: ReadingList) -> HttpResponse:
    """Take or leave some of it for a script; answer with how many are left, or why not (409)."""
    try:
        _, left = _do_step(request, own, source)
    except (Outdated, Invalid) as error:
        return HttpResponse(str(error), status=409, content_type=PLAIN)
    except ReadingList.DoesNotExist:
        return HttpResponse(GONE, status=409, content_type=PLAIN)
    if not left:
        word = "taken over" if "take" in request.POST else "left"
        messages.success(request, f"All of that is {word}.")
    return HttpResponse(str(left), content_type=PLAIN)


def _take_or_leave(request: SignedInRequest, own: ReadingList, source: ReadingList) -> None:
    try:
        done, left = _do_step(request, own, source)
    except (Outdated, Invalid) as error:
        messages.error(request, str(error))
    except ReadingList.DoesNotExist:
        messages.error(request, GONE)
    else:
        word = "taken over" if "take" in request.POST else "left"
        told = f"{counted(done, 'change')} {word}." if done else "That was done already."
        told += f" {left:,} more wait: press again." if left else ""
        messages.success(request, told)


def _do_step(request: SignedInRequest, own: ReadingList, source: ReadingList) -> tuple[int, int]:
    """Take or leave what the form names; return how many that were, and how many of all are left.

    Raises Outdated, Invalid, and ReadingList.DoesNotExist.
    """
    takes = "take" in request.POST
    named = request.POST.get("take" if takes else "leave", "")
    whole_list = named == "all"
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1
    keys, at = (None, version) if whole_list else ([named], None)
    if takes:
        done = take(own, source, request.user, keys, version=at, most=STEP)
    else:
        done = leave(own, source, keys, version=at, most=STEP)
    if done < STEP:
        return done, 0
    own.refresh_from_db()
    return done, count_changes(own, source)


def _group(found: Comparison, kind: str) -> dict[str, Any] | None:
    """Return the changes of one kind, as many as are shown at once."""
    changes = [one for one in found.changes if one.kind == kind]
    if not changes:
        return None
    shown = changes[:SHOWN]
    if kind == "sections":
        reworded = [_section_entry(one.key, found.sections[one.item_id]) for one in shown]
        return {"kind": kind, "count": len(changes), "entries": reworded}
    items = whole(one.item_id for one in shown)
    own: dict[int, Item] = {}
    if kind == "changed":
        own = whole(found.rows[one.item_id].item_id or 0 for one in shown)
    entries = [
        _entry(
            change.key,
            items[change.item_id],
            found.fields.get(change.item_id, []) if kind == "changed" else [],
            own.get(found.rows[change.item_id].item_id or 0) if kind == "changed" else None,
        )
        for change in shown
        if change.item_id in items
    ]
    return {"kind": kind, "count": len(changes), "entries": entries}


def _section_entry(key: str, one: Reworded) -> ShownChange:
    words = {"title": "heading", "note": "note"}
    fields = [
        (words[name], getattr(one.own, name), getattr(one.upstream, name)) for name in one.fields
    ]
    return ShownChange(key, one.own.title, href="", note="", section="", fields=fields)


def _entry(key: str, item: Item, names: list[str], own: Item | None) -> ShownChange:
    return ShownChange(
        key=key,
        title=title_of(item),
        href=safe_href(item.url) if item.url else "",
        note=item.note,
        section=item.section.title if item.section else "",
        fields=[
            (WORDS.get(name, name), _text(own, name) if own else "", _text(item, name))
            for name in names
        ],
    )


def _text(item: Item, name: str) -> str:
    if name == ALTERNATES:
        return "\n".join(one.url for one in item.alternates.all())
    value = getattr(item, name)
    return "" if value in (None, "", 0) else str(value)
