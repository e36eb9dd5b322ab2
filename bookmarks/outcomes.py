"""What fetching a page came to, as what to write down. Import `Outcome` and what returns one:
`read`, `unchanged`, `failed`, `unwanted`.

Facts that were known stay whatever happens; see bookmarks.fetching.ranks and bookmarks.health.
"""

import dataclasses
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from bookmarks.fetching.errors import GONE, BadAnswer, FetchError, NotAPage, Refused, TooSlow
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.fetch import Fetched
from bookmarks.fetching.ranks import better, has_shrunk
from bookmarks.health import UNWANTED_AGAIN, WEEK, about, next_look
from bookmarks.links import page_address
from bookmarks.models import Page
from bookmarks.other_addresses import OtherAddress, other_addresses
from bookmarks.page_facts import columns_of, cut_to_column, facts_of

State = Page.State

UNWANTED = "The site asks robots not to read this page."
BLOCKED = "The site shows robots a different page."
# What stands in the way of a page, in words; the page itself may well be there.
OBSTACLES = {
    "challenge": "The site asks for proof that a person is reading.",
    "login": "The site shows this page only to people who are logged in.",
    "consent": "The site asks for consent before it shows this page.",
    "script_only": "This page shows nothing until its scripts run.",
}
# What says, with a status of success, that there is no such page.
MISSING = {
    "not_found": "The site says that there is no such page.",
    "parked": "The name of this site is for sale.",
}
LED_HOME = "This address leads only to the home page of its site."
AGAIN_IN_A_WEEK = "We look again in a week."
# What a scheduled look does not wait for: it is put off instead.
SHORT_REST = timedelta(hours=1)
# A path of one name shorter than this may be another name of the home page.
DEEP = 12
HOME_NAMES = ("index.", "default.")


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What one attempt came to: the columns of the page to write, and what the job learns.

    `final` are the columns to write unless it is tried again soon. `text` is the page's main
    text, None when the one kept still holds. `gone` says that bookmarks are to tell so, `found`
    that they must no longer.
    """

    columns: dict[str, Any]
    final: dict[str, Any] = dataclasses.field(default_factory=dict)
    text: str | None = None
    addresses: tuple[OtherAddress, ...] = ()
    reason: str = ""
    retry: bool = False
    timed_out: bool = False
    rest: timedelta | None = None
    gone: bool = False
    found: bool = False


def read(page: Page, fetched: Fetched, facts: PageFacts) -> Outcome:
    """Return what comes of an answer that was understood."""
    if sentence := MISSING.get(facts.obstacle) or (
        LED_HOME if leads_home(page.url, fetched.url) else ""
    ):
        return _missing(page, sentence, fetched.status)
    if facts.obstacle or facts.blocked:
        return _no_news(page, State.BLOCKED, OBSTACLES.get(facts.obstacle, BLOCKED), fetched.status)
    addresses = other_addresses(page.url, fetched, facts)
    now, shrunk = timezone.now(), False
    if page.fetched_at:
        known = facts_of(page)
        shrunk = has_shrunk(known, facts)
        facts = better(known, facts)
    kept = columns_of(facts)
    # What the address itself says is surer than what the page looks like.
    kept["kind"] = page_address(page.url).kind or facts.kind
    changed = not page.fetched_at or any(getattr(page, name) != kept[name] for name in kept)
    kept |= {
        "http_status": fetched.status,
        "etag": cut_to_column("etag", fetched.etag),
        "last_modified": cut_to_column("last_modified", fetched.last_modified),
    }
    if changed:
        kept["changed_at"] = now
    text = None if shrunk else facts.text or None
    return dataclasses.replace(_there(page, kept), text=text, addresses=addresses)


def unchanged(page: Page) -> Outcome:
    """Return what comes of the answer that the page is as it was."""
    return _there(page, {})


def failed(page: Page, error: FetchError, *, scheduled: bool = False) -> Outcome:
    """Return what comes of an error."""
    status = error.status if isinstance(error, BadAnswer) else None
    if status in GONE:
        return _missing(page, error.sentence, status)
    state = {Refused: State.REFUSED, NotAPage: State.NOT_TEXT}.get(type(error), State.FAILED)
    wait = error.retry_after if isinstance(error, BadAnswer) else None
    rest = timedelta(seconds=wait) if wait else None
    put_off = scheduled and rest is not None and rest > SHORT_REST
    return dataclasses.replace(
        _no_news(page, state, error.sentence, status, rest=rest),
        retry=error.retry and not put_off,
        timed_out=isinstance(error, TooSlow) or isinstance(error.__cause__, TimeoutError),
    )


def unwanted() -> Outcome:
    """Return what comes of a look that robots.txt forbids: nothing, and no other look soon."""
    return Outcome({}, {"check_at": timezone.now() + about(UNWANTED_AGAIN)}, reason=UNWANTED)


def leads_home(url: str, end: str) -> bool:
    """Tell whether a deep address of a site was redirected to the home page of the same site.

    Deep are paths of two or more names, or of one long one.
    """
    asked, came = urlsplit(url), urlsplit(end)
    if _site(asked.hostname) != _site(came.hostname) or not _is_home(came.path) or came.query:
        return False
    path = asked.path.strip("/")
    return not _is_home(asked.path) and ("/" in path or len(path) >= DEEP)


def _is_home(path: str) -> bool:
    name = path.strip("/").lower()
    return not name or ("/" not in name and name.startswith(HOME_NAMES))


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _there(page: Page, columns: dict[str, Any]) -> Outcome:
    now = timezone.now()
    same_since = columns.get("changed_at", page.changed_at)
    wait = next_look(State.FETCHED, unchanged=now - same_since, troubles=0)
    columns |= {"state": State.FETCHED, "reason": "", "fetched_at": now}
    columns |= {"missing_since": None, "troubles": 0, "check_at": now + wait if wait else None}
    return Outcome(columns, found=page.state == State.GONE)


def _missing(page: Page, sentence: str, status: int | None) -> Outcome:
    """Return what comes of being told that there is no such page: gone, the second time."""
    now = timezone.now()
    since = min(page.missing_since or now, now)  # it is later when the clock was put back
    columns: dict[str, Any] = {"http_status": status, "missing_since": since, "troubles": 0}
    if page.state == State.GONE or now - since >= WEEK:
        wait = next_look(State.GONE, unchanged=now - since, troubles=0)
        columns |= {"state": State.GONE, "check_at": now + wait if wait else None}
        return Outcome(columns | {"reason": sentence}, reason=sentence, gone=True)
    told = f"{sentence} {AGAIN_IN_A_WEEK}"
    columns |= {
        "state": State.FETCHED if page.fetched_at else State.FAILED,
        "reason": told,
        "check_at": max(since + WEEK, now) + about(WEEK, 1) - WEEK,
    }
    return Outcome(columns, reason=told)


def _no_news(
    page: Page, state: str, sentence: str, status: int | None, *, rest: timedelta | None = None
) -> Outcome:
    """Return what comes of an answer that says nothing about the page: a gone one stays gone."""
    now = timezone.now()
    columns: dict[str, Any] = {"http_status": status}
    if page.state == State.GONE:
        state = State.GONE
    else:
        columns |= {"state": state, "reason": sentence}
    troubles = 0 if state in (State.NOT_TEXT, State.GONE) else min(page.troubles + 1, 1000)
    wait = next_look(state, unchanged=now - page.changed_at, troubles=troubles)
    look = now + max(wait, rest or wait) if wait else None
    final = {"troubles": troubles, "check_at": look}
    return Outcome(columns, final, reason=sentence, rest=rest)
