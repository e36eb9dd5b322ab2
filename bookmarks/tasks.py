"""What the workers run: shells that carry a row id. `hint_at` and `hint_at_import` send them, by
`hint` as the tasks of other apps are.

A message is only a hint that a job waits; the job itself is a row (bookmarks.jobs).
"""

import logging
import threading
import time
from functools import partial
from typing import Any

from celery import Task, shared_task
from celery.worker import state as worker
from django.conf import settings
from kombu.exceptions import OperationalError

from bookmarks import forgetting, health, hub_pings, import_jobs, jobs, merging, pages
from bookmarks.turns import line_up, next_chance

log = logging.getLogger(__name__)

# After a failed send, saves go on without trying the broker for this long, so that a broker that
# hangs slows one save and not all; the sweep sends what was left out.
QUIET_SECONDS = 30.0
_quiet_until = 0.0
# A worker goes on with whatever waits for so long; then other tasks have their turn.
WORK_SECONDS = 10.0
# Late hints are of no use: whatever they hinted at was seen by the workers or by a sweep.
HINT_SECONDS = 60
# An import goes on for so long; then others have their turn.
IMPORT_SECONDS = 20.0
# As long the hub is told of changed feeds.
HUB_SECONDS = 20.0
_places = threading.BoundedSemaphore(settings.WORKER_THREADS)


def hint_at(job_id: int) -> None:
    """Tell a worker that a job waits. Never raises for a broker that is down."""
    global _quiet_until  # noqa: PLW0603 - one circuit breaker a process
    if time.monotonic() < _quiet_until:
        return
    if not hint(refresh_page, job_id):
        _quiet_until = time.monotonic() + QUIET_SECONDS


def hint(task: "Task[Any, Any]", row_id: int) -> bool:
    """Tell a worker by a task that a row waits; return whether the broker took that."""
    try:
        task.apply_async((row_id,), expires=HINT_SECONDS)
    except (OperationalError, OSError) as error:
        words = "The queue cannot be reached, the sweep will send %s for %s: %s"
        log.warning(words, task.name, row_id, error)
        return False
    return True


@shared_task
def refresh_page(job_id: int) -> None:
    """Put a job in line, then work on whatever waits there, for a while.

    When enough threads of this process do so already, they see the job too. The look after the
    place is given up is for a job that came in between.
    """
    line_up(job_id)
    if not _places.acquire(blocking=False):
        return
    try:
        pages.work(partial(_is_over, time.monotonic() + WORK_SECONDS))
    finally:
        _places.release()
    if next_chance() is not None:
        hint_at(job_id)


def _is_over(end: float) -> bool:
    return time.monotonic() > end or worker.should_stop is not None


@shared_task
def sweep_fetch_jobs() -> None:
    """Free what dead workers held and hint at every job that waited too long."""
    for job_id in jobs.sweep():
        hint_at(job_id)


def hint_at_import(job_id: int) -> None:
    """Tell a worker that an import waits. Never raises for a broker that is down."""
    hint(work_on_import, job_id)


@shared_task
def work_on_import(job_id: int) -> None:
    """Take in a file for a while, unless somebody else does, and get in line again for the rest."""
    if import_jobs.work_on(job_id, partial(_is_over, time.monotonic() + IMPORT_SECONDS)):
        hint_at_import(job_id)


@shared_task
def sweep_imports() -> None:
    """Hint at the imports that wait, those of dead workers among them."""
    for job_id in import_jobs.waiting_imports():
        hint_at_import(job_id)


@shared_task
def check_links() -> None:
    """Ask for the pages that are due for a look, and hint at one: its worker sees the others."""
    for job_id in health.check_due_pages()[:1]:
        hint_at(job_id)


@shared_task
def ping_hub() -> None:
    """Tell the hub which feeds changed, for a while."""
    hub_pings.ping_due(partial(_is_over, time.monotonic() + HUB_SECONDS))


@shared_task
def clean_up() -> None:
    """Drop old deletions and finished jobs; end merges of pages that were cut short."""
    merging.finish_merges()
    forgetting.forget_old_deletions()
    import_jobs.forget_old_imports()
