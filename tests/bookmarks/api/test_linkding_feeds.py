"""linkding's feeds: what stands in which, who may read it, and that all are valid."""

from typing import Any

import feedparser
import pytest
from django.test import Client

from accounts.models import User
from bookmarks.models import Bundle
from bookmarks.storing import set_flags
from tests.bookmarks.keeping import keep

pytestmark = pytest.mark.django_db

RSS = "application/rss+xml; charset=utf-8"


def read(path: str, **asked: object) -> Any:
    return Client().get(f"/feeds/{path}", query_params={n: str(v) for n, v in asked.items()})


def names(path: str, **asked: object) -> list[str]:
    """Return the last parts of the addresses in a feed."""
    response = read(path, **asked)
    assert (response.status_code, response.headers["Content-Type"]) == (200, RSS)
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    return [entry.link.rpartition("/")[2] for entry in feed.entries]


def test_each_feed_has_what_linkdings_has(alice: User, bob: User) -> None:
    for name, tags, private in (("old", "t", False), ("bare", "", False), ("own", ".t", True)):
        keep(alice, f"https://a.example/{name}", tags, private=private, unread=name == "own")
    set_flags(keep(alice, "https://a.example/away", "t"), archived=True)
    keep(bob, "https://a.example/his", "t .b")
    keep(bob, "https://a.example/hidden", "t", private=True)
    key = alice.feed_key
    bundle = Bundle.objects.create(owner=alice, name="B", any_tags="t", order=1)
    for path, asked, found in (
        ("all", {}, ["own", "bare", "old"]),
        ("all/", {"limit": 1, "q": "a.example"}, ["own"]),
        ("all", {"shared": "yes", "q": "#t"}, ["old"]),
        ("all", {"bundle": bundle.pk}, ["old"]),
        ("unread", {}, ["own"]),
        ("untagged", {}, ["bare"]),
        ("untagged", {"q": "own or old"}, []),
        ("shared", {}, ["his", "away", "bare", "old"]),
        ("shared", {"user": "bob"}, ["his"]),
    ):
        assert names(f"{key}/{path}", **asked) == found, (path, asked)
    assert names("shared/", q="#t") == ["his", "away", "old"]
    assert names("shared", q="#.b") == []


def test_a_key_opens_its_owners_feeds_alone(alice: User, bob: User) -> None:
    keep(alice, "https://a.example/own", ".secret", private=True)
    bundle = Bundle.objects.create(owner=alice, name="B", order=1)
    private = read(f"{alice.feed_key.upper()}/all")
    assert b".secret" in private.content
    assert private.headers["Cache-Control"] == "private, no-store"
    again = Client().get(
        f"/feeds/{alice.feed_key}/all",
        headers={"If-None-Match": read(f"{alice.feed_key}/all").headers["ETag"]},
    )
    assert again.status_code == 304
    for path, asked in (
        ("0" * 20 + "/all", {}),
        ("0" * 40 + "/shared", {}),
        (f"{alice.feed_key}/nothing", {}),
        (f"{bob.feed_key}/all", {"bundle": bundle.pk}),
        ("shared", {"bundle": bundle.pk}),
        ("shared", {"user": "nobody\0"}),
        ("shared", {"q": "x " * 60}),
    ):
        assert read(path, **asked).status_code == 404, path
    assert names(f"{bob.feed_key}/all") == names("shared") == []
    type(alice).objects.filter(pk=alice.pk).update(is_active=False)
    assert read(f"{alice.feed_key}/all").status_code == 404
