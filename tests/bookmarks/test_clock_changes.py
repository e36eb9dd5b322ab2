"""A clock that jumps and is put back: nothing is held for ever, nothing is begun in a rush."""

from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from accounts.models import User
from bookmarks.fetching.errors import BadAnswer
from bookmarks.fetching.fetch import LONGEST_WAIT
from bookmarks.health import LONGEST, check_due_pages
from bookmarks.hosts import release_host
from bookmarks.jobs import finish_job, sweep
from bookmarks.models import FetchHost, FetchJob, Page
from bookmarks.outcomes import failed
from bookmarks.turns import lease_next, line_up
from tests.bookmarks.clock import Clock
from tests.bookmarks.keeping import keep
from tests.bookmarks.working import leased

pytestmark = pytest.mark.usefixtures("clock")

# How far ahead the clock was when it was put back.
JUMPS = [{"days": 1}, {"days": 3650}]
HOST = "example.org"


def back(clock: Clock, jump: dict[str, float]) -> None:
    """Put the clock back to where it was, and ten minutes on."""
    clock.forward(**{unit: -amount for unit, amount in jump.items()})
    clock.forward(minutes=10)


def job_of(owner: User, url: str = f"https://{HOST}/") -> FetchJob:
    return FetchJob.objects.get(page=keep(owner, url).page)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_lease_from_the_future_is_given_to_somebody_else(
    jump: dict[str, float], alice: User, clock: Clock
) -> None:
    job = job_of(alice)
    clock.forward(**jump)
    first = leased(job.pk)
    back(clock, jump)
    assert sweep() == [job.pk]
    second = lease_next()
    assert second
    assert second.job_id == job.pk
    assert finish_job(first) is None
    assert finish_job(second)
    assert FetchJob.objects.get().state == "done"


def test_a_lease_of_a_machine_whose_clock_is_a_little_ahead_holds(
    alice: User, clock: Clock
) -> None:
    job = job_of(alice)
    clock.forward(seconds=100)
    lease = leased(job.pk)
    clock.forward(seconds=-100)
    assert sweep() == []
    assert finish_job(lease)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_page_saved_in_the_future_is_fetched_now(
    jump: dict[str, float], alice: User, clock: Clock
) -> None:
    clock.forward(**jump)
    job = job_of(alice)
    back(clock, jump)
    assert sweep() == [job.pk]
    assert leased(job.pk)
    assert FetchJob.objects.get().created_at == clock.now


@pytest.mark.parametrize("jump", JUMPS)
def test_a_host_that_was_asked_in_the_future_may_be_asked_now(
    jump: dict[str, float], alice: User, clock: Clock
) -> None:
    first, second = job_of(alice), job_of(alice, f"https://{HOST}/2")
    clock.forward(**jump)
    with transaction.atomic():
        assert finish_job(leased(first.pk))
        release_host(HOST)
    line_up(second.pk)
    back(clock, jump)
    assert lease_next() is None
    sweep()
    lease = lease_next()
    assert lease
    assert lease.job_id == second.pk


def test_a_hint_from_the_future_is_given_again(alice: User, clock: Clock) -> None:
    job = job_of(alice)
    clock.forward(days=1)
    line_up(job.pk)
    FetchJob.objects.update(sent_at=clock.now, created_at=clock.now)
    FetchHost.objects.update(free_at=clock.now - timedelta(days=2))
    back(clock, {"days": 1})
    assert sweep() == [job.pk]
    assert sweep() == []


def test_no_rest_is_longer_than_a_week(alice: User, clock: Clock) -> None:
    job = job_of(alice)
    week = timedelta(seconds=LONGEST_WAIT)
    clock.forward(days=3650)
    with transaction.atomic():
        assert finish_job(leased(job.pk), reason="Busy.", retry=True, rest=week)
        release_host(HOST, rest=week)
    back(clock, {"days": 3650})
    sweep()
    assert leased(job.pk)


def test_a_rest_that_a_site_asked_for_is_kept(alice: User, clock: Clock) -> None:
    job = job_of(alice)
    week = timedelta(seconds=LONGEST_WAIT)
    with transaction.atomic():
        assert finish_job(leased(job.pk), reason="Busy.", retry=True, rest=week)
        release_host(HOST, rest=week)
    until = clock.now + week
    for _ in range(3):
        sweep()
    assert FetchHost.objects.get(pk=HOST).resting_until == until
    assert FetchJob.objects.get().due_at == until
    assert lease_next() is None


def test_a_clock_that_jumps_ahead_frees_each_lease_once_and_asks_no_host_faster(
    alice: User, clock: Clock
) -> None:
    for number in range(6):
        job_of(alice, f"https://{HOST}/{number}")
    line_up()
    assert lease_next()
    clock.forward(days=3650)
    sweep()
    assert FetchJob.objects.filter(state="queued").count() == 6
    assert lease_next()
    assert lease_next() is None  # a second has to pass
    clock.forward(seconds=1)
    assert lease_next()
    clock.forward(seconds=1)
    assert lease_next() is None  # two at a time


def test_looks_that_were_put_off_for_years_come_within_a_month_and_not_at_once(
    alice: User, settings: Settings, clock: Clock
) -> None:
    settings.CHECKS_A_MINUTE = 2
    for number in range(5):
        job_of(alice, f"https://h{number}.example/")
    FetchJob.objects.all().delete()
    Page.objects.update(check_at=clock.now + timedelta(days=3650))
    assert check_due_pages() == []
    looks = [page.check_at - clock.now for page in Page.objects.all() if page.check_at]
    assert len(set(looks)) == 5
    assert max(looks) <= timedelta(days=30)
    Page.objects.update(check_at=clock.now + LONGEST)
    assert check_due_pages() == []
    assert set(Page.objects.values_list("check_at", flat=True)) == {clock.now + LONGEST}


def test_a_page_missing_since_the_future_is_missing_since_now(alice: User, clock: Clock) -> None:
    page = keep(alice, f"https://{HOST}/").page
    page.missing_since = clock.now + timedelta(days=3650)
    columns = failed(page, BadAnswer(404)).columns
    assert columns["missing_since"] == clock.now
    assert columns["check_at"] - clock.now < timedelta(days=9)
