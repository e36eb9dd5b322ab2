"""Whose turn it is. Import `line_up`, `lease_next`, `next_chance`.

Fair queueing over the people who wait: a job's turn is the one after its owner's last in line, but
never behind the turn that is being served, so that of 10,000 jobs of one person and one of another
the latter is among the next. Turns are given by workers when a job's time has come, not while
somebody saves: saving locks nothing of this. A host knows the lowest turn in its line, so finding
the fairest job whose host is free looks at hosts, however many jobs wait for busy ones.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from bookmarks.hosts import first_turn, lock_hosts, occupy
from bookmarks.models import FetchHost, FetchJob

State = FetchJob.State

LEASE = timedelta(seconds=120)
LINED_UP_AT_ONCE = 200
# A worker waits for hosts that are free that soon; of others a sweep will remind.
PATIENCE = timedelta(seconds=5)
# A job that is just being changed by a save is looked at again after this.
CHANGING = timedelta(seconds=1)
TRIES = 20


@dataclass(frozen=True)
class Lease:
    """The right to work on one job, for two minutes."""

    job_id: int
    token: str
    page_id: int
    attempt: int
    host: str
    turn: int
    scheduled: bool = False


def line_up(job_id: int | None = None) -> int:
    """Give turns to jobs whose time has come, or to that one; return to how many."""
    waiting = FetchJob.objects.filter(state=State.QUEUED, turn=None, due_at__lte=timezone.now())
    chosen = waiting.filter(pk=job_id) if job_id else waiting.order_by("due_at")
    found = dict(chosen.values_list("pk", "host")[:LINED_UP_AT_ONCE])
    if not found:
        return 0
    with transaction.atomic():
        hosts = lock_hosts(found.values())
        still = waiting.filter(pk__in=found).order_by("due_at", "pk")
        jobs = list(still.select_for_update(skip_locked=True))
        _give_turns(jobs)
        FetchJob.objects.bulk_update(jobs, ["turn"])
        _show_turns(jobs, hosts)
    return len(jobs)


def _give_turns(jobs: Iterable[FetchJob]) -> None:
    served = _turn_being_served()
    last: dict[int, int] = {}
    for job in jobs:
        if job.owner_id not in last:
            last[job.owner_id] = _last_turn_of(job.owner_id)
        job.turn = last[job.owner_id] = max(served, last[job.owner_id] + 1)


def _turn_being_served() -> int:
    """Return the lowest turn in line, those of hosts at rest aside: they stay behind for days."""
    now = timezone.now()
    awake = Q(resting_until=None) | Q(resting_until__lte=now)
    return _in_line().filter(awake).values_list("turn", flat=True).first() or 0


def _last_turn_of(owner_id: int) -> int:
    line = FetchJob.objects.filter(owner=owner_id, turn__isnull=False).order_by("-turn")
    return line.values_list("turn", flat=True).first() or 0


def _show_turns(jobs: Iterable[FetchJob], hosts: dict[str, FetchHost]) -> None:
    """Let each host know the lowest turn in its line."""
    turns = defaultdict(list)
    for job in jobs:
        turns[job.host].append(job.turn or 0)
    for name, new in turns.items():
        host = hosts[name]
        if host.turn is None or min(new) < host.turn:
            FetchHost.objects.filter(pk=name).update(turn=min(new))


def lease_next() -> Lease | None:
    """Return a lease of the fairest job that is due and whose host is free, if there is one.

    Neither hosts nor jobs that somebody else has locked are waited for. With fetching switched
    off there is nothing to be had.
    """
    if not settings.FETCH or not _free_hosts().exists():
        return None
    for _ in range(TRIES):
        with transaction.atomic():
            host = _free_hosts().select_for_update(skip_locked=True).first()
            if host is None:
                return None
            if lease := _lease_first_of(host):
                return lease
    return None


def _in_line() -> QuerySet[FetchHost]:
    return FetchHost.objects.filter(turn__isnull=False).order_by("turn", "pk")


def _free_hosts() -> QuerySet[FetchHost]:
    return _in_line().filter(free_at__lte=timezone.now())


def _lease_first_of(host: FetchHost) -> Lease | None:
    """Lease the first job in a locked host's line; None leaves the host marked as not worth it."""
    now = timezone.now()
    line = FetchJob.objects.filter(host=host.name, turn__isnull=False).order_by("turn", "pk")
    job = line.select_for_update(skip_locked=True).first()
    if job is None or job.turn is None:
        _leave(host, now)
        return None
    lease = Lease(
        job_id=job.pk,
        token=secrets.token_hex(16),
        page_id=job.page_id,
        attempt=job.attempts + 1,
        host=job.host,
        turn=job.turn,
        scheduled=job.scheduled_at is not None,
    )
    FetchJob.objects.filter(pk=job.pk).update(
        state=State.LEASED,
        lease=lease.token,
        leased_until=now + LEASE,
        attempts=F("attempts") + 1,
        turn=None,
        address=None,
    )
    occupy(host, now)
    return lease


def _leave(host: FetchHost, now: datetime) -> None:
    """Correct a host whose jobs went with their owners, or are just being changed."""
    host.turn = first_turn(host.name)
    host.free_at = now + CHANGING
    host.save(update_fields=["turn", "free_at"])


def next_chance() -> float | None:
    """Return in how many seconds some job can be had; None when that is not soon."""
    now = timezone.now()
    soon = FetchHost.objects.filter(turn__isnull=False, free_at__lte=now + PATIENCE)
    free_at = soon.order_by("free_at").values_list("free_at", flat=True).first()
    if free_at is None or not settings.FETCH:
        return None
    return max(0.0, (free_at - now).total_seconds())
