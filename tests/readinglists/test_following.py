"""Following lists: the count is exact, and what is new comes newest first, at a bounded cost."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from readinglists import following
from readinglists.drafts import make_list_draft
from readinglists.following import TooMany, follow, followed_by, is_following, unfollow
from readinglists.forgetting import forget_reader
from readinglists.lists import delete_list, edit_list
from readinglists.models import ListFollow, ReadingList
from readinglists.newest import read_newest
from readinglists.progress import set_progress
from readinglists.summaries import lists_in_progress
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db


def followers(reading_list: ReadingList) -> int:
    """Return the kept count, after comparing it with the rows."""
    reading_list.refresh_from_db()
    assert (
        reading_list.follower_count == ListFollow.objects.filter(reading_list=reading_list).count()
    )
    return reading_list.follower_count


def test_a_follower_is_counted_once(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    assert follow(bob, reading_list)
    assert not follow(bob, reading_list)
    assert is_following(bob, reading_list)
    assert followers(reading_list) == 1
    assert unfollow(bob, reading_list)
    assert not unfollow(bob, reading_list)
    assert not is_following(bob, reading_list)
    assert not is_following(None, reading_list)
    assert followers(reading_list) == 0


def test_nobody_follows_themselves(alice: User) -> None:
    reading_list = make_list(alice)
    assert not follow(alice, reading_list)
    assert followers(reading_list) == 0


def test_there_is_a_most(alice: User, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST", 1)
    follow(bob, make_list(alice))
    with pytest.raises(TooMany):
        follow(bob, make_list(alice))


def test_who_goes_is_counted_no_more(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    follow(bob, reading_list)
    forget_reader(bob)
    assert followers(reading_list) == 0


def test_lists_that_may_not_be_seen_any_more_are_left_out(alice: User, bob: User) -> None:
    kept, hidden, gone = (make_list(alice, name) for name in ("kept", "hidden", "gone"))
    for one in (kept, hidden, gone):
        follow(bob, one)
    ReadingList.objects.filter(pk=hidden.pk).update(visibility="private")
    delete_list(gone)
    assert list(followed_by(bob)) == [kept]


@pytest.mark.django_db(transaction=True)
def test_readers_who_come_and_go_at_once_are_counted_exactly(alice: User) -> None:
    reading_list = make_list(alice)
    readers = [User.objects.create_user(f"reader{number}", "x") for number in range(6)]
    for reader in readers[:3]:
        follow(reader, reading_list)
    barrier = Barrier(len(readers))

    def turn(reader: User) -> None:
        barrier.wait()
        change = unfollow if reader in readers[:3] else follow
        change(reader, reading_list)
        connection.close()

    threads = [Thread(target=turn, args=(reader,)) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert followers(reading_list) == 3
    assert set(ListFollow.objects.values_list("user", flat=True)) == {r.pk for r in readers[3:]}


def test_what_is_new_comes_newest_first_page_by_page(alice: User) -> None:
    lists = [make_list(alice, f"List {number}") for number in range(4)]
    numbers = [0, 1, 1, 1, 1, 2, 0, 2, 1, 1, 0, 1]  # List 3 has nothing
    made = [add(lists[one], f"{place}").pk for place, one in enumerate(numbers)]
    ids = [one.pk for one in lists]
    found, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = read_newest(ids, cursor, size=3)
        found += [item.pk for item in page.items]
        cursor, pages = page.earlier, pages + 1
    assert found == made[::-1]
    assert pages == 4
    assert [item.pk for item in read_newest([lists[0].pk]).items] == [
        made[place] for place in (10, 6, 0)
    ]
    assert read_newest([]).items == []
    assert read_newest([lists[3].pk]).items == []


def test_items_of_one_moment_are_neither_skipped_nor_repeated(alice: User) -> None:
    reading_list = make_list(alice)
    made = [add(reading_list, f"{number}").pk for number in range(7)]
    reading_list.items.update(added_at=reading_list.created_at)
    first = read_newest([reading_list.pk], size=4)
    second = read_newest([reading_list.pk], first.earlier, size=4)
    assert [item.pk for item in (*first.items, *second.items)] == made[::-1]
    assert second.earlier is None


def test_many_lists_cost_two_queries(alice: User) -> None:
    lists = [make_list(alice, f"List {number}") for number in range(5)]
    for one in lists * 3:
        add(one, "new", url="https://x.example/")
    with CaptureQueriesContext(connection) as queries:
        items = read_newest([one.pk for one in lists], size=4).items
        assert [item.reading_list.owner.username for item in items] == ["alice"] * 4
    assert len(queries) == 2


def test_who_followed_a_list_is_not_led_to_the_address_it_hides_at(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    item = add(reading_list, "one")
    follow(bob, reading_list)
    set_progress(bob, item, "read")
    edit_list(reading_list, make_list_draft("Learning to rank", visibility="unlisted"))
    assert followers(reading_list) == 0
    assert list(followed_by(bob)) == []
    assert lists_in_progress(bob, 10) == []
