"""What one host and one address are asked at a time. Import `lock_hosts`, `occupy`,
`release_host`, `rest_host`, `settle_host`.

Who takes or ends a job of a host has its row locked, so that no two workers together exceed what
one would keep to. Jobs are locked before hosts, hosts before bookmarks and pages; workers looking
for work lock a host first and wait for nothing, so that nobody waits in a circle.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from bookmarks.fetching.pacing import Pace, pace_of
from bookmarks.models import FetchHost, FetchJob

State = FetchJob.State

TIMEOUTS_BEFORE_A_REST = 5
REST = timedelta(minutes=10)


def lock_hosts(names: Iterable[str]) -> dict[str, FetchHost]:
    """Return the rows of hosts by name, made where missing, locked until the transaction ends."""
    wanted = sorted(
        set(names)
    )  # in one order, so that two who lock several do not block each other
    known = set(FetchHost.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if missing := [FetchHost(name=name) for name in wanted if name not in known]:
        FetchHost.objects.bulk_create(missing, ignore_conflicts=True)
    rows = FetchHost.objects.filter(pk__in=wanted).order_by("pk").select_for_update()
    return {host.name: host for host in rows}


def occupy(host: FetchHost, now: datetime) -> None:
    """Note on a locked host that a job of it begins now."""
    host.next_at = now + _pace(host).apart
    host.turn = first_turn(host.name)
    host.free_at = _free_at(host, now)
    host.save(update_fields=["next_at", "turn", "free_at"])


def release_host(name: str, *, timed_out: bool = False, rest: timedelta | None = None) -> None:
    """Note that a job of the host ended; needs a transaction.

    `rest` is what the server asked for by Retry-After (RFC 9110, 10.2.3): until it is over no
    page of the host is fetched. A host that timed out five times in a row rests too.
    """
    now = timezone.now()
    host = lock_hosts([name])[name]
    host.timeouts = min(host.timeouts + 1, 1000) if timed_out else 0
    rests = [rest] if rest else []
    if host.timeouts >= TIMEOUTS_BEFORE_A_REST:
        rests.append(REST)
    if rests:
        host.resting_until = max(now + max(rests), host.resting_until or now)
    host.free_at = _free_at(host, now)
    host.save(update_fields=["timeouts", "resting_until", "free_at"])


def rest_host(name: str, until: datetime) -> None:
    """Leave a host alone until then, for a reason that is not its own; needs a transaction."""
    host = lock_hosts([name])[name]
    host.resting_until = max(until, host.resting_until or until)
    host.free_at = _free_at(host, timezone.now())
    host.save(update_fields=["resting_until", "free_at"])


def settle_host(name: str, wait: timedelta = timedelta(0)) -> None:
    """Work out anew when a host is free, in `wait` at the soonest, and who is first in its line.

    Needs a transaction.
    """
    now = timezone.now()
    host = lock_hosts([name])[name]
    host.turn = first_turn(name)
    host.next_at = max(host.next_at, now + wait)
    host.free_at = _free_at(host, now)
    host.save(update_fields=["turn", "next_at", "free_at"])


def first_turn(name: str) -> int | None:
    """Return the lowest turn among the host's jobs in line."""
    line = FetchJob.objects.filter(host=name, turn__isnull=False)
    return line.order_by("turn").values_list("turn", flat=True).first()


def _pace(host: FetchHost) -> Pace:
    return pace_of(host.name, host.address, settings.FETCH_ALLOW_NETWORKS)


def _free_at(host: FetchHost, now: datetime) -> datetime:
    """When the host may be asked next: after its pause and rest, and when a place is free.

    A place is free at the latest when a lease runs out: its worker is dead then.
    """
    most = _pace(host).at_once
    leased = FetchJob.objects.filter(host=host.name, state=State.LEASED, leased_until__gt=now)
    ends = list(leased.order_by("-leased_until").values_list("leased_until", flat=True)[:most])
    full = [ends[-1]] if len(ends) == most and ends[-1] else []
    rest = [host.resting_until] if host.resting_until else []
    return max([host.next_at, *full, *rest])
