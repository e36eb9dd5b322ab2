"""Lists as pages: one list, one of its sections, the way to one of its items."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from bookmarks.views.lists import Feed, feeds_of
from readinglists.entries import ListHead, head_of, parts_of
from readinglists.following import is_following
from readinglists.groups.summaries import groups_of
from readinglists.models import ReadingList
from readinglists.outline import read_outline
from readinglists.paths import path_of, place_in_list
from readinglists.sharing import card_of
from readinglists.suggesting import open_suggestions
from readinglists.undoing import KEPT
from readinglists.views.access import NO_SECTION, item_in, readable, reader_of, wants_fragment
from readinglists.views.forking import origin_of

# More sections than that are not opened at once.
MOST_OPEN = 20


@require_safe
def show_list(request: HttpRequest, username: str, slug: str) -> HttpResponse:
    """Show a list; of a long one the first sections, and those that `?open=` names."""
    reading_list = readable(request, username, slug)
    reader = reader_of(request)
    opened = [int(one) for one in request.GET.getlist("open")[:MOST_OPEN] if _is_id(one)]
    start, past = _place(request)
    outline = read_outline(reading_list, reader, opened=opened, start=start, past=past)
    parts = parts_of(outline)
    of_list = list_context(reading_list, reader, len(parts) - 1)
    edits = of_list["head"].editable
    context = {
        **of_list,
        **origin_of(request, reading_list, edits=edits),
        "suggested": open_suggestions(reading_list) if edits else 0,
        "outline": outline,
        "totals": outline.totals,
        "next_up": outline.next_up,
        "parts": parts,
        "following": not of_list["head"].owned and is_following(reader, reading_list),
        "feeds": _feeds(reading_list, reader),
        "card": card_of(outline, itemised=reader is None),
        "undo": deleted_from(request, reading_list) if reader else "",
        "groups": groups_of(reader, reading_list) if reader else [],
    }
    return render(request, "readinglists/list.html", context)


@require_safe
def show_section(request: HttpRequest, username: str, slug: str, section_id: str) -> HttpResponse:
    """Answer a script with one section and its items; lead everyone else to it in the list."""
    reading_list = readable(request, username, slug)
    if not wants_fragment(request):
        return redirect(place_in_list(reading_list.owner.username, slug, int(section_id)))
    reader = reader_of(request)
    start, past = _place(request)
    outline = read_outline(
        reading_list, reader, opened=[int(section_id)], start=start, past=past, only=True
    )
    part = next(iter(parts_of(outline, int(section_id))), None)
    if part is None:
        raise Http404(NO_SECTION)
    context = {**list_context(reading_list, reader), "outline": outline, "part": part}
    return render(request, "readinglists/_section.html", context)


@require_safe
def show_item(request: HttpRequest, username: str, slug: str, item_id: str) -> HttpResponse:
    """Lead to an item in its list, with its section opened."""
    reading_list = readable(request, username, slug)
    item = item_in(reading_list, item_id)
    owner = reading_list.owner.username
    return redirect(place_in_list(owner, slug, item.section_id or 0, item.pk))


def list_context(
    reading_list: ReadingList, reader: User | None, sections: int = 0
) -> dict[str, Any]:
    """Return what every page of one list needs: the list and its head."""
    editors = User.objects.filter(edited_lists__reading_list=reading_list, is_active=True)
    in_order = list(editors.order_by("edited_lists__added_at", "pk").only("username"))
    head: ListHead = head_of(reading_list, in_order, reader, sections)
    return {"reading_list": reading_list, "head": head, "title": reading_list.title}


def deleted_from(request: HttpRequest, reading_list: ReadingList) -> str:
    """Return what the person deleted last, if it was of this list, so that it can be undone."""
    list_id, _, title = request.session.get(KEPT, (0, 0, ""))
    return str(title) if list_id == reading_list.pk else ""


def _feeds(reading_list: ReadingList, reader: User | None) -> list[Feed]:
    """Return the feeds of a list; that of a private one needs its owner's key."""
    path = path_of(reading_list)
    if reading_list.visibility != ReadingList.Visibility.PRIVATE:
        return feeds_of(path, reading_list.title)
    if reader is None or reader.pk != reading_list.owner_id:
        return []
    return feeds_of(path, reading_list.title, reader.feed_key)


def _place(request: HttpRequest) -> tuple[int, int | None]:
    """Return from where on a long section is to be shown: from a place, or behind a rank."""
    start, past = request.GET.get("from", ""), request.GET.get("past", "")
    return (
        int(start) if _is_id(start) else 0,
        int(past) if _is_id(past.removeprefix("-")) else None,
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18
