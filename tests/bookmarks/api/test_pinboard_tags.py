"""Pinboard's API: tags and keys, and how often one may call."""

import base64
import json
import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from accounts.tokens import find_key
from bookmarks.models import Bookmark
from tests.bookmarks.api.calling import Program, body_of
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import keep
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(alice: User) -> Program:
    return Program(alice)


def labels_of(owner: User) -> list[str]:
    return list(
        Bookmark.objects.filter(owner=owner).order_by("pk").values_list("labels_text", flat=True)
    )


def test_tags_are_told_with_their_counts_as_text(
    program: Program, alice: User, settings: Settings
) -> None:
    assert program.text("tags/get") == "{}"
    keep(alice, tags="ML b", private=True)
    keep(alice, tags="ml .own")
    assert program.json("tags/get") == {".own": "1", "b": "1", "ml": "2"}
    settings.PINBOARD_TAG_COUNTS = "number"
    assert program.json("tags/get") == {".own": 1, "b": 1, "ml": 2}
    root = program.xml("tags/get")
    assert root.tag == "tags"
    assert [row.attrib for row in root][-1] == {"count": "2", "tag": "ml"}


def test_a_tag_is_renamed_or_folded_into_another_in_its_place(
    program: Program, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookmarks.bulk_storing.AT_ONCE", 2)
    for tags in ("a Old z", "old", "b OLD new", "other", "old .p"):
        keep(alice, tags=tags)
    keep(bob, tags="old")
    before = program.json("posts/all")
    assert program.text("tags/rename", old="oLd", new="New") == '{"result":"done"}'
    assert labels_of(alice) == ["a New z", "New", "b new", "other", "New .p"]
    assert labels_of(bob) == ["old"]
    assert len(program.json("posts/all", tag="new")) == 4
    assert program.json("posts/all", tag="old") == []
    assert [post["meta"] for post in program.json("posts/all")] != [post["meta"] for post in before]
    assert_counters_are_exact()


def test_a_rename_to_nothing_or_to_itself_changes_nothing(program: Program, alice: User) -> None:
    keep(alice, tags="Old")
    for new in ("", "  ", "OLD"):
        assert program.json("tags/rename", old="old", new=new) == {"result": "done"}
    assert program.json("tags/rename", old="old", new="two words")["result"] != "done"
    assert program.json("tags/rename", new="x") == {"result": "missing old"}
    assert program.json("tags/rename", old="unknown", new="x") == {"result": "done"}
    assert labels_of(alice) == ["Old"]


def test_a_deleted_tag_leaves_its_bookmarks(program: Program, alice: User) -> None:
    keep(alice, tags="a b")
    assert program.xml("tags/delete", tag="A").text == "done"
    assert program.json("tags/delete", tag="unknown") == {"result": "done"}
    assert program.json("tags/delete") == {"result": "missing tag"}
    assert labels_of(alice) == ["b"]
    assert program.json("tags/get") == {"b": "1"}
    assert_counters_are_exact()


def test_more_than_can_be_changed_at_once_are_left(
    program: Program, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookmarks.own_tags.RETAGGED_AT_MOST", 1)
    keep(alice, tags="a")
    keep(alice, tags="a")
    assert "2 bookmarks have this tag" in program.json("tags/rename", old="a", new="b")["result"]
    assert labels_of(alice) == ["a", "a"]


def test_tags_are_suggested_from_what_is_public_and_ones_own(
    program: Program, alice: User, bob: User
) -> None:
    url = "https://example.org/page"
    keep(bob, url, tags="vision Models .bobs")
    keep(alice, tags="often models")
    keep(alice, tags="often")
    answer = program.json("posts/suggest", url=url)
    assert [list(part) for part in answer] == [["popular"], ["recommended"]]
    assert set(answer[0]["popular"]) == {"vision", "Models"}
    assert answer[1]["recommended"] == ["models", "often"]
    root = program.xml("posts/suggest", url=url)
    assert (root.tag, [row.tag for row in root]) == (
        "suggested",
        ["popular", "popular", "recommended", "recommended"],
    )
    keep(bob, "https://example.org/secret", tags="hush", private=True)
    assert "hush" not in program.text("posts/suggest", url="https://example.org/secret")
    assert Program(bob).text("posts/suggest", url="no address:") == (
        '[{"popular":[]},{"recommended":[]}]'
    )
    assert program.json("posts/suggest") == {"result_code": "missing url"}


def test_keys_are_shown_to_their_owner(program: Program, alice: User) -> None:
    assert program.json("user/secret") == {"result": alice.feed_key}
    assert program.xml("user/secret").text == alice.feed_key
    shown = program.json("user/api_token")["result"]
    assert shown == program.token.partition(":")[2]
    basic = "Basic " + base64.b64encode(f"alice:{PASSWORD}".encode()).decode()
    response = Client().post("/v1/user/api_token/?format=json", headers={"Authorization": basic})
    made = json.loads(body_of(response))["result"]
    key = find_key(f"alice:{made}")
    assert re.fullmatch(r"[0-9a-fA-F]{40}", made)
    assert key
    assert key.user == alice


def test_calls_have_pinboards_pace(program: Program, bob: User, settings: Settings) -> None:
    settings.RATE_LIMITS = True
    for method, seconds in (("posts/update", 3), ("posts/recent", 60), ("posts/all", 300)):
        assert program.call(method).status_code == 200
        refused = program.call(method)
        assert refused.status_code == 429
        assert seconds - 3 < int(refused.headers["Retry-After"]) <= seconds or seconds == 3
    assert program.call("tags/get").status_code == 429
    assert Program(bob).call("posts/all").status_code == 200
