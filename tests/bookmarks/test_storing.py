"""Saving, editing, flagging, deleting and bringing back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from bookmarks.drafts import make_draft
from bookmarks.models import (
    Bookmark,
    DeletedBookmark,
    FetchJob,
    OwnerTagCount,
    Page,
    TaggedBookmark,
)
from bookmarks.storing import (
    AlreadySaved,
    delete_bookmark,
    edit_bookmark,
    restore_bookmark,
    set_flags,
    store_bookmark,
)
from bookmarks.tags import top_tags
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import SOME_DAY, asked, keep

URL = "https://example.org/paper"


def fetched(page: Page, title: str = "Facts", days_ago: int = 0) -> None:
    """Let the page have been fetched, for all who wait for it."""
    moment = timezone.now() - timedelta(days=days_ago)
    Page.objects.filter(pk=page.pk).update(title=title, fetched_at=moment, state="fetched")
    FetchJob.objects.filter(page=page).update(state="done", finished_at=moment)
    Bookmark.objects.filter(page=page, facts_at=None).update(facts_at=moment)


def test_it_keeps_every_field_of_a_draft(alice: User) -> None:
    draft = make_draft(
        URL,
        title="A paper",
        description="Two\nlines",
        tags="NLP bayes .mine",
        private=True,
        unread=True,
        starred=True,
        saved_at=SOME_DAY,
        source="import",
    )
    stored = store_bookmark(alice, draft)
    assert stored.created
    kept = Bookmark.objects.get(owner=alice)
    assert (kept.url, kept.title, kept.description) == (URL, "A paper", "Two\nlines")
    assert kept.labels == ["NLP", "bayes", ".mine"]
    assert (kept.private, kept.unread, kept.starred) == (True, True, True)
    assert (kept.saved_at, kept.source) == (SOME_DAY, "import")
    assert_counters_are_exact()


def test_saving_an_address_twice_keeps_one_bookmark(alice: User) -> None:
    first = keep(alice, URL)
    again = store_bookmark(alice, asked("HTTPS://EXAMPLE.org:443/paper?utm_source=x"))
    assert not again.created
    assert again.bookmark.pk == first.pk
    assert Bookmark.objects.get().url == "https://EXAMPLE.org:443/paper?utm_source=x"


def test_two_people_keep_a_bookmark_each_of_one_page(alice: User, bob: User) -> None:
    hers, his = keep(alice, URL), keep(bob, "http://www.example.org/paper#part")
    assert hers.pk != his.pk
    assert hers.page_id == his.page_id
    assert Page.objects.get().public_saves == 2


def test_replacing_resets_what_is_not_said_but_keeps_time_slug_source_and_star(alice: User) -> None:
    first = keep(
        alice,
        URL,
        "a b",
        title="T",
        description="D",
        unread=True,
        private=True,
        starred=True,
        saved_at=SOME_DAY,
        source="feed",
    )
    second = keep(alice, URL)
    assert (second.title, second.description, second.labels) == ("", "", [])
    assert (second.unread, second.private) == (False, False)
    assert (second.saved_at, second.slug, second.source, second.starred) == (
        SOME_DAY,
        first.slug,
        "feed",
        True,
    )
    assert second.updated_at > first.updated_at
    assert_counters_are_exact()


def test_replacing_with_a_time_moves_it_in_every_list(alice: User) -> None:
    keep(alice, URL, "a", saved_at=SOME_DAY)
    earlier = SOME_DAY - timedelta(days=3)
    keep(alice, URL, "a", saved_at=earlier)
    assert TaggedBookmark.objects.get().saved_at == earlier
    assert Page.objects.get().hot_at == earlier
    assert_counters_are_exact()


def test_it_keeps_the_order_of_tags_through_every_edit(alice: User) -> None:
    bookmark = keep(alice, URL, "z a m")
    assert edit_bookmark(bookmark, asked(URL, "m z b a")).bookmark.labels == ["m", "z", "b", "a"]
    assert Bookmark.objects.get().labels == ["m", "z", "b", "a"]
    assert_counters_are_exact()


def test_a_tag_retyped_in_another_case_is_listed_so(alice: User) -> None:
    bookmark = keep(alice, URL, "nlp")
    edit_bookmark(bookmark, asked(URL, "NLP"))
    assert [tag.label for tag in top_tags(alice, viewer_is_owner=True)] == ["NLP"]
    assert OwnerTagCount.objects.get().total == 1


def test_an_edit_may_change_the_address_and_keeps_slug_and_time(alice: User) -> None:
    bookmark = keep(alice, URL, "a", saved_at=SOME_DAY)
    moved = edit_bookmark(bookmark, asked("https://example.net/", "a", starred=True)).bookmark
    assert (moved.pk, moved.slug, moved.saved_at) == (bookmark.pk, bookmark.slug, SOME_DAY)
    assert moved.page.url == "https://example.net/"
    assert moved.starred
    assert_counters_are_exact()


def test_an_edit_to_another_page_asks_for_that_page(alice: User) -> None:
    bookmark = keep(alice, URL)
    fetched(bookmark.page)
    stored = edit_bookmark(bookmark, asked("https://example.net/"))
    assert stored.job_id == FetchJob.objects.get(page__url="https://example.net/").pk
    assert stored.bookmark.facts is None


def test_an_edit_of_the_words_alone_asks_for_nothing(alice: User) -> None:
    bookmark = keep(alice, URL)
    fetched(bookmark.page)
    stored = edit_bookmark(bookmark, asked(URL, title="Mine"))
    assert stored.job_id is None
    assert stored.bookmark.facts is not None


def test_an_edit_to_an_address_one_has_already_names_that_bookmark(alice: User) -> None:
    other, bookmark = keep(alice, URL), keep(alice, "https://example.net/", "a")
    with pytest.raises(AlreadySaved) as refusal:
        edit_bookmark(bookmark, asked(URL, "b"))
    assert refusal.value.bookmark == other
    assert Bookmark.objects.get(pk=bookmark.pk).labels == ["a"]
    assert_counters_are_exact()


def test_an_edit_to_an_address_someone_else_has_is_fine(alice: User, bob: User) -> None:
    keep(bob, URL)
    edit_bookmark(keep(alice), asked(URL))
    assert Bookmark.objects.filter(url=URL).count() == 2


@pytest.mark.parametrize("flag", ["private", "unread", "starred"])
def test_a_flag_is_set_and_taken_back_and_nothing_else_changes(alice: User, flag: str) -> None:
    bookmark = keep(alice, URL, "b a .c", title="T", description="D", saved_at=SOME_DAY)
    assert getattr(set_flags(bookmark, **{flag: True}), flag)
    assert_counters_are_exact()
    set_flags(bookmark, **{flag: False})
    assert_counters_are_exact()
    kept = Bookmark.objects.get()
    for name in ("title", "description", "labels", "private", "unread", "starred", "saved_at"):
        assert getattr(kept, name) == getattr(bookmark, name)


def test_a_flag_set_on_an_old_copy_does_not_undo_what_came_since(alice: User) -> None:
    old_copy = keep(alice, URL, "a")
    keep(alice, URL, "b", title="Newer")
    set_flags(old_copy, unread=True)
    kept = Bookmark.objects.get()
    assert (kept.title, kept.labels, kept.unread) == ("Newer", ["b"], True)


def test_what_is_gone_cannot_be_edited_flagged_or_deleted(alice: User) -> None:
    bookmark = keep(alice, URL)
    delete_bookmark(bookmark)
    with pytest.raises(Bookmark.DoesNotExist):
        edit_bookmark(bookmark, asked(URL))
    with pytest.raises(Bookmark.DoesNotExist):
        set_flags(bookmark, unread=True)
    with pytest.raises(Bookmark.DoesNotExist):
        delete_bookmark(bookmark)
    assert_counters_are_exact()


def test_a_deleted_bookmark_comes_back_as_it_was(alice: User) -> None:
    bookmark = keep(
        alice, URL, "b a .c", title="T", unread=True, private=True, starred=True, saved_at=SOME_DAY
    )
    fetched(bookmark.page)
    deleted = delete_bookmark(bookmark)
    assert not Bookmark.objects.exists()
    assert_counters_are_exact()
    restored = restore_bookmark(DeletedBookmark.objects.get(pk=deleted.pk))
    assert restored.created
    assert restored.job_id is None
    kept = Bookmark.objects.get()
    for name in ("slug", "title", "labels", "private", "unread", "starred", "saved_at", "source"):
        assert getattr(kept, name) == getattr(bookmark, name), name
    assert kept.facts is not None
    assert not DeletedBookmark.objects.exists()
    assert_counters_are_exact()


def test_restoring_twice_restores_once(alice: User) -> None:
    deleted = delete_bookmark(keep(alice, URL))
    first, second = restore_bookmark(deleted), restore_bookmark(deleted)
    assert first.bookmark == second.bookmark
    assert_counters_are_exact()


def test_a_bookmark_saved_anew_since_is_not_overwritten_by_the_deleted_one(alice: User) -> None:
    deleted = delete_bookmark(keep(alice, URL, title="Old"))
    newer = keep(alice, URL, title="New")
    assert restore_bookmark(deleted).bookmark == newer
    assert Bookmark.objects.get().title == "New"


def test_facts_that_came_while_a_bookmark_was_deleted_are_asked_for_again(alice: User) -> None:
    bookmark = keep(alice, URL)
    deleted = delete_bookmark(bookmark)
    fetched(bookmark.page)
    restored = restore_bookmark(deleted)
    assert restored.bookmark.facts is None
    assert restored.job_id == FetchJob.objects.get(state="queued").pk


def test_restoring_after_the_page_was_dropped_makes_and_asks_for_it(alice: User) -> None:
    bookmark = keep(alice, URL)
    fetched(bookmark.page)
    deleted = delete_bookmark(bookmark)
    Page.objects.all().delete()
    restored = restore_bookmark(deleted)
    assert restored.job_id is not None
    assert restored.bookmark.facts is None


def test_a_save_asks_for_a_page_nobody_fetched(alice: User) -> None:
    stored = store_bookmark(alice, asked(URL))
    job = FetchJob.objects.get()
    assert stored.job_id == job.pk
    assert (job.page.url, job.host, job.owner) == (URL, "example.org", alice)


def test_a_second_save_joins_the_job_that_waits(alice: User, bob: User) -> None:
    assert (
        store_bookmark(alice, asked(URL)).job_id
        == store_bookmark(bob, asked(URL)).job_id
        == FetchJob.objects.get().pk
    )


def test_public_facts_show_at_once_and_are_not_fetched_again(alice: User, bob: User) -> None:
    fetched(keep(alice, URL).page)
    stored = store_bookmark(bob, asked(URL))
    assert stored.job_id is None
    assert stored.bookmark.facts is not None


def test_public_facts_older_than_a_month_show_and_are_fetched_again(alice: User, bob: User) -> None:
    fetched(keep(alice, URL).page, days_ago=31)
    stored = store_bookmark(bob, asked(URL))
    assert stored.job_id is not None
    assert stored.bookmark.facts is not None


def test_facts_of_a_private_save_stay_hidden_until_the_savers_own_fetch(
    alice: User, bob: User
) -> None:
    fetched(keep(alice, URL, private=True).page, title="Told by nobody")
    stored = store_bookmark(bob, asked(URL))
    assert stored.job_id is not None
    assert stored.bookmark.facts is None
    assert stored.bookmark.shown_title == URL


def test_facts_of_a_private_save_stay_hidden_from_all_who_come_before_that_fetch(
    alice: User, bob: User
) -> None:
    """Else two accounts of one person, or two addresses of one page, would tell of her save."""
    fetched(keep(alice, URL, private=True).page)
    keep(bob, URL)
    third = store_bookmark(User.objects.create_user("carol"), asked(URL))
    assert third.bookmark.facts is None
    assert store_bookmark(bob, asked(f"{URL}#part")).bookmark.facts is None


def test_the_title_shown_is_the_persons_then_the_pages_then_the_address(alice: User) -> None:
    bookmark = keep(alice, URL)
    assert bookmark.shown_title == str(bookmark) == URL
    fetched(bookmark.page, title="The page's")
    bookmark = Bookmark.objects.get()
    assert bookmark.shown_title == "The page's"
    bookmark.title = "Mine"
    assert bookmark.shown_title == str(bookmark) == "Mine"


def test_a_private_save_does_not_renew_facts_that_everyone_sees(alice: User, bob: User) -> None:
    page = store_bookmark(alice, make_draft("https://example.org/old")).bookmark.page
    long_ago = timezone.now() - timedelta(days=90)
    Page.objects.filter(pk=page.pk).update(state="fetched", fetched_at=long_ago)
    Bookmark.objects.update(facts_at=long_ago)
    FetchJob.objects.update(state="done", finished_at=long_ago)
    private = store_bookmark(bob, make_draft("https://example.org/old", private=True))
    assert (private.job_id, bool(private.bookmark.facts_at)) == (None, True)
