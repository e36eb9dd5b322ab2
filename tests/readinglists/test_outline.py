"""A list as it is read: its order, what is loaded, how far the reader is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from readinglists.drafts import make_item_draft
from readinglists.items import add_items, set_prerequisites
from readinglists.lists import add_section
from readinglists.ordering import move_item
from readinglists.outline import LOADED, LOADED_AT_MOST, WINDOW, read_outline
from readinglists.progress import set_progress
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db


def titles(reading_list: object, reader: User | None = None) -> list[str]:
    outline = read_outline(reading_list, reader, whole=True)  # type: ignore[arg-type]
    return [item.title for part in outline.top.walk() for item in part.items or []]


def test_items_come_in_the_order_of_sections_and_within_them(alice: User) -> None:
    reading_list = make_list(alice)
    later = add_section(reading_list, "Later")
    deeper = add_section(reading_list, "Deeper", parent=later)
    add(reading_list, "d", section=deeper)
    c = add(reading_list, "c", section=later)
    add(reading_list, "a")
    add(reading_list, "b", section=later, after=None)
    move_item(c, later, at_end=True)
    assert titles(reading_list) == ["a", "b", "c", "d"]


def test_a_reader_sees_how_far_they_are_in_each_section(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    section = add_section(reading_list, "Basics")
    deeper = add_section(reading_list, "Deeper", parent=section)
    first = add(reading_list, "one", section=section, minutes=10)
    second = add(reading_list, "two", section=deeper, minutes=20)
    add(reading_list, "three", section=deeper)
    set_progress(bob, first, "read")
    set_progress(bob, second, "dropped")
    outline = read_outline(reading_list, bob)
    totals = outline.totals
    assert (totals.items, totals.done, totals.minutes, totals.minutes_left) == (3, 1, 30, 0)
    assert totals.unknown == 1
    part = outline.top.parts[0]
    assert (part.totals.items, part.parts[0].totals.items, part.own_items) == (3, 2, 1)
    assert outline.next_up is not None
    assert outline.next_up.title == "three"
    assert read_outline(reading_list, alice).totals.done == 0


def test_what_is_being_read_is_next_up(alice: User) -> None:
    reading_list = make_list(alice)
    add(reading_list, "one")
    second = add(reading_list, "two")
    set_progress(alice, second, "reading")
    outline = read_outline(reading_list, alice)
    assert outline.next_up == second


def test_only_the_first_sections_of_a_long_list_are_loaded(alice: User) -> None:
    reading_list = make_list(alice)
    first = add_section(reading_list, "First")
    second = add_section(reading_list, "Second")
    for number in range(LOADED):
        add(reading_list, f"{number}", section=first)
    item = add(reading_list, "far down", section=second)
    outline = read_outline(reading_list, None)
    loaded, waiting = outline.top.parts
    assert loaded.items is not None
    assert len(loaded.items) == LOADED
    assert waiting.items is None
    assert waiting.totals.items == 1
    opened = read_outline(reading_list, None, opened=[second.pk]).top.parts[1]
    assert opened.items == [item]


def test_a_list_costs_the_same_few_queries_whatever_its_length(alice: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read_outline(reading_list, alice)
        return len(queries)

    reading_list = make_list(alice)
    first = add(reading_list, "one", url="https://example.org/1")
    second = add(reading_list, "two", url="https://example.org/2")
    set_prerequisites(second, [first.pk])
    reading_list.refresh_from_db()
    before = cost()
    for number in range(20):
        add(reading_list, f"more {number}", url=f"https://example.org/more/{number}")
    assert cost() == before <= 9


def test_of_a_long_section_a_window_is_loaded(alice: User) -> None:
    reading_list = make_list(alice)
    size = LOADED_AT_MOST + 30
    drafts = [make_item_draft(title=f"{number}") for number in range(size)]
    items = add_items(reading_list, drafts, alice)
    move_item(items[-1], None)
    reading_list.refresh_from_db()
    named = [f"{size - 1}", *(f"{number}" for number in range(size - 1))]

    def window(**asked: int | list[int]) -> list[str]:
        part = read_outline(reading_list, None, **asked).top  # type: ignore[arg-type]
        return [item.title for item in part.items or []]

    assert window() == named[:WINDOW]
    assert window(opened=[0], start=WINDOW) == named[WINDOW : 2 * WINDOW]
    assert window(opened=[0], start=2 * WINDOW) == named[2 * WINDOW :]
    assert window(opened=[0], start=10**17) == named[-1:]
    assert titles(reading_list) == named
