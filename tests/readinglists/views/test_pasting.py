"""Many lines are pasted, looked at, and become items of a list."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from readinglists.models import Item, ReadingList
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:learning-to-rank/paste/"


def told(client: Client, text: str) -> list[str]:
    """Return what the look says of each line."""
    answer = client.post(PATH, {"text": text})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "lxml")
    return [" ".join(one.text.split()) for one in page.select(".items .item")]


def items_of(reading_list: ReadingList) -> list[tuple[str, str]]:
    items = Item.objects.filter(reading_list=reading_list).order_by("rank")
    return list(items.values_list("title", "url"))


@pytest.mark.parametrize(
    ("line", "title", "url"),
    [
        ("https://example.org/a", "", "https://example.org/a"),
        ("- example.org/a", "", "https://example.org/a"),
        ("A title | https://example.org/a", "A title", "https://example.org/a"),
        ("https://example.org/a | A | title", "A | title", "https://example.org/a"),
        ("https://example.org/a A title", "A title", "https://example.org/a"),
        ("A title https://example.org/a", "A title", "https://example.org/a"),
        ("Read/write chapter 2.1", "Read/write chapter 2.1", ""),
        ("Either | or", "Either | or", ""),
    ],
)
def test_a_line_becomes_an_item(
    alice: User, alice_client: Client, *, line: str, title: str, url: str
) -> None:
    one = make_list(alice)
    alice_client.post(PATH, {"text": line, "run": "yes"})
    [(got_title, got_url)] = items_of(one)
    assert got_title == title
    assert got_url.removeprefix("http://").removeprefix("https://") == url.removeprefix("https://")


def test_nothing_is_added_before_it_is_confirmed(alice: User, alice_client: Client) -> None:
    one = make_list(alice)
    text = "First\n\nSecond | https://example.org/b"
    assert told(alice_client, text) == ["1 First no link", "3 Second https://example.org/b"]
    assert items_of(one) == []
    answer = alice_client.post(PATH, {"text": text, "run": "yes"}, follow=True)
    assert b"2 items added." in answer.content
    assert items_of(one) == [("First", ""), ("Second", "https://example.org/b")]


def test_duplicates_and_lines_that_are_no_item_are_told_and_left_out(
    alice: User, alice_client: Client
) -> None:
    one = make_list(alice)
    add(one, url="https://example.org/a")
    add(one, "Words")
    long = "x" * 501
    text = f"https://example.org/a#part\nNew\nNew\nWords\nhttp://[\n{long}\n"
    known, new, twice, words, bad, much = told(alice_client, text)
    assert "in the list already" in known
    assert "left out" not in new
    assert "twice in these lines" in twice
    assert "in the list already" in words
    assert "left out" in bad
    assert "At most 500" in much
    for _ in range(2):  # sent twice, it is added once
        alice_client.post(PATH, {"text": text, "run": "yes"})
    assert [title for title, _ in items_of(one)] == ["", "Words", "New"]


@pytest.mark.parametrize(
    "said",
    [{}, {"text": "  \n "}, {"text": "x\n" * 501}, {"text": "x", "section": "999", "run": "yes"}],
)
def test_what_cannot_be_taken_is_told(
    alice: User, alice_client: Client, said: dict[str, str]
) -> None:
    one = make_list(alice)
    answer = alice_client.post(PATH, said)
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content
    assert items_of(one) == []


def test_only_who_may_change_a_list_can_paste_into_it(
    alice: User, bob_client: Client, visitor_client: Client
) -> None:
    one = make_list(alice)
    assert bob_client.post(PATH, {"text": "x", "run": "yes"}).status_code == 404
    assert visitor_client.post(PATH, {"text": "x", "run": "yes"}).status_code == 302
    assert items_of(one) == []


def test_a_look_costs_as_much_for_many_lines(
    alice: User, alice_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_list(alice)
    for count in (1, 300):
        text = "".join(f"t{n}\nhttps://example.org/{n}\n" for n in range(count // 2 + 1))
        with django_assert_num_queries(7):
            told(alice_client, text)


def test_the_form_of_one_item_leads_here(alice: User, alice_client: Client) -> None:
    make_list(alice)
    page = BeautifulSoup(alice_client.get("/u:alice/l:learning-to-rank/add/").content, "lxml")
    assert page.select_one(f'a[href="{PATH}"]') is not None
    assert alice_client.get(PATH).status_code == 200
