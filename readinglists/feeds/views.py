"""Answering for the feeds of lists. Nobody is known by a cookie: a key in the address opens what
its owner may read; see bookmarks.feeds.asked.
"""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts.http import PRIVATE
from accounts.tokens import find_feed_reader
from bookmarks.cursors import Cursor, parse_cursor
from bookmarks.feeds.asked import size_of
from bookmarks.feeds.views import answer_feed, name_hub, no_such_feed
from bookmarks.paths import feed_path
from bookmarks.views.lists import owner_named
from readinglists.feed_outline import write_feeds
from readinglists.feeds.entries import list_feed, network_feed, version_of
from readinglists.following import followed_by
from readinglists.models import ReadingList
from readinglists.newest import read_newest
from readinglists.paths import path_of

OPML_TYPE = "text/x-opml; charset=utf-8"


@csrf_exempt  # nothing can be changed here and no cookie is read
@require_safe
def show_list_feed(
    request: HttpRequest,
    form: str,
    username: str,
    slug: str,
    feed_key: str | None = None,
    place: str | None = None,
) -> HttpResponseBase:
    """Answer with the newest items of a list that the one who asks may read."""
    cursor = parse_cursor("before", place or "")
    reader = find_feed_reader(username, feed_key) if feed_key is not None else None
    lists = ReadingList.objects.readable_by(reader or AnonymousUser()).select_related("owner")
    found = lists.filter(owner__username=username.lower(), owner__is_active=True, slug=slug).first()
    if found is None or (place and not cursor) or (reader is None and feed_key is not None):
        return no_such_feed()
    newest = read_newest([found.pk], cursor)
    key = reader.feed_key if reader else ""
    private = reader is not None or found.visibility != ReadingList.Visibility.PUBLIC
    hub_url = "" if private or cursor else settings.WEBSUB_HUB
    response = answer_feed(
        request,
        form,
        version_of(newest, f"{request.path} {found.title} {hub_url}"),
        lambda: list_feed(form, found, newest, key, hub_url),
        private=private,
    )
    path = feed_path(form, path_of(found))
    name_hub(response, hub_url, f"{settings.BASE_URL}{path}")
    return response


@require_safe
def feeds_opml(request: HttpRequest, username: str) -> HttpResponse:
    """Answer with all feeds of a person; to the person who is logged in, also the secret ones."""
    owner = owner_named(username)
    own = owner.pk == request.user.pk
    name = f'attachment; filename="softmarks-{owner.username}-feeds.opml"'
    headers = {"Content-Disposition": name, "Vary": "Cookie"} | (PRIVATE if own else {})
    return HttpResponse(write_feeds(owner, own=own), content_type=OPML_TYPE, headers=headers)


@csrf_exempt  # nothing can be changed here and no cookie is read
@require_safe
def show_network_feed(
    request: HttpRequest, form: str, username: str, feed_key: str, place: str | None = None
) -> HttpResponseBase:
    """Answer with what is new in the lists that the owner of the key follows."""
    reader = find_feed_reader(username, feed_key)
    cursor: Cursor | None = parse_cursor("before", place or "")
    if reader is None or (place and not cursor):
        return no_such_feed()
    size = size_of(request.GET.get("count", ""), form)
    newest = read_newest(list(followed_by(reader).values_list("pk", flat=True)), cursor, size)
    return answer_feed(
        request,
        form,
        version_of(newest, f"{request.path} {size}"),
        lambda: network_feed(form, reader, newest),
        private=True,
    )
