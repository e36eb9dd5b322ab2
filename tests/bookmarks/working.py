"""What workers do, step by step. Import `leased`, `refresh`."""

from bookmarks import pages
from bookmarks.turns import Lease, lease_next, line_up


def lease_job(job_id: int) -> Lease | None:
    """Put a job in line and take the first of a free host, as a worker does that was hinted at."""
    line_up(job_id)
    return lease_next()


def leased(job_id: int) -> Lease:
    """Take a job that must be to be had."""
    lease = lease_job(job_id)
    assert lease
    assert lease.job_id == job_id
    return lease


def refresh(job_id: int) -> None:
    """Do the job that is first in line, if there is one."""
    if lease := lease_job(job_id):
        pages.refresh_page(lease)
