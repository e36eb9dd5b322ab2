"""From a job to the facts of a page, against a real web server."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from bookmarks import jobs, pages
from bookmarks.fetching.reader import Readers
from bookmarks.models import Bookmark, FetchJob, Page
from bookmarks.outcomes import Outcome
from bookmarks.storing import set_flags, store_bookmark
from bookmarks.turns import Lease
from tests.bookmarks.keeping import asked, keep
from tests.bookmarks.working import ARTICLE, drip, lease_job, refresh, refreshed
from tests.hostile_server import HostileServer, Wire, head, page, redirect

JAPANESE = "<title>日本語の論文</title><p>" + "これは日本語で書かれた論文の要約です。" * 10


def test_a_bookmark_without_a_title_shows_that_of_the_page(
    alice: User, server: HostileServer
) -> None:
    bookmark = refreshed(alice, server.url("/"))
    assert bookmark.shown_title == "On priors"
    assert bookmark.title == ""
    facts = bookmark.facts
    assert facts
    assert (facts.state, facts.reason, facts.http_status) == ("fetched", "", 200)
    assert (facts.site_name, facts.language) == ("The Journal", "en")
    assert facts.excerpt.startswith("A prior is a belief held before the data.")
    assert facts.fetched_at
    assert facts.tried_at
    assert FetchJob.objects.get().state == "done"


def test_a_typed_title_is_never_overwritten(alice: User, server: HostileServer) -> None:
    bookmark = refreshed(alice, server.url("/"), title="Mine")
    assert (bookmark.title, bookmark.shown_title) == ("Mine", "Mine")


Failure = tuple[bytes | Callable[[Wire], None], str, str, int | None, bool]
# What the server does; the page's state, reason and status; whether it is tried again.
FAILURES: list[Failure] = [
    (
        page("", status="404 Not Found"),
        "failed",
        "The site says that this page is gone (404). We look again in a week.",
        404,
        False,
    ),
    (
        page("", status="410 Gone"),
        "failed",
        "The site says that this page is gone (410). We look again in a week.",
        410,
        False,
    ),
    (
        page("", status="403 Forbidden"),
        "failed",
        "The site does not show this page to us (403).",
        403,
        False,
    ),
    (page("", status="500 Oops"), "retrying", "The site answered with an error (500).", 500, True),
    (page("", status="429 Slow"), "retrying", "The site answered with an error (429).", 429, True),
    (redirect("/it"), "failed", "The site redirects in a circle.", 302, False),
    (redirect("http://10.0.0.1/"), "refused", "This address was refused by policy.", None, False),
    (redirect("file:///etc/passwd"), "refused", "This address was refused by policy.", None, False),
    (
        page(b"%PDF-1.7", Content_Type="application/pdf"),
        "failed",
        "This PDF is damaged and could not be read.",
        None,
        False,
    ),
    (
        page(b"\x89PNG\r\n\x1a\n", Content_Type="image/png"),
        "not_text",
        "This is an image, not a web page.",
        None,
        False,
    ),
    (drip, "retrying", "The page could not be reached.", None, True),
    (b"", "retrying", "The page could not be reached.", None, True),
]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "failure",
    FAILURES,
    ids=[
        "404",
        "410",
        "403",
        "500",
        "429",
        "circle",
        "private",
        "file",
        "pdf",
        "image",
        "drip",
        "hang up",
    ],
)
def test_it_says_in_words_why_a_page_could_not_be_had(
    alice: User,
    server: HostileServer,
    failure: Failure,
) -> None:
    answer, state, reason, status, retried = failure
    server.answers["/it"] = answer
    bookmark = refreshed(alice, server.url("/it"))
    read = bookmark.page
    assert (read.state, read.reason, read.http_status) == (state, reason, status)
    assert read.tried_at
    assert (read.retry_at is not None) == retried
    assert bookmark.facts is None
    assert bookmark.shown_title == bookmark.url
    job = FetchJob.objects.get()
    assert (job.state, job.reason) == ("queued" if retried else "failed", reason)
    assert read.retry_at == (job.due_at if retried else None)


def test_a_page_nobody_serves_is_tried_four_times_and_then_failed(
    alice: User, server: HostileServer
) -> None:
    server.answers["/it"] = page("", status="503 Busy")
    job_id = store_bookmark(alice, asked(server.url("/it"))).job_id
    assert job_id
    for _ in range(4):
        FetchJob.objects.update(due_at=timezone.now())
        refresh(job_id)
    assert server.paths() == ["/it"] * 4
    read = Page.objects.get()
    assert (read.state, read.retry_at) == ("failed", None)
    FetchJob.objects.update(due_at=timezone.now())
    refresh(job_id)
    assert len(server.received) == 4


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        (page(""), ""),
        (page("<title>Open <b>&amp never closed<p"), "Open"),
        (page(b"<title>\xff\xfe\x00\xd8</title>" + bytes(range(256))), ""),
        (page("<title>a\x00b\x1bc</title>"), ""),
        (page(JAPANESE.encode("shift_jis"), Content_Type="text/html"), "日本語"),
        (
            page("<meta charset=latin-1><title>Café</title>".encode()),
            "Café",
        ),
        (page("<title>" + "é" * 2000 + "</title>"), "é" * 100),
    ],
    ids=["empty", "broken", "rubbish", "controls", "no charset", "wrong charset", "endless title"],
)
def test_a_broken_page_is_read_as_far_as_it_can_be(
    alice: User, server: HostileServer, answer: bytes, title: str
) -> None:
    server.answers["/it"] = answer
    bookmark = refreshed(alice, server.url("/it"))
    assert bookmark.page.state == "fetched"
    assert bookmark.page.title.startswith(title)
    assert "\x00" not in bookmark.page.title
    assert len(bookmark.page.title) <= 500


@pytest.mark.parametrize(("body", "retried"), [("crash", False), ("kill", True)])
def test_a_page_that_breaks_its_reader_has_failed_and_the_next_one_is_read(
    alice: User, server: HostileServer, monkeypatch: pytest.MonkeyPatch, body: str, retried: bool
) -> None:
    readers = Readers("tests.bookmarks.fetching.misbehaving_child", most=1)
    monkeypatch.setattr(pages, "read_page", readers.read)
    server.answers["/it"] = page(body)
    try:
        broken = refreshed(alice, server.url("/it")).page
        assert refreshed(alice, server.url("/")).page.title == "On priors"
    finally:
        readers.stop()
    assert broken.state == ("retrying" if retried else "failed")
    assert broken.reason == "The page could not be read."
    assert (broken.retry_at is not None) == retried


def test_facts_stay_when_a_later_fetch_fails(alice: User, server: HostileServer) -> None:
    url = server.url("/it")
    server.answers["/it"] = page(ARTICLE)
    before = refreshed(alice, url).page
    server.answers["/it"] = page("", status="404 Not Found")
    refresh(jobs.retry_fetch(before, alice))
    after = Bookmark.objects.get()
    assert (after.page.state, after.page.http_status) == ("fetched", 404)
    assert after.shown_title == "On priors"
    assert after.page.changed_at == before.changed_at
    assert after.page.fetched_at == before.fetched_at


def test_a_page_that_did_not_change_is_not_sent_again(alice: User, server: HostileServer) -> None:
    def answer(wire: Wire) -> None:
        known = wire.received.headers.get("if-none-match") == '"one"'
        wire.send(head("304 Not Modified") if known else page(ARTICLE, ETag='"one"'))

    server.answers["/it"] = answer
    before = refreshed(alice, server.url("/it")).page
    refresh(jobs.retry_fetch(before, alice))
    after = Page.objects.get()
    assert len(server.received) == 2
    assert (after.state, after.title, after.changed_at) == (
        "fetched",
        "On priors",
        before.changed_at,
    )
    assert before.fetched_at
    assert after.fetched_at
    assert after.fetched_at > before.fetched_at


def test_an_entity_tag_too_long_to_keep_is_not_cut(alice: User, server: HostileServer) -> None:
    server.answers["/it"] = page(ARTICLE, ETag=f'"{"a" * 600}"')
    assert refreshed(alice, server.url("/it")).page.etag == ""


def test_a_save_while_the_page_is_being_fetched_gets_its_facts_too(
    alice: User, bob: User, server: HostileServer
) -> None:
    url = server.url("/")
    job_id = store_bookmark(alice, asked(url)).job_id
    assert job_id
    lease = lease_job(job_id)
    assert lease
    assert store_bookmark(bob, asked(url)).job_id == job_id
    pages._keep(lease, pages._try(Page.objects.get(), lease))
    assert all(bookmark.facts for bookmark in Bookmark.objects.all())


def test_a_result_that_comes_after_the_lease_ran_out_is_dropped(
    alice: User, server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(read: Page, lease: Lease) -> Outcome:
        FetchJob.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
        jobs.sweep()
        return Outcome({"state": "fetched", "title": "Late", "fetched_at": timezone.now()})

    monkeypatch.setattr(pages, "_try", slowly)
    bookmark = refreshed(alice, server.url("/"))
    assert (bookmark.page.state, bookmark.page.title) == ("new", "")
    assert bookmark.facts is None
    assert FetchJob.objects.get().state == "queued"


def test_a_job_that_came_twice_fetches_once(alice: User, server: HostileServer) -> None:
    bookmark = refreshed(alice, server.url("/"))
    refresh(FetchJob.objects.get().pk)
    assert server.paths() == ["/"]
    assert bookmark.facts


def test_the_site_does_not_fetch_itself(alice: User, settings: Settings) -> None:
    settings.BASE_URL = "https://softmarks.example"
    pages.fetch_policy.cache_clear()
    try:
        bookmark = refreshed(alice, "https://softmarks.example/logout")
    finally:
        pages.fetch_policy.cache_clear()
    assert (bookmark.page.state, bookmark.page.reason) == (
        "refused",
        "This address was refused by policy.",
    )


def test_private_networks_are_not_reached_unless_the_operator_says_so(
    alice: User, server: HostileServer, settings: Settings
) -> None:
    settings.FETCH_ALLOW_NETWORKS = ()
    pages.fetch_policy.cache_clear()
    assert refreshed(alice, server.url("/")).page.state == "refused"
    assert server.received == []


def test_facts_of_a_private_save_show_to_the_next_saver_after_his_own_fetch(
    alice: User, bob: User, server: HostileServer
) -> None:
    assert refreshed(alice, server.url("/"), private=True).shown_title == "On priors"
    job_id = store_bookmark(bob, asked(server.url("/"))).job_id
    his = Bookmark.objects.get(owner=bob)
    assert his.facts is None
    assert his.shown_title == server.url("/")
    assert job_id
    refresh(job_id)
    assert Bookmark.objects.get(owner=bob).shown_title == "On priors"
    assert server.paths() == ["/", "/"]


def test_facts_show_with_a_bookmark_that_its_owner_makes_public(
    alice: User, bob: User, server: HostileServer
) -> None:
    set_flags(refreshed(alice, server.url("/"), private=True), private=False)
    assert keep(bob, server.url("/")).shown_title == "On priors"


def test_a_page_that_only_sends_its_reader_on_is_followed_once(
    alice: User, server: HostileServer
) -> None:
    sends_on = '<title>Moved</title><meta http-equiv="refresh" content="0; url={}">'
    server.answers["/old"] = page(sends_on.format("/"), ETag='"old"')
    server.answers["/older"] = page(sends_on.format("/old"))
    bookmark = refreshed(alice, server.url("/old"))
    facts = bookmark.facts
    assert facts
    assert (bookmark.shown_title, facts.etag) == ("On priors", "")
    assert server.paths() == ["/old", "/"]
    refreshed(alice, server.url("/older"))
    assert server.paths()[2:] == ["/older", "/old"]
