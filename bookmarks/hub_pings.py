"""Telling a WebSub hub which feeds changed (https://www.w3.org/TR/websub/). Import `note_change`,
`ping_due`, `announces`.

Only the first pages of public feeds are told of: everyone's, a person's, a tag's, and a person's
with one tag. A topic is exactly what such a feed calls itself.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from bookmarks.fetching.errors import BadAnswer, FetchError
from bookmarks.fetching.guard import GuardedSession
from bookmarks.fetching.targets import check_url
from bookmarks.listing import ENTRIES_A_PAGE, Listing, Shelf
from bookmarks.models import Bookmark, FeedPing
from bookmarks.pages import fetch_policy
from bookmarks.paths import feed_path, list_path
from bookmarks.tag_names import fold_tag

log = logging.getLogger(__name__)

FORMS = ("atom", "rss", "json")
LONGEST_TOPIC = 500
# What changes meanwhile is told with the first change.
WAIT = timedelta(seconds=60)
AT_ONCE = 200
MOST_ATTEMPTS = 5
SECONDS = 10.0


def announces(form: str, listing: Listing) -> bool:
    """Tell whether the public feed of a listing names the hub: whether the hub is told of it."""
    return (
        bool(settings.WEBSUB_HUB)
        and form in FORMS
        and listing.cursor is None
        and listing.size == ENTRIES_A_PAGE
        and listing.shelf is Shelf.ALL
        and listing.page is None
        and len(listing.labels) <= 1
    )


def note_change(bookmark: Bookmark) -> None:
    """Write down which feeds a saved bookmark is new in; nothing without a hub or in private."""
    if not settings.WEBSUB_HUB or bookmark.private:
        return
    due_at = timezone.now() + WAIT
    rows = [FeedPing(topic=topic, due_at=due_at) for topic in _topics_of(bookmark)]
    FeedPing.objects.bulk_create(rows, ignore_conflicts=True)


def _topics_of(bookmark: Bookmark) -> list[str]:
    """Return the addresses of the feeds that show a public bookmark; tags as typed and folded."""
    name = bookmark.owner.username
    labels = bookmark.labels_for(AnonymousUser())
    spelled = dict.fromkeys([*labels, *map(fold_tag, labels)])
    paths = [list_path(), list_path(name)]
    paths += [list_path(owner, [label]) for label in spelled for owner in ("", name)]
    topics = [f"{settings.BASE_URL}{feed_path(form, path)}" for path in paths for form in FORMS]
    return [topic for topic in topics if len(topic) <= LONGEST_TOPIC]


def ping_due(is_over: Callable[[], bool]) -> int:
    """Tell the hub of feeds whose time has come; return of how many.

    Taking a row away is the claim to it. When the hub fails, that feed is tried again later, up to
    five times, and the others wait for the next round: it is the same hub for all.
    """
    due = FeedPing.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")
    told = 0
    for ping in due[:AT_ONCE]:
        if is_over():
            break
        taken, _ = FeedPing.objects.filter(pk=ping.pk).delete()
        if not taken:
            continue
        try:
            _tell_hub(ping.topic)
        except FetchError as error:
            _put_back(ping, error)
            break
        told += 1
    return told


def _tell_hub(topic: str) -> None:
    """Post to the hub that a feed changed, through the guard. Raises FetchError."""
    policy = replace(fetch_policy(), seconds=SECONDS)
    target = check_url(settings.WEBSUB_HUB, policy)
    # What publishers send is not in the specification; hubs read one name or the other.
    form = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
    with GuardedSession(policy) as session, session.post(target, form) as answer:
        if not 200 <= answer.status < 300:
            raise BadAnswer(answer.status)


def _put_back(ping: FeedPing, error: FetchError) -> None:
    attempts = ping.attempts + 1
    log.warning("The hub could not be told of %s (attempt %s): %s", ping.topic, attempts, error)
    if attempts >= MOST_ATTEMPTS:
        return
    due_at = timezone.now() + WAIT * 2**attempts
    again = FeedPing(topic=ping.topic, due_at=due_at, attempts=attempts)
    FeedPing.objects.bulk_create([again], ignore_conflicts=True)
