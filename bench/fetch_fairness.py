"""Does a slow host hold others up? Run `.venv/bin/python -m bench.fetch_fairness`.

Real rows, turns, leases and hosts in a throwaway SQLite database (or that of DATABASE_URL, which
must be empty); only clock and network are played: one person has 10,000 pages of a host that takes
ten seconds for each and then 100 pages of 100 other hosts, another person saves one page more.
"""

import heapq
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from unittest import mock

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="softmarks-bench-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

django.setup()

from accounts.models import User
from bookmarks.hosts import release_host
from bookmarks.jobs import finish_job
from bookmarks.models import FetchJob, Page
from bookmarks.turns import Lease, lease_next, line_up, next_chance

SLOW, OTHERS = 10_000, 100
SLOW_HOST = "slow.example"
SECONDS = {SLOW_HOST: 10.0}
USUAL_SECONDS = 0.5
WORKERS = 4
# Saved when the import is under way, by somebody else.
LATE = timedelta(seconds=20)
BEGIN = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass
class Play:
    """The played time, what is being fetched, and what came of it."""

    now: datetime = BEGIN
    running: list[tuple[datetime, int, Lease]] = field(default_factory=list)
    waits: dict[str, float] = field(default_factory=dict)
    most_at_once: Counter[str] = field(default_factory=Counter)
    looks: list[float] = field(default_factory=list)

    def lease(self) -> Lease | None:
        """Take the next job as a worker does, and note how long that took in real time."""
        began = time.perf_counter()
        lease = lease_next()
        self.looks.append(time.perf_counter() - began)
        return lease

    def start(self, lease: Lease) -> None:
        """Let a fetch begin."""
        end = self.now + timedelta(seconds=SECONDS.get(lease.host, USUAL_SECONDS))
        heapq.heappush(self.running, (end, lease.job_id, lease))
        at_once = sum(other.host == lease.host for _, _, other in self.running)
        self.most_at_once[lease.host] = max(self.most_at_once[lease.host], at_once)

    def end_what_is_done(self) -> None:
        """End the fetches whose time has come."""
        while self.running and self.running[0][0] <= self.now:
            _, _, lease = heapq.heappop(self.running)
            with transaction.atomic():
                finish_job(lease)
                release_host(lease.host)
            created_at = FetchJob.objects.values_list("created_at", flat=True).get(pk=lease.job_id)
            if lease.host != SLOW_HOST:
                self.waits[lease.host] = (self.now - created_at).total_seconds()

    def pass_time(self) -> None:
        """Go to the next moment at which something can happen, a quarter of a second at most."""
        soonest = self.now + timedelta(seconds=min(next_chance() or 0.25, 0.25))
        if self.running:
            soonest = min(soonest, self.running[0][0])
        self.now = max(soonest, self.now + timedelta(milliseconds=1))


def main() -> None:
    """Play it and print what was measured."""
    call_command("migrate", verbosity=0)
    play = Play()
    with played(play):
        prepare()
        play_until_others_are_done(play)
    waits = sorted(play.waits.values())
    looks = [1000 * look for look in play.looks]
    print(f"{len(waits)} pages of other hosts, beside {SLOW:,} of one that takes 10 s:")
    print(f"  p50 {statistics.median(waits):.1f} s, p95 {waits[int(len(waits) * 0.95)]:.1f} s")
    print(f"  saved by somebody else meanwhile: {play.waits['late.example']:.1f} s")
    print(f"  at once at the slow host: {play.most_at_once[SLOW_HOST]}")
    print(
        f"  finding the next job took {statistics.median(looks):.2f} ms, {max(looks):.1f} ms most"
    )


def play_until_others_are_done(play: Play) -> None:
    """Let the workers work until every page of the other hosts is there."""
    late = False
    while len(play.waits) < OTHERS + 1:
        play.end_what_is_done()
        if not late and play.now >= BEGIN + LATE:
            late = True
            add_jobs(User.objects.create_user("late"), ["https://late.example/"])
        lined_up = line_up()
        lease = play.lease() if len(play.running) < WORKERS else None
        if lease:
            play.start(lease)
        elif not lined_up:
            play.pass_time()


@contextmanager
def played(play: Play) -> Iterator[None]:
    """Let Django's clock be the played one."""
    fields = [FetchJob._meta.get_field(name) for name in ("due_at", "sent_at", "created_at")]

    def now() -> datetime:
        return play.now

    for column in fields:
        column.__dict__["_get_default"] = now
    with mock.patch.object(timezone, "now", now):
        yield


def prepare() -> None:
    """Write the rows of the import."""
    owner = User.objects.create_user("importer")
    urls = [f"https://{SLOW_HOST}/{number}" for number in range(SLOW)]
    add_jobs(owner, urls + [f"https://host{number}.example/" for number in range(OTHERS)])


def add_jobs(owner: User, urls: list[str]) -> None:
    """Write jobs as saves do."""
    pages = Page.objects.bulk_create([Page(key=f"{owner.pk}-{url}"[-40:], url=url) for url in urls])
    FetchJob.objects.bulk_create(
        [FetchJob(page=page, owner=owner, host=page.url.split("/")[2]) for page in pages],
        batch_size=1000,
    )


if __name__ == "__main__":
    main()
