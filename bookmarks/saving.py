"""The door for everything that comes in. Import `save_bookmark`, `change_bookmark`, `fetch_again`,
`undo_delete`.

Stores, and once that is committed tells the workers that a page waits. Nothing here waits for the
network, and nothing is lost when the queue is down: the job is in the database already.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from bookmarks.drafts import Draft
from bookmarks.hub_pings import note_change
from bookmarks.jobs import retry_fetch
from bookmarks.models import Bookmark, DeletedBookmark, Page
from bookmarks.storing import Stored, edit_bookmark, restore_bookmark, store_bookmark
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
        # Whatever becomes of it, the bookmark is saved.
        transaction.on_commit(partial(note_change, stored.bookmark), robust=True)
        return stored
