"""How the fetch queue and the links stand. Import `report_queue`, `resting_hosts`,
`busy_hosts`, `latest_failures`.

Counts the open jobs, those that ended within a day, and the pages that are due for a look, gone or
closed to robots, each by an index of its own; pages up to 100,000.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet

from bookmarks.models import FetchHost, FetchJob, Page

State = FetchJob.State

LOOKED_BACK = timedelta(days=1)
ROWS = 10
LATEST = 20
MOST_COUNTED = 100_000


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
class Reason:
    """How often pages failed for one reason, whatever their host."""

    reason: str
    jobs: int


@dataclass(frozen=True)
class QueueReport:
    """The queue at one moment. `due` are the queued jobs whose time has come.

    `scheduled` are the open jobs that nobody asked for; `checks_due` the pages whose time has come
    to be looked at again, `gone` and `blocked` those in that state.
    """

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
    reasons: Sequence[Reason]
    scheduled: int
    checks_due: int
    gone: int
    blocked: int


def report_queue(now: datetime) -> QueueReport:
    """Return how the queue stands now, with the ten busiest hosts and most frequent failures."""
    open_jobs = FetchJob.objects.filter(state__in=FetchJob.OPEN)
    queued = open_jobs.filter(state=State.QUEUED)
    due = queued.filter(due_at__lte=now)
    leased = FetchJob.objects.filter(state=State.LEASED)
    ended = FetchJob.objects.filter(finished_at__gt=now - LOOKED_BACK)
    failed = ended.filter(state=State.FAILED)
    return QueueReport(
        at=now,
        queued=queued.count(),
        due=due.count(),
        leased=leased.count(),
        expired=leased.filter(leased_until__lte=now).count(),
        oldest_due=due.aggregate(oldest=Min("due_at"))["oldest"],
        done=ended.filter(state=State.DONE).count(),
        failed=failed.count(),
        hosts=_hosts(queued),
        failures=_failures(failed),
        reasons=_reasons(failed),
        scheduled=open_jobs.filter(scheduled_at__isnull=False).count(),
        checks_due=_counted(Page.objects.filter(check_at__lte=now)),
        gone=_counted(Page.objects.filter(state=Page.State.GONE)),
        blocked=_counted(Page.objects.filter(state=Page.State.BLOCKED)),
    )


def busy_hosts(report: QueueReport) -> list[FetchHost]:
    """Return the hosts with most to wait for, busiest first; none need have been asked yet."""
    names = [host.host for host in report.hosts]
    known = FetchHost.objects.in_bulk(names)
    return [known.get(name) or FetchHost(name=name) for name in names]


def resting_hosts(now: datetime) -> list[FetchHost]:
    """Return up to 20 hosts that are let alone now, the next to wake first."""
    resting = FetchHost.objects.filter(free_at__gt=now, resting_until__gt=now)
    return list(resting.order_by("free_at")[:LATEST])


def latest_failures(now: datetime) -> list[FetchJob]:
    """Return the 20 jobs that failed last, within a day: hosts and reasons, no addresses."""
    ended = FetchJob.objects.filter(finished_at__gt=now - LOOKED_BACK, state=State.FAILED)
    return list(ended.order_by("-finished_at").only("host", "reason", "finished_at")[:LATEST])


def _counted(pages: QuerySet[Page]) -> int:
    return pages[:MOST_COUNTED].count()


def _hosts(queued: QuerySet[FetchJob]) -> list[Waiting]:
    rows = queued.values("host").annotate(jobs=Count("pk"), since=Min("created_at"))
    busiest = rows.order_by("-jobs", "host")[:ROWS]
    return [Waiting(row["host"], row["jobs"], row["since"]) for row in busiest]


def _failures(failed: QuerySet[FetchJob]) -> list[Failure]:
    rows = failed.values("host", "reason").annotate(jobs=Count("pk"))
    commonest = rows.order_by("-jobs", "host", "reason")[:ROWS]
    return [Failure(row["host"], row["reason"], row["jobs"]) for row in commonest]


def _reasons(failed: QuerySet[FetchJob]) -> list[Reason]:
    rows = failed.values("reason").annotate(jobs=Count("pk"))
    commonest = rows.order_by("-jobs", "reason")[:ROWS]
    return [Reason(row["reason"], row["jobs"]) for row in commonest]
