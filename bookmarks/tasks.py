"""What the workers run: shells that carry a row id. `hint_at` sends one of them.

A message is only a hint that a job waits; the job itself is a row (bookmarks.jobs).
"""

import logging
import time

from celery import shared_task
from kombu.exceptions import OperationalError

from bookmarks import forgetting, jobs, pages

log = logging.getLogger(__name__)

# After a failed send, saves go on without trying the broker for this long, so that a broker that
# hangs slows one save and not all; the sweep sends what was left out.
QUIET_SECONDS = 30.0
_quiet_until = 0.0


def hint_at(job_id: int) -> None:
    """Tell a worker that a job waits. Never raises for a broker that is down."""
    global _quiet_until  # noqa: PLW0603 - one circuit breaker a process
    if time.monotonic() < _quiet_until:
        return
    try:
        refresh_page.delay(job_id)
    except (OperationalError, OSError) as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("The queue cannot be reached, the sweep will send job %s: %s", job_id, error)


@shared_task
def refresh_page(job_id: int) -> None:
    """Fetch the page of a job, then hint at the next job of its host."""
    next_job_id = pages.refresh_page(job_id)
    if next_job_id is not None:
        hint_at(next_job_id)


@shared_task
def sweep_fetch_jobs() -> None:
    """Free what dead workers held and hint at every job that waited too long."""
    for job_id in jobs.sweep():
        hint_at(job_id)


@shared_task
def clean_up() -> None:
    """Drop old deletions and finished jobs."""
    forgetting.forget_old_deletions()
