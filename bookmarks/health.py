"""Whether links are still alive: when to look again, and looking. Import `next_look`,
`check_due_pages`, `mark_gone`, `mark_found`.

A page is gone when its site said twice, a week apart, that there is no such page. Everything else
that goes wrong (refusals, errors, silence, trouble with names) is no news about the page.
"""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from bookmarks.jobs import request_fetch
from bookmarks.models import Bookmark, FetchJob, Page

State = Page.State

WEEK = timedelta(days=7)
# A page that is there is looked at after a month; one that has not changed for long, after half
# of that time.
READ_AGAIN = timedelta(days=30)
READ_AGAIN_AT_THE_LATEST = timedelta(days=180)
GONE_AGAIN = timedelta(days=90)
# No look is further ahead, unless a clock was wrong.
LONGEST = 1.5 * READ_AGAIN_AT_THE_LATEST
UNWANTED_AGAIN = timedelta(days=90)
# After 1, 3, 9 and then every 27 days.
TROUBLE_AGAIN = timedelta(days=1)
LONGEST_TROUBLE = 3
# Until a look that was asked for has come to something, or was lost.
LOOKING = timedelta(days=1)
# More looks than so many minutes' worth never wait at a time.
BACKLOG_MINUTES = 10
SAVERS_ASKED = 20
BATCH = 500


def next_look(state: str, *, unchanged: timedelta, troubles: int) -> timedelta | None:
    """Return when to look again at a page in that state, or None for never.

    `unchanged` is for how long it has been the same, `troubles` how often in a row it could not
    be read. All waits vary by a fifth, so that what came together does not come back together.
    """
    if state == State.REFUSED:
        return None
    if state in (State.FETCHED, State.NOT_TEXT):
        return about(min(max(READ_AGAIN, unchanged / 2), READ_AGAIN_AT_THE_LATEST))
    if state == State.GONE:
        return about(GONE_AGAIN)
    return about(TROUBLE_AGAIN * 3 ** min(max(troubles - 1, 0), LONGEST_TROUBLE))


def about(wait: timedelta, least: float = 0.8) -> timedelta:
    """Vary a wait, up to a fifth longer."""
    return wait * random.uniform(least, 1.2)  # noqa: S311 - no secret


def check_due_pages() -> list[int]:
    """Ask for the pages whose time has come, as many as a minute may begin; return the jobs' ids.

    Those due longest come first; however many are due, they begin at that rate. Each is asked for
    in the name of one of its savers who wishes fetches; without one it is left for a month.
    """
    if not settings.FETCH:
        return []
    now = timezone.now()
    _bring_nearer(now)
    due = Page.objects.filter(check_at__lte=now).order_by("check_at")
    pages = list(due[: min(settings.CHECKS_A_MINUTE, _room())])
    asked = [job_id for page in pages if (job_id := _check(page, now))]
    FetchJob.objects.filter(pk__in=asked).update(sent_at=now)
    return asked


def _bring_nearer(now: datetime) -> None:
    """Look within a month at pages that a clock put off for years; some at a time."""
    far = Page.objects.filter(check_at__gt=now + LONGEST).order_by("-check_at")
    for pk in far.values_list("pk", flat=True)[:BATCH]:
        wait = READ_AGAIN * random.random()  # noqa: S311 - no secret
        Page.objects.filter(pk=pk).update(check_at=now + wait)


def _room() -> int:
    """Return how many more looks may wait: those before may be held up by slow hosts."""
    most = settings.CHECKS_A_MINUTE * BACKLOG_MINUTES
    waiting = FetchJob.objects.filter(scheduled_at__isnull=False, state__in=FetchJob.OPEN)
    return most - len(waiting.values_list("pk")[:most])


@transaction.atomic
def _check(page: Page, now: datetime) -> int | None:
    saver = _saver_of(page)
    job_id = request_fetch(page, saver, scheduled=True) if saver else None
    wait = LOOKING if saver else about(READ_AGAIN)
    Page.objects.filter(pk=page.pk, check_at=page.check_at).update(check_at=now + wait)
    return job_id


def _saver_of(page: Page) -> User | None:
    saves = Bookmark.objects.filter(page=page, unfetched_at=None).select_related("owner")
    wishing = saves.filter(owner__fetch_pages=True, owner__is_active=True).filter(
        Q(private=False) | Q(owner__fetch_private=True)
    )
    savers = [bookmark.owner for bookmark in wishing[:SAVERS_ASKED]]
    return random.choice(savers) if savers else None  # noqa: S311 - no secret


def mark_gone(page_id: int, now: datetime) -> None:
    """Say on the bookmarks of a page that it is gone; needs a transaction.

    Said only where the person knows of the page already, or wished for its fetch a week ago: to
    anybody else it would tell that somebody had saved it before.
    """
    told = Q(facts_at__isnull=False) | Q(unfetched_at=None, updated_at__lte=now - WEEK)
    rows = Bookmark.objects.filter(told, page_id=page_id, gone_at=None)
    for ids in _batches(rows):
        Bookmark.objects.filter(pk__in=ids).update(gone_at=now)


def mark_found(page_id: int) -> None:
    """Say on the bookmarks of a page that it is there again; needs a transaction."""
    for ids in _batches(Bookmark.objects.filter(page_id=page_id, gone_at__isnull=False)):
        Bookmark.objects.filter(pk__in=ids).update(gone_at=None)


def _batches(rows: QuerySet[Bookmark]) -> Iterable[list[int]]:
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]
