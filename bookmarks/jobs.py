"""The fetch queue. Import `request_fetch`, `request_fetches`, `retry_fetch`, `finish_job`,
`give_back`, `put_off`, `wake_host`, `sweep`.

The database is the queue of record: a job row is written with the bookmark that wants it. The
broker may lose, delay or repeat every message; each job still ends exactly once, because it is
leased under the lock of its host (bookmarks.turns) and finished by comparing its lease.
"""

import random
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from bookmarks.clock_changes import AHEAD, put_right
from bookmarks.fetching.pacing import AT_ONCE_AN_ADDRESS, host_of, is_at_home
from bookmarks.hosts import lock_hosts, rest_host, settle_host
from bookmarks.models import FetchHost, FetchJob, Page
from bookmarks.turns import LINED_UP_AT_ONCE, Lease, line_up

State = FetchJob.State

# Waits after the first, second and third failure; the fourth is the last.
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=2))
MAX_ATTEMPTS = len(BACK_OFF) + 1
HINT_AGAIN_AFTER = timedelta(seconds=60)
# Each hint keeps a worker busy for as long as there is work.
HINTS_A_SWEEP = 16
LINED_UP_A_SWEEP = 100 * LINED_UP_AT_ONCE
CRASHED = "Reading this page failed every time."
LOST_AT_ONCE, WOKEN_AT_ONCE = 1000, 1000


def request_fetch(page: Page, owner: User, *, scheduled: bool = False) -> int:
    """Return the id of the page's open job, made now unless there is one.

    Needs a transaction. The open job stays locked until its end, so that a worker who finishes
    it meanwhile also sees the bookmark that this transaction is about to write. A `scheduled`
    fetch is one that no person asked for: it heeds robots.txt.
    """
    open_jobs = FetchJob.objects.filter(page=page, state__in=FetchJob.OPEN)
    job_id = open_jobs.select_for_update().values_list("pk", flat=True).first()
    if job_id is None:
        scheduled_at = timezone.now() if scheduled else None
        job = FetchJob(page=page, owner=owner, host=host_of(page.url), scheduled_at=scheduled_at)
        FetchJob.objects.bulk_create([job], ignore_conflicts=True)
        job_id = open_jobs.select_for_update().values_list("pk", flat=True).get()
    if not scheduled:
        open_jobs.filter(scheduled_at__isnull=False).update(scheduled_at=None)
    return job_id


def request_fetches(pages: Collection[Page], owner: User) -> None:
    """Make an open job for each page that has none, as `request_fetch` does one by one.

    Needs a transaction. No hint is sent: the sweep lines them up, and hosts are asked at their
    pace.
    """
    open_jobs = FetchJob.objects.filter(page__in=pages, state__in=FetchJob.OPEN).order_by("pk")
    waiting = set(open_jobs.select_for_update().values_list("page_id", flat=True))
    FetchJob.objects.bulk_create(
        (
            FetchJob(page=page, owner=owner, host=host_of(page.url))
            for page in pages
            if page.pk not in waiting
        ),
        ignore_conflicts=True,
    )
    list(open_jobs.select_for_update().values_list("pk"))
    open_jobs.order_by().filter(scheduled_at__isnull=False).update(scheduled_at=None)


def retry_fetch(page: Page, owner: User) -> int:
    """Return the id of a job for the page that is due now, with all its attempts ahead."""
    job_id = request_fetch(page, owner)
    FetchJob.objects.filter(pk=job_id, state=State.QUEUED).update(
        due_at=timezone.now(), sent_at=timezone.now(), attempts=0
    )
    return job_id


@dataclass(frozen=True)
class Ended:
    """How an attempt ended for its job; `retry_at` is the time of the next one, if any."""

    retry_at: datetime | None = None


def finish_job(
    lease: Lease, *, reason: str = "", retry: bool = False, rest: timedelta | None = None
) -> Ended | None:
    """End a leased job, done when there is no `reason`, and return how it ended.

    With `retry`, a job that has attempts left is queued again, not before `rest` is over. Returns
    None when the lease no longer holds: somebody else has the job, and the caller must drop what
    it found.
    """
    now = timezone.now()
    held = _held(lease)
    free = {"lease": "", "leased_until": None, "reason": reason}
    if retry and lease.attempt < MAX_ATTEMPTS:
        wait = _jittered(BACK_OFF[lease.attempt - 1])
        due_at = now + max(wait, rest or wait)
        queued = held.update(state=State.QUEUED, due_at=due_at, **free)
        return Ended(retry_at=due_at) if queued else None
    state = State.FAILED if reason else State.DONE
    return Ended() if held.update(state=state, finished_at=now, **free) else None


def _held(lease: Lease) -> QuerySet[FetchJob]:
    return FetchJob.objects.filter(pk=lease.job_id, state=State.LEASED, lease=lease.token)


def _jittered(wait: timedelta) -> timedelta:
    """Vary a wait by a fifth, so that jobs that failed together do not come back together."""
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


@transaction.atomic
def give_back(lease: Lease, wait: timedelta) -> None:
    """Put a leased job back where it was in line, untried, and leave its host alone for a while."""
    returned = _held(lease).update(
        state=State.QUEUED,
        lease="",
        leased_until=None,
        turn=lease.turn,
        attempts=F("attempts") - 1,
    )
    if returned:
        settle_host(lease.host, wait)


def put_off(lease: Lease, wait: timedelta) -> None:
    """Queue a leased job again, untried, and let its host rest: the name service is in trouble.

    It gets a new turn when its time comes, so that a trouble of hours holds nobody up.
    """
    now = timezone.now()
    with transaction.atomic():
        returned = _held(lease).update(
            state=State.QUEUED,
            lease="",
            leased_until=None,
            due_at=now + _jittered(wait),
            attempts=F("attempts") - 1,
        )
        if returned:
            rest_host(lease.host, now + wait)


def was_asked_for_since(lease: Lease, moment: datetime) -> bool:
    """Tell whether the job of a lease is younger than that."""
    return FetchJob.objects.filter(pk=lease.job_id, created_at__gt=moment).exists()


@transaction.atomic
def wake_host(name: str) -> bool:
    """Let a host be asked at once, whatever it rests for, and its jobs that pause go on.

    Returns whether there is anything known of such a host.
    """
    now = timezone.now()
    queued = FetchJob.objects.filter(host=name, state=State.QUEUED).order_by("due_at")
    jobs = queued.select_for_update(skip_locked=True).values_list("pk", "due_at")
    found = list(jobs[:WOKEN_AT_ONCE])
    paused = [pk for pk, due_at in found if due_at > now]
    FetchJob.objects.filter(pk__in=paused).update(due_at=now)
    known = FetchHost.objects.filter(pk=name)
    if known.update(resting_until=None, timeouts=0, next_at=now):
        settle_host(name)
        return True
    return bool(found)


def claim_address(lease: Lease, address: str) -> bool:
    """Tell whether one more connection to the address is in order, and count it if so.

    Many hosts may be at one address; it is asked four things at once at most. Addresses in the
    operator's own networks are not counted.
    """
    known = FetchHost.objects.filter(pk=lease.host, address=address)
    if not known.exists():
        FetchHost.objects.filter(pk=lease.host).update(address=address)
    if is_at_home(address, settings.FETCH_ALLOW_NETWORKS):
        return True
    with transaction.atomic():
        lock_hosts([f"at {address}"])
        leased = FetchJob.objects.filter(state=State.LEASED, leased_until__gt=timezone.now())
        asking = leased.filter(address=address).exclude(pk=lease.job_id)
        if len(asking.values_list("pk")[:AT_ONCE_AN_ADDRESS]) == AT_ONCE_AN_ADDRESS:
            return False
        _held(lease).update(address=address)
    return True


def sweep() -> list[int]:
    """Free jobs whose worker died, line up what is due, and return jobs to hint at again.

    They are the first of the hosts that are free, unless they were hinted at within a minute.
    A job that outlived its worker four times is failed: its page may be what kills workers.
    """
    now = timezone.now()
    _free_lost(now)
    put_right(now)
    for _ in range(LINED_UP_A_SWEEP // LINED_UP_AT_ONCE):
        if line_up() == 0:
            break
    if not settings.FETCH:
        return []
    ids = _first_in_line(now)
    FetchJob.objects.filter(pk__in=ids).update(sent_at=now)
    return ids


def _free_lost(now: datetime) -> None:
    over = Q(leased_until__lte=now) | Q(leased_until__gt=now + AHEAD)
    expired = FetchJob.objects.filter(over, state=State.LEASED)
    rows = list(expired.values_list("pk", "page_id", "host", "attempts")[:LOST_AT_ONCE])
    lost = {pk: page for pk, page, _, attempts in rows if attempts >= MAX_ATTEMPTS}
    Page.objects.filter(pk__in=lost.values()).update(
        state=Page.State.FAILED, reason=CRASHED, tried_at=now, retry_at=None, check_at=None
    )
    expired.filter(pk__in=lost).update(
        state=State.FAILED, lease="", leased_until=None, reason=CRASHED, finished_at=now
    )
    expired.filter(attempts__lt=MAX_ATTEMPTS).update(
        state=State.QUEUED, lease="", leased_until=None, due_at=now
    )
    for host in sorted({host for _, _, host, _ in rows}):
        with transaction.atomic():
            settle_host(host)


def _first_in_line(now: datetime) -> list[int]:
    """Return the fairest job of each free host that was not hinted at within a minute."""
    free = FetchHost.objects.filter(turn__isnull=False, free_at__lte=now).order_by("turn", "pk")
    ids: list[int] = []
    for host, turn in free.values_list("pk", "turn")[: 4 * HINTS_A_SWEEP]:
        line = FetchJob.objects.filter(host=host, turn=turn)
        first = line.exclude(sent_at__gt=now - HINT_AGAIN_AFTER, sent_at__lte=now)
        ids += first.values_list("pk", flat=True)[:1]
    return ids[:HINTS_A_SWEEP]
