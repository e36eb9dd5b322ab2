"""The queue of record: who gets which job when, and how each ends exactly once."""

from datetime import timedelta

import pytest
from django.db.models import F

from accounts.models import User
from bookmarks import jobs
from bookmarks.jobs import (
    BACK_OFF,
    CRASHED,
    Ended,
    finish_job,
    request_fetch,
    retry_fetch,
    sweep,
)
from bookmarks.models import FetchJob, Page
from tests.bookmarks.clock import Clock
from tests.bookmarks.keeping import keep
from tests.bookmarks.working import lease_job, leased

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def page(alice: User) -> Page:
    """Return a page that waits."""
    return keep(alice, "https://example.org/").page


@pytest.fixture
def job(page: Page) -> FetchJob:
    """Return its job."""
    return FetchJob.objects.get()


@pytest.fixture(autouse=True)
def no_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.uniform", lambda low, high: (low + high) / 2)


def state_of(job: FetchJob) -> str:
    job.refresh_from_db()
    return str(job.state)


def test_one_page_has_one_open_job(page: Page, alice: User, bob: User) -> None:
    assert request_fetch(page, bob) == request_fetch(page, alice)
    assert FetchJob.objects.get().owner == alice


def test_a_page_whose_job_ended_gets_a_new_one(page: Page, job: FetchJob, alice: User) -> None:
    finish_job(leased(job.pk))
    assert request_fetch(page, alice) != job.pk
    assert FetchJob.objects.count() == 2


def test_a_leased_job_is_still_the_pages_job(page: Page, job: FetchJob, alice: User) -> None:
    leased(job.pk)
    assert request_fetch(page, alice) == job.pk


def test_a_lease_is_given_once(job: FetchJob, page: Page) -> None:
    lease = leased(job.pk)
    assert (lease.job_id, lease.page_id, lease.attempt) == (job.pk, page.pk, 1)
    assert lease_job(job.pk) is None
    assert state_of(job) == "leased"


def test_no_lease_is_given_for_a_job_that_is_not_there(db: None) -> None:
    assert lease_job(12345) is None


def test_no_lease_is_given_before_a_job_is_due(job: FetchJob, clock: Clock) -> None:
    FetchJob.objects.update(due_at=clock.now + timedelta(seconds=1))
    assert lease_job(job.pk) is None
    clock.forward(seconds=1)
    assert lease_job(job.pk)


@pytest.mark.parametrize("reason", ["", "It broke."])
def test_no_lease_is_given_for_a_job_that_ended(job: FetchJob, reason: str) -> None:
    finish_job(leased(job.pk), reason=reason)
    assert lease_job(job.pk) is None


def test_a_finished_job_is_done(job: FetchJob, clock: Clock) -> None:
    assert finish_job(leased(job.pk)) == Ended()
    assert state_of(job) == "done"
    assert (job.lease, job.leased_until, job.finished_at) == ("", None, clock.now)


def test_a_job_that_failed_for_good_says_why(job: FetchJob) -> None:
    assert finish_job(leased(job.pk), reason="It is gone.") == Ended()
    assert (state_of(job), job.reason) == ("failed", "It is gone.")


def test_a_job_is_finished_once(job: FetchJob) -> None:
    lease = leased(job.pk)
    assert finish_job(lease)
    assert finish_job(lease) is None
    assert finish_job(lease, reason="Late.", retry=True) is None
    assert state_of(job) == "done"


def test_a_failed_job_waits_longer_each_time_and_fails_at_the_fourth(
    job: FetchJob, clock: Clock
) -> None:
    for attempt, wait in enumerate(BACK_OFF, start=1):
        lease = leased(job.pk)
        assert lease.attempt == attempt
        ended = finish_job(lease, reason="Nobody answers.", retry=True)
        assert ended == Ended(retry_at=clock.now + wait)
        assert (state_of(job), job.reason) == ("queued", "Nobody answers.")
        clock.now += wait - timedelta(seconds=1)
        assert lease_job(job.pk) is None
        clock.forward(seconds=1)
    assert finish_job(leased(job.pk), reason="Nobody answers.", retry=True) == Ended()
    assert state_of(job) == "failed"


def test_jobs_that_failed_together_do_not_come_back_together(
    job: FetchJob, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.uniform", lambda _low, high: high)
    ended = finish_job(leased(job.pk), reason="No.", retry=True)
    assert ended == Ended(retry_at=clock.now + BACK_OFF[0] * 1.2)


def test_a_lease_that_ran_out_is_given_to_somebody_else(job: FetchJob, clock: Clock) -> None:
    lost = leased(job.pk)
    clock.forward(seconds=119)
    assert sweep() == []
    assert lease_job(job.pk) is None
    clock.forward(seconds=1)
    assert sweep() == [job.pk]
    assert leased(job.pk).attempt == 2
    assert finish_job(lost) is None
    assert state_of(job) == "leased"


def test_a_page_that_outlives_four_workers_fails_with_words(
    job: FetchJob, page: Page, clock: Clock
) -> None:
    for _ in range(4):
        leased(job.pk)
        clock.forward(seconds=121)
        sweep()
    assert (state_of(job), job.reason) == ("failed", CRASHED)
    page.refresh_from_db()
    assert (page.state, page.reason, page.tried_at) == ("failed", CRASHED, clock.now)
    assert lease_job(job.pk) is None
    assert sweep() == []


def test_the_sweep_hints_at_what_waits_and_once_a_minute(job: FetchJob, clock: Clock) -> None:
    assert sweep() == []  # the hint sent at saving may still be on its way
    clock.forward(seconds=60)
    assert sweep() == [job.pk]
    assert sweep() == []
    clock.forward(seconds=60)
    assert sweep() == [job.pk]


def test_the_sweep_leaves_alone_what_is_not_due(job: FetchJob, clock: Clock) -> None:
    finish_job(leased(job.pk), reason="No.", retry=True)
    clock.forward(seconds=59)
    assert sweep() == []
    clock.forward(seconds=1)
    assert sweep() == [job.pk]


def test_the_sweep_hints_first_at_what_waited_longest(
    alice: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "HINTS_A_SWEEP", 2)
    for number in range(4):
        keep(alice, f"https://{number}.example/")
    newest_first = list(FetchJob.objects.order_by("-pk").values_list("pk", flat=True))
    for age, pk in enumerate(newest_first):
        FetchJob.objects.filter(pk=pk).update(due_at=clock.now + timedelta(seconds=age))
    clock.forward(minutes=2)
    assert sweep() == newest_first[:2]
    assert sweep() == newest_first[2:]


def test_trying_again_by_hand_is_due_at_once_with_all_attempts_ahead(
    job: FetchJob, page: Page, alice: User, clock: Clock
) -> None:
    finish_job(leased(job.pk), reason="No.", retry=True)
    assert retry_fetch(page, alice) == job.pk
    clock.forward(seconds=1)
    assert leased(job.pk).attempt == 1


def test_trying_again_by_hand_after_the_end_is_a_new_job(
    job: FetchJob, page: Page, alice: User, clock: Clock
) -> None:
    finish_job(leased(job.pk), reason="It is gone.")
    again = retry_fetch(page, alice)
    assert again != job.pk
    clock.forward(seconds=1)
    assert leased(again).attempt == 1


def test_trying_again_by_hand_takes_the_job_from_no_worker(
    job: FetchJob, page: Page, alice: User
) -> None:
    lease = leased(job.pk)
    assert retry_fetch(page, alice) == job.pk
    assert finish_job(lease) == Ended()


def test_a_job_leased_for_the_last_time_before_a_crash_is_not_lost_to_a_late_sweep(
    job: FetchJob, clock: Clock
) -> None:
    FetchJob.objects.update(attempts=F("attempts") + 2)
    leased(job.pk)
    clock.forward(days=3)
    assert sweep() == [job.pk]
    assert leased(job.pk).attempt == 4
