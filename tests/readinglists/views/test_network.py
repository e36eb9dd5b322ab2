"""Following lists on their pages, and the network: what is new in them, for oneself alone."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from readinglists.following import follow
from readinglists.models import ReadingList
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:maths/"


def page_of(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def titles(page: BeautifulSoup) -> list[str]:
    return [tag.text for tag in page.select(".new-item :is(a.bookmark_title, strong.words)")]


@pytest.fixture
def maths(alice: User) -> ReadingList:
    """Return an empty list of Alice's."""
    return make_list(alice, "Maths")


def test_a_list_is_followed_and_left_by_its_button(
    maths: ReadingList, alice_client: Client, bob_client: Client, visitor_client: Client
) -> None:
    for name in ("Unfollow", "Follow"):
        bob_client.post(f"{PATH}follow/", {"follow": "yes" if name == "Unfollow" else "no"})
        (button,) = page_of(bob_client, PATH).select("form[action$='/follow/'] button")
        assert button.text == name
        maths.refresh_from_db()
        assert maths.follower_count == (name == "Unfollow")
    assert page_of(alice_client, PATH).select("form[action$='/follow/']") == []
    (link,) = page_of(visitor_client, PATH).select(".actions a.primary")
    assert link["href"] == f"/login/?next={PATH}"
    assert visitor_client.post(f"{PATH}follow/").headers["Location"].startswith("/login/")


def test_the_network_shows_what_is_new(
    maths: ReadingList, alice: User, bob: User, bob_client: Client, visitor_client: Client
) -> None:
    assert "You follow no list yet" in page_of(bob_client, "/network/").text
    follow(bob, maths)
    assert "Nothing in the lists you follow" in page_of(bob_client, "/network/").text
    add(maths, "Derive it", note="On <paper>.")
    add(maths, "Essence", url="https://x.example/")
    add(make_list(alice, "Another"), "Not followed")
    page = page_of(bob_client, "/network/")
    assert titles(page) == ["Essence", "Derive it"]
    assert "in Maths by alice" in " ".join(page.text.split())
    assert "On <paper>." in page.text
    assert visitor_client.get("/network/").status_code == 302


def test_a_list_that_became_private_is_gone_from_the_network(
    maths: ReadingList, bob: User, bob_client: Client
) -> None:
    follow(bob, maths)
    add(maths, "Secret")
    ReadingList.objects.update(visibility="private")
    assert "Secret" not in page_of(bob_client, "/network/").text


def test_the_network_has_pages_of_one_cost(
    alice: User, bob: User, bob_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lists = [make_list(alice, f"List {number}") for number in range(3)]
    for one in lists:
        follow(bob, one)
    for number in range(60):
        add(lists[number % 3], f"{number}")
    with django_assert_num_queries(5):
        first = page_of(bob_client, "/network/")
    assert titles(first) == [f"{number}" for number in range(59, 9, -1)]
    (link,) = first.select("#top_earlier")
    with django_assert_num_queries(5):
        second = page_of(bob_client, str(link["href"]))
    assert titles(second) == [f"{number}" for number in range(9, -1, -1)]
    assert [a["href"] for a in second.select("#top_later")] == ["/network/"]


@pytest.mark.parametrize("place", ["before:x", "before:", "before:9e9", "before:1-zz"])
def test_no_place_is_not_found(bob_client: Client, place: str) -> None:
    assert bob_client.get(f"/network/{place}/").status_code == 404


@pytest.mark.parametrize("place", ["before:1700000000", "before:-62135596800.000000-ffffffffffff"])
def test_any_time_is_a_place(maths: ReadingList, bob: User, bob_client: Client, place: str) -> None:
    follow(bob, maths)
    add(maths, "New")
    assert "Nothing earlier" in page_of(bob_client, f"/network/{place}/").text
