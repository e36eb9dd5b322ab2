"""What a reader has read: of a page it counts in every list, and it is theirs alone."""

import pytest

from accounts.models import User
from readinglists.forgetting import forget_reader
from readinglists.models import ListReading, Progress
from readinglists.progress import progress_of, set_progress
from readinglists.summaries import lists_in_progress
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
URL = "https://arxiv.org/abs/1706.03762"


def test_what_is_read_in_one_list_is_read_in_every_list(alice: User, bob: User) -> None:
    here = add(make_list(alice), url=URL)
    there = add(make_list(bob, "Another"), url="https://arxiv.org/pdf/1706.03762v5")
    set_progress(bob, here, "read")
    assert progress_of(bob, [here, there]) == {here.pk: "read", there.pk: "read"}
    assert progress_of(alice, [here, there]) == {}
    assert progress_of(None, [here]) == {}


def test_words_alone_are_read_where_they_stand(alice: User) -> None:
    reading_list = make_list(alice)
    one, other = add(reading_list, "Derive it"), add(reading_list, "Derive it")
    set_progress(alice, one, "skimmed")
    assert progress_of(alice, [one, other]) == {one.pk: "skimmed"}


def test_progress_can_be_taken_back(alice: User) -> None:
    item = add(make_list(alice), url=URL)
    set_progress(alice, item, "read")
    assert set_progress(alice, item, "") is None
    assert progress_of(alice, [item]) == {}


def test_the_first_time_of_reading_is_kept(alice: User) -> None:
    item = add(make_list(alice), url=URL)
    set_progress(alice, item, "read")
    first = Progress.objects.get().read_at
    set_progress(alice, item, "reading")
    set_progress(alice, item, "read")
    assert first is not None
    assert Progress.objects.get().read_at == first


def test_there_are_five_states(alice: User) -> None:
    item = add(make_list(alice), url=URL)
    for state in ("to_read", "skimmed", "reading", "read", "dropped"):
        set_progress(alice, item, state)
    with pytest.raises(ValueError, match="finished"):
        set_progress(alice, item, "finished")
    assert progress_of(alice, [item]) == {item.pk: "dropped"}
    assert not ListReading.objects.exclude(reader=alice).exists()


def test_the_list_read_last_comes_first(alice: User, bob: User) -> None:
    lists = [make_list(alice, f"List {number}") for number in range(3)]
    items = [add(one, f"Item of {one.title}") for one in lists]
    for item in (items[0], items[1], items[0]):
        set_progress(bob, item, "reading")
    assert [one.pk for one in lists_in_progress(bob, 9)] == [lists[0].pk, lists[1].pk]
    assert lists_in_progress(alice, 9) == []
    assert len(lists_in_progress(bob, 1)) == 1


def test_a_list_made_private_is_not_told_of(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    set_progress(bob, add(reading_list, "one"), "reading")
    type(reading_list).objects.update(visibility="private")
    assert lists_in_progress(bob, 9) == []


def test_who_goes_takes_their_progress_along(alice: User, bob: User) -> None:
    item = add(make_list(alice), url=URL)
    for reader in (alice, bob):
        set_progress(reader, item, "read")
    forget_reader(bob)
    assert list(Progress.objects.values_list("reader", flat=True)) == [alice.pk]
    assert list(ListReading.objects.values_list("reader", flat=True)) == [alice.pk]
