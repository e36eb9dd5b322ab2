"""Several lists at once, each with how far the reader is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from readinglists.lists import add_section
from readinglists.models import ReadingList
from readinglists.outline import read_outline
from readinglists.progress import set_progress
from readinglists.summaries import read_summaries
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db


def make_course(owner: User, name: str) -> ReadingList:
    """Return a list with an item before its section and two in it."""
    reading_list = make_list(owner, name)
    section = add_section(reading_list, "Basics")
    add(reading_list, f"{name} 2", section=section, minutes=20, url=f"https://x.example/{name}")
    add(reading_list, f"{name} 3", section=section, minutes=30)
    add(reading_list, f"{name} 1", minutes=10)
    return reading_list


def test_a_summary_says_what_the_list_itself_says(alice: User, bob: User) -> None:
    lists = [make_course(alice, name) for name in ("a", "b", "c")]
    set_progress(bob, lists[0].items.get(title="a 1"), "read")
    set_progress(bob, lists[1].items.get(title="b 3"), "reading")
    for item in lists[2].items.all():
        set_progress(bob, item, "read")
    found = read_summaries(lists, bob)
    next_titles = [one.next_up.title if one.next_up else "" for one in found]
    assert next_titles == ["a 2", "b 3", ""]
    assert [(one.totals.done, one.totals.minutes_left) for one in found] == [
        (1, 50),
        (0, 60),
        (3, 0),
    ]
    for summary, reading_list in zip(found, lists, strict=True):
        outline = read_outline(reading_list, bob)
        assert (summary.totals, summary.next_up) == (outline.totals, outline.next_up)


def test_an_empty_list_has_nothing_next(alice: User) -> None:
    (summary,) = read_summaries([make_list(alice)], alice)
    assert (summary.totals.items, summary.next_up) == (0, None)


def test_twelve_lists_cost_as_many_queries_as_one(alice: User) -> None:
    lists = [make_course(alice, f"list{number}") for number in range(12)]

    def cost(some: list[ReadingList]) -> int:
        with CaptureQueriesContext(connection) as queries:
            read_summaries(some, alice)
        return len(queries)

    assert cost(lists[:1]) == cost(lists[1:]) == 5
    assert cost(lists) == 4  # what is known of every item is kept for a minute
