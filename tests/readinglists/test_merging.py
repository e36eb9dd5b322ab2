"""Progress when two pages turn out to be one: the further state holds, nothing is counted twice."""

import pytest

from accounts.models import User
from bookmarks.models import Page
from readinglists.merging import move_page
from readinglists.models import Item, Progress
from readinglists.progress import progress_of, set_progress
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(alice: User) -> tuple[Item, Item]:
    """Return two items whose pages are about to become one; the first one's stays."""
    reading_list = make_list(alice)
    return (
        add(reading_list, "kept", url="https://x.example/kept"),
        add(reading_list, "dropped", url="https://x.example/dropped"),
    )


def merge(items: tuple[Item, Item]) -> None:
    kept, dropped = items
    assert kept.page_id
    assert dropped.page_id
    move_page(kept.page_id, dropped.page_id)
    Page.objects.filter(pk=dropped.page_id).delete()
    for item in items:
        item.refresh_from_db()


@pytest.mark.parametrize(
    ("kept", "dropped", "after"),
    [
        ("to_read", "read", "read"),
        ("read", "reading", "read"),
        ("dropped", "skimmed", "skimmed"),
        ("", "reading", "reading"),
        ("skimmed", "", "skimmed"),
    ],
)
def test_the_further_state_holds(
    items: tuple[Item, Item], bob: User, kept: str, dropped: str, after: str
) -> None:
    set_progress(bob, items[0], kept)
    set_progress(bob, items[1], dropped)
    merge(items)
    assert progress_of(bob, items) == {item.pk: after for item in items}
    assert Progress.objects.count() == 1


def test_readers_do_not_mix(items: tuple[Item, Item], alice: User, bob: User) -> None:
    set_progress(alice, items[0], "read")
    set_progress(bob, items[1], "reading")
    merge(items)
    assert set(progress_of(alice, items).values()) == {"read"}
    assert set(progress_of(bob, items).values()) == {"reading"}


def test_when_it_was_read_is_kept(items: tuple[Item, Item], bob: User) -> None:
    set_progress(bob, items[1], "read")
    set_progress(bob, items[0], "to_read")
    read_at = Progress.objects.get(page=items[1].page).read_at
    merge(items)
    assert Progress.objects.get().read_at == read_at
