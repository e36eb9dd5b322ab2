"""linkding's feeds, RSS 2.0 at `/feeds/KEY/all` and its like; the key is that of one's feeds.

They take what its lists take. Whatever is not there is the one 404 of all feeds.
"""

from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts.tokens import find_feed_owner
from bookmarks.api.linkding.answers import Problem
from bookmarks.api.linkding.operations import Call
from bookmarks.api.linkding.representations import FILTER, ID
from bookmarks.api.linkding.searching import search
from bookmarks.api.linkding.values import Invalid, Kind, Shape, Text, Whole
from bookmarks.feeds.asked import ENTRIES_AT_MOST, Asked
from bookmarks.feeds.entries import make_feed
from bookmarks.feeds.views import answer_feed, no_such_feed, written
from bookmarks.listing import ListedPage, Shelf, last_changed, rows_of

USUAL = 100
_FIELDS: dict[str, Kind] = {
    "q": Text(most=1000),
    "limit": Whole(0, ENTRIES_AT_MOST),
    "unread": FILTER,
    "shared": FILTER,
    "bundle": ID,
    "user": Text(most=100),
}
FEED = Shape("", _FIELDS)
SHELVES = {"unread": Shelf.UNREAD, "untagged": Shelf.UNTAGGED}


@csrf_exempt  # nothing can be changed here and no cookie is read
@require_safe
def show_feed(request: HttpRequest, name: str = "shared", feed_key: str = "") -> HttpResponseBase:
    """Answer with the newest of one's bookmarks, or with `shared` of everybody's public ones."""
    reader = find_feed_owner(feed_key) if feed_key else None
    if feed_key and reader is None:
        return no_such_feed()
    try:
        asked = FEED.read_parameters(request.GET)
        asked |= {"unread": "yes"} if name == "unread" else {}
        call = Call(request, reader or AnonymousUser(), asked, {})
        shared, limit = name == "shared", asked.get("limit", 0) or USUAL
        archived = None if shared else False
        untagged = name == "untagged"
        wanted, found = search(call, 0, limit, archived=archived, shared=shared, untagged=untagged)
    except (Invalid, Problem):
        return no_such_feed()
    listing = replace(wanted.listing, shelf=SHELVES.get(name, wanted.listing.shelf))
    listed = ListedPage(rows_of(found.ids))
    key = reader.feed_key if reader and not shared else ""
    shown = Asked("rss", listing, call.viewer, feed_key=key)
    version = last_changed(listed)
    address = f"{settings.BASE_URL}{request.get_full_path()}"
    return answer_feed(
        request,
        "rss",
        written(version, address),
        lambda: replace(make_feed(shown, listed, version.changed_at), url=address),
        private=bool(feed_key),
    )
