"""What was written down while a clock was wrong. Import `put_right`, `AHEAD`.

Leases, pauses and rests are moments. When the clock that set them was ahead and is put back, they
would hold for a day, or for ten years; so those that no right clock can have set are undone. A
clock that jumps ahead needs nothing: what is due then is begun at the rate of every day.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from bookmarks.fetching.fetch import LONGEST_WAIT
from bookmarks.hosts import lock_hosts, settle_host
from bookmarks.models import FetchHost, FetchJob
from bookmarks.turns import LEASE

# The clocks of two machines may differ; by so much more than a lease lasts they do not.
AHEAD = 2 * LEASE
LONGEST_REST = timedelta(seconds=LONGEST_WAIT) + AHEAD
AT_ONCE = 1000


def put_right(now: datetime) -> None:
    """Let jobs and hosts go on that wait for a moment which is not to come for long.

    No rest is longer than a week. A job from the future begins now, and no other pause of a host
    ends further ahead than a lease. Some at a time: the next sweep sees the others.
    """
    queued = FetchJob.objects.filter(state=FetchJob.State.QUEUED, due_at__gt=now + AHEAD)
    wrong = queued.filter(Q(created_at__gt=now + AHEAD) | Q(due_at__gt=now + LONGEST_REST))
    ids = list(wrong.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])
    FetchJob.objects.filter(pk__in=ids, created_at__gt=now).update(created_at=now)
    FetchJob.objects.filter(pk__in=ids, state=FetchJob.State.QUEUED).update(due_at=now)
    for name in _held_up(now):
        _let_go(name, now)


def _held_up(now: datetime) -> list[str]:
    """Return hosts that are free later than any lease ends, and not for a rest of theirs."""
    late = FetchHost.objects.filter(free_at__gt=now + AHEAD)
    no_rest = Q(resting_until=None) | Q(resting_until__lt=F("free_at"))
    wrong = late.filter(no_rest | Q(resting_until__gt=now + LONGEST_REST))
    return list(wrong.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _let_go(name: str, now: datetime) -> None:
    host = lock_hosts([name])[name]
    host.next_at = min(host.next_at, now)
    if host.resting_until and host.resting_until > now + LONGEST_REST:
        host.resting_until = None
    host.save(update_fields=["next_at", "resting_until"])
    settle_host(name)
