"""linkding's API: tags, assets, the profile, and the pages that its clients open."""

from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django import test
from django.utils import timezone

from accounts.models import User
from bookmarks.importing import begin_import, run_import
from bookmarks.models import Bookmark
from bookmarks.recounting import recount
from bookmarks.texts import keep_text
from tests.bookmarks.api.linkding import Client
from tests.bookmarks.keeping import SOME_DAY, keep

pytestmark = pytest.mark.django_db


def test_tags_are_listed_made_and_deleted(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(bob, tags="his")
    keep(alice, tags="ML vision", saved_at=SOME_DAY)
    keep(alice, tags="ml", saved_at=datetime(2020, 1, 1, tzinfo=UTC))
    client = Client(alice)
    tags = client.get("tags/")["results"]
    assert [(tag["name"], tag["date_added"]) for tag in tags] == [
        ("ml", "2020-01-01T00:00:00.000000Z"),
        ("vision", "2024-05-17T12:00:00.000000Z"),
    ]
    assert client.get(f"tags/{tags[0]['id']}/") == tags[0]
    assert client.send("POST", "tags/", {"name": "ML"}, 201) == tags[0]
    new = client.send("POST", "tags/", {"name": " two words "}, 201)
    assert client.send("POST", "tags/", {"example": "Two-Words"}, 201) == new
    page = client.get("tags/", limit=2)
    assert (page["count"], len(page["results"]), page["previous"]) == (3, 2, None)
    assert client.get("tags/", offset=2)["results"] == [new]
    assert client.get("tags/", offset=3)["results"] == []
    bad: list[object] = [{"name": ","}, {"name": 3}, {"name": "x" * 256}, []]
    for body in ({}, {"name": ""}, *bad):
        client.send("POST", "tags/", body, 400)
    monkeypatch.setattr("bookmarks.own_tags.RETAGGED_AT_MOST", 1)
    assert "detail" in client.send("DELETE", f"tags/{tags[0]['id']}/", status=400)
    for tag in (tags[1], new):
        client.send("DELETE", f"tags/{tag['id']}/", status=204)
        client.send("GET", f"tags/{tag['id']}/", status=404)
    assert [tag["name"] for tag in client.get("tags/")["results"]] == ["ml"]
    assert [one.labels for one in Bookmark.objects.filter(owner=alice).order_by("pk")] == (
        [["ML"], ["ml"]]
    )
    assert list(recount(change=False)) == []


def test_the_text_of_a_page_is_an_asset(alice: User) -> None:
    kept = keep(alice)
    client = Client(alice)
    path = f"bookmarks/{kept.pk}/assets/"
    assert client.get(path)["results"] == []
    keep_text(kept.page_id, "Élan\n\nvital")
    assert client.get(path)["results"] == []  # it is not this person's to read yet
    Bookmark.objects.filter(pk=kept.pk).update(facts_at=timezone.now())
    listed = client.get(path)
    [asset] = listed["results"]
    assert (listed["count"], asset["id"], asset["bookmark"]) == (1, kept.pk, kept.pk)
    assert (asset["content_type"], asset["status"], asset["file_size"]) == (
        "text/plain",
        "complete",
        12,
    )
    assert client.get(f"{path}{kept.pk}/") == asset
    response = client.call("GET", f"{path}{kept.pk}/download/")
    assert response.content.decode() == "Élan\n\nvital"
    assert response.headers["Content-Disposition"].startswith("attachment")
    client.send("GET", f"{path}{kept.pk + 1}/", status=404)
    client.send("DELETE", f"{path}{kept.pk}/", status=403)
    assert set(client.send("POST", f"{path}upload/", "x" * 3_000_000, 403)) == {"error"}


def test_the_profile_says_what_this_site_does(alice: User) -> None:
    profile = Client(alice).get("user/profile/")
    assert profile["version"] == test.Client().get("/health").json()["version"] == "1.46.2"
    assert profile["search_preferences"] == {"sort": "added_desc", "shared": "off", "unread": "off"}


def test_pages_that_clients_open_lead_to_ours(alice: User, alice_client: test.Client) -> None:
    kept = keep(alice, tags="a b c d")
    for path, expected in (
        ("/bookmarks", "/u:alice/"),
        ("/bookmarks?q=%23a+%23b", "/u:alice/t:a/t:b/"),
        ("/bookmarks/?q=!unread+%23a", "/u:alice/t:a/unread/"),
        (f"/bookmarks?q={kept.url}", f"/u:alice/b:{kept.slug}/"),
        ("/bookmarks?q=https://e.org/x", "/url/?url=https%3A%2F%2Fe.org%2Fx"),
        ("/bookmarks?q=!untagged", "/u:alice/untagged/"),
        ("/bookmarks?q=" + "a+" * 60, "/u:alice/"),
        ("/bookmarks/archived", "/u:alice/archived/"),
        ("/bookmarks/shared", "/recent/"),
        ("/bookmarks/shared?user=bob", "/u:bob/"),
        (f"/bookmarks/{kept.pk}/edit", f"/u:alice/b:{kept.slug}/edit/"),
        ("/settings/general", "/settings/"),
        ("/settings/integrations", "/settings/"),
    ):
        response = alice_client.get(path)
        assert response.status_code == 302
        assert response.headers["Location"] == expected
    assert alice_client.get("/bookmarks/999/edit").status_code == 404
    assert test.Client().get("/bookmarks?q=x").headers["Location"].startswith("/login/")
    asked = "url=https://example.org/?a=1%26b&title=T%26t&description=D&notes=N&tags=x+y&auto_close"
    address = urlsplit(alice_client.get(f"/bookmarks/new?{asked}").headers["Location"])
    assert address.path.rstrip("/") == "/add"
    assert {name: values[0] for name, values in parse_qs(address.query).items()} == {
        "url": "https://example.org/?a=1&b",
        "title": "T&t",
        "description": "D\n\n---\n\nN",
        "tags": "x y",
        "jump": "close",
    }


def test_the_site_shows_what_is_archived(alice: User, alice_client: test.Client) -> None:
    kept = keep(alice, title="Put away", archived=True)
    keep(alice, title="At hand")
    page = alice_client.get("/u:alice/").content.decode()
    assert "Put away" in page
    assert 'href="/u:alice/archived/"' in page
    shelf = alice_client.get("/u:alice/archived/").content.decode()
    assert "Put away" in shelf
    assert "At hand" not in shelf
    assert test.Client().get("/u:alice/archived/").status_code == 404
    alice_client.post(f"/u:alice/b:{kept.slug}/unarchive/")
    assert 'href="/u:alice/archived/"' not in alice_client.get("/u:alice/").content.decode()


def test_an_archived_bookmark_comes_back_as_one(alice: User, alice_client: test.Client) -> None:
    kept = keep(alice, "https://example.org/away", archived=True)
    keep(alice, "https://example.org/here")
    file = alice_client.get("/u:alice/export/json").getvalue()
    alice_client.post(f"/u:alice/b:{kept.slug}/delete/")
    alice_client.post(f"/u:alice/b:{kept.slug}/restore/")
    assert Client(alice).urls("bookmarks/archived/") == ["away"]
    Bookmark.objects.filter(owner=alice).delete()
    for _ in run_import(begin_import(alice, BytesIO(file)), BytesIO(file)):
        pass
    assert Client(alice).urls("bookmarks/archived/") == ["away"]
    assert Client(alice).urls() == ["here"]
