"""People who change the order of one list at the same time lose nothing of it."""

import random
from collections.abc import Callable
from copy import copy
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from readinglists.items import delete_item
from readinglists.lists import add_section, delete_section
from readinglists.models import Item, ReadingList, Section
from readinglists.ordering import GAP, Misplaced, move_item, move_section
from readinglists.outline import read_outline
from readinglists.stepping import ITEM_STEPS, SECTION_STEPS, step_item, step_section
from tests.bookmarks.test_writing_at_once import at_once
from tests.readinglists.making import add, make_list


def titles(reading_list: ReadingList) -> list[str]:
    top = read_outline(ReadingList.objects.get(pk=reading_list.pk), None, whole=True).top
    return [item.title for part in top.walk() for item in part.items or []]


@pytest.fixture
def abc(alice: User) -> list[Item]:
    reading_list = make_list(alice)
    section = add_section(reading_list, "Section")
    return [add(reading_list, title, section=section) for title in "abc"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("which", "step", "comes_out"),
    [
        ("b", "up", "bac"),
        ("b", "down", "acb"),
        ("c", "up", "acb"),
        ("a", "down", "bac"),
        ("c", "top", "cab"),
        ("a", "end", "bca"),
        ("c", "down", "abc"),
    ],
)
def test_an_item_moves_by_steps(abc: list[Item], which: str, step: str, comes_out: str) -> None:
    step_item(abc["abc".index(which)], step)
    assert "".join(titles(abc[0].reading_list)) == comes_out


@pytest.mark.django_db
def test_from_the_top_of_a_section_an_item_goes_up_into_the_one_before(abc: list[Item]) -> None:
    reading_list = abc[0].reading_list
    inner = add_section(reading_list, "Inner", parent=abc[0].section)
    item = add(reading_list, "d", section=inner)
    assert step_item(item, "up").section == abc[0].section
    assert titles(reading_list) == ["a", "b", "c", "d"]
    assert step_item(item, "down").section == inner
    assert step_item(abc[0], "up").section is None
    assert step_item(abc[0], "up").section is None
    with pytest.raises(ValueError, match="sideways"):
        step_item(item, "sideways")


@pytest.mark.django_db
def test_a_move_writes_one_row_of_the_list_however_long_it_is(alice: User) -> None:
    reading_list = make_list(alice)
    items = [add(reading_list, f"{number}") for number in range(30)]

    def writes() -> int:
        with CaptureQueriesContext(connection) as queries:
            move_item(items[20], None, after=items[3].pk)
        return sum(q["sql"].startswith("UPDATE") for q in queries)

    assert writes() == 2  # the item, and the list's version


@pytest.mark.django_db
def test_gaps_that_are_used_up_are_made_anew(alice: User) -> None:
    reading_list = make_list(alice)
    a, b, c = (add(reading_list, title) for title in "abc")
    Item.objects.filter(pk=b.pk).update(rank=a.rank + 1)
    Item.objects.filter(pk=c.pk).update(rank=a.rank + 1 + GAP)
    move_item(c, None, after=a.pk)
    assert titles(reading_list) == ["a", "c", "b"]
    for _ in range(80):  # more often than a gap can be halved
        last = Item.objects.order_by("-rank")[0]
        move_item(last, None, after=a.pk)
    assert sorted(titles(reading_list)) == ["a", "b", "c"]
    assert titles(reading_list)[0] == "a"


@pytest.mark.django_db(transaction=True)
def test_two_items_put_behind_the_same_one_at_once_both_stand_there(alice: User) -> None:
    reading_list = make_list(alice)
    items = [add(reading_list, f"{number}") for number in range(8)]
    for _ in range(3):
        at_once([partial(move_item, item, None, after=items[0].pk) for item in items[1:]])
        found = titles(reading_list)
        assert found[0] == "0"
        assert sorted(found) == [f"{number}" for number in range(8)]
        ranks = list(Item.objects.values_list("rank", flat=True))
        assert len(set(ranks)) == len(ranks)


@pytest.mark.django_db(transaction=True)
def test_people_who_move_add_and_delete_at_once_lose_nothing(alice: User) -> None:
    reading_list = make_list(alice)
    sections = [add_section(reading_list, f"s{number}") for number in range(4)]
    items = [add(reading_list, f"{number}", section=sections[number % 4]) for number in range(12)]
    gone = items.pop()
    chance = random.Random(4)

    def forgiving(work: Callable[..., object], *args: object, **more: object) -> None:
        try:
            work(*map(copy, args), **more)
        except (Misplaced, Item.DoesNotExist, Section.DoesNotExist):
            pass  # said to whoever asked; nothing was changed

    works = [
        *(
            partial(forgiving, step_item, chance.choice(items), chance.choice(ITEM_STEPS))
            for _ in range(16)
        ),
        *(
            partial(forgiving, move_item, chance.choice(items), one, at_end=True)
            for one in sections * 4
        ),
        *(
            partial(forgiving, step_section, chance.choice(sections), step)
            for step in SECTION_STEPS * 2
        ),
        partial(forgiving, move_section, sections[1], sections[2]),
        partial(forgiving, move_section, sections[2], sections[1]),
        partial(forgiving, delete_section, sections[0]),
        partial(forgiving, delete_item, gone),
        partial(forgiving, add, reading_list, "new"),
    ]
    chance.shuffle(works)
    at_once(works)
    assert sorted(titles(reading_list)) == sorted([*(item.title for item in items), "new"])
    now = ReadingList.objects.get(pk=reading_list.pk)
    assert now.item_count == 12
    for section in Section.objects.select_related("parent"):
        assert section.depth == (section.parent.depth + 1 if section.parent else 1)
