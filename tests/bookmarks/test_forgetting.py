"""What stays when somebody goes: nothing of theirs, all of the others'."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from accounts.models import User
from bookmarks import forgetting
from bookmarks.forgetting import forget_old_deletions, forget_owner
from bookmarks.models import Bookmark, DeletedBookmark, FetchJob, Page
from bookmarks.storing import delete_bookmark, edit_bookmark
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import asked, keep

SHARED = "https://example.org/shared"


def values_in_the_database() -> Iterator[tuple[str, str]]:
    """Yield every value of every row of every table of ours, with the column it stands in."""
    for model in apps.get_models(include_auto_created=True):
        columns = [str(field.column) for field in model._meta.concrete_fields]
        with connection.cursor() as cursor:
            quoted = ", ".join(map(connection.ops.quote_name, columns))
            cursor.execute(f"SELECT {quoted} FROM {model._meta.db_table}")
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"{model._meta.db_table}.{column}", str(value)


def columns_that_hold(text: str) -> set[str]:
    return {column for column, value in values_in_the_database() if text in value}


def references_to(owner_id: int) -> set[str]:
    """Return the tables in which a foreign key still names a person."""
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is User
        and model._default_manager.filter(**{field.attname: owner_id}).exists()
    }


def test_nothing_stays_of_a_person_who_left(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    for number in range(5):
        keep(alice, f"https://alone.example/{number}", "a .b", private=number % 2 == 0)
    delete_bookmark(keep(alice, "https://alone.example/deleted"))
    keep(alice, SHARED, "a")
    keep(bob, SHARED, "a")
    alice_id = alice.pk
    assert columns_that_hold("alone.example")
    assert references_to(alice_id)
    forget_owner(alice)
    alice.delete()
    assert not columns_that_hold("alone.example")
    assert not references_to(alice_id)
    assert_counters_are_exact()
    assert Bookmark.objects.get().owner == bob


def test_a_page_that_others_saved_stays_with_their_saves_alone(alice: User, bob: User) -> None:
    keep(alice, SHARED)
    keep(bob, SHARED)
    forget_owner(alice)
    assert Page.objects.get().public_saves == 1


def test_a_page_that_others_saved_in_private_stays_too(alice: User, bob: User) -> None:
    keep(alice, SHARED)
    keep(bob, SHARED, private=True)
    forget_owner(alice)
    page = Page.objects.get()
    assert (page.public_saves, page.hot_at) == (0, None)


def test_a_job_that_others_wait_for_goes_on_in_their_name(alice: User, bob: User) -> None:
    keep(alice, SHARED)
    keep(bob, SHARED)
    forget_owner(alice)
    alice.delete()
    assert FetchJob.objects.get().owner == bob


def test_so_does_one_whose_bookmark_the_leaver_had_deleted_before(alice: User, bob: User) -> None:
    hers = keep(alice, SHARED)
    keep(bob, SHARED)
    delete_bookmark(hers)
    forget_owner(alice)
    alice.delete()
    assert FetchJob.objects.get().owner == bob


def test_a_job_that_nobody_else_waits_for_goes(alice: User) -> None:
    keep(alice, SHARED)
    forget_owner(alice)
    assert not FetchJob.objects.exists()


def test_who_has_nothing_can_leave_too(alice: User) -> None:
    forget_owner(alice)
    alice.delete()
    assert not User.objects.exists()


def test_deletions_are_kept_a_week(alice: User) -> None:
    old, new = delete_bookmark(keep(alice)), delete_bookmark(keep(alice))
    eight_days_ago = timezone.now() - timedelta(days=8)
    DeletedBookmark.objects.filter(pk=old.pk).update(deleted_at=eight_days_ago)
    forget_old_deletions()
    assert DeletedBookmark.objects.get() == new


def test_pages_nobody_has_any_more_go_with_the_next_cleaning(alice: User) -> None:
    delete_bookmark(keep(alice, "https://example.org/deleted"))
    edit_bookmark(keep(alice, "https://example.org/left"), asked("https://example.org/kept"))
    forget_old_deletions()
    assert Page.objects.get().url == "https://example.org/kept"


def test_finished_jobs_are_kept_a_week_and_open_ones_for_ever(alice: User) -> None:
    long_ago = timezone.now() - timedelta(days=8)
    pages = [keep(alice).page for _ in range(3)]
    FetchJob.objects.update(created_at=long_ago, due_at=long_ago)
    FetchJob.objects.filter(page=pages[0]).update(state="done", finished_at=long_ago)
    FetchJob.objects.filter(page=pages[1]).update(state="done", finished_at=timezone.now())
    assert forget_old_deletions() == 1
    assert {job.page_id for job in FetchJob.objects.all()} == {pages[1].pk, pages[2].pk}
