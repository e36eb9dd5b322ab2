"""The door for everything that comes in. Import `save_bookmark`, `change_bookmark`, `set_flags`,
`delete_bookmark`, `undo_delete`, `merge_bookmarks`, `fetch_again`, `tags_told`.

Stores, and once that is committed tells the workers that a page waits, and writes down which
public feeds are others now. Nothing here waits for the network, and nothing is lost when the queue
is down: the job is in the database already.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from bookmarks import storing
from bookmarks.drafts import Draft
from bookmarks.hub_pings import note_change, public_tags
from bookmarks.jobs import retry_fetch
from bookmarks.models import Bookmark, DeletedBookmark, Page
from bookmarks.storing import (
    OWN_AFFAIRS,
    Merged,
    Stored,
    edit_bookmark,
    restore_bookmark,
    store_bookmark,
)
from bookmarks.tasks import hint_at

# Facts that are there are read anew at a person's wish once they are so old.
STAYS_FRESH = timedelta(days=1)


def save_bookmark(owner: User, draft: Draft) -> Stored:
    """Keep a draft as a bookmark (see `store_bookmark`) and ask for its page."""
    return _announced(partial(store_bookmark, owner, draft))


def change_bookmark(bookmark: Bookmark, draft: Draft) -> Stored:
    """Edit a bookmark (see `edit_bookmark`, and what it raises) and ask for its page if new."""
    return _announced(partial(edit_bookmark, bookmark, draft))


def undo_delete(deleted: DeletedBookmark) -> Stored:
    """Bring a deleted bookmark back (see `restore_bookmark`)."""
    return _announced(partial(restore_bookmark, deleted))


@transaction.atomic
def set_flags(bookmark: Bookmark, **flags: bool) -> Bookmark:
    """Set flags of a bookmark (see `storing.set_flags`, and what it raises)."""
    current = storing.set_flags(bookmark, **flags)
    shown = not (bookmark.private and current.private)
    if shown and not flags.keys() <= OWN_AFFAIRS:
        _tell(bookmark, current.labels)
    return current


@transaction.atomic
def delete_bookmark(bookmark: Bookmark) -> DeletedBookmark:
    """Delete a bookmark (see `storing.delete_bookmark`, and what it raises)."""
    deleted = storing.delete_bookmark(bookmark)
    if not deleted.fields["private"]:
        _tell(bookmark, deleted.fields["labels_text"].split())
    return deleted


@transaction.atomic
def merge_bookmarks(kept: Bookmark, others: Sequence[Bookmark]) -> Merged:
    """Make one of several bookmarks (see `storing.merge_bookmarks`, and what it raises)."""
    merged = storing.merge_bookmarks(kept, others)
    gone = [one.fields for one in merged.deleted if not one.fields["private"]]
    labels = [label for fields in gone for label in fields["labels_text"].split()]
    if not merged.bookmark.private:
        labels += merged.bookmark.labels
    elif merged.hidden:
        labels += kept.labels
    if gone or merged.hidden or not merged.bookmark.private:
        _tell(kept, labels)
    return merged


@contextmanager
def tags_told(owner: User, *labels: str) -> Iterator[None]:
    """Tell of the feeds of some of a person's tags that are changed meanwhile on many bookmarks."""
    public = public_tags(owner, labels)
    yield
    public |= public_tags(owner, labels)
    if public:
        note_change(owner, sorted(public))


def fetch_again(bookmark: Bookmark) -> bool:
    """Ask for the bookmark's page once more, at once, at its owner's wish; tell whether it was.

    That is so also where the owner wishes no fetches in general. Does nothing when the page's
    facts are there and not a day old (see `can_be_fetched_again`).
    """
    if not can_be_fetched_again(bookmark, timezone.now()):
        return False
    with transaction.atomic():
        job_id = retry_fetch(bookmark.page, bookmark.owner)
        Bookmark.objects.filter(pk=bookmark.pk).update(unfetched_at=None)
        transaction.on_commit(partial(hint_at, job_id))
    return True


def can_be_fetched_again(bookmark: Bookmark, now: datetime) -> bool:
    """Tell whether a person's wish to fetch the page again is followed.

    What was read is worth reading again after a day; what could not be read is at any time, as a
    host is asked no faster for it.
    """
    page = bookmark.page
    if not bookmark.facts_at or page.state != Page.State.FETCHED or page.missing_since:
        return True
    return page.fetched_at is not None and now - page.fetched_at >= STAYS_FRESH


def _announced(write: Callable[[], Stored]) -> Stored:
    """Write, and hint at the job once that is committed."""
    try:
        return _committed(write)
    except IntegrityError:
        # Its page was dropped in between, with its last bookmark; now it is made anew.
        return _committed(write)


def _committed(write: Callable[[], Stored]) -> Stored:
    with transaction.atomic():
        stored = write()
        if stored.job_id is not None:
            transaction.on_commit(partial(hint_at, stored.job_id))
        public = [one for one in (stored.before, stored.after) if one and not one.private]
        if public:
            _tell(stored.bookmark, [label for one in public for label in one.labels.values()])
        return stored


def _tell(bookmark: Bookmark, labels: Sequence[str]) -> None:
    """Note, once this is committed, that a bookmark which is public or was so until now changed.

    `labels` are those it has or had while it was public.
    """
    if settings.WEBSUB_HUB:
        # Whatever becomes of it, the change is made.
        transaction.on_commit(partial(note_change, bookmark.owner, labels), robust=True)
