"""Adding from one's bookmarks: looking through them by words and tags, ticking several."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, signed_in
from bookmarks.cursors import Cursor, parse_cursor
from bookmarks.entries import entry_of
from bookmarks.models import Bookmark
from bookmarks.tag_names import BadTags, split_tags
from bookmarks.tags import top_tags
from bookmarks.wording import counted
from readinglists.drafts import Invalid, make_item_draft
from readinglists.items import add_items
from readinglists.models import Item, ReadingList
from readinglists.ordering import Misplaced
from readinglists.paths import path_of
from readinglists.picking import find_bookmarks
from readinglists.stepping import sections_in_order
from readinglists.views.access import NOT_HERE, editable
from readinglists.views.moving import section_named

MAX_TAGS, MAX_WORDS = 3, 10
OFFERED_TAGS = 30
# On all pages together.
MOST_TICKED = 500
SLUG = re.compile(r"[0-9a-f]{12}\Z", re.ASCII)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def pick(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show one's bookmarks, narrowed by `words` and `tags`, or add those that are ticked.

    Ticks are kept while one looks on: a form with `from` asks for the page from that place on, one
    with `look` for other words, one with `tag` for another tag.
    """
    reading_list = editable(request, username, slug)
    path = path_of(reading_list)
    said = request.POST if request.method == "POST" else request.GET
    looks_on = bool(said.get("from")) or "look" in said or "tag" in said
    context: dict[str, Any] = {
        "reading_list": reading_list,
        "path": path,
        "words": said.get("words", "")[:200],
        "tags": said.get("tag", said.get("tags", ""))[:200],
        "section": said.get("section", ""),
        "at": (said.get("from", "") if looks_on else said.get("at", ""))[:200],
        "ticked": [slug for slug in said.getlist("b")[:MOST_TICKED] if SLUG.match(slug)],
    }
    try:
        if request.method == "POST" and not looks_on:
            return redirect(f"{path}?open={_add(request, reading_list, context)}")
    except (Invalid, Misplaced) as error:
        context["error"] = str(error)
    except ReadingList.DoesNotExist:
        raise Http404(NOT_HERE) from None
    try:
        context |= _found(request, reading_list, context)
    except (Invalid, BadTags) as error:
        context.setdefault("error", str(error))
    context["sections"] = sections_in_order(reading_list.pk)
    context["cloud"] = [one.label for one in top_tags(request.user, True)[:OFFERED_TAGS]]
    status = 422 if "error" in context else 200
    return render(request, "readinglists/pick.html", context, status=status)


def _found(
    request: SignedInRequest, reading_list: ReadingList, asked: dict[str, Any]
) -> dict[str, Any]:
    """Return what was looked for; of each bookmark also whether the list has its page."""
    labels = tuple(split_tags(asked["tags"]))
    words = asked["words"].split()
    if len(labels) > MAX_TAGS or len(words) > MAX_WORDS:
        raise Invalid({"": f"Give {MAX_TAGS} tags and {MAX_WORDS} words at most."})
    found = find_bookmarks(request.user, words, labels, _cursor(asked["at"]))
    pages = [one.page_id for one in found.bookmarks]
    items = Item.objects.filter(reading_list=reading_list, page__in=pages)
    known = set(items.values_list("page_id", flat=True))
    shown = {one.slug for one in found.bookmarks}
    return {
        "elsewhere": [slug for slug in asked["ticked"] if slug not in shown],
        "earlier": str(found.earlier or ""),
        "found": [
            (entry_of(one, request.user, own=True), one.page_id in known) for one in found.bookmarks
        ],
    }


def _cursor(said: str) -> Cursor | None:
    direction, _, place = said.partition(":")
    return parse_cursor("before", place) if direction == "before" else None


def _add(request: SignedInRequest, reading_list: ReadingList, asked: dict[str, Any]) -> int:
    """Add the ticked bookmarks that are not there yet; return the id of the section, or 0.

    They come in the order in which they were shown. Raises Invalid, Misplaced, and
    ReadingList.DoesNotExist.
    """
    section = section_named(reading_list, asked["section"])
    own = Bookmark.objects.filter(owner=request.user, slug__in=asked["ticked"])
    kept = {one.page_id: one for one in own.order_by("saved_at", "pk")}
    known = Item.objects.filter(reading_list=reading_list, page__in=list(kept))
    for page_id in known.values_list("page_id", flat=True):
        kept.pop(page_id, None)
    if not kept:
        raise Invalid({"": "Tick a bookmark that is not in the list yet."})
    order = {slug: place for place, slug in enumerate(asked["ticked"])}
    chosen = sorted(kept.values(), key=lambda one: order[one.slug])
    drafts = [make_item_draft(url=one.url, title=one.title) for one in chosen]
    added = add_items(reading_list, drafts, request.user, section=section)
    messages.success(request, f"{counted(len(added), 'item')} added.")
    return section.pk if section else 0
