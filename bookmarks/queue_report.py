"""How the fetch queue stands. Import `report_queue`.

Counts the open jobs and those that ended within a day, each by an index of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet

from bookmarks.models import FetchJob

State = FetchJob.State

LOOKED_BACK = timedelta(days=1)
ROWS = 10


@dataclass(frozen=True)
class Waiting:
    """How many jobs wait for pages of one host, and since when the oldest does."""

    host: str
    jobs: int
    since: datetime


@dataclass(frozen=True)
class Failure:
    """How often pages of one host failed for one reason."""

    host: str
    reason: str
    jobs: int


@dataclass(frozen=True)
class QueueReport:
    """The queue at one moment. `due` are the queued jobs whose time has come."""

    at: datetime
    queued: int
    due: int
    leased: int
    expired: int
    oldest_due: datetime | None
    done: int
    failed: int
    hosts: Sequence[Waiting]
    failures: Sequence[Failure]


def report_queue(now: datetime) -> QueueReport:
    """Return how the queue stands now, with the ten busiest hosts and most frequent failures."""
    queued = FetchJob.objects.filter(state=State.QUEUED)
    due = queued.filter(due_at__lte=now)
    leased = FetchJob.objects.filter(state=State.LEASED)
    ended = FetchJob.objects.filter(finished_at__gt=now - LOOKED_BACK)
    return QueueReport(
        at=now,
        queued=queued.count(),
        due=due.count(),
        leased=leased.count(),
        expired=leased.filter(leased_until__lte=now).count(),
        oldest_due=due.aggregate(oldest=Min("due_at"))["oldest"],
        done=ended.filter(state=State.DONE).count(),
        failed=ended.filter(state=State.FAILED).count(),
        hosts=_hosts(queued),
        failures=_failures(ended.filter(state=State.FAILED)),
    )


def _hosts(queued: QuerySet[FetchJob]) -> list[Waiting]:
    rows = queued.values("host").annotate(jobs=Count("pk"), since=Min("created_at"))
    busiest = rows.order_by("-jobs", "host")[:ROWS]
    return [Waiting(row["host"], row["jobs"], row["since"]) for row in busiest]


def _failures(failed: QuerySet[FetchJob]) -> list[Failure]:
    rows = failed.values("host", "reason").annotate(jobs=Count("pk"))
    commonest = rows.order_by("-jobs", "host", "reason")[:ROWS]
    return [Failure(row["host"], row["reason"], row["jobs"]) for row in commonest]
