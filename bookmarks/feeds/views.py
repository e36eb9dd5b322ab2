"""Answering for a feed: who may read it, whether it changed, in which form.

Import `show_feed`; for the feeds of other things `answer_feed`, `name_hub`, `no_such_feed`,
`written`, and for documents of other kinds `answer_version`. Conditional requests by RFC 9110,
section 13: a reader that has the current version is told so before anything is written.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts.http import PRIVATE
from bookmarks.feeds.asked import NoSuchFeed, find_feed
from bookmarks.feeds.atom import ATOM_TYPE, write_atom
from bookmarks.feeds.entries import Feed, make_feed
from bookmarks.feeds.jsonfeed import JSON_TYPE, write_json
from bookmarks.feeds.pinboard_json import PINBOARD_JSON_TYPE, write_pinboard_json
from bookmarks.feeds.rdf import RDF_TYPE, write_rdf
from bookmarks.feeds.rss import RSS_TYPE, write_rss
from bookmarks.listing import Version, last_changed

FORMS = {
    "atom": (write_atom, ATOM_TYPE),
    "rss": (write_rss, RSS_TYPE),
    "json": (write_json, JSON_TYPE),
    "pinboard_rss": (write_rdf, RDF_TYPE),
    "pinboard_json": (write_pinboard_json, PINBOARD_JSON_TYPE),
}
PUBLIC = {"Cache-Control": "public, max-age=60", "Access-Control-Allow-Origin": "*"}
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
        return no_such_feed()
    listed = asked.read()
    version = last_changed(listed)
    response = answer_feed(
        request,
        form,
        written(version, asked.url, listed.earlier, listed.later, asked.hub_url),
        lambda: make_feed(asked, listed, version.changed_at),
        private=bool(asked.feed_key),
    )
    name_hub(response, asked.hub_url, asked.url)
    return response


def name_hub(response: HttpResponseBase, hub_url: str, url: str) -> None:
    """Name the hub of a feed, if it has one, where subscribers look first (WebSub, 4)."""
    if hub_url:
        response.headers["Link"] = f'<{hub_url}>; rel="hub", <{url}>; rel="self"'


def answer_feed(
    request: HttpRequest,
    form: str,
    version: Version,
    make: Callable[[], Feed],
    *,
    private: bool,
) -> HttpResponseBase:
    """Answer with a feed in a form, as `answer_version` does."""
    write, content_type = FORMS[form]
    return answer_version(request, version, lambda: write(make()), content_type, private=private)


def answer_version(
    request: HttpRequest,
    version: Version,
    write: Callable[[], bytes],
    content_type: str,
    *,
    private: bool,
) -> HttpResponseBase:
    """Answer with a document, or with 304 to a reader who has this version of it.

    A private one is kept by no cache and told to nobody else.
    """
    headers = {"ETag": f'"{version.etag}"'}
    modified = None
    if version.changed_at:
        modified = int(version.changed_at.timestamp())
        headers["Last-Modified"] = http_date(modified)
    response = get_conditional_response(request, headers["ETag"], modified)
    if response is None:
        response = HttpResponse(write(), content_type=content_type)
    for name, value in (headers | (PRIVATE if private else PUBLIC)).items():
        response.headers[name] = value
    return response


def no_such_feed() -> HttpResponse:
    """Return the one answer for feeds that are not there, or not for the one who asks."""
    return HttpResponseNotFound(
        NO_SUCH_FEED, content_type="text/plain; charset=utf-8", headers=PRIVATE
    )


def written(version: Version, *said: object) -> Version:
    """Return the version of a feed: of what is listed, what is said beside, and who writes it."""
    told = " ".join(map(str, (version.etag, *said, settings.VERSION)))
    return Version(hashlib.sha256(told.encode()).hexdigest()[:32], version.changed_at)
