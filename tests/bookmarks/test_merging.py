"""Two pages that turn out to be one: what becomes of their bookmarks, counts, facts and jobs."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bookmarks import merging
from bookmarks.forgetting import forget_old_deletions, forget_owner
from bookmarks.links import page_key
from bookmarks.merging import begin_merge, finish_merge, finish_merges, merge_pages
from bookmarks.models import Alternate, Bookmark, FetchJob, Page, PageText
from bookmarks.saving import save_bookmark
from bookmarks.storing import delete_bookmark, restore_bookmark
from readinglists.models import CitationKey
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import SOME_DAY, asked, keep
from tests.bookmarks.test_writing_at_once import at_once

PAPER = "https://example.org/paper"
SHORT = "https://short.example/xyz"


def page_at(url: str) -> Page:
    page = Page.objects.at(page_key(url))
    assert page
    return page


def kept_and_dropped() -> tuple[Page, Page]:
    return page_at(PAPER), page_at(SHORT)


def test_bookmarks_move_with_their_own_addresses_and_the_counts_stay_exact(
    alice: User, bob: User
) -> None:
    keep(alice, PAPER, "a b", saved_at=SOME_DAY)
    keep(alice, SHORT, "b c", saved_at=SOME_DAY - timedelta(days=1))
    keep(bob, SHORT, "b .own")
    keep(bob, PAPER, private=True)
    merge_pages(*kept_and_dropped())
    page = Page.objects.get()
    assert page.public_saves == 3
    assert set(Bookmark.objects.values_list("url", "page")) == {(PAPER, page.pk), (SHORT, page.pk)}
    assert Bookmark.objects.filter(owner=alice).count() == 2
    assert_counters_are_exact()


def test_the_address_of_the_page_that_went_leads_to_the_other(
    alice: User, bob: User, alice_client: Client
) -> None:
    keep(alice, PAPER)
    keep(alice, SHORT)
    merge_pages(*kept_and_dropped())
    assert keep(bob, SHORT).page == page_at(PAPER)
    answer = alice_client.get(f"/url:{page_key(SHORT)}/")
    assert answer.headers["Location"] == f"/url:{page_key(PAPER)}/"
    assert alice_client.get(f"/feeds/atom/url:{page_key(SHORT)}/").status_code == 200
    assert b"You have this as" in alice_client.get("/add", {"url": SHORT + "#part"}).content


def test_a_page_saved_only_in_private_is_not_found_by_its_other_address(
    alice: User, bob_client: Client
) -> None:
    keep(alice, PAPER, private=True)
    keep(alice, SHORT, private=True)
    merge_pages(*kept_and_dropped())
    assert bob_client.get(f"/url:{page_key(SHORT)}/").status_code == 404
    assert b"You have this as" not in bob_client.get("/add", {"url": SHORT}).content


def test_a_merge_that_was_cut_short_goes_on(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "BATCH", 2)
    people = [User.objects.create_user(f"person{number}") for number in range(5)]
    keep(alice, PAPER)
    for person in people:
        keep(person, SHORT, "a")
    kept, dropped = kept_and_dropped()
    assert begin_merge(kept.pk, dropped.pk)
    merging._move_bookmarks(dropped.pk)
    assert Bookmark.objects.filter(page=dropped).count() == 3
    assert keep(alice, SHORT).page == kept  # meanwhile it is the other page already
    assert_counters_are_exact()
    assert finish_merges() == 1
    assert Page.objects.get().public_saves == 7
    assert finish_merges() == 0
    assert_counters_are_exact()


def test_a_page_that_grows_into_a_third_takes_all_along(alice: User) -> None:
    third = "https://example.org/third"
    for url in (PAPER, SHORT, third):
        keep(alice, url)
    kept, dropped = kept_and_dropped()
    begin_merge(kept.pk, dropped.pk)
    merge_pages(page_at(third), kept)
    finish_merge(dropped.pk)
    assert Page.objects.get().key == page_key(third)
    for url in (PAPER, SHORT, third):
        assert page_at(url) == Page.objects.get()
    assert_counters_are_exact()


def test_merging_a_page_with_itself_or_into_what_goes_changes_nothing(alice: User) -> None:
    keep(alice, PAPER)
    keep(alice, SHORT)
    kept, dropped = kept_and_dropped()
    assert not begin_merge(kept.pk, kept.pk)
    begin_merge(kept.pk, dropped.pk)
    assert not begin_merge(dropped.pk, kept.pk)
    finish_merge(kept.pk)
    assert Page.objects.filter(pk=kept.pk).exists()


def test_facts_are_kept_and_gaps_filled_from_the_other(alice: User) -> None:
    keep(alice, PAPER)
    keep(alice, SHORT)
    kept, dropped = kept_and_dropped()
    early, late = timezone.now() - timedelta(days=3), timezone.now()
    Page.objects.filter(pk=kept.pk).update(title="Good", state="fetched", fetched_at=early)
    Page.objects.filter(pk=dropped.pk).update(
        title="Bad", authors=["Ada"], details={"doi": "10.1/x"}, state="fetched", fetched_at=late
    )
    PageText.objects.create(page=dropped, packed=b"x", updated_at=late)
    Alternate.objects.create(page=dropped, key="0" * 40, url="https://x.example/", role="pdf")
    page = merge_pages(kept, dropped)
    assert (page.title, page.authors, page.details) == ("Good", ["Ada"], {"doi": "10.1/x"})
    assert page.fetched_at == late
    assert PageText.objects.get().page == page
    assert set(page.alternates.values_list("role", flat=True)) == {"pdf", "same"}


def test_who_waited_for_the_page_that_went_waits_for_the_other(alice: User) -> None:
    keep(alice, PAPER)
    keep(alice, SHORT)
    FetchJob.objects.filter(page=page_at(PAPER)).update(state="done", finished_at=timezone.now())
    merge_pages(*kept_and_dropped())
    job = FetchJob.objects.get(state="queued")
    assert (job.page, job.host) == (page_at(PAPER), "example.org")


@pytest.mark.parametrize("state", ["gone", "fetched"])
def test_bookmarks_are_gone_as_the_page_that_stays_is(alice: User, state: str) -> None:
    keep(alice, PAPER)
    moved = keep(alice, SHORT)
    kept, dropped = kept_and_dropped()
    Page.objects.filter(pk=kept.pk).update(state=state)
    Bookmark.objects.filter(pk=moved.pk).update(facts_at=SOME_DAY, gone_at=SOME_DAY)
    merge_pages(kept, dropped)
    assert (Bookmark.objects.get(pk=moved.pk).gone_at is not None) is (state == "gone")


def test_what_other_apps_keep_of_a_page_goes_along(alice: User) -> None:
    keep(alice, PAPER)
    keep(alice, SHORT)
    kept, dropped = kept_and_dropped()
    CitationKey.objects.create(owner=alice, page=dropped, key="ada1843notes")
    merge_pages(kept, dropped)
    assert CitationKey.objects.get().page == kept == Page.objects.get()


def test_a_deleted_bookmark_comes_back_on_the_page_it_is_now(alice: User) -> None:
    keep(alice, PAPER)
    deleted = delete_bookmark(keep(alice, SHORT))
    merge_pages(*kept_and_dropped())
    restored = restore_bookmark(deleted).bookmark
    assert (restored.url, restored.page) == (SHORT, page_at(PAPER))
    assert_counters_are_exact()


def test_nothing_points_to_a_page_that_is_dropped(alice: User, bob: User) -> None:
    keep(alice, PAPER)
    keep(alice, SHORT)
    keep(bob, PAPER)
    merge_pages(*kept_and_dropped())
    forget_owner(alice)
    assert not Alternate.objects.exists()  # her address goes with her
    delete_bookmark(Bookmark.objects.get())
    Alternate.objects.create(page=page_at(PAPER), key="0" * 40, url=SHORT, role="same", same=True)
    forget_old_deletions()
    assert not Page.objects.exists()
    assert not Alternate.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_merging_while_people_save_leaves_one_page_and_exact_counters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bookmarks.saving.hint_at", lambda _job_id: None)
    monkeypatch.setattr(merging, "BATCH", 3)
    people = [User.objects.create_user(f"person{number}") for number in range(8)]
    for person in people:
        keep(person, SHORT, "a b", private=person.pk % 2 == 0)
    keep(people[0], PAPER)
    kept, dropped = kept_and_dropped()

    def life(person: User, number: int) -> None:
        private = (person.pk + number) % 3 == 0
        save_bookmark(person, asked(SHORT, "b a c", private=private))
        save_bookmark(person, asked(PAPER, "c", private=not private))
        delete_bookmark(save_bookmark(person, asked(f"{SHORT}#{number}")).bookmark)

    works: list[Callable[[], object]] = [
        partial(life, person, number) for number in range(2) for person in people
    ]
    works[5:5] = [partial(begin_merge, kept.pk, dropped.pk)]
    works[6:6] = [finish_merges] * 2
    at_once(works)
    finish_merges()
    assert Page.objects.get() == kept
    assert Bookmark.objects.count() == 2 * len(people)
    assert_counters_are_exact()


def test_a_save_that_found_the_page_before_makes_the_merge_try_again(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(alice, PAPER)
    keep(alice, SHORT)
    kept, dropped = kept_and_dropped()
    drop = merging._drop
    saves = [bob]

    def late(dropped_id: int) -> None:
        if saves:
            bookmark = keep(saves.pop(), "https://example.org/other", private=True)
            Bookmark.objects.filter(pk=bookmark.pk).update(page=dropped)
            raise IntegrityError
        drop(dropped_id)

    monkeypatch.setattr(merging, "_drop", late)
    merge_pages(kept, dropped)
    assert not Page.objects.filter(pk=dropped.pk).exists()
    assert Bookmark.objects.filter(owner=bob, page=kept).exists()
