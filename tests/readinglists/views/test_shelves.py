"""Pages of lists: who is told of which, in which order, page by page."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from readinglists import shelves
from readinglists.models import ReadingList
from tests.readinglists.making import make_list

pytestmark = pytest.mark.django_db


def titles(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "lxml")
    return [link.text for link in page.select("article .bookmark_title")]


@pytest.mark.parametrize("path", ["/lists/", "/lists/followed/", "/u:alice/lists/"])
def test_only_owners_are_told_of_lists_that_are_not_public(
    alice: User, visitor_client: Client, bob_client: Client, alice_client: Client, path: str
) -> None:
    for visibility in ("public", "unlisted", "private"):
        make_list(alice, visibility, visibility=visibility)
    assert titles(visitor_client, path) == titles(bob_client, path) == ["public"]
    own = ["private", "unlisted", "public"] if "alice" in path else ["public"]
    assert titles(alice_client, path) == own


@pytest.mark.parametrize("path", ["/lists/", "/lists/followed/", "/u:alice/lists/"])
def test_every_list_is_on_one_page(
    alice: User, visitor_client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(shelves, "SIZE", 2)
    for number in range(5):
        one = make_list(alice, f"{number}")
        ReadingList.objects.filter(pk=one.pk).update(follower_count=number // 2)
    seen, at = [], path
    while at:
        seen += titles(visitor_client, at)
        link = BeautifulSoup(visitor_client.get(at).content, "lxml").select_one("#top_earlier")
        at = str(link["href"]) if link else ""
    assert seen == ["4", "3", "2", "1", "0"]
    pages = [path]
    for name in ("earlier", "earlier", "later", "later"):
        link = BeautifulSoup(visitor_client.get(pages[-1]).content, "lxml").select_one(
            f"#top_{name}"
        )
        assert link is not None
        pages.append(str(link["href"]))
    shown = [titles(visitor_client, one) for one in pages]
    assert shown == [["4", "3"], ["2", "1"], ["0"], ["2", "1"], ["4", "3"]]
    ReadingList.objects.all().delete()
    assert titles(visitor_client, pages[1]) == titles(visitor_client, pages[3]) == []


@pytest.mark.parametrize(
    "path", ["/lists/before:x/", "/lists/followed/from:x/", "/u:nobody1/lists/", "/u:a%00/lists/"]
)
def test_a_place_that_is_none_is_not_found(visitor_client: Client, path: str) -> None:
    assert visitor_client.get(path).status_code == 404
