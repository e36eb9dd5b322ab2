"""How fetching stands, as staff see it and nobody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from bookmarks.jobs import finish_job
from bookmarks.models import FetchHost, FetchJob, Page
from tests.bookmarks.keeping import keep
from tests.bookmarks.views.saving_steps import soup
from tests.bookmarks.working import lease_job
from tests.people import signed_in

PATH, WAKE = "/staff/fetches/", "/staff/fetches/wake/"
HOUR = timedelta(hours=1)


@pytest.fixture
def staff_client(db: None) -> Client:
    """Return a browser in which somebody of the staff is logged in."""
    carol = User.objects.create_user("carol", "correct horse battery staple")
    carol.is_staff = True
    carol.save(update_fields=["is_staff"])
    return signed_in(carol)


def fail(owner: User, url: str, reason: str) -> None:
    job_id = FetchJob.objects.get(page=keep(owner, url, private=True).page).pk
    lease = lease_job(job_id)
    assert lease
    assert finish_job(lease, reason=reason)


def text_at(client: Client) -> str:
    return soup(client.get(PATH).content).get_text(" ", strip=True)


@pytest.mark.parametrize("who", ["alice_client", "visitor_client"])
def test_to_others_there_is_no_such_page(request: pytest.FixtureRequest, who: str) -> None:
    client: Client = request.getfixturevalue(who)
    FetchHost.objects.create(name="slow.example", resting_until=timezone.now() + HOUR)
    assert client.get(PATH).status_code == 404
    assert client.post(WAKE, {"host": "slow.example"}).status_code == 404
    assert FetchHost.objects.get().resting_until
    assert PATH not in client.get("/recent/").content.decode()


def test_staff_are_led_there(staff_client: Client) -> None:
    assert soup(staff_client.get("/recent/").content).select(f"footer a[href='{PATH}']")


def test_it_shows_counts_hosts_and_reasons_but_no_addresses(
    alice: User, staff_client: Client
) -> None:
    keep(alice, "https://waiting.example/secret-path", private=True, title="Secret title")
    fail(alice, "https://broken.example/secret-path", "The page could not be reached.")
    Page.objects.update(check_at=timezone.now())
    said = text_at(staff_client)
    for words in ("waiting.example", "broken.example", "could not be reached", "Fetches 1"):
        assert words in said
    body = staff_client.get(PATH).content.decode().lower()
    assert "secret" not in body
    assert "alice" not in body


def test_an_idle_queue_says_so(staff_client: Client) -> None:
    assert "No host is waited for, none rests." in text_at(staff_client)


def test_a_rest_can_be_ended(alice: User, staff_client: Client) -> None:
    keep(alice, "https://slow.example/")
    soon = timezone.now() + HOUR
    FetchJob.objects.update(due_at=soon)
    FetchHost.objects.create(name="slow.example", resting_until=soon, free_at=soon, timeouts=5)
    FetchHost.objects.create(name="other.example", resting_until=soon, free_at=soon)
    page = soup(staff_client.get(PATH).content)
    button = page.select_one("button[value='slow.example']")
    assert button
    assert button.get_text() == "stop resting"
    answer = staff_client.post(WAKE, {"host": "slow.example"}, follow=True)
    assert "slow.example is asked again" in soup(answer.content).get_text()
    host = FetchHost.objects.get(name="slow.example")
    assert (host.resting_until, host.timeouts) == (None, 0)
    assert host.free_at <= timezone.now()
    assert FetchJob.objects.get().due_at <= timezone.now()
    assert FetchHost.objects.get(name="other.example").resting_until == soon


@pytest.mark.parametrize("host", ["", "unknown.example", "\x00", "x" * 5000])
def test_an_unknown_host_is_a_404(staff_client: Client, host: str) -> None:
    assert staff_client.post(WAKE, {"host": host}).status_code == 404
    assert not FetchHost.objects.exists()


def test_waking_needs_post(staff_client: Client) -> None:
    assert staff_client.get(WAKE).status_code == 405


def test_it_costs_a_fixed_number_of_queries(
    alice: User, staff_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        fail(alice, f"https://h{number}.example/", "The page could not be reached.")
        keep(alice, f"https://h{number}.example/more")
    with django_assert_max_num_queries(20):
        staff_client.get(PATH)


def test_resting_hosts_are_found_by_an_index(db: None) -> None:
    now = timezone.now()
    FetchHost.objects.bulk_create(
        FetchHost(name=f"{n}.example", free_at=now - HOUR) for n in range(3000)
    )
    resting = FetchHost.objects.filter(free_at__gt=now, resting_until__gt=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert "host_by_free_at" in resting.order_by("free_at")[:20].explain()
