"""Which bookmarks a list holds, in which order, and how many."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from bookmarks.listing import Listing, Shelf, count_bookmarks, last_changed, list_bookmarks
from bookmarks.models import Bookmark, Page
from bookmarks.storing import delete_bookmark, set_flags
from tests.bookmarks.keeping import SOME_DAY, keep

VISITOR = AnonymousUser()


def titles(listing: Listing, viewer: User | AnonymousUser) -> str:
    """Return the titles of a list in order; the tests name bookmarks by one letter."""
    found = "".join(bookmark.title for bookmark in list_bookmarks(listing, viewer).bookmarks)
    assert count_bookmarks(listing, viewer).number == len(found)
    return found


@pytest.fixture
def shelf_of_alice(alice: User, bob: User) -> User:
    """Give Alice six bookmarks a to f, a minute apart, and Bob one, x."""
    rows: list[tuple[str, str, dict[str, Any]]] = [
        ("a", "nlp", {}),
        ("b", "NLP bayes", {"unread": True}),
        ("c", "nlp bayes c++", {"private": True}),
        ("d", "", {"starred": True}),
        ("e", "nlp .mine", {"private": False}),
        ("f", "", {"private": True, "unread": True, "starred": True}),
    ]
    for minute, (title, tags, flags) in enumerate(rows):
        keep(alice, tags=tags, title=title, saved_at=SOME_DAY + timedelta(minutes=minute), **flags)
    keep(bob, tags="nlp bayes", title="x", saved_at=SOME_DAY + timedelta(seconds=90))
    return alice


@pytest.mark.parametrize(
    ("shelf", "own", "others"),
    [
        (Shelf.ALL, "fedcba", "edba"),
        (Shelf.PUBLIC, "edba", "edba"),
        (Shelf.PRIVATE, "fc", ""),
        (Shelf.UNREAD, "fb", ""),
        (Shelf.STARRED, "fd", ""),
        (Shelf.UNTAGGED, "fd", ""),
    ],
)
def test_each_shelf_holds_its_own_newest_first(
    shelf_of_alice: User, bob: User, shelf: Shelf, own: str, others: str
) -> None:
    listing = Listing(owner=shelf_of_alice, shelf=shelf)
    assert titles(listing, shelf_of_alice) == own
    assert titles(listing, bob) == titles(listing, VISITOR) == others


@pytest.mark.parametrize("shelf", [one for one in Shelf if one not in (Shelf.ALL, Shelf.PUBLIC)])
def test_there_is_no_such_shelf_of_everyone(shelf_of_alice: User, shelf: Shelf) -> None:
    assert titles(Listing(shelf=shelf), shelf_of_alice) == ""


@pytest.mark.parametrize(
    ("labels", "expected"),  # in her list as she sees it, as others do, and in everyone's
    [
        (("nlp",), ("ecba", "eba", "exba")),
        (("NLP",), ("ecba", "eba", "exba")),
        (("bayes", "nlp"), ("cb", "b", "xb")),
        (("nlp", "bayes"), ("cb", "b", "xb")),
        (("nlp", "bayes", "c++"), ("c", "", "")),
        (("c++",), ("c", "", "")),
        ((".mine",), ("e", "", "")),
        ((".mine", "nlp"), ("e", "", "")),
        (("nlp", ".mine"), ("e", "", "")),
        (("nlp", "nlp"), ("ecba", "eba", "exba")),
        (("never",), ("", "", "")),
        (("nlp", "never"), ("", "", "")),
        (("c#",), ("", "", "")),
    ],
)
def test_a_list_of_tags_holds_what_has_them_all(
    shelf_of_alice: User, bob: User, labels: tuple[str, ...], expected: tuple[str, str, str]
) -> None:
    own, others, everyone = expected
    hers, all_of_them = Listing(shelf_of_alice, labels), Listing(labels=labels)
    assert titles(hers, shelf_of_alice) == own
    assert titles(hers, bob) == titles(hers, VISITOR) == others
    for viewer in (shelf_of_alice, bob, VISITOR):
        assert titles(all_of_them, viewer) == everyone


@pytest.mark.parametrize(
    ("shelf", "own"),
    [
        (Shelf.PUBLIC, "eba"),
        (Shelf.PRIVATE, "c"),
        (Shelf.UNREAD, "b"),
        (Shelf.STARRED, ""),
        (Shelf.UNTAGGED, ""),
    ],
)
def test_a_tag_may_be_looked_for_on_one_shelf(
    shelf_of_alice: User, bob: User, shelf: Shelf, own: str
) -> None:
    listing = Listing(shelf_of_alice, ("nlp",), shelf)
    assert titles(listing, shelf_of_alice) == own
    assert titles(listing, bob) == (own if shelf is Shelf.PUBLIC else "")


def test_everyones_list_is_the_same_for_everyone(shelf_of_alice: User, bob: User) -> None:
    for viewer in (shelf_of_alice, bob, VISITOR):
        assert titles(Listing(), viewer) == "edxba"


def test_a_page_lists_who_saved_it_publicly(alice: User, bob: User) -> None:
    url = "https://example.org/"
    keep(alice, url, title="a", saved_at=SOME_DAY)
    keep(bob, url, title="b")
    keep(User.objects.create_user("carol"), url, title="c", private=True)
    for viewer in (alice, bob, VISITOR):
        assert titles(Listing(page=Page.objects.get()), viewer) == "ba"


def test_an_entry_comes_with_its_page_and_owner(
    shelf_of_alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    listed = list_bookmarks(Listing(), VISITOR).bookmarks
    with django_assert_num_queries(0):
        for bookmark in listed:
            assert bookmark.page.url
            assert bookmark.owner.username


def test_many_bookmarks_with_several_tags_are_counted_up_to_a_thousand(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookmarks.listing.COUNTED_AT_MOST", 3)
    for expected in ("1", "2", "3", "3+", "3+"):
        keep(alice, tags="a b")
        assert str(count_bookmarks(Listing(labels=("a", "b")), VISITOR)) == expected


def version(listing: Listing) -> str:
    return last_changed(list_bookmarks(listing, VISITOR)).etag


def test_a_list_has_a_new_version_after_every_change_that_shows(alice: User, bob: User) -> None:
    versions = [version(Listing())]

    def changed() -> bool:
        versions.append(version(Listing()))
        return versions[-1] != versions[-2]

    bookmark = keep(alice, "https://example.org/")
    assert changed()
    keep(alice, "https://example.org/", "a", title="New")
    assert changed()
    keep(bob, "https://example.org/")
    assert changed()
    Bookmark.objects.update(facts_at=SOME_DAY)
    assert changed()
    Page.objects.update(changed_at=SOME_DAY)
    assert changed()
    set_flags(bookmark, private=True)
    assert changed()
    set_flags(bookmark, private=False)
    assert changed()
    delete_bookmark(bookmark)
    assert changed()


def test_the_newest_change_is_told(alice: User) -> None:
    assert last_changed(list_bookmarks(Listing(), VISITOR)).changed_at is None
    keep(alice)
    newest = keep(alice, saved_at=SOME_DAY)
    assert last_changed(list_bookmarks(Listing(), VISITOR)).changed_at == newest.updated_at


def test_facts_that_are_hidden_change_no_version(alice: User) -> None:
    bookmark = keep(alice)
    before = version(Listing())
    Page.objects.filter(pk=bookmark.page_id).update(changed_at=SOME_DAY, title="Facts")
    assert version(Listing()) == before
