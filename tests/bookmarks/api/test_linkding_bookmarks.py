"""linkding's API: what its clients save, change, check and delete."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from bookmarks.models import Bookmark, FetchJob, OwnerCount, Page
from bookmarks.recounting import recount
from tests.bookmarks.api.linkding import Client
from tests.bookmarks.keeping import SOME_DAY, keep

pytestmark = pytest.mark.django_db

URL = "https://example.org/a?b=1&c=2"
HOSTILE = "\"Quoted\" & 'single' <b> 🦜"
SAID = {
    "title": HOSTILE,
    "description": "one\ntwo",
    "notes": "three\n\n* four",
    "tag_names": ["ml", "two words", "a,b"],
    "unread": True,
    "shared": True,
    "is_archived": False,
    "date_added": "2022-11-22T06:45:37.123456Z",
}


@pytest.fixture
def client(alice: User) -> Client:
    return Client(alice)


def test_a_bookmark_has_linkdings_fields(client: Client) -> None:
    made = client.send("POST", "bookmarks/", {"url": URL, **SAID}, 201)
    assert client.get(f"bookmarks/{made['id']}/") == made
    assert list(client.get("bookmarks/")) == ["count", "next", "previous", "results"]
    assert client.get("bookmarks/")["results"] == [made]
    changed = datetime.fromisoformat(made.pop("date_modified"))
    assert timedelta(0) <= datetime.now(UTC) - changed < timedelta(minutes=1)
    assert made == {
        "id": Bookmark.objects.get().pk,
        "url": URL,
        **SAID,
        "tag_names": ["a", "b", "ml", "two-words"],
        "web_archive_snapshot_url": f"https://web.archive.org/web/20221122064537/{URL}",
        "favicon_url": None,
        "preview_image_url": None,
        "website_title": None,
        "website_description": None,
    }
    assert Bookmark.objects.get().labels == ["ml", "two-words", "a", "b"]


def test_what_is_not_said_of_a_new_one_is_no(client: Client, alice: User) -> None:
    made = client.send("POST", "bookmarks/", {"url": URL, "title": None}, 201)
    assert (made["title"], made["description"], made["notes"], made["tag_names"]) == (
        "",
        "",
        "",
        [],
    )
    assert {made[name] for name in ("unread", "shared", "is_archived")} == {False}
    assert Bookmark.objects.get(owner=alice).private
    assert FetchJob.objects.filter(owner=alice).count() == 1
    old = client.send("POST", "bookmarks/", {"url": URL, "date_added": "0476-09-04"}, 201)
    assert old["web_archive_snapshot_url"] == f"https://web.archive.org/web/04760904000000/{URL}"


@pytest.mark.parametrize("again", ["POST", "PUT", "PATCH"])
def test_what_is_not_sent_is_kept(client: Client, again: str) -> None:
    made = client.send("POST", "bookmarks/", {"url": URL, **SAID, "is_archived": True}, 201)
    path = "bookmarks/" if again == "POST" else f"bookmarks/{made['id']}/"
    status = 201 if again == "POST" else 200
    body = {"url": "https://EXAMPLE.org:443/a?b=1&c=2"} if again != "PATCH" else {}
    kept = client.send(again, path, body, status)
    moved = ("url", "web_archive_snapshot_url") if again == "PUT" else ()
    for changing in ("date_modified", *moved):
        del kept[changing], made[changing]
    assert kept == made
    changed = client.send(again, path, {**body, "description": "new", "title": ""}, status)
    assert (changed["description"], changed["notes"]) == ("new", SAID["notes"])
    assert changed["title"] == ""
    assert client.send(again, path, {**body, "notes": ""}, status)["notes"] == ""
    assert Bookmark.objects.count() == 1


def test_tags_sent_back_by_name_keep_their_order(client: Client, alice: User) -> None:
    kept = keep(alice, tags="zeta Alpha .own mid")
    path = f"bookmarks/{kept.pk}/"
    names = client.get(path)["tag_names"]
    assert names == [".own", "Alpha", "mid", "zeta"]
    client.send("PATCH", path, {"tag_names": names})
    assert Bookmark.objects.get().labels == ["zeta", "Alpha", ".own", "mid"]
    client.send("PATCH", path, {"tag_names": ["new", "mid", "ZETA"]})
    assert Bookmark.objects.get().labels == ["ZETA", "mid", "new"]


def test_an_address_is_saved_once(client: Client, alice: User, bob: User) -> None:
    first, second = keep(alice), keep(alice)
    answer = client.send("PATCH", f"bookmarks/{first.pk}/", {"url": second.url}, 400)
    assert answer == {"url": ["A bookmark with this URL already exists."]}
    assert client.send("PUT", f"bookmarks/{first.pk}/", {"title": "x"}, 400) == (
        {"url": ["This field is required."]}
    )
    keep(bob, url="https://example.org/his")
    moved = client.send("PATCH", f"bookmarks/{first.pk}/", {"url": "https://example.org/his"})
    assert moved["url"] == "https://example.org/his"


def test_archiving_and_deleting(client: Client, alice: User) -> None:
    made = keep(alice, url="https://example.org/one", tags="t")
    keep(alice, url="https://example.org/two", tags="t")
    path = f"bookmarks/{made.pk}/"
    response = client.call("POST", f"{path}archive/")
    assert (response.status_code, response.getvalue()) == (204, b"")
    assert "Content-Type" not in response.headers
    assert client.get(path)["is_archived"]
    assert (client.urls(), client.urls("bookmarks/archived/")) == (["two"], ["one"])
    assert (client.urls(q="#t"), client.urls("bookmarks/archived/", q="#T")) == (["two"], ["one"])
    assert [client.get(f"bookmarks/{where}")["count"] for where in ("", "archived/")] == [1, 1]
    assert OwnerCount.objects.get(owner=alice).archived == 1
    assert list(recount(change=False)) == []
    client.send("POST", f"{path}unarchive/", status=204)
    assert client.urls() == ["two", "one"]
    client.send("DELETE", path, status=204)
    client.send("DELETE", path, status=404)
    client.send("GET", path, status=404)
    assert client.urls() == ["two"]


def test_check_knows_ones_own_and_what_is_public(
    client: Client, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = {"title": None, "description": None, "preview_image": None}
    for private in (True, False):
        theirs = keep(bob, url=f"https://example.org/{private}", private=private)
        Page.objects.filter(pk=theirs.page_id).update(title="Found", excerpt="Said")
        Bookmark.objects.filter(pk=theirs.pk).update(facts_at=timezone.now())
        answer = client.get("bookmarks/check/", url=theirs.url, ignore_cache="true")
        known = nothing if private else {**nothing, "title": "Found", "description": "Said"}
        assert answer == {
            "bookmark": None,
            "metadata": {"url": theirs.url, **known},
            "auto_tags": [],
        }
    mine = keep(alice, url="https://example.org/mine", title="Mine")
    answer = client.get("bookmarks/check/", url="https://EXAMPLE.org/mine?utm_source=x")
    assert answer["bookmark"] == client.get(f"bookmarks/{mine.pk}/")
    assert answer["metadata"]["title"] == "Mine"
    for odd in ("chrome://newtab", "nonsense \0", "x" * 5000):
        assert client.get("bookmarks/check/", url=odd)["bookmark"] is None
    assert client.send("GET", "bookmarks/check/", status=400)["url"] == ["This field is required."]


def test_calls_cost_few_queries(client: Client, alice: User) -> None:
    for n in range(5):
        keep(alice, url=f"https://example.org/{n}", tags="t", title="word")
    pk = Bookmark.objects.latest("pk").pk
    client.get("user/profile/")  # notes the use of the token
    for queries, path, asked in (
        (1, "user/profile/", {}),
        (2, f"bookmarks/{pk}/", {}),
        (2, "bookmarks/check/", {"url": "https://example.org/1"}),
        (4, "bookmarks/check/", {"url": "https://example.org/new"}),
        (4, "bookmarks/", {}),
        (4, "bookmarks/archived/", {}),
        (5, "bookmarks/", {"q": "#t"}),
        (4, "bookmarks/", {"q": "word", "sort": "title_asc"}),
        (4, "bookmarks/shared/", {}),
        (3, "tags/", {}),
        (2, "bundles/", {}),
    ):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(path, **asked)
        assert len(captured) <= queries, (path, asked, [one["sql"] for one in captured])


BAD: list[tuple[Any, str]] = [
    ({}, "url"),
    ([], "non_field_errors"),
    ({"url": ""}, "url"),
    ({"url": 5}, "url"),
    ({"url": "javascript:alert(1)"}, "url"),
    ({"url": "https://example.org/" + "x" * 3000}, "url"),
    ({"url": URL, "title": ["x"]}, "title"),
    ({"url": URL, "description": "x" * 70_000}, "description"),
    ({"url": URL, "description": "x" * 40_000, "notes": "x" * 40_000}, "description"),
    ({"url": URL, "tag_names": "a b"}, "tag_names"),
    ({"url": URL, "tag_names": [1]}, "tag_names"),
    ({"url": URL, "tag_names": ["x" * 256]}, "tag_names"),
    ({"url": URL, "tag_names": [",".join(map(str, range(101)))]}, "tag_names"),
    ({"url": URL, "unread": "yes"}, "unread"),
    ({"url": URL, "date_added": "yesterday"}, "date_added"),
    ({"url": URL, "date_added": 1e400}, "detail"),
    ({"url": URL, "date_modified": {}}, "date_modified"),
    ('{"url": ', "detail"),
    (b"\xff\xfe", "detail"),
    ("[" * 100_000, "detail"),
    ("9" * 5_000, "detail"),
    ("url=https://example.org/", "detail"),
    ("", "detail"),
]


def test_bad_input_is_refused_and_changes_nothing(client: Client, alice: User) -> None:
    kept = keep(alice, title="Kept", saved_at=SOME_DAY)
    before = client.get("bookmarks/")
    for body, field in BAD:
        answer = client.send("POST", "bookmarks/", body, 400)
        assert field in answer, (str(body)[:80], answer)
        if field != "detail":
            assert all(isinstance(one, str) for one in answer[field])
        if "url" not in (answer if isinstance(body, dict) else {}):
            client.send("PATCH", f"bookmarks/{kept.pk}/", body, 400)
    assert "detail" in client.send("POST", "bookmarks/", "x" * 2_600_000, 413)
    assert client.get("bookmarks/") == before


def test_odd_characters_are_cleaned_like_anywhere(client: Client) -> None:
    body = json.dumps({"url": URL, "title": "a\0\ud800\u202eb", "tag_names": ["x\0y"]})
    made = client.send("POST", "bookmarks/", body, 201)
    assert (made["title"], made["tag_names"]) == ("ab", ["x-y"])


def test_notes_stand_below_a_line_in_the_description(client: Client, alice: User) -> None:
    made = client.send("POST", "bookmarks/", {"url": URL, "notes": "only"}, 201)
    assert Bookmark.objects.get().description == "---\n\nonly"
    assert (made["description"], made["notes"]) == ("", "only")
    kept = keep(alice, description="above\n\n---\n\nbelow\n\n---\n\nmore")
    shown = client.get(f"bookmarks/{kept.pk}/")
    assert (shown["description"], shown["notes"]) == ("above", "below\n\n---\n\nmore")
    plain = keep(alice, description="a --- b\n---\nc")
    assert client.get(f"bookmarks/{plain.pk}/")["notes"] == ""
