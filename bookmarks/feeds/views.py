"""Answering for a feed: who may read it, whether it changed, in which form.

Conditional requests by RFC 9110, section 13: a reader that has the current version is told so
before anything is written.
"""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from bookmarks.feeds.asked import Asked, NoSuchFeed, find_feed
from bookmarks.feeds.atom import ATOM_TYPE, write_atom
from bookmarks.feeds.entries import make_feed
from bookmarks.feeds.jsonfeed import JSON_TYPE, write_json
from bookmarks.feeds.rss import RSS_TYPE, write_rss
from bookmarks.listing import ListedPage, Version, last_changed

FORMS = {
    "atom": (write_atom, ATOM_TYPE),
    "rss": (write_rss, RSS_TYPE),
    "json": (write_json, JSON_TYPE),
}
PUBLIC = {"Cache-Control": "public, max-age=60", "Access-Control-Allow-Origin": "*"}
# An address with a key is a secret: kept by no cache, found by no search, told to no other site.
PRIVATE = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
NO_SUCH_FEED = (
    "There is no feed at this address.\n\n"
    "Check how the name is spelled. A private feed needs its owner's current key: log in and copy"
    " the address of the feed anew from the page it belongs to.\n"
)


@csrf_exempt  # nothing can be changed here and no cookie is read; so a POST learns it is a 405
@require_safe
def show_feed(request: HttpRequest, form: str, **parts: str) -> HttpResponseBase:
    """Answer with a feed, with 304 when the reader has it, or with one and the same 404."""
    try:
        slash = request.path.endswith("/")
        asked = find_feed(form, parts, request.GET.get("count", ""), slash=slash)
    except NoSuchFeed:
        return HttpResponseNotFound(
            NO_SUCH_FEED, content_type="text/plain; charset=utf-8", headers=PRIVATE
        )
    listed = asked.read()
    version = last_changed(listed)
    headers = {"ETag": _etag(asked, listed, version)}
    modified = None
    if version.changed_at:
        modified = int(version.changed_at.timestamp())
        headers["Last-Modified"] = http_date(modified)
    response = get_conditional_response(request, headers["ETag"], modified)
    if response is None:
        write, content_type = FORMS[form]
        feed = make_feed(asked, listed, version.changed_at)
        response = HttpResponse(write(feed), content_type=content_type)
    for name, value in (headers | (PRIVATE if asked.feed_key else PUBLIC)).items():
        response.headers[name] = value
    return response


def _etag(asked: Asked, listed: ListedPage, version: Version) -> str:
    """Return the entity tag: of what is listed, how it goes on, and of the program that writes."""
    ways = f"{asked.url} {listed.earlier} {listed.later} {settings.VERSION}"
    return f'"{hashlib.sha256(f"{version.etag} {ways}".encode()).hexdigest()[:32]}"'
