"""Suggestions: made by readers, decided by editors, once each."""

from dataclasses import replace

import pytest

from accounts.models import User
from bookmarks.models import Page
from readinglists.drafts import Invalid, make_list_draft
from readinglists.items import delete_item, edit_item
from readinglists.lists import add_section, delete_section, edit_list, set_editors
from readinglists.models import Item, ReadingList, Suggestion
from readinglists.ordering import Misplaced, move_item
from readinglists.suggesting import (
    Decided,
    ItemGone,
    accept,
    decline,
    merged,
    said_of,
    suggest_change,
    suggest_item,
    withdraw,
)
from tests.readinglists.making import add, make_list, outline_of

pytestmark = pytest.mark.django_db

NEW = {"url": "https://example.org/new", "title": "new", "note": "Short.", "tags": "a, b"}


@pytest.fixture
def reading_list(alice: User) -> ReadingList:
    """Return a public list of Alice's."""
    return make_list(alice)


def test_a_suggestion_changes_nothing_until_it_is_accepted(
    reading_list: ReadingList, alice: User, bob: User
) -> None:
    suggestion = suggest_item(reading_list, bob, NEW, why="It is the best.")
    assert (suggestion.state, suggestion.note, suggestion.about) == ("open", "It is the best.", "")
    assert not Item.objects.exists()
    assert not Page.objects.exists()
    item = accept(suggestion, alice)
    assert (item.title, item.url, item.note, item.labels) == (
        "new",
        "https://example.org/new",
        "Short.",
        ["a", "b"],
    )
    assert (item.credit, item.added_by) == (bob, alice)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.item, suggestion.decided_by) == ("accepted", item, alice)
    assert suggestion.decided_at is not None


def test_it_comes_where_it_was_suggested(reading_list: ReadingList, alice: User, bob: User) -> None:
    section = add_section(reading_list, "Basics")
    first = add(reading_list, "one", section=section)
    add(reading_list, "two", section=section)
    after = suggest_item(reading_list, bob, NEW, section=section, after=first)
    at_end = suggest_item(reading_list, bob, {"title": "last"}, section=section)
    accept(at_end, alice)
    accept(after, alice)
    assert outline_of(reading_list)[1] == ("Basics", ["one", "new", "two", "last"])


def test_a_place_that_went_meanwhile_is_the_nearest_one_left(
    reading_list: ReadingList, alice: User, bob: User
) -> None:
    section = add_section(reading_list, "Basics")
    first = add(reading_list, "one", section=section)
    add(reading_list, "two", section=section)
    gone = suggest_item(reading_list, bob, {"title": "x"}, section=section, after=first)
    elsewhere = suggest_item(reading_list, bob, {"title": "y"}, section=section, after=first)
    move_item(first, None)
    accept(elsewhere, alice)
    assert outline_of(reading_list) == [("", ["one"]), ("Basics", ["two", "y"])]
    delete_section(section)
    gone.refresh_from_db()
    accept(gone, alice)
    assert outline_of(reading_list) == [("", ["one", "x", "two", "y"])]


def test_an_editor_may_change_it_and_put_it_elsewhere(
    reading_list: ReadingList, alice: User, bob: User
) -> None:
    one = add(reading_list, "one")
    add(reading_list, "two")
    suggestion = suggest_item(reading_list, bob, NEW)
    item = accept(suggestion, alice, {**NEW, "title": "Newer", "note": ""}, place=(None, one.pk))
    assert (item.title, item.note, item.credit) == ("Newer", "", bob)
    assert outline_of(reading_list) == [("", ["one", "Newer", "two"])]


def test_a_place_of_no_use_leaves_the_suggestion_open(
    reading_list: ReadingList, alice: User, bob: User
) -> None:
    suggestion = suggest_item(reading_list, bob, NEW)
    with pytest.raises(Misplaced):
        accept(suggestion, alice, place=(None, 10**9))
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_a_change_keeps_what_it_does_not_name(
    reading_list: ReadingList, alice: User, bob: User
) -> None:
    links = [{"url": "https://example.org/code", "role": "code"}]
    item = add(reading_list, "One", url="https://example.org/1", year=2020, alternates=links)
    said = {**said_of(item), "title": "One, second edition", "tags": "book"}
    suggestion = suggest_change(item, bob, said, why="It is out.")
    assert suggestion.fields == {"title": "One, second edition", "tags": "book"}
    assert suggestion.about == "One"
    edit_item(item, replace(merged(item, {}), note="Good."), alice)
    changed = accept(suggestion, alice)
    assert changed == item
    changed.refresh_from_db()
    assert (changed.title, changed.note, changed.year) == ("One, second edition", "Good.", 2020)
    assert (changed.labels, changed.credit) == (["book"], None)
    assert reading_list.items.count() == 1


def test_a_change_can_empty_a_field(reading_list: ReadingList, alice: User, bob: User) -> None:
    item = add(reading_list, "One", url="https://example.org/1", note="Wrong.")
    suggestion = suggest_change(item, bob, {"note": ""})
    accept(suggestion, alice)
    item.refresh_from_db()
    assert (item.note, item.title) == ("", "One")


def test_a_change_that_changes_nothing_is_refused(reading_list: ReadingList, bob: User) -> None:
    item = add(reading_list, "One", tags="a b")
    with pytest.raises(Invalid, match="Change something"):
        suggest_change(item, bob, {**said_of(item), "title": " One ", "tags": "a,  b"})
    with pytest.raises(Invalid, match="Give the item"):
        suggest_change(item, bob, {"title": ""})
    assert not Suggestion.objects.exists()


def test_an_item_that_went_cannot_be_changed_but_the_suggestion_declined(
    reading_list: ReadingList, alice: User, bob: User
) -> None:
    item = add(reading_list, "One")
    suggestion = suggest_change(item, bob, {"title": "Two"})
    delete_item(item)
    with pytest.raises(ItemGone):
        accept(suggestion, alice)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.about) == ("open", "One")
    decline(suggestion, alice, "It is gone.")
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.reason) == ("declined", "It is gone.")


def test_each_is_decided_once(reading_list: ReadingList, alice: User, bob: User) -> None:
    first = suggest_item(reading_list, bob, NEW)
    accept(first, alice)
    second = suggest_item(reading_list, bob, {"title": "x"})
    withdraw(second)
    third = suggest_item(reading_list, bob, {"title": "y"})
    decline(third, alice)
    for suggestion, state in (first, "accepted"), (second, "withdrawn"), (third, "declined"):
        for decide in (accept, decline):
            with pytest.raises(Decided, match=state):
                decide(suggestion, alice)
        with pytest.raises(Decided, match=state):
            withdraw(suggestion)
    assert Item.objects.count() == 1


def test_what_the_list_has_is_not_suggested(reading_list: ReadingList, bob: User) -> None:
    add(reading_list, url="https://arxiv.org/abs/1706.03762")
    with pytest.raises(Invalid, match="in the list already"):
        suggest_item(reading_list, bob, {"url": "https://arxiv.org/pdf/1706.03762"})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"url": "javascript:alert(1)"}, ""),
        ({"title": ""}, ""),
        ({"title": "x" * 501}, ""),
        ({"title": "x", "need": "urgent"}, ""),
        ({"title": "x"}, "y" * 2001),
    ],
)
def test_what_no_item_can_be_is_refused(
    reading_list: ReadingList, bob: User, said: dict[str, str], why: str
) -> None:
    with pytest.raises(Invalid):
        suggest_item(reading_list, bob, said, why=why)


def test_nobody_suggests_to_what_they_cannot_read(
    reading_list: ReadingList, alice: User, bob: User
) -> None:
    item = add(reading_list, "One")
    edit_list(reading_list, make_list_draft("Mine", visibility="private"))
    with pytest.raises(ReadingList.DoesNotExist):
        suggest_item(reading_list, bob, NEW)
    with pytest.raises(ReadingList.DoesNotExist):
        suggest_change(item, bob, {"title": "Two"})
    set_editors(reading_list, [bob])
    assert suggest_item(reading_list, bob, NEW).by == bob


def test_so_many_wait_and_no_more(
    reading_list: ReadingList, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglists.suggesting.MOST_A_LIST", 2)
    monkeypatch.setattr("readinglists.suggesting.MOST_OPEN", 3)
    other = make_list(alice, "Other")
    made = [suggest_item(reading_list, bob, {"title": title}) for title in "ab"]
    with pytest.raises(Invalid, match="wait here"):
        suggest_item(reading_list, bob, {"title": "c"})
    suggest_item(other, bob, {"title": "d"})
    with pytest.raises(Invalid, match="the most"):
        suggest_item(other, bob, {"title": "e"})
    withdraw(made[0])
    suggest_item(reading_list, bob, {"title": "c"})


def test_a_full_list_keeps_the_suggestion_open(
    reading_list: ReadingList, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggestion = suggest_item(reading_list, bob, NEW)
    monkeypatch.setattr("readinglists.items.MAX_ITEMS", 0)
    with pytest.raises(Invalid):
        accept(suggestion, alice)
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_what_is_merged_is_a_whole_item(reading_list: ReadingList) -> None:
    item = add(reading_list, "One", need="required", minutes=5, authors_text="Ada")
    draft = merged(item, {"level": "core"})
    assert (draft.title, draft.need, draft.level) == ("One", "required", "core")
    assert (draft.minutes, draft.authors_text) == (5, "Ada")
