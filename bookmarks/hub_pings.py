"""Telling a WebSub hub which feeds changed (https://www.w3.org/TR/websub/). Import `note_change`,
`note_many`, `note_paths`, `public_tags`, `ping_due`, `announces`.

Only the first pages of public feeds are told of: everyone's, a person's, a tag's, a person's with
one tag, and those of lists. A topic is exactly what such a feed calls itself: with a tag in
whatever spelling it is by the tag's folded name.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from bookmarks.fetching.errors import BadAnswer, FetchError
from bookmarks.fetching.guard import GuardedSession
from bookmarks.fetching.targets import check_url
from bookmarks.links import url_key
from bookmarks.listing import ENTRIES_A_PAGE, Listing, Shelf
from bookmarks.models import Bookmark, FeedPing, OwnerTagCount
from bookmarks.pages import fetch_policy
from bookmarks.paths import feed_path, list_path
from bookmarks.tag_names import fold_tag, is_private_tag

log = logging.getLogger(__name__)

FORMS = ("atom", "rss", "json")
LONGEST_TOPIC = 500
# What changes meanwhile is told with the first change.
WAIT = timedelta(seconds=60)
AT_ONCE = 200
# Of one change; an import brings thousands.
MOST_TAGS = 100
# So many can be told within a quarter of an hour; what comes on top tells of no tags.
MOST_WAITING = 3000
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


def note_change(owner: User, labels: Iterable[str]) -> None:
    """Write down which feeds show, or showed until now, public bookmarks of a person.

    `labels` are tags that are, or were, on public ones: nothing private may be told of. The first
    ones count where they are many.
    """
    if not settings.WEBSUB_HUB:
        return
    name = owner.username
    note_paths([list_path(), list_path(name)])
    tags = dict.fromkeys(fold_tag(label) for label in labels if not is_private_tag(label))
    if tags and FeedPing.objects.count() < MOST_WAITING:
        chosen = list(tags)[:MOST_TAGS]
        note_paths(list_path(whose, [tag]) for tag in chosen for whose in ("", name))


def note_many(owner: User, urls: Iterable[str]) -> None:
    """Write down which feeds show what is public of many bookmarks, given by their addresses.

    Of their tags the commonest count.
    """
    if not settings.WEBSUB_HUB:
        return
    public = Bookmark.objects.public().filter(owner=owner, url_key__in=set(map(url_key, urls)))
    texts = list(public.values_list("labels_text", flat=True))
    if texts:
        labels = Counter(label for text in texts for label in text.split())
        note_change(owner, [label for label, _ in labels.most_common()])


def public_tags(owner: User, labels: Iterable[str]) -> set[str]:
    """Return those of some tags that public bookmarks of a person have, folded."""
    if not settings.WEBSUB_HUB:
        return set()
    names = {fold_tag(label) for label in labels}
    rows = OwnerTagCount.objects.filter(owner=owner, tag__name__in=names, public__gt=0)
    return set(rows.values_list("tag__name", flat=True))


def note_paths(paths: Iterable[str]) -> None:
    """Write down that the feeds of some public pages changed; nothing without a hub."""
    if not settings.WEBSUB_HUB:
        return
    due_at = timezone.now() + WAIT
    topics = {f"{settings.BASE_URL}{feed_path(form, path)}" for path in paths for form in FORMS}
    # In one order, so that two who write the same ones do not wait for each other.
    FeedPing.objects.bulk_create(
        [
            FeedPing(topic=topic, due_at=due_at)
            for topic in sorted(topics)
            if len(topic) <= LONGEST_TOPIC
        ],
        ignore_conflicts=True,
    )


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
