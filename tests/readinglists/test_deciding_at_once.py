"""Several people decide on suggestions at the same moment."""

from collections.abc import Callable

import pytest

from accounts.models import User
from readinglists.drafts import Invalid
from readinglists.models import Item, Suggestion
from readinglists.suggesting import MOST_A_LIST, Decided, accept, decline, suggest_item, withdraw
from tests.accounts.at_once import at_once
from tests.readinglists.making import make_list

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglists.item_pages.hint_at", lambda _job_id: None)


def test_accepting_twice_at_once_makes_one_item(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    suggestion = suggest_item(reading_list, bob, {"url": "https://example.org/"})
    outcomes = at_once(4, lambda _: accept(suggestion, alice))
    assert sorted(type(one).__name__ for one in outcomes) == ["Decided"] * 3 + ["Item"]
    assert Item.objects.count() == 1
    reading_list.refresh_from_db()
    assert reading_list.item_count == 1


def test_of_yes_no_and_never_mind_one_holds(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    suggestion = suggest_item(reading_list, bob, {"title": "x"})
    ways: list[Callable[[], object]] = [
        lambda: accept(suggestion, alice),
        lambda: decline(suggestion, alice, "No."),
        lambda: withdraw(suggestion),
    ]
    outcomes = at_once(3, lambda number: ways[number]())
    assert sum(isinstance(one, Decided) for one in outcomes) == 2
    state = Suggestion.objects.get().state
    assert Item.objects.count() == (state == "accepted")
    assert state != "open"


def test_nobody_gets_past_the_most_at_once(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    for number in range(MOST_A_LIST - 1):
        suggest_item(reading_list, bob, {"title": f"{number}"})
    outcomes = at_once(4, lambda number: suggest_item(reading_list, bob, {"title": f"x{number}"}))
    assert sum(isinstance(one, Invalid) for one in outcomes) == 3
    assert Suggestion.objects.count() == MOST_A_LIST
