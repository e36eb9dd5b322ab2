"""Pinboard's API: what its clients save, read and delete, in the shapes they rely on."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from bookmarks.api.pinboard import posts as posts_methods
from bookmarks.models import Bookmark, OwnerCount
from tests.bookmarks.api.calling import Program, body_of
from tests.bookmarks.keeping import SOME_DAY, keep

pytestmark = pytest.mark.django_db

URL = "https://example.org/a?b=1&c=2"
HOSTILE = "\"Quoted\" & 'single' <b> 🦜"


@pytest.fixture
def program(alice: User) -> Program:
    return Program(alice)


def add(program: Program, url: str = URL, **fields: object) -> str:
    answer = program.json("posts/add", **{"url": url, "description": "Title", **fields})
    return str(answer["result_code"])


def test_a_bookmark_goes_round(program: Program) -> None:
    said = {"extended": "one\ntwo & <three>", "tags": "ml,Vision .secret", "toread": "yes"}
    assert add(program, description=HOSTILE, dt="2022-11-22T06:45:37Z", shared="no", **said) == (
        "done"
    )
    [post] = program.json("posts/all")
    assert list(post) == (
        ["href", "description", "extended", "meta", "hash", "time", "shared", "toread", "tags"]
    )
    assert len(post.pop("meta")) == 32
    assert post == {
        "href": URL,
        "description": HOSTILE,
        "extended": "one\ntwo & <three>",
        "hash": hashlib.md5(URL.encode()).hexdigest(),
        "time": "2022-11-22T06:45:37Z",
        "shared": "no",
        "toread": "yes",
        "tags": "ml Vision .secret",
    }


def test_json_is_one_compact_line_of_ascii(program: Program) -> None:
    assert program.text("posts/add", url=URL, description="é") == '{"result_code":"done"}'
    text = program.text("posts/all")
    assert text.startswith('[{"href":"https:\\/\\/example.org\\/a?b=1&c=2","description":"\\u00e9"')
    assert text.isascii()
    assert "\n" not in text


def test_xml_has_pinboards_elements(program: Program) -> None:
    program.xml("posts/add", url=URL, description=HOSTILE, extended="one\ntwo", tags="a b")
    for method, names in (("get", {"dt", "user"}), ("recent", {"dt", "user"}), ("all", {"user"})):
        root = program.xml(f"posts/{method}")
        assert (root.tag, set(root.attrib)) == ("posts", names)
        [post] = root
        assert list(post.attrib) == (
            ["href", "time", "description", "extended", "tag", "hash", "meta", "shared", "toread"]
        )
        assert (post.get("description"), post.get("extended")) == (HOSTILE, "one\ntwo")
        assert (post.get("tag"), post.get("shared"), post.get("toread")) == ("a b", "yes", "no")


def test_status_texts_are_pinboards(program: Program) -> None:
    assert program.json("posts/add", description="x") == {"result_code": "missing url"}
    assert program.json("posts/add", url=URL) == {"result_code": "missing description"}
    assert add(program) == "done"
    assert add(program, replace="no") == "item already exists"
    assert add(program, "javascript:alert(1)") == "something went wrong"
    assert add(program, tags=" ".join(map(str, range(101)))) == "something went wrong"
    assert program.json("posts/delete", url=URL) == {"result_code": "done"}
    assert program.json("posts/delete", url=URL) == {"result_code": "item not found"}
    assert program.xml("posts/delete", url=URL).attrib == {"code": "item not found"}


def test_a_replacement_is_total_but_keeps_the_time(program: Program, alice: User) -> None:
    add(program, dt="2020-01-01T00:00:00Z", tags="a", extended="x", shared="no", toread="yes")
    before = program.json("posts/get", url=URL)["posts"][0]
    add(program, description="New")
    [post] = program.json("posts/get", url=URL)["posts"]
    assert post["time"] == before["time"]
    assert post["meta"] != before["meta"]
    said = [post[name] for name in ("description", "extended", "tags", "shared", "toread")]
    assert said == ["New", "", "", "yes", "no"]
    assert Bookmark.objects.get(owner=alice).title == "New"


def test_what_is_not_said_of_privacy_is_as_the_person_wishes(program: Program, alice: User) -> None:
    alice.private_by_default = True
    alice.save()
    add(program)
    add(program, "https://example.org/public", shared="yes")
    shared = {post["href"]: post["shared"] for post in program.json("posts/all")}
    assert shared == {URL: "no", "https://example.org/public": "yes"}


@pytest.mark.parametrize(
    "dt",
    [
        "2022-11-22T06:45:37Z",
        "2022-11-22T06:45:37.123Z",
        "2022-11-22T06:45:37.123456+00:00",
        "2022-11-22T06:45:37.000006",
        "2022-11-22 06:45:37",
        "2022-11-22T07:45:37+01:00",
    ],
)
def test_times_are_read_in_all_forms_that_clients_send(program: Program, dt: str) -> None:
    assert add(program, dt=dt) == "done"
    assert program.json("posts/all")[0]["time"] == "2022-11-22T06:45:37Z"


def test_the_ends_of_days_of_minutes_and_of_the_calendar_are_times(program: Program) -> None:
    for dt, time in (
        ("2022-11-22T24:00:00Z", "2022-11-23T00:00:00Z"),
        ("2022-12-31T24:00+01:00", "2022-12-31T23:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("20161231T235960,5Z", "2017-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"),
    ):
        assert add(program, dt=dt) == "done"
        assert program.json("posts/all")[0]["time"] == time
    new = {"url": "https://example.org/ahead", "dt": "9999-12-31T23:59:59-05:00"}
    assert add(program, **new) == "done"
    time = program.json("posts/get", url=new["url"])["posts"][0]["time"]
    assert time[:4] == str(datetime.now(UTC).year)  # ahead, so it is now
    for dt in ("2022-11-22T24:00:01Z", "2022-11-22T06:60:00Z", "2022-11-22T06:45:61Z"):
        assert add(program, dt=dt) == "something went wrong"


def test_update_grows_with_every_change(program: Program, alice: User) -> None:
    def seen() -> datetime:
        told = program.json("posts/update")["update_time"]
        return datetime.fromisoformat(told)

    def make_old() -> None:
        OwnerCount.objects.filter(owner=alice).update(changed_at=SOME_DAY)

    started = datetime.now(UTC).replace(microsecond=0)
    add(program)
    assert seen() >= started
    make_old()
    assert program.xml("posts/update").attrib == {"time": "2024-05-17T12:00:00Z"}
    program.json("posts/delete", url=URL)
    assert seen() >= started


def test_get_shows_one_day_or_one_url(program: Program, alice: User) -> None:
    old = keep(alice, tags="ML", saved_at=SOME_DAY)
    keep(alice, saved_at=SOME_DAY + timedelta(days=2))
    newest = keep(alice, tags="x", saved_at=SOME_DAY + timedelta(days=2, hours=1))

    def hrefs(**asked: str) -> list[str]:
        return [post["href"] for post in program.json("posts/get", **asked)["posts"]]

    assert len(hrefs()) == 2
    assert hrefs(dt="2024-05-17") == hrefs(dt="2024-05-17T01:02:03Z") == [old.url]
    assert hrefs(dt="2024-05-18") == []
    assert hrefs(tag="ml") == [old.url]
    assert hrefs(url=newest.url, tag="") == [newest.url]
    assert hrefs(url="https://example.org/unknown") == hrefs(url="nonsense: \0") == []
    answer = program.json("posts/get")
    assert list(answer) == ["date", "user", "posts"]
    assert (answer["date"], answer["user"]) == ("2024-05-19T13:00:00Z", "alice")


def test_recent_shows_15_or_up_to_100(
    program: Program, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert posts_methods.RECENT_AT_MOST == 100
    monkeypatch.setattr(posts_methods, "RECENT_AT_MOST", 16)
    saved = [keep(alice, saved_at=SOME_DAY + timedelta(hours=n)).url for n in range(17)]
    for asked, number in (("", 15), ("0", 15), ("x", 15), ("3", 3), ("1000", 16), ("-1", 15)):
        posts = program.json("posts/recent", count=asked)["posts"]
        assert [post["href"] for post in posts] == saved[::-1][:number]


def test_all_is_cut_by_place_time_and_tags(program: Program, alice: User) -> None:
    saved = [
        keep(alice, tags=["a", "B"][: n % 3], saved_at=SOME_DAY + timedelta(hours=n), unread=n == 4)
        for n in range(6)
    ]
    urls = [bookmark.url for bookmark in saved]

    def found(**asked: object) -> list[int]:
        return [urls.index(post["href"]) for post in program.json("posts/all", **asked)]

    assert found() == found(results=-1) == found(start="", results="") == [5, 4, 3, 2, 1, 0]
    assert found(start=1, results=2) == [4, 3]
    assert found(start=6) == found(start=10**12) == found(results=0) == []
    assert found(fromdt="2024-05-17T14:00:00Z", todt="2024-05-17T17:00:00Z") == [4, 3]
    assert found(fromdt="2024-05-17T16:00:00.9Z", todt="2024-05-17T17:00:00.1Z") == [5]
    assert found(fromdt="9999-12-31T23:59:59Z") == found(todt="0001-01-01T00:00:00+14:00") == []
    assert found(tag="A b") == found(tag="a,B") == [5, 2]
    assert found(tag="a", start=1, results=2) == [4, 2]
    assert found(tag="unknown") == []
    assert found(toread="yes") == [4]


def test_long_lists_are_walked_whole(
    program: Program, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookmarks.listing.WALKED_AT_ONCE", 2)
    saved = [keep(alice, saved_at=SOME_DAY, tags="t").url for _ in range(5)][::-1]
    for tag in ("", "t"):
        for start in range(6):
            posts = program.json("posts/all", start=start, tag=tag)
            assert [post["href"] for post in posts] == saved[start:]
        assert program.json("posts/dates", tag=tag)["dates"] == {"2024-05-17": 5}


def test_dates_count_days_newest_first(program: Program, alice: User) -> None:
    for day in (0, 1, 1):
        keep(alice, tags="a b" if day else "", saved_at=SOME_DAY + timedelta(days=day))
    assert program.text("posts/dates") == (
        '{"user":"alice","tag":"","dates":{"2024-05-18":2,"2024-05-17":1}}'
    )
    assert program.json("posts/dates", tag="a b") == {
        "user": "alice",
        "tag": "a+b",
        "dates": {"2024-05-18": 2},
    }
    root = program.xml("posts/dates")
    assert root.attrib == {"user": "alice", "tag": ""}
    assert [row.attrib for row in root] == [
        {"count": "2", "date": "2024-05-18"},
        {"count": "1", "date": "2024-05-17"},
    ]


def test_an_empty_account_has_its_shapes(program: Program) -> None:
    assert program.text("posts/all") == "[]"
    assert program.json("posts/recent")["posts"] == []
    assert datetime.fromisoformat(program.json("posts/get")["date"])
    assert datetime.fromisoformat(program.json("posts/update")["update_time"])
    assert program.json("posts/dates")["dates"] == {}
    assert list(program.xml("posts/all")) == []


def test_calls_may_be_posted_with_or_without_slash(program: Program) -> None:
    said = {"auth_token": program.token, "url": URL, "description": "x" * 5000, "format": "json"}
    browser = Client(enforce_csrf_checks=True)
    assert body_of(browser.post("/v1/posts/add/", said)) == '{"result_code":"done"}'
    assert body_of(browser.post("/v1/posts/delete", query_params=said)) == '{"result_code":"done"}'


@pytest.mark.parametrize("method", ["add", "delete", "get", "recent", "all", "dates", "update"])
@pytest.mark.parametrize(
    "value", ["\0", "x" * 3000, "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "é, ,é 1 2 3"]
)
def test_odd_parameters_are_answered(program: Program, method: str, value: str) -> None:
    names = "url description extended tags tag dt fromdt todt start results count meta shared"
    for name in names.split():
        said = {"url": URL, "description": "x", name: value}
        answer = program.text(f"posts/{method}", **said)
        assert json.loads(answer) is not None
    with_all = program.text(f"posts/{method}", **dict.fromkeys(names.split(), value))
    assert json.loads(with_all) is not None
