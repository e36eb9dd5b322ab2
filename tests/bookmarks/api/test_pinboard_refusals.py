"""Pinboard's API: what it cannot answer is refused in its own form, and careless calls are read."""

import base64
import json
from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.models import User
from tests.bookmarks.api.calling import Program
from tests.bookmarks.keeping import keep
from tests.bookmarks.views.test_notes import write

pytestmark = pytest.mark.django_db
WRONG = "something went wrong"


@pytest.fixture
def program(alice: User) -> Program:
    return Program(alice)


def test_unknown_methods_are_refused_in_the_form_of_their_kind() -> None:
    for path, key in (
        ("posts/nothing", "result_code"),
        ("posts/", "result_code"),
        ("tags/bundles/all", "result"),
        ("notes/xyz", "result"),
        ("", "result"),
    ):
        answer = Client().get(f"/v1/{path}", {"format": "json"})
        assert (answer.status_code, answer.headers["Content-Type"]) == (
            404,
            "text/json; charset=utf-8",
        )
        assert list(json.loads(answer.content)) == [key]
        root = ElementTree.fromstring(Client().post(f"/v1/{path}").content)
        assert root.tag == "result"
        assert WRONG in (root.get("code") or root.text or "")


def test_other_verbs_are_refused_so_too() -> None:
    for verb in ("put", "patch", "delete", "options"):
        answer = getattr(Client(), verb)("/v1/posts/all?format=json")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
        assert WRONG in json.loads(answer.content)["result_code"]


def test_asking_for_a_head_changes_nothing(program: Program, alice: User) -> None:
    kept = keep(alice, tags="t")
    for asked in (f"posts/delete?url={kept.url}", "tags/delete?tag=t", "posts/add?url=a&title=b"):
        answer = Client().head(f"/v1/{asked}&auth_token={program.token}")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")
    assert [post["tags"] for post in program.json("posts/all")] == ["t"]
    assert Client().head(f"/v1/posts/all?auth_token={program.token}").status_code == 200


def test_requests_that_cannot_be_read_are_refused_so_too(program: Program) -> None:
    token = f"auth_token={program.token}"
    many = "&".join(f"x{number}=" for number in range(1100))
    multipart = "multipart/form-data"
    for answer in (
        Client().get(f"/v1/posts/all?format=json&{token}&{many}"),
        Client().post("/v1/posts/add?format=json", many, "application/x-www-form-urlencoded"),
        Client().post("/v1/posts/add?format=json", b"x", f"{multipart}; boundary=\xff"),
        Client().post("/v1/posts/add?format=json", b"x" * 100, multipart),
    ):
        assert answer.status_code == 400, answer.content
        assert WRONG in json.loads(answer.content)["result_code"]


def test_bytes_that_are_no_text_are_no_fault(program: Program) -> None:
    asked = f"/v1/posts/all?format=json&auth_token={program.token}&tag=%FF%FE&fromdt=%00"
    assert Client().get(asked).status_code == 200


def test_careless_calls_are_read_as_meant(program: Program, alice: User) -> None:
    keep(alice, tags="One two")
    assert len(program.json("posts/all", tags="one,TWO")) == 1
    assert len(program.json("posts/all", tag="", results="", start="", fromdt="", toread="")) == 1
    said = {"url": "feed://example.org/x", "description": "x", "dt": "2022-11-22T06:45:37 00:00"}
    assert program.json("posts/add", **said) == {"result_code": "done"}
    [post] = program.json("posts/get", url="http://example.org/x")["posts"]
    assert post["time"] == "2022-11-22T06:45:37Z"
    twice = "url=https://two.example/&url=&description=x&tags=a&tags=b,c&dt=2020-01-02t03:04:05z"
    Client().get(f"/v1/posts/add?auth_token={program.token}&{twice}")
    [post] = program.json("posts/get", url="https://two.example/")["posts"]
    assert (post["tags"], post["time"]) == ("a b c", "2020-01-02T03:04:05Z")
    said |= {"dt": "2099-01-01T00:00:00Z", "description": "x" * 300}
    assert program.json("posts/add", **said) == {"result_code": "done"}
    [post] = program.json("posts/get", url=said["url"])["posts"]
    assert (post["time"][:2], len(post["description"])) == ("20", 255)
    assert post["time"] < "2099"


def test_a_whole_token_does_as_a_password(program: Program, bob: User) -> None:
    for name, status in (("alice", 200), ("Alice", 200), ("bob", 401)):
        basic = base64.b64encode(f"{name}:{program.token}".encode()).decode()
        answer = Client().get(
            "/v1/user/api_token", {"format": "json"}, headers={"Authorization": f"Basic {basic}"}
        )
        assert answer.status_code == status
        if status == 200:
            assert json.loads(answer.content) == {"result": program.token.partition(":")[2]}


def test_a_mark_of_change_moves_with_what_is_told_alone(program: Program, alice: User) -> None:
    keep(alice, "https://example.org/", "a", title="T")
    [before] = program.json("posts/all")
    write(alice, "A note")
    assert program.json("posts/all") == [before]
    for change in ({"description": "U"}, {"extended": "e"}, {"toread": "yes"}, {"shared": "no"}):
        said = {"url": "https://example.org/", "description": "T", "tags": "a", **change}
        program.call("posts/add", **said)
        assert program.json("posts/all")[0]["meta"] != before["meta"], change
    program.call("posts/add", url="https://example.org/", description="T", tags="a")
    assert program.json("posts/all")[0]["meta"] == before["meta"]
