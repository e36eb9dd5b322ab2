"""The shelf of one's dead links, and how a page that is gone is marked in lists."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from bookmarks.models import Bookmark
from bookmarks.paths import bookmark_path
from tests.bookmarks.keeping import SOME_DAY, keep
from tests.bookmarks.views.saving_steps import count_of, soup, titles


@pytest.fixture
def gone(alice: User) -> Bookmark:
    """Return one of Alice's three bookmarks; its page is gone."""
    keep(alice, title="Here", saved_at=SOME_DAY)
    keep(alice, title="Here too", tags="x")
    bookmark = keep(alice, "https://gone.example/a?b=c#part", tags="x", title="Gone")
    lose(bookmark)
    return bookmark


def lose(bookmark: Bookmark, at: datetime = SOME_DAY) -> None:
    """Let it be known that the page of a bookmark is gone."""
    Bookmark.objects.filter(pk=bookmark.pk).update(gone_at=at)


def test_ones_dead_links_are_on_a_shelf(alice_client: Client, gone: Bookmark) -> None:
    for path in ("/u:alice/gone/", "/u:alice/t:x/gone/"):
        assert titles(alice_client, path) == ["Gone"]
        assert count_of(alice_client, path) == "1"


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize("path", ["/u:alice/gone/", "/u:alice/t:x/gone/"])
@pytest.mark.parametrize("who", ["bob_client", "visitor_client"])
def test_nobody_else_sees_that_shelf(request: pytest.FixtureRequest, who: str, path: str) -> None:
    client: Client = request.getfixturevalue(who)
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.status_code == client.get("/u:alice/private/").status_code
    assert client.get(f"/feeds/atom{path}").status_code == 404


@pytest.mark.usefixtures("gone")
def test_the_shelf_has_feeds_by_key(alice: User, alice_client: Client) -> None:
    links = soup(alice_client.get("/u:alice/gone/").content).select("link[rel=alternate]")
    assert len(links) == 3
    for link in links:
        answer = Client().get(str(link["href"]))
        assert answer.status_code == 200
        assert b"Gone" in answer.content
        assert b"Here" not in answer.content


def shelves(client: Client) -> list[str]:
    page = soup(client.get("/u:alice/").content)
    return [link.get_text(" ", strip=True) for link in page.select(".filters a")]


def test_ones_own_page_leads_there_when_there_is_any(
    alice: User, alice_client: Client, bob_client: Client
) -> None:
    bookmark = keep(alice)
    assert "gone" not in " ".join(shelves(alice_client))
    lose(bookmark)
    assert shelves(alice_client)[-1] == "gone 1"
    assert shelves(bob_client) == []


def test_an_empty_shelf_says_that_all_is_well(alice_client: Client) -> None:
    assert "still there" in soup(alice_client.get("/u:alice/gone/").content).get_text()


def test_each_says_since_when_and_where_a_copy_may_be(alice_client: Client, gone: Bookmark) -> None:
    page = soup(alice_client.get("/u:alice/gone/").content)
    assert "gone since 17 may 2024" in page.get_text()
    assert [link["href"] for link in page.select(".archive a")] == [
        "https://web.archive.org/web/2/https://gone.example/a?b=c",
        "https://web.archive.org/web/*/https://gone.example/a?b=c",
    ]
    path = bookmark_path("alice", gone.slug)
    actions = {str(button["formaction"]) for button in page.select("article [formaction]")}
    assert {f"{path}fetch/", f"{path}delete/"} <= actions
    assert page.select(f"a.edit[href^='{path}edit/']")


@pytest.mark.parametrize("who", ["alice_client", "bob_client", "visitor_client"])
def test_everyone_sees_that_a_page_is_gone(
    request: pytest.FixtureRequest, gone: Bookmark, who: str
) -> None:
    client: Client = request.getfixturevalue(who)
    for path in ("/u:alice/", "/recent/", bookmark_path("alice", gone.slug)):
        page = soup(client.get(path).content)
        assert len(page.select("span.gone")) == 1
        [marked] = page.select(f"#b-{gone.slug} span.gone")
        assert marked.get_text() == "gone"


def test_what_came_back_leaves_the_shelf(alice_client: Client, gone: Bookmark) -> None:
    Bookmark.objects.update(gone_at=None)
    assert titles(alice_client, "/u:alice/gone/") == []
    assert count_of(alice_client, "/u:alice/gone/") == "0"


def test_an_undone_deletion_keeps_it_there(alice_client: Client, gone: Bookmark) -> None:
    path = bookmark_path("alice", gone.slug)
    alice_client.post(f"{path}delete/")
    alice_client.post(f"{path}restore/")
    assert titles(alice_client, "/u:alice/gone/") == ["Gone"]


def test_the_shelf_is_read_page_by_page(alice: User, alice_client: Client) -> None:
    for number in range(52):
        kept = keep(alice, title=str(number), saved_at=SOME_DAY + timedelta(minutes=number))
        lose(kept)
    page = soup(alice_client.get("/u:alice/gone/").content)
    earlier = page.select_one("a#top_earlier")
    assert earlier
    assert titles(alice_client, str(earlier["href"])) == ["1", "0"]
