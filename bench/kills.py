"""What kills cost. Run `.venv/bin/python -m bench.kills`; it takes some minutes.

A whole site, in a throwaway folder, fetches 500 pages from loopback while one of its processes is
killed with signal 9 at 50 random times; the first one is started again when it was that one. Each
job must end once, and none may stand still for longer than 180 seconds.
"""

import contextlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL, Popen

import psutil

from bench.loopback import Loopback, urls_at
from tests.services import free_port

PORT = free_port()
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="softmarks-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["FETCH_ALLOW_NETWORKS"] = "127.0.0.0/8"
os.environ["FETCH_ALLOW_PORTS"] = str(PORT)
os.environ["PORT"] = str(free_port())

import django
from django.core.management import call_command

django.setup()

from accounts.models import User
from bookmarks.drafts import make_draft
from bookmarks.models import FetchJob, Page
from bookmarks.saving import save_bookmark

JOBS, KILLS, HOSTS = 500, 50, 4
# So that pages are being fetched whenever somebody is killed.
SECONDS_A_PAGE = 1.0
SECONDS_BETWEEN = (0.5, 4.5)
# By then something is stuck for good.
PATIENCE = 900
ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Watch:
    """What was seen of the jobs: their ends, and since when each has been leased as it is."""

    ended: dict[int, object] = field(default_factory=dict)
    ended_again: set[int] = field(default_factory=set)
    leases: dict[int, tuple[str, float]] = field(default_factory=dict)
    longest: float = 0.0

    def look(self) -> bool:
        """Look once; tell whether all jobs have ended."""
        now = time.monotonic()
        rows = FetchJob.objects.values_list("pk", "state", "lease", "finished_at")
        for pk, state, lease, finished_at in rows:
            if state == FetchJob.State.LEASED:
                held, since = self.leases.get(pk, ("", now))
                self.leases[pk] = (lease, since if held == lease else now)
                self.longest = max(self.longest, now - self.leases[pk][1])
            elif state not in FetchJob.OPEN:
                if self.ended.setdefault(pk, finished_at) != finished_at:
                    self.ended_again.add(pk)
            elif pk in self.ended:
                self.ended_again.add(pk)
        return len(self.ended) == JOBS


def main() -> None:
    """Kill, wait until all is done, and print what was seen."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.randrange(10**6)  # noqa: S311 - for play
    chance = random.Random(seed)  # noqa: S311
    call_command("migrate", verbosity=0)
    watch = Watch()
    with Loopback(HOSTS, SECONDS_A_PAGE, PORT) as outside, running() as site:
        owner = User.objects.create_user("killer")
        for url in urls_at(HOSTS, PORT, JOBS):
            save_bookmark(owner, make_draft(url))
        victims = [kill_somebody(site, chance, watch) for _ in range(KILLS)]
        began = time.monotonic()
        while not watch.look() and time.monotonic() < began + PATIENCE:
            keep_running(site)
            time.sleep(0.5)
        waited = time.monotonic() - began
    states = Page.objects.values_list("state", flat=True)
    again = sum(times > 1 for path, times in outside.asked.items() if path.startswith("/page/"))
    print(f"{KILLS} kills (seed {seed}), {sum(victims)} of them of the first process")
    print(f"  {len(watch.ended)} of {JOBS} jobs ended, {len(watch.ended_again)} ended twice")
    print(f"  {states.filter(state='fetched').count()} pages read, {again} asked for again")
    print(f"  longest lease {watch.longest:.0f} s, all done {waited:.0f} s after the last kill")


@contextlib.contextmanager
def running() -> Iterator[list[Popen[bytes]]]:
    """Run a site; the list holds its first process, which may be replaced."""
    site = [start()]
    try:
        yield site
    finally:
        site[0].terminate()
        site[0].wait(60)


def start() -> Popen[bytes]:
    """Start the site's first process."""
    return Popen([sys.executable, "manage.py", "up"], cwd=ROOT, stdout=DEVNULL, stderr=DEVNULL)


def kill_somebody(site: list[Popen[bytes]], chance: random.Random, watch: Watch) -> bool:
    """Kill one of the site's processes after a while; tell whether it was the first."""
    until = time.monotonic() + chance.uniform(*SECONDS_BETWEEN)
    while time.monotonic() < until:
        watch.look()
        time.sleep(0.25)
    keep_running(site)
    first = psutil.Process(site[0].pid)
    victim = chance.choice([first, *first.children(recursive=True)])
    with contextlib.suppress(psutil.NoSuchProcess):
        victim.kill()
    if victim != first:
        return False
    site[0].wait()
    keep_running(site)
    return True


def keep_running(site: list[Popen[bytes]]) -> None:
    """Start the first process again when it is gone; its children may not be quite gone yet."""
    if site[0].poll() is not None:
        site[0] = start()


if __name__ == "__main__":
    main()
