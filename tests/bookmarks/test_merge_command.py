"""`manage.py merge_pages`."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from bookmarks.links import page_key
from bookmarks.merging import begin_merge
from bookmarks.models import Bookmark, Page
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import keep

ONE, TWO = "https://example.org/1", "https://example.org/2"


@pytest.fixture
def pages(alice: User) -> tuple[Page, Page]:
    return keep(alice, ONE).page, keep(alice, TWO).page


def test_two_pages_become_the_first(
    pages: tuple[Page, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("merge_pages", page_key(ONE), page_key(TWO))
    assert capsys.readouterr().out == f"{TWO} (1 public saves) is {ONE} now.\n"
    assert Bookmark.objects.filter(page=pages[0]).count() == 2
    assert_counters_are_exact()


def test_a_dry_run_changes_nothing(
    pages: tuple[Page, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("merge_pages", page_key(ONE), page_key(TWO), "--dry-run")
    assert "would become" in capsys.readouterr().out
    assert Page.objects.count() == 2


def test_a_merge_that_was_cut_short_is_asked_for_once_more(pages: tuple[Page, Page]) -> None:
    begin_merge(pages[0].pk, pages[1].pk)
    call_command("merge_pages", page_key(ONE), page_key(TWO))
    assert Page.objects.get() == pages[0]


@pytest.mark.parametrize("keys", [(page_key(ONE), "0" * 40), ("x", page_key(ONE))])
def test_an_unknown_key_is_named(pages: tuple[Page, Page], keys: tuple[str, str]) -> None:
    assert pages
    with pytest.raises(CommandError, match=r"no page with the key (0{40}|x)\."):
        call_command("merge_pages", *keys)


def test_one_page_is_not_merged_with_itself(pages: tuple[Page, Page]) -> None:
    call_command("merge_pages", page_key(ONE), page_key(TWO))
    with pytest.raises(CommandError, match="one page already"):
        call_command("merge_pages", page_key(ONE), page_key(TWO))
    assert pages
