"""What is learned of other addresses when a page is read."""

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from bookmarks import pages
from bookmarks.links import page_address, page_key
from bookmarks.models import Alternate, Bookmark, FetchJob, Page
from bookmarks.other_addresses import OtherAddress
from bookmarks.outcomes import Outcome
from bookmarks.storing import store_bookmark
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import asked, keep
from tests.bookmarks.working import ARTICLE, leased, refreshed
from tests.hostile_server import HostileServer, page, redirect

Committing = DjangoCaptureOnCommitCallbacks
SHORT, PAPER = "https://t.co/AbC", "https://arxiv.org/abs/1706.03762"
OLD, NEW = "https://example.org/17", "https://example.org/17-on-priors"


def read(
    owner: User, url: str, *found: OtherAddress, title: str = "", private: bool = False
) -> None:
    """Save an address and keep what a worker would have found there."""
    job_id = store_bookmark(owner, asked(url, private=private)).job_id
    assert job_id
    columns = {"state": "fetched", "title": title}
    pages._keep(leased(job_id), Outcome(columns, addresses=found))


def same(url: str, source: str = "redirect", *, through: bool = False) -> OtherAddress:
    return OtherAddress(page_address(url), "same", source, same=True, through=through)


def test_what_a_short_address_leads_to_is_what_is_kept(alice: User, bob: User) -> None:
    read(alice, SHORT, same(PAPER, through=True))
    found = Page.objects.get()
    assert (found.key, found.identity, found.url) == (page_key(PAPER), "arxiv:1706.03762", PAPER)
    job = FetchJob.objects.get(state="queued")  # its facts are read where they are best
    assert (job.host, job.page) == ("arxiv.org", found)
    assert keep(bob, PAPER).page == found
    assert keep(bob, SHORT).page == found


def test_two_pages_that_are_one_are_merged_after_the_commit(
    alice: User, bob: User, django_capture_on_commit_callbacks: Committing
) -> None:
    keep(bob, PAPER, "attention")
    with django_capture_on_commit_callbacks(execute=True):
        read(alice, SHORT, same(PAPER, through=True))
    assert Page.objects.get().identity == "arxiv:1706.03762"
    assert set(Bookmark.objects.values_list("url", flat=True)) == {SHORT, PAPER}
    assert_counters_are_exact()


def test_a_paper_stays_where_its_address_leads_to_a_page_without_a_name(
    alice: User, django_capture_on_commit_callbacks: Committing
) -> None:
    publisher = "https://publisher.example/article/1"
    keep(alice, publisher)
    with django_capture_on_commit_callbacks(execute=True):
        read(alice, "https://doi.org/10.1000/xyz", same(publisher))
    assert Page.objects.get().identity == "doi:10.1000/xyz"
    assert_counters_are_exact()


def test_the_next_who_saves_the_other_address_saves_this_page(alice: User, bob: User) -> None:
    read(alice, OLD, same(NEW, "canonical"))
    assert keep(bob, NEW).page == Page.objects.get()


def test_what_only_a_private_bookmark_taught_shows_to_nobody_else(
    alice: User, bob: User, bob_client: Client
) -> None:
    read(alice, OLD, same(NEW), private=True)
    assert keep(bob, NEW).page.key == page_key(NEW)
    assert not Alternate.objects.filter(same=True).exists()
    assert bob_client.get(f"/url:{page_key(OLD)}/").status_code == 404


def test_what_only_a_private_bookmark_knows_does_not_tell_by_where_a_page_is_then(
    alice: User, bob: User, django_capture_on_commit_callbacks: Committing
) -> None:
    keep(bob, NEW, private=True)
    with django_capture_on_commit_callbacks(execute=True):
        read(alice, OLD, same(NEW))
    found = Page.objects.get()
    assert (found.key, found.url) == (page_key(OLD), OLD)
    assert Alternate.objects.get().url == NEW  # as it would be had nobody saved it
    assert set(Bookmark.objects.values_list("page", flat=True)) == {found.pk}
    assert_counters_are_exact()


def test_two_pages_of_different_titles_are_not_one_because_one_says_so(
    alice: User, django_capture_on_commit_callbacks: Committing
) -> None:
    Page.objects.filter(pk=keep(alice, NEW).page.pk).update(title="Something else")
    with django_capture_on_commit_callbacks(execute=True):
        read(alice, OLD, same(NEW, "canonical"), title="On priors")
    assert Page.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        read(alice, "https://m.example.org/x", same(NEW, "canonical"), title="something else")
    assert Page.objects.count() == 2


def test_hints_are_kept_once_and_move_nothing(alice: User) -> None:
    code = OtherAddress(page_address("https://github.com/ada/engine"), "code", "code link")
    read(alice, PAPER, code, code)
    keep(alice, "https://github.com/ada/engine")
    assert Page.objects.count() == 2
    kept = Alternate.objects.get()
    assert (kept.role, kept.same, kept.source) == ("code", False, "code link")


@pytest.mark.parametrize(
    ("status", "known"), [("301 Moved", True), ("308 Moved", True), ("302 Found", False)]
)
def test_a_page_that_moved_for_good_is_known_by_both_addresses(
    alice: User, server: HostileServer, status: str, known: bool
) -> None:
    server.answers |= {"/old": redirect("/new", status), "/new": page(ARTICLE)}
    bookmark = refreshed(alice, server.url("/old"))
    assert bookmark.page.title == "On priors"
    found = Page.objects.at(page_key(server.url("/new")))
    assert found == (bookmark.page if known else None)
