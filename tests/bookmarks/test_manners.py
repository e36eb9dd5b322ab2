"""Good manners towards the sites whose pages are fetched, against a real web server."""

import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from bookmarks import jobs, outcomes
from bookmarks.models import FetchHost, FetchJob, Page
from tests.bookmarks.keeping import keep
from tests.bookmarks.working import ARTICLE, drip, refresh, refreshed
from tests.hostile_server import HostileServer, page, redirect


def scheduled(owner: User, url: str) -> int:
    """Fetch a page that somebody saved once more, of our own accord."""
    bookmark = refreshed(owner, url)
    job_id = jobs.request_fetch(bookmark.page, owner, scheduled=True)
    for _ in range(2):  # for robots.txt and for the page
        refresh(job_id)
        FetchHost.objects.update(next_at=timezone.now(), free_at=timezone.now())
    return job_id


def test_a_page_nobody_asked_for_again_is_fetched_where_robots_are_let_in(
    alice: User, server: HostileServer
) -> None:
    server.answers["/robots.txt"] = page("User-agent: *\nDisallow: /a", Content_Type="text/plain")
    server.answers["/a"] = server.answers["/b"] = page(ARTICLE)
    unwanted, wanted = (
        FetchJob.objects.get(pk=scheduled(alice, server.url(p))) for p in ("/a", "/b")
    )
    assert server.paths() == ["/a", "/robots.txt", "/b", "/b"]
    assert (unwanted.state, unwanted.reason, unwanted.attempts) == ("failed", outcomes.UNWANTED, 1)
    assert wanted.state == "done"
    assert {read.state for read in Page.objects.all()} == {"fetched"}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (page("", status="404 Not Found"), "done"),
        (page("", status="403 Forbidden"), "done"),
        (page("", status="503 Busy"), "queued"),
        (b"", "queued"),
        (page(b"%PDF-1.7", Content_Type="application/pdf"), "done"),
        (page(b"\x00\xff", Content_Type="text/plain"), "done"),
    ],
    ids=["no file", "forbidden", "in trouble", "silent", "a PDF", "rubbish"],
)
def test_without_a_robots_file_all_is_allowed_and_nothing_while_the_server_is_in_trouble(
    alice: User, server: HostileServer, answer: bytes, state: str
) -> None:
    server.answers["/robots.txt"] = answer
    assert FetchJob.objects.get(pk=scheduled(alice, server.url("/"))).state == state
    assert server.paths()[:2] == ["/", "/robots.txt"]
    assert server.paths()[2:] == (["/"] if state == "done" else [])


def test_robots_files_are_read_again_after_a_day(alice: User, server: HostileServer) -> None:
    scheduled(alice, server.url("/"))
    FetchHost.objects.update(robots_at=timezone.now() - timedelta(hours=24))
    server.answers["/robots.txt"] = page("User-agent: *\nDisallow: /", Content_Type="text/plain")
    job_id = jobs.request_fetch(Page.objects.get(), alice, scheduled=True)
    refresh(job_id)
    FetchHost.objects.update(next_at=timezone.now(), free_at=timezone.now())
    refresh(job_id)
    assert FetchJob.objects.get(pk=job_id).reason == outcomes.UNWANTED


def test_a_page_that_a_person_asks_for_meanwhile_is_theirs(
    alice: User, server: HostileServer
) -> None:
    server.answers["/robots.txt"] = page("User-agent: *\nDisallow: /", Content_Type="text/plain")
    bookmark = refreshed(alice, server.url("/"))
    job_id = jobs.request_fetch(bookmark.page, alice, scheduled=True)
    assert jobs.retry_fetch(bookmark.page, alice) == job_id
    refresh(job_id)
    assert server.paths() == ["/", "/"]


@pytest.mark.parametrize("status", ["429 Slow", "503 Busy"])
def test_the_whole_host_waits_as_long_as_the_server_says(
    alice: User, server: HostileServer, status: str
) -> None:
    server.answers["/it"] = page("", status=status, Retry_After="7200")
    began = timezone.now()
    read = refreshed(alice, server.url("/it")).page
    host = FetchHost.objects.get()
    assert host.resting_until
    assert host.resting_until - began >= timedelta(hours=2)
    assert host.free_at == host.resting_until
    assert read.retry_at
    assert read.retry_at - began >= timedelta(hours=2)


def test_the_robots_file_of_every_host_on_the_way_is_heeded(
    alice: User, server: HostileServer
) -> None:
    with HostileServer(address="127.0.0.2", port=server.port) as other:
        server.answers["/"] = redirect(other.url("/there"))
        other.answers["/there"] = page(ARTICLE)
        bookmark = refreshed(alice, server.url("/"))
        other.answers["/robots.txt"] = page("User-agent: *\nDisallow: /", Content_Type="text/plain")
        job_id = jobs.request_fetch(bookmark.page, alice, scheduled=True)
        for _ in range(3):  # for two robots.txt and for the page
            refresh(job_id)
            FetchHost.objects.update(next_at=timezone.now(), free_at=timezone.now())
        assert other.paths() == ["/there", "/robots.txt"]
    assert FetchJob.objects.get(pk=job_id).reason == outcomes.UNWANTED


def fail_to_resolve(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def fail(*_: object) -> None:
        raise socket.gaierror(number, "no")

    monkeypatch.setattr(socket, "getaddrinfo", fail)


def test_a_name_service_in_trouble_costs_no_attempt_and_says_nothing_of_the_host(
    alice: User, server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_to_resolve(monkeypatch, socket.EAI_AGAIN)
    began = timezone.now()
    read = refreshed(alice, f"http://name.example:{server.port}/").page
    job = FetchJob.objects.get()
    host = FetchHost.objects.get()
    assert (job.state, job.attempts, job.turn, read.state) == ("queued", 0, None, "new")
    assert job.due_at > began
    assert host.timeouts == 0
    assert host.resting_until
    FetchJob.objects.update(due_at=began)
    FetchHost.objects.update(resting_until=None, free_at=began)
    fail_to_resolve(monkeypatch, socket.EAI_NONAME)
    refresh(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 1)


def test_a_name_that_could_not_be_resolved_for_a_day_counts_as_broken(
    alice: User, server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_to_resolve(monkeypatch, socket.EAI_AGAIN)
    job_id = keep(alice, f"http://name.example:{server.port}/").page.jobs.get().pk
    FetchJob.objects.update(created_at=timezone.now() - timedelta(days=1))
    refresh(job_id)
    assert FetchJob.objects.get().attempts == 1


@pytest.mark.usefixtures("hasty")
def test_timeouts_are_counted_until_the_host_answers(alice: User, server: HostileServer) -> None:
    server.answers["/it"] = drip
    refreshed(alice, server.url("/it"))
    assert FetchHost.objects.get().timeouts == 1
    refreshed(alice, server.url("/"))
    assert FetchHost.objects.get().timeouts == 0


def test_a_page_at_an_address_that_is_asked_enough_waits_untried(
    alice: User, server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "claim_address", lambda _lease, _address: False)
    assert refreshed(alice, server.url("/")).page.state == "new"
    job = FetchJob.objects.get()
    assert (job.state, job.attempts, job.turn) == ("queued", 0, 1)
    assert server.received == []


def test_what_another_person_has_fetched_is_not_shown_to_who_wished_no_fetch(
    alice: User, bob: User, server: HostileServer
) -> None:
    User.objects.filter(pk=alice.pk).update(fetch_pages=False)
    alice.refresh_from_db()
    unfetched = keep(alice, server.url("/"))
    refreshed(bob, server.url("/"), private=True)
    unfetched.refresh_from_db()
    assert unfetched.facts is None
