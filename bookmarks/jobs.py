"""The fetch queue. Import `request_fetch`, `lease_job`, `finish_job`, `sweep`, `next_of_host`.

The database is the queue of record: a job row is written with the bookmark that wants it. The
broker may lose, delay or repeat every message; each job still ends exactly once, because it is
claimed by one conditional UPDATE and finished by comparing its lease.
"""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from bookmarks.links import site_of
from bookmarks.models import FetchJob, Page

State = FetchJob.State

LEASE = timedelta(seconds=120)
# Waits after the first, second and third failure; the fourth is the last.
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=2))
MAX_ATTEMPTS = len(BACK_OFF) + 1
JOBS_AT_ONCE_A_HOST = 2
HINT_AGAIN_AFTER = timedelta(seconds=60)
HINTS_A_SWEEP = 500
CRASHED = "Reading this page failed every time."


@dataclass(frozen=True)
class Lease:
    """The right to work on one job, for two minutes."""

    job_id: int
    token: str
    page_id: int
    attempt: int


def request_fetch(page: Page, owner: User) -> int:
    """Return the id of the page's open job, made now unless there is one.

    Needs a transaction. The open job stays locked until its end, so that a worker who finishes
    it meanwhile also sees the bookmark that this transaction is about to write.
    """
    open_jobs = FetchJob.objects.filter(page=page, state__in=FetchJob.OPEN)
    job_id = open_jobs.select_for_update().values_list("pk", flat=True).first()
    if job_id is None:
        job = FetchJob(page=page, owner=owner, host=site_of(page.url)[:255])
        FetchJob.objects.bulk_create([job], ignore_conflicts=True)
        job_id = open_jobs.select_for_update().values_list("pk", flat=True).get()
    return job_id


def retry_fetch(page: Page, owner: User) -> int:
    """Return the id of a job for the page that is due now, with all its attempts ahead."""
    job_id = request_fetch(page, owner)
    FetchJob.objects.filter(pk=job_id, state=State.QUEUED).update(
        due_at=timezone.now(), sent_at=timezone.now(), attempts=0
    )
    return job_id


def lease_job(job_id: int) -> Lease | None:
    """Claim a job that is due and whose host is not busy; None when it cannot be had now."""
    now = timezone.now()
    job = FetchJob.objects.filter(pk=job_id).first()
    if job is None or _busy(job.host):
        return None
    token = secrets.token_hex(16)
    claimed = FetchJob.objects.filter(pk=job_id, state=State.QUEUED, due_at__lte=now).update(
        state=State.LEASED, lease=token, leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    if not claimed:
        return None
    attempt = FetchJob.objects.filter(pk=job_id).values_list("attempts", flat=True).first()
    return Lease(job_id, token, job.page_id, attempt or 1)


def _busy(host: str) -> bool:
    leased = FetchJob.objects.filter(host=host, state=State.LEASED, leased_until__gt=timezone.now())
    return len(leased.values_list("pk")[:JOBS_AT_ONCE_A_HOST]) == JOBS_AT_ONCE_A_HOST


@dataclass(frozen=True)
class Ended:
    """How an attempt ended for its job; `retry_at` is the time of the next one, if any."""

    retry_at: datetime | None = None


def finish_job(lease: Lease, *, reason: str = "", retry: bool = False) -> Ended | None:
    """End a leased job, done when there is no `reason`, and return how it ended.

    With `retry`, a job that has attempts left is queued again. Returns None when the lease no
    longer holds: somebody else has the job, and the caller must drop what it found.
    """
    now = timezone.now()
    held = FetchJob.objects.filter(pk=lease.job_id, state=State.LEASED, lease=lease.token)
    free = {"lease": "", "leased_until": None, "reason": reason}
    if retry and lease.attempt < MAX_ATTEMPTS:
        due_at = now + _jittered(BACK_OFF[lease.attempt - 1])
        queued = held.update(state=State.QUEUED, due_at=due_at, **free)
        return Ended(retry_at=due_at) if queued else None
    state = State.FAILED if reason else State.DONE
    return Ended() if held.update(state=state, finished_at=now, **free) else None


def _jittered(wait: timedelta) -> timedelta:
    """Vary a wait by a fifth, so that jobs that failed together do not come back together."""
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


def next_of_host(host: str) -> int | None:
    """Return the job of the host that has waited longest and is due; a place just became free."""
    due = FetchJob.objects.filter(host=host, state=State.QUEUED, due_at__lte=timezone.now())
    return due.order_by("due_at").values_list("pk", flat=True).first()


def sweep() -> list[int]:
    """Free jobs whose worker died, and return the ids of due jobs to hint at again.

    A job that outlived its worker four times is failed: its page may be what kills workers.
    """
    now = timezone.now()
    expired = FetchJob.objects.filter(state=State.LEASED, leased_until__lte=now)
    lost = list(expired.filter(attempts__gte=MAX_ATTEMPTS).values_list("pk", "page_id")[:1000])
    Page.objects.filter(pk__in=[page for _, page in lost]).update(
        state=Page.State.FAILED, reason=CRASHED, tried_at=now, retry_at=None
    )
    expired.filter(pk__in=[job for job, _ in lost]).update(
        state=State.FAILED, lease="", leased_until=None, reason=CRASHED, finished_at=now
    )
    expired.filter(attempts__lt=MAX_ATTEMPTS).update(
        state=State.QUEUED, lease="", leased_until=None, due_at=now
    )
    waiting = FetchJob.objects.filter(
        Q(sent_at__lte=now - HINT_AGAIN_AFTER), state=State.QUEUED, due_at__lte=now
    )
    ids = list(waiting.order_by("due_at").values_list("pk", flat=True)[:HINTS_A_SWEEP])
    FetchJob.objects.filter(pk__in=ids).update(sent_at=now)
    return ids
