"""A bookmark and the page of an address tell in which lists they are, public ones alone."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from bookmarks.models import Bookmark
from readinglists import shelves
from readinglists.models import ReadingList
from tests.bookmarks.keeping import keep
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
URL = "https://example.org/a"


def path_of(kept: Bookmark, what: str) -> str:
    return (
        f"/url:{kept.page.key}/" if what == "page" else f"/u:{kept.owner.username}/b:{kept.slug}/"
    )


def told(client: Client, path: str) -> tuple[str, list[str]]:
    """Return the heading above the lists ("" for none), and their titles."""
    answer = client.get(path)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "lxml")
    headings = [head.text for head in page.select("aside h2") if head.text.startswith("In ")]
    links = page.select('aside a[href*="/l:"]')
    assert len(headings) <= 1
    return "".join(headings), [link.text for link in links]


def in_list(owner: User, title: str, visibility: str = "public") -> ReadingList:
    one = make_list(owner, title, visibility=visibility)
    add(one, url=URL)
    return one


@pytest.mark.parametrize("what", ["page", "bookmark"])
def test_public_lists_are_told_the_most_followed_first(
    alice: User, bob: User, visitor_client: Client, what: str
) -> None:
    path = path_of(keep(alice, URL), what)
    assert told(visitor_client, path) == ("", [])
    followed = in_list(bob, "Followed")
    ReadingList.objects.filter(pk=followed.pk).update(follower_count=2)
    assert told(visitor_client, path) == ("In 1 list", ["Followed"])
    in_list(alice, "New <b>")
    add(followed, "Again", url=URL)
    add(make_list(alice, "Other"), url="https://example.org/b")
    assert told(visitor_client, path) == ("In 2 lists", ["Followed", "New <b>"])


@pytest.mark.parametrize("visibility", ["private", "unlisted"])
@pytest.mark.parametrize("what", ["page", "bookmark"])
def test_lists_that_are_not_public_are_told_to_nobody_else(
    alice: User,
    bob: User,
    visitor_client: Client,
    bob_client: Client,
    *,
    what: str,
    visibility: str,
) -> None:
    path = path_of(keep(alice, URL), what)
    in_list(alice, "Alice's", visibility)
    for client in (visitor_client, bob_client):
        assert told(client, path) == ("", [])
        assert b"Alice&#x27;s" not in client.get(path).content
    in_list(bob, "Bob's", visibility)
    assert told(bob_client, path) == ("", [])  # not beside what is another's


def test_ones_own_bookmark_tells_all_of_ones_own_lists_and_no_others(
    alice: User, bob: User, alice_client: Client
) -> None:
    kept = keep(alice, URL, private=True)
    for visibility in ("private", "unlisted", "public"):
        in_list(alice, f"my {visibility}", visibility)
        in_list(bob, f"his {visibility}", visibility)
    heading, titles = told(alice_client, path_of(kept, "bookmark"))
    assert heading == "In 4 lists"
    assert sorted(titles) == ["his public", "my private", "my public", "my unlisted"]


def test_lists_of_closed_accounts_are_not_told(
    alice: User, bob: User, visitor_client: Client
) -> None:
    path = path_of(keep(alice, URL), "page")
    in_list(bob, "Bob's")
    User.objects.filter(pk=bob.pk).update(is_active=False)
    assert told(visitor_client, path) == ("", [])


def test_so_many_are_named_in_so_many_queries(
    alice: User,
    visitor_client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(shelves, "NAMED", 2)
    path = path_of(keep(alice, URL), "bookmark")
    with django_assert_max_num_queries(100) as none:
        told(visitor_client, path)
    for number in range(3):
        in_list(alice, f"{number}")
    with django_assert_num_queries(len(none) + 1):  # beside the look for items, the lists
        assert told(visitor_client, path) == ("In more than 2 lists", ["2", "1"])


@pytest.mark.parametrize("path", ["/u:alice/", "/u:alice/t:x/"])
def test_a_persons_page_leads_to_their_lists(
    alice: User, visitor_client: Client, path: str
) -> None:
    keep(alice, URL, tags="x")
    page = BeautifulSoup(visitor_client.get(path).content, "lxml")
    link = page.select_one('aside a[href="/u:alice/lists/"]')
    assert link is not None
    assert visitor_client.get(str(link["href"])).status_code == 200
