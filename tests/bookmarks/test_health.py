"""When links are looked at again, and when they count as gone, against a real web server."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from bookmarks import jobs, outcomes
from bookmarks.fetching.errors import BadAnswer, NotReachable, TooSlow
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.fetch import Fetched
from bookmarks.health import check_due_pages, next_look
from bookmarks.models import Bookmark, FetchHost, FetchJob, Page
from bookmarks.storing import store_bookmark
from tests.bookmarks.clock import Clock
from tests.bookmarks.keeping import SOME_DAY, asked, keep
from tests.bookmarks.working import ARTICLE, refresh, refreshed
from tests.hostile_server import HostileServer, Wire, head, page

NOT_FOUND = page("", status="404 Not Found")
DAY = timedelta(days=1)


def look(owner: User) -> Page:
    """Fetch the page that was saved once more, as its owner wishes."""
    free_hosts()
    refresh(jobs.retry_fetch(Page.objects.get(), owner))
    return Page.objects.get()


def free_hosts() -> None:
    now = timezone.now()
    FetchHost.objects.update(next_at=now, free_at=now, resting_until=None)


def days_until_look(read: Page) -> float:
    assert read.check_at
    return (read.check_at - timezone.now()) / DAY


def test_a_page_that_is_there_is_looked_at_again_after_a_month(
    alice: User, server: HostileServer, clock: Clock
) -> None:
    assert 24 <= days_until_look(refreshed(alice, server.url("/")).page) <= 36


def test_a_page_that_stays_the_same_is_looked_at_ever_more_rarely(
    alice: User, server: HostileServer, clock: Clock
) -> None:
    first = refreshed(alice, server.url("/")).page
    clock.forward(days=200)
    read = look(alice)
    assert read.changed_at == first.changed_at
    assert read.fetched_at == clock.now
    assert 80 <= days_until_look(read) <= 120


@pytest.mark.once
@pytest.mark.parametrize(
    ("state", "troubles", "days"),
    [
        ("blocked", 1, 1),
        ("blocked", 2, 3),
        ("failed", 3, 9),
        ("failed", 4, 27),
        ("failed", 1000, 27),
        ("gone", 0, 90),
        ("not_text", 0, 180),
    ],
)
def test_waits_grow_with_trouble(state: str, troubles: int, days: int) -> None:
    waits = [next_look(state, unchanged=9999 * DAY, troubles=troubles) for _ in range(20)]
    assert all(wait and 0.8 * days <= wait / DAY <= 1.2 * days for wait in waits)
    assert len(set(waits)) > 1


@pytest.mark.once
def test_what_policy_refuses_is_never_looked_at() -> None:
    assert next_look("refused", unchanged=DAY, troubles=1) is None


def test_a_page_is_gone_when_it_was_missing_twice_a_week_apart(
    alice: User, server: HostileServer, clock: Clock
) -> None:
    refreshed(alice, server.url("/"))
    server.answers["/"] = NOT_FOUND
    clock.forward(days=30)
    first = look(alice)
    assert (first.state, first.missing_since) == ("fetched", clock.now)
    assert first.reason == "The site says that this page is gone (404). We look again in a week."
    assert 7 <= days_until_look(first) <= 8.4
    clock.forward(days=6.9)
    assert look(alice).state == "fetched"
    assert Bookmark.objects.get().gone_at is None
    clock.forward(days=0.1)
    second = look(alice)
    assert (second.state, second.title) == ("gone", "On priors")
    assert 72 <= days_until_look(second) <= 108
    assert Bookmark.objects.get().gone_at == clock.now


def test_a_page_that_comes_back_is_gone_no_more(
    alice: User, server: HostileServer, clock: Clock
) -> None:
    answer = server.answers["/"]
    refreshed(alice, server.url("/"))
    server.answers["/"] = NOT_FOUND
    look(alice)
    clock.forward(days=8)
    assert look(alice).state == "gone"
    server.answers["/"] = answer
    read = look(alice)
    assert (read.state, read.reason, read.missing_since) == ("fetched", "", None)
    assert Bookmark.objects.get().gone_at is None


@pytest.mark.once
@pytest.mark.parametrize("state", ["fetched", "gone"])
@pytest.mark.parametrize(
    "error",
    [*(BadAnswer(status) for status in (403, 412, 429, 500, 503)), NotReachable(), TooSlow()],
    ids=str,
)
def test_refusals_errors_and_silence_are_no_news(state: str, error: BadAnswer) -> None:
    known = Page(state=state, missing_since=SOME_DAY, changed_at=SOME_DAY, fetched_at=SOME_DAY)
    outcome = outcomes.failed(known, error)
    assert "missing_since" not in outcome.columns
    assert outcome.columns.get("state", state) == ("gone" if state == "gone" else "failed")
    assert not outcome.gone
    assert not outcome.found


@pytest.mark.parametrize(
    "answer",
    [page("<title>Just a moment...</title>"), page("<title>Log in</title>")],
    ids=["challenge", "login"],
)
def test_an_obstacle_is_told_and_never_taken_for_the_page(
    alice: User, server: HostileServer, clock: Clock, answer: bytes
) -> None:
    server.answers["/it"] = page(ARTICLE)
    refreshed(alice, server.url("/it"))
    server.answers["/it"] = answer
    for days in (1, 3, 9):
        read = look(alice)
        assert (read.state, read.title) == ("blocked", "On priors")
        assert 0.8 * days <= days_until_look(read) <= 1.2 * days


def test_an_unchanged_page_is_open_again(alice: User, server: HostileServer, clock: Clock) -> None:
    def answer(wire: Wire) -> None:
        known = wire.received.headers.get("if-none-match") == '"one"'
        wire.send(head("304 Not Modified") if known else page(ARTICLE, ETag='"one"'))

    server.answers["/it"] = answer
    refreshed(alice, server.url("/it"))
    server.answers["/it"] = page("<title>Just a moment...</title>")
    assert look(alice).state == "blocked"
    server.answers["/it"] = answer
    read = look(alice)
    assert (read.state, read.title, read.troubles, read.reason) == ("fetched", "On priors", 0, "")
    assert 24 <= days_until_look(read) <= 36


@pytest.mark.once
@pytest.mark.parametrize(
    ("asked_for", "end", "home"),
    [
        ("https://a.example/2019/on-priors", "https://www.a.example/", True),
        ("https://a.example/on-long-priors", "https://a.example/index.html", True),
        ("https://a.example/index.html", "https://a.example/", False),
        ("https://a.example/blog", "https://a.example/", False),
        ("https://a.example/2019/on-priors", "https://a.example/blog/on-priors", False),
        ("https://a.example/2019/on-priors", "https://a.example/?p=12", False),
        ("https://t.example/abcdefghijklmn", "https://a.example/", False),
    ],
)
def test_a_deep_address_that_leads_home_is_in_doubt(asked_for: str, end: str, home: bool) -> None:
    assert outcomes.leads_home(asked_for, end) == home


@pytest.mark.once
@pytest.mark.parametrize(
    ("obstacle", "state"),
    [
        *((name, "blocked") for name in ("challenge", "login", "consent", "script_only", "new")),
        *((name, "fetched") for name in ("not_found", "parked")),
    ],
)
def test_every_obstacle_keeps_what_was_known(obstacle: str, state: str) -> None:
    known = Page(url="https://a.example/it", fetched_at=SOME_DAY, changed_at=SOME_DAY)
    found = PageFacts(title="Oops", obstacle=obstacle, blocked=True)
    outcome = outcomes.read(known, Fetched("https://a.example/it", 200), found)
    assert outcome.columns["state"] == state
    assert outcome.reason == outcome.columns["reason"]
    assert outcome.reason.startswith(("The", "This"))
    assert "title" not in outcome.columns
    assert outcome.text is None
    assert ("missing_since" in outcome.columns) == (state == "fetched")


def test_who_saves_a_gone_page_learns_it_only_where_its_facts_are_public(
    alice: User, bob: User, clock: Clock
) -> None:
    url = "https://example.org/it"
    keep(alice, url, private=True)
    Page.objects.update(state="gone", fetched_at=clock.now)
    Bookmark.objects.update(facts_at=clock.now)
    assert keep(bob, url).gone_at is None
    Bookmark.objects.filter(owner=bob).delete()
    Bookmark.objects.update(private=False)
    assert keep(bob, url).gone_at == clock.now


def test_who_saved_a_gone_page_just_now_is_told_a_week_later(
    alice: User, bob: User, server: HostileServer, clock: Clock
) -> None:
    refreshed(alice, server.url("/"), private=True)
    server.answers["/"] = NOT_FOUND
    look(alice)
    clock.forward(days=8)
    job_id = store_bookmark(bob, asked(server.url("/"))).job_id
    assert job_id
    free_hosts()
    refresh(job_id)
    assert Page.objects.get().state == "gone"
    assert Bookmark.objects.get(owner=alice).gone_at == clock.now
    assert Bookmark.objects.get(owner=bob).gone_at is None
    clock.forward(days=8)
    look(alice)
    assert Bookmark.objects.get(owner=bob).gone_at == clock.now


def due(owner: User, number: int) -> None:
    """Make pages that are due for a look, the first longest."""
    now = timezone.now()
    for place in range(number):
        kept = keep(owner, f"https://h{place}.example/").page
        Page.objects.filter(pk=kept.pk).update(check_at=now - (number - place) * DAY)
    FetchJob.objects.all().delete()


def asked_for() -> list[str]:
    return list(FetchJob.objects.order_by("pk").values_list("host", flat=True))


def test_pages_that_are_due_are_asked_for_the_longest_due_first(
    alice: User, settings: Settings, clock: Clock
) -> None:
    settings.CHECKS_A_MINUTE = 2
    due(alice, 3)
    assert len(check_due_pages()) == 2
    assert asked_for() == ["h0.example", "h1.example"]
    assert FetchJob.objects.filter(scheduled_at=clock.now, owner=alice).count() == 2
    assert len(check_due_pages()) == 1
    assert check_due_pages() == []


def test_a_clock_ten_years_ahead_makes_no_rush(
    alice: User, settings: Settings, clock: Clock
) -> None:
    settings.CHECKS_A_MINUTE = 1
    due(alice, 12)
    clock.forward(days=3650)
    started = [len(check_due_pages()) for _ in range(12)]
    # No more than ten minutes' worth wait at a time, when no worker takes them.
    assert started == [1] * 10 + [0, 0]
    FetchJob.objects.update(state="done", finished_at=clock.now)
    assert len(check_due_pages()) == 1


def test_nothing_is_looked_at_for_who_wishes_no_fetch_or_while_it_is_switched_off(
    alice: User, settings: Settings, clock: Clock
) -> None:
    due(alice, 1)
    settings.FETCH = False
    assert check_due_pages() == []
    settings.FETCH = True
    User.objects.update(fetch_pages=False)
    assert check_due_pages() == []
    read = Page.objects.get()
    assert 24 <= days_until_look(read) <= 36
    User.objects.update(fetch_pages=True)
    Page.objects.update(check_at=clock.now)
    assert len(check_due_pages()) == 1


def test_a_look_that_is_told_to_wait_for_hours_is_put_off(
    alice: User, server: HostileServer, clock: Clock
) -> None:
    refreshed(alice, server.url("/"))
    server.answers["/robots.txt"] = NOT_FOUND
    server.answers["/"] = page("", status="503 Busy", Retry_After=str(5 * 86_400))
    Page.objects.update(check_at=clock.now)
    [job_id] = check_due_pages()
    for _ in range(2):  # for robots.txt and for the page
        free_hosts()
        refresh(job_id)
    read = Page.objects.get()
    assert FetchJob.objects.get(pk=job_id).state == "failed"
    assert days_until_look(read) >= 5
