"""How many pages a worker reads, in what memory. Run `.venv/bin/python -m bench.fetch_throughput`.

A real worker with its reading processes, all on one core, fetches 10,000 pages from loopback
(or as many as the first argument says), with SQLite and the queue in a throwaway folder. Memory
is the proportional share (PSS) of the worker and its children, by the second.
"""

import contextlib
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from statistics import linear_regression
from typing import NamedTuple

import psutil

from bench.loopback import Loopback, urls_at
from tests.services import free_port

PAGES = int(sys.argv[1]) if __name__ == "__main__" and len(sys.argv) > 1 else 10_000
HOSTS = 8
PORT = free_port()
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="softmarks-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["FETCH_ALLOW_NETWORKS"] = "127.0.0.0/8"
os.environ["FETCH_ALLOW_PORTS"] = str(PORT)

import django
from django.core.management import call_command

django.setup()

from accounts.models import User
from bookmarks.models import FetchJob, Page
from bookmarks.tasks import hint_at

# What starting costs, threads and processes included, is over after so many pages.
WARM = 500
WORKER = "celery --quiet --app config worker --without-gossip --without-mingle --without-heartbeat"
MEGABYTE = 1024 * 1024


class Sample(NamedTuple):
    """By the clock and by the processor, in seconds; pages read; megabytes."""

    at: float
    busy: float
    pages: int
    memory: float


def main() -> None:
    """Measure it and print what was measured."""
    call_command("migrate", verbosity=0)
    server = multiprocessing.Process(target=serve, daemon=True)
    server.start()
    add_jobs(urls_at(HOSTS, PORT, PAGES))
    worker = subprocess.Popen(  # noqa: S603 - every word is our own
        [sys.executable, "-m", *WORKER.split()],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        psutil.Process(worker.pid).cpu_affinity([0])
        hint_at(FetchJob.objects.earliest("pk").pk)
        report(measure(psutil.Process(worker.pid)))
    finally:
        worker.terminate()
        worker.wait()
        server.terminate()


def serve() -> None:
    """Be the outside world, on the other core if there is one."""
    if (cores := os.cpu_count() or 1) > 1:
        psutil.Process().cpu_affinity(list(range(1, cores)))
    with Loopback(HOSTS, port=PORT):
        while True:
            time.sleep(3600)


def add_jobs(urls: list[str]) -> None:
    """Write jobs as saves do."""
    owner = User.objects.create_user("importer")
    pages = [Page(key=f"bench-{number}", url=url) for number, url in enumerate(urls)]
    pages = Page.objects.bulk_create(pages, batch_size=1000)
    jobs = [FetchJob(page=page, owner=owner, host=page.url.split("/")[2]) for page in pages]
    FetchJob.objects.bulk_create(jobs, batch_size=1000)


def measure(worker: psutil.Process) -> list[Sample]:
    """Look once a second, until all pages are read."""
    samples: list[Sample] = []
    done = 0
    while done < PAGES and worker.status() != psutil.STATUS_ZOMBIE:
        time.sleep(1)
        done = FetchJob.objects.exclude(state__in=FetchJob.OPEN).count()
        samples.append(Sample(time.monotonic(), busy(worker), done, memory(worker)))
    return samples


def memory(worker: psutil.Process) -> float:
    """Megabytes of the worker and its reading processes."""
    total = 0.0
    for process in (worker, *worker.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):  # a reading process was just replaced
            total += process.memory_full_info().pss
    return total / MEGABYTE


def busy(worker: psutil.Process) -> float:
    """Seconds that the worker and its reading processes, ended ones included, had a core."""
    total = sum(worker.cpu_times()[:4])
    for process in worker.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            total += sum(process.cpu_times()[:2])
    return total


def report(samples: list[Sample]) -> None:
    """Print pages a second and how memory grew, once the worker was warm."""
    warm = [one for one in samples if one.pages >= min(WARM, PAGES // 2)]
    first, last = warm[0], warm[-1]
    pages = last.pages - first.pages
    read = Page.objects.filter(state=Page.State.FETCHED).count()
    print(f"{last.pages:,} pages, {read:,} of them read")
    print(f"  {pages / (last.at - first.at):.1f} pages a second on one core")
    print(f"  {pages / (last.busy - first.busy):.1f} pages a second of that core's time")
    used = [one.memory for one in warm]
    slope = linear_regression([one.pages for one in warm], used).slope
    tail = max(1, len(used) // 10)
    print(f"  memory {sum(used[:tail]) / tail:.0f} MB at first, {sum(used[-tail:]) / tail:.0f} MB")
    print(f"  at last, {max(used):.0f} MB at most; {slope * 1000:+.2f} MB a thousand pages")


if __name__ == "__main__":
    main()
