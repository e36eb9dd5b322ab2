"""The methods `posts/…`: bookmarks of the caller, whom Pinboard calls user."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, takewhile

from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone

from bookmarks.api.pinboard import answers
from bookmarks.api.pinboard.methods import ALL_PACE, RECENT_PACE, Call, method
from bookmarks.api.pinboard.parameters import BadParameter, second_after, start_of_day
from bookmarks.cursors import Cursor, Direction
from bookmarks.drafts import Draft, InvalidDraft, make_draft
from bookmarks.links import BadUrl, clean_url, page_key
from bookmarks.listing import Listing, Shelf, count_days, walk_bookmarks
from bookmarks.models import Bookmark, OwnerCount, Page
from bookmarks.saving import delete_bookmark, save_bookmark
from bookmarks.storing import lock_owner
from bookmarks.tag_names import fold_tag
from bookmarks.tags import page_tags, top_tags

RECENT = 15
RECENT_AT_MOST = 100
SOURCE = "api"
SUGGESTED = 12


@method(status="code")
def update(call: Call) -> HttpResponseBase:
    """Tell when something last changed, by whatever door."""
    counts = OwnerCount.objects.filter(owner=call.user).first()
    changed_at = counts and counts.changed_at
    return answers.update(call.form, changed_at or call.user.date_joined)


@method(writes=True, status="code")
def add(call: Call) -> HttpResponseBase:
    """Save a bookmark; one of the same URL is replaced whole, and keeps its time."""
    draft = _draft(call)
    if call.asked.flag("replace") is not False:
        save_bookmark(call.user, draft)
        return answers.code(call.form, "done")
    with transaction.atomic():
        lock_owner(call.user)
        if Bookmark.objects.at(call.user, draft.url):
            return answers.code(call.form, "item already exists")
        save_bookmark(call.user, draft)
    return answers.code(call.form, "done")


@method(writes=True, status="code")
def delete(call: Call) -> HttpResponseBase:
    """Delete the bookmark of a URL; it can be restored on the site for a while."""
    bookmark = Bookmark.objects.at(call.user, call.asked.required("url"))
    try:
        if bookmark is None:
            raise Bookmark.DoesNotExist
        delete_bookmark(bookmark)
    except Bookmark.DoesNotExist:
        return answers.code(call.form, "item not found")
    return answers.code(call.form, "done")


@method(status="code")
def get(call: Call) -> HttpResponseBase:
    """Show the bookmark of a URL, or those of a day, else of the newest one's day."""
    labels, url = call.asked.tags(), call.asked.text("url")
    if url:
        found = Bookmark.objects.at(call.user, url)
        wanted = {fold_tag(label) for label in labels}
        fits = found and wanted <= {fold_tag(label) for label in found.labels}
        return _posts(call, iter([found] if found and fits else []))
    day = call.asked.day("dt")
    cursor = Cursor(Direction.BEFORE, day + timedelta(days=1)) if day else None
    found_ones = walk_bookmarks(_listing(call, labels, cursor=cursor), call.user)
    first = next(found_ones, None)
    if first is None:
        return _posts(call, iter(()))
    day = day or start_of_day(first.saved_at)
    rest = takewhile(lambda one: one.saved_at >= day, _with(first, found_ones))
    return _posts(call, rest)


@method(status="code", pace=RECENT_PACE)
def recent(call: Call) -> HttpResponseBase:
    """Show the newest bookmarks."""
    count = min(call.asked.number("count") or RECENT, RECENT_AT_MOST)
    found = walk_bookmarks(_listing(call, call.asked.tags()), call.user)
    return _posts(call, islice(found, count))


@method(status="code", pace=ALL_PACE)
def everything(call: Call) -> HttpResponseBase:
    """Show all bookmarks or a part of them, as many as there are, written while they are read."""
    asked = call.asked
    since, before = asked.time("fromdt"), asked.time("todt")
    first = second_after(since) if since else None
    if before and before.microsecond:  # its whole second is before it
        before = second_after(before)
    cursor = Cursor(Direction.BEFORE, before) if before else None
    listing = _listing(call, asked.tags(), unread=bool(asked.flag("toread")), cursor=cursor)
    found = walk_bookmarks(listing, call.user, start=asked.number("start") or 0)
    if first:
        found = takewhile(lambda one: one.saved_at >= first, found)
    return answers.posts(call.form, call.user.username, islice(found, asked.number("results")))


@method(status="code")
def dates(call: Call) -> HttpResponseBase:
    """Tell how many bookmarks there are of each day."""
    labels = call.asked.tags()
    days = count_days(_listing(call, labels), call.user)
    return answers.dates(call.form, call.user.username, labels, days)


@method(status="code")
def suggest(call: Call) -> HttpResponseBase:
    """Suggest tags: those others gave the page, and one's own, those given it first."""
    try:
        key = page_key(clean_url(call.asked.required("url")))
    except BadUrl:
        return answers.suggested(call.form, [], [])
    page = Page.objects.at(key)
    popular = page_tags(page) if page else []
    own = {fold_tag(tag.label): tag.label for tag in top_tags(call.user, viewer_is_owner=True)}
    fitting = [own[name] for label in popular if (name := fold_tag(label)) in own]
    recommended = list(dict.fromkeys([*fitting, *own.values()]))
    return answers.suggested(call.form, popular[:SUGGESTED], recommended[:SUGGESTED])


def _draft(call: Call) -> Draft:
    """Return what `posts/add` asks for; what is left out is as by default."""
    asked = call.asked
    shared = asked.flag("shared")
    if asked.text("shared") and shared is None:
        shared = False  # whatever was meant, it was not a plain yes
    try:
        return make_draft(
            asked.required("url"),
            title=asked.required("description"),
            description=asked.text("extended"),
            tags=asked.texts("tags"),
            private=call.user.private_by_default if shared is None else not shared,
            unread=bool(asked.flag("toread")),
            saved_at=asked.time("dt"),
            source=SOURCE,
        )
    except InvalidDraft:
        raise BadParameter from None


def _listing(
    call: Call, labels: tuple[str, ...], *, unread: bool = False, cursor: Cursor | None = None
) -> Listing:
    shelf = Shelf.UNREAD if unread else Shelf.ALL
    return Listing(owner=call.user, labels=labels, shelf=shelf, cursor=cursor)


def _posts(call: Call, found: Iterator[Bookmark]) -> HttpResponseBase:
    """Answer with posts and the time of the newest, or the present where there are none."""
    first = next(found, None)
    moment = first.saved_at if first else timezone.now()
    all_ = _with(first, found) if first else found
    return answers.posts(call.form, call.user.username, all_, moment)


def _with(first: Bookmark, rest: Iterator[Bookmark]) -> Iterator[Bookmark]:
    yield first
    yield from rest
