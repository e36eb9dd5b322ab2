"""`manage.py recount` finds and repairs every counter that is off."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import F, Model

from accounts.models import User
from bookmarks.models import OwnerCount, OwnerTagCount, Page, SiteCount, Tag, TagCount
from bookmarks.recounting import recount
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import SOME_DAY, keep

COUNTERS: list[tuple[type[Model], str]] = [
    *((OwnerCount, name) for name in ("total", "public", "unread", "starred", "untagged")),
    *((OwnerTagCount, name) for name in ("total", "public")),
    (TagCount, "public"),
    (SiteCount, "public"),
    (Page, "public_saves"),
]


@pytest.fixture
def saved(alice: User, bob: User) -> None:
    keep(alice, "https://example.org/", "a B .c", unread=True, starred=True)
    keep(alice, "https://example.net/", private=True)
    keep(bob, "https://example.org/", "a")


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize(("model", "column"), COUNTERS)
def test_check_tells_of_a_wrong_counter_and_changes_nothing(
    model: type[Model], column: str, capsys: pytest.CaptureFixture[str]
) -> None:
    model._default_manager.update(**{column: F(column) + 3})
    wrong = rows_of(model)
    with pytest.raises(SystemExit) as ended:
        call_command("recount", "--check")
    assert ended.value.code == 1
    *lines, last = capsys.readouterr().out.splitlines()
    assert len(lines) == len(wrong)
    assert all(line.startswith(model.__name__) and f".{column} is " in line for line in lines)
    assert last == f"{len(lines)} counters are off."
    assert rows_of(model) == wrong


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize(("model", "column"), COUNTERS)
def test_it_sets_a_wrong_counter_right(model: type[Model], column: str) -> None:
    right = rows_of(model)
    model._default_manager.update(**{column: F(column) + 3})
    call_command("recount")
    assert rows_of(model) == right
    assert not list(recount(change=False))


@pytest.mark.usefixtures("saved")
def test_it_sets_the_heat_of_pages_right() -> None:
    Page.objects.update(hot_at=SOME_DAY)
    call_command("recount")
    assert_counters_are_exact()


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize("model", [OwnerCount, OwnerTagCount, TagCount, SiteCount])
def test_it_makes_counters_that_are_missing(model: type[Model]) -> None:
    model._default_manager.all().delete()
    call_command("recount")
    assert_counters_are_exact()
    if model is OwnerTagCount:
        assert set(OwnerTagCount.objects.values_list("label", flat=True)) == {"a", "B", ".c"}


@pytest.mark.usefixtures("saved")
def test_it_empties_counters_of_what_is_not_there(bob: User) -> None:
    tag = Tag.objects.create(name="never-used")
    OwnerTagCount.objects.create(owner=bob, tag=tag, label="x", total=1, public=1)
    TagCount.objects.create(tag=tag, shard=15, public=1)
    call_command("recount")
    assert_counters_are_exact()


@pytest.mark.usefixtures("saved")
def test_it_says_that_all_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("recount")
    call_command("recount", "--check")
    assert capsys.readouterr().out == "All counters are right.\n" * 2


@pytest.mark.usefixtures("saved")
def test_it_works_through_more_rows_than_fit_in_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookmarks.recounting.BATCH", 1)
    for model in (OwnerCount, OwnerTagCount, TagCount, SiteCount, Page):
        model._default_manager.update(**{"public_saves" if model is Page else "public": 77})
    call_command("recount")
    assert_counters_are_exact()


def rows_of(model: type[Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())
