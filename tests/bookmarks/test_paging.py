"""Paging by place: nothing is skipped or shown twice, whatever comes and goes meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts.models import User
from bookmarks.cursors import Cursor, Direction, parse_cursor
from bookmarks.listing import ListedPage, Listing, list_bookmarks
from bookmarks.models import Bookmark
from bookmarks.popular import count_popular, list_popular
from bookmarks.storing import delete_bookmark
from tests.bookmarks.keeping import SOME_DAY, keep

VISITOR = AnonymousUser()


@pytest.fixture
def saved(alice: User) -> list[Bookmark]:
    """Return 23 bookmarks, newest first: ten of one moment, as after an import, and others."""
    offsets = [0, 0, 1, 2, 3, *([4] * 10), 5, 5, 5, 6, 7, 8, 8, 9]
    kept = [
        keep(alice, tags="a b", saved_at=SOME_DAY + timedelta(seconds=seconds, microseconds=7))
        for seconds in offsets
    ]
    return sorted(kept, key=lambda bookmark: (bookmark.saved_at, bookmark.pk), reverse=True)


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is done in the block, so that the next case finds all as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def walk_earlier(listing: Listing) -> Iterator[ListedPage]:
    """Yield the pages of a list from the newest on."""
    page = list_bookmarks(listing, VISITOR)
    yield page
    while page.earlier:
        page = list_bookmarks(Listing(**{**vars(listing), "cursor": page.earlier}), VISITOR)
        yield page


@pytest.mark.parametrize("labels", [(), ("a",), ("a", "b")])
def test_going_earlier_shows_everything_once(
    saved: list[Bookmark], labels: tuple[str, ...]
) -> None:
    for size in (1, 2, 5, 7, 22, 23, 24, 50):
        pages = list(walk_earlier(Listing(labels=labels, size=size)))
        assert [bookmark for page in pages for bookmark in page.bookmarks] == saved, size
        assert len(pages) == -(-len(saved) // size), size
        assert pages[0].later is None, size


@pytest.mark.parametrize("labels", [(), ("a",), ("a", "b")])
def test_going_later_again_shows_everything_too(
    saved: list[Bookmark], labels: tuple[str, ...]
) -> None:
    for size in (1, 2, 5, 7):
        listing = Listing(labels=labels, size=size)
        *_, page = walk_earlier(listing)
        seen = list(page.bookmarks)
        while page.later:
            page = list_bookmarks(Listing(**{**vars(listing), "cursor": page.later}), VISITOR)
            seen = [*page.bookmarks, *(one for one in seen if one not in page.bookmarks)]
            assert len(page.bookmarks) == size, size
        assert seen == saved, size
        assert list(page.bookmarks) == saved[:size], size


def test_each_cursor_survives_being_written_into_a_url(saved: list[Bookmark]) -> None:
    for page in walk_earlier(Listing(size=3)):
        for cursor in filter(None, (page.earlier, page.later)):
            direction, _, place = str(cursor).partition(":")
            assert parse_cursor(direction, place) == cursor


def test_what_is_saved_meanwhile_shifts_nothing(saved: list[Bookmark], alice: User) -> None:
    first = list_bookmarks(Listing(size=5), VISITOR)
    keep(alice)
    second = list_bookmarks(Listing(size=5, cursor=first.earlier), VISITOR)
    assert [*first.bookmarks, *second.bookmarks] == saved[:10]


def test_when_the_entry_at_the_place_is_deleted_nothing_is_skipped(saved: list[Bookmark]) -> None:
    for place in range(1, 22):
        with undone():
            first = list_bookmarks(Listing(size=place), VISITOR)
            gone = first.bookmarks[-1]
            delete_bookmark(Bookmark.objects.get(pk=gone.pk))
            second = list_bookmarks(Listing(size=50, cursor=first.earlier), VISITOR)
            assert gone not in second.bookmarks, place
            assert {*first.bookmarks, *second.bookmarks} == set(saved), place
            repeated = [one for one in second.bookmarks if one in first.bookmarks]
            assert all(one.saved_at == gone.saved_at for one in repeated), place


def test_pinboards_form_names_a_moment_alone(saved: list[Bookmark]) -> None:
    moment = SOME_DAY + timedelta(seconds=5)
    cursor = parse_cursor("before", str(int(moment.timestamp())))
    listed = list_bookmarks(Listing(cursor=cursor), VISITOR)
    assert list(listed.bookmarks) == [one for one in saved if one.saved_at < moment]
    assert listed.later


def test_a_scraper_starts_far_in_the_future(saved: list[Bookmark]) -> None:
    cursor = parse_cursor("before", "3000000000")
    assert list(list_bookmarks(Listing(cursor=cursor), VISITOR).bookmarks) == saved


def test_beyond_the_oldest_there_is_nothing_but_a_way_back(saved: list[Bookmark]) -> None:
    end = list_bookmarks(Listing(size=5, cursor=parse_cursor("before", "0")), VISITOR)
    assert (list(end.bookmarks), end.earlier) == ([], None)
    back = list_bookmarks(Listing(size=5, cursor=end.later), VISITOR)
    assert list(back.bookmarks) == saved[-5:]


def test_later_than_the_newest_is_the_first_page(saved: list[Bookmark]) -> None:
    cursor = parse_cursor("after", "3000000000")
    listed = list_bookmarks(Listing(size=5, cursor=cursor), VISITOR)
    assert list(listed.bookmarks) == saved[:5]
    assert listed.later is None


def test_an_empty_list_has_no_other_pages(db: None) -> None:
    listed = list_bookmarks(Listing(), VISITOR)
    assert (list(listed.bookmarks), listed.earlier, listed.later) == ([], None, None)


@pytest.mark.parametrize(
    "place",
    [
        *("", "x", "1e9", "1.5", "1-", "1-xyz", "1-0123456789AB", "1 ", "1\n", "--1"),
        *("1234567890123", "999999999999", "-999999999999", "1.1234567", "1-0123456789abc"),
    ],
)
def test_what_is_no_place_is_none(place: str) -> None:
    assert parse_cursor("before", place) is None


@pytest.mark.parametrize("direction", ["", "until", "BEFORE"])
def test_what_is_no_direction_is_none(direction: str) -> None:
    assert parse_cursor(direction, "1543000000") is None


def test_the_ends_of_the_calendar_are_places(saved: list[Bookmark]) -> None:
    for direction in ("before", "after"):
        for place in ("0", "-1", "253402300799", "-62135596800"):
            cursor = parse_cursor(direction, place)
            assert cursor, (direction, place)
            list_bookmarks(Listing(cursor=cursor), VISITOR)


def test_moments_before_1970_survive_being_written_too() -> None:
    moment = SOME_DAY.replace(year=1969, microsecond=250_000)
    cursor = Cursor(Direction.BEFORE, moment, "0123456789ab")
    assert parse_cursor(*str(cursor).split(":", 1)) == cursor


@pytest.fixture
def popular(alice: User, bob: User) -> list[str]:
    """Return 9 addresses both saved publicly, hottest first; others were saved once or hidden."""
    urls = [f"https://popular.example/{number}" for number in range(9)]
    for age, url in enumerate(urls):
        for person in (alice, bob):
            keep(person, url, saved_at=SOME_DAY - timedelta(days=age // 2))
    keep(alice, "https://example.org/once")
    keep(alice, "https://example.org/hidden")
    keep(bob, "https://example.org/hidden", private=True)
    return [urls[i] for i in (1, 0, 3, 2, 5, 4, 7, 6, 8)]


def test_popular_pages_are_all_shown_once_hottest_first(popular: list[str]) -> None:
    for size in (1, 2, 4, 9, 20):
        listed = list_popular(None, size)
        shown = [bookmark.url for bookmark in listed.bookmarks]
        while listed.earlier:
            listed = list_popular(listed.earlier, size)
            shown += [bookmark.url for bookmark in listed.bookmarks]
        assert shown == popular, size
    assert str(count_popular()) == "9"


def test_going_later_among_popular_pages_leads_back(popular: list[str]) -> None:
    first = list_popular(None, 4)
    second = list_popular(first.earlier, 4)
    third = list_popular(second.earlier, 4)
    back = list_popular(third.later, 4)
    assert [one.url for one in back.bookmarks] == [one.url for one in second.bookmarks]
    assert [one.url for one in list_popular(back.later, 4).bookmarks] == popular[:4]


def test_many_saves_today_are_hotter_than_more_saves_long_ago(alice: User, bob: User) -> None:
    carol = User.objects.create_user("carol")
    for person in (alice, bob, carol):
        keep(person, "https://example.org/old", saved_at=SOME_DAY - timedelta(days=60))
    for person in (alice, bob):
        keep(person, "https://example.org/new", saved_at=SOME_DAY)
    assert [one.url for one in list_popular().bookmarks] == [
        "https://example.org/new",
        "https://example.org/old",
    ]
