"""What became of fetching a bookmark's page, in words for its owner. Import `fetch_words`, `Told`.

What was tried before a person saved the page would tell that somebody else has it, so it is told
only once the facts of the page are theirs to see, or once it was tried since their bookmark came
here. When it was saved does not matter: imports and APIs bring bookmarks of other years.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from bookmarks.models import Bookmark, Page
from bookmarks.saving import can_be_fetched_again
from bookmarks.wording import day_of, in_a_while, relative_time

State = Page.State

TRY_AGAIN, FETCH_AGAIN, FETCH_ONCE = "try again", "fetch again", "fetch it once"
WAITING = "waiting to be fetched"
ASKED_AGAIN = "asked for once more, it waits for its turn"
UNFETCHED = "not fetched, as you wish"
SWITCHED_OFF = "not fetched: this site fetches no pages for now"
# In lists all that is well is told for so long after saving, then no more.
NEWS = timedelta(minutes=10)
WEEK = timedelta(weeks=1)
REFUSALS = frozenset({401, 402, 403, 407, 451})


@dataclass(frozen=True, slots=True)
class Told:
    """How fetching stands, and what the button offers that fetches; "" for nothing to say."""

    words: str = ""
    button: str = ""


def fetch_words(bookmark: Bookmark, now: datetime, *, whole: bool = False) -> Told:
    """Return how fetching the page of a bookmark stands for its owner.

    `whole` is for a page about this bookmark alone; in lists what is well is left unsaid.
    """
    page, again = bookmark.page, TRY_AGAIN if settings.FETCH else ""
    if bookmark.gone_at or (page.missing_since and may_be_told(bookmark)):
        return Told(_lost(bookmark, now), again)
    if bookmark.facts_at and page.state == State.FETCHED:
        return _fetched(bookmark, now, whole)
    if not settings.FETCH or bookmark.unfetched_at:
        return Told(UNFETCHED, FETCH_ONCE) if settings.FETCH else Told(SWITCHED_OFF)
    if not (may_be_told(bookmark) and page.state in TROUBLES):
        return Told(WAITING)
    words = TROUBLES[State(page.state)](bookmark, now)
    if whole and bookmark.facts_at and page.fetched_at:
        words += f". What is shown was read {relative_time(page.fetched_at, now)}"
    return Told(words, "" if page.state == State.REFUSED else again)


def may_be_told(bookmark: Bookmark) -> bool:
    """Tell whether what became of its page is for the owner of this bookmark to know."""
    tried_at = bookmark.page.tried_at
    return bool(bookmark.facts_at) or (tried_at is not None and tried_at >= bookmark.created_at)


def _fetched(bookmark: Bookmark, now: datetime, whole: bool) -> Told:
    read_at = bookmark.page.fetched_at
    if read_at is None:
        return Told()
    words = f"fetched {relative_time(read_at, now)}"
    if whole:
        again = settings.FETCH and can_be_fetched_again(bookmark, now)
        return Told(words, FETCH_AGAIN if again else "")
    fresh = now - bookmark.created_at < NEWS and read_at >= bookmark.created_at
    return Told(words if fresh else "")


def _retrying(bookmark: Bookmark, now: datetime) -> str:
    page = bookmark.page
    if page.retry_at is None:
        return _failed(bookmark, now)
    return f"trying again {in_a_while(page.retry_at, now)}: {_reason(page)}"


def _failed(bookmark: Bookmark, now: datetime) -> str:
    page, then = bookmark.page, _next_look(bookmark, now)
    if page.http_status in REFUSALS:
        return f"the site refused us ({page.http_status}){then}"
    return f"could not be fetched: {_reason(page)}{then}"


def _refused(bookmark: Bookmark, _now: datetime) -> str:
    return f"not fetched: {_reason(bookmark.page)}"


def _blocked(bookmark: Bookmark, now: datetime) -> str:
    return f"blocked: {_reason(bookmark.page)}{_next_look(bookmark, now)}"


def _not_text(bookmark: Bookmark, _now: datetime) -> str:
    return _reason(bookmark.page)


def _missing(bookmark: Bookmark, now: datetime) -> str:
    page = bookmark.page
    since = page.missing_since
    if since is None or not (bookmark.facts_at or since >= bookmark.created_at):
        since = page.tried_at
    said = f"missing since {day_of(since)}" if since else "missing"
    return f"{said}{_next_look(bookmark, now)}"


def _lost(bookmark: Bookmark, now: datetime) -> str:
    if bookmark.gone_at is None:
        return _missing(bookmark, now)
    return f"gone since {day_of(bookmark.gone_at)}{_next_look(bookmark, now)}"


def _next_look(bookmark: Bookmark, now: datetime) -> str:
    """Return when we look again of our own accord.

    We wait longer the more often we looked in vain: that would tell of looks before this person's.
    """
    page = bookmark.page
    since = page.missing_since or bookmark.created_at
    first = page.troubles <= 1 and since >= bookmark.created_at
    known = bookmark.facts_at or first or now - bookmark.created_at >= WEEK
    if page.check_at is None or page.check_at <= now or not known:
        return ""
    return f"; looked at again {in_a_while(page.check_at, now)}"


def _reason(page: Page) -> str:
    """Return the page's reason as the end of a sentence of ours."""
    reason = page.reason.strip().removesuffix(".")
    if not reason:
        return "no reason was given"
    return reason[0].lower() + reason[1:] if reason[1:2].islower() else reason


TROUBLES = {
    State.RETRYING: _retrying,
    State.FAILED: _failed,
    State.REFUSED: _refused,
    State.BLOCKED: _blocked,
    State.NOT_TEXT: _not_text,
    State.GONE: _missing,
}
