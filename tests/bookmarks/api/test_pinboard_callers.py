"""Pinboard's API: who may call it, and what others learn."""

import base64

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import User
from accounts.tokens import make_token
from tests.bookmarks.api.calling import Program, body_of
from tests.bookmarks.keeping import keep
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db

RECENT = "/v1/posts/recent"


def basic(name: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()}


def test_a_call_needs_a_token_or_a_password(alice: User, bob: User) -> None:
    token = make_token(alice)
    others = "bob:" + token.partition(":")[2]
    for asked, headers in (
        ({}, {}),
        ({"auth_token": "alice:0123456789ABCDEF0123"}, {}),
        ({"auth_token": others}, {}),
        ({"auth_token": "\0é"}, {}),
        ({}, basic("alice", "wrong")),
        ({}, basic("al\0ice", "\0")),
        ({}, {"Authorization": "Basic ???"}),
        ({}, {"Authorization": "Bearer nonsense"}),
    ):
        response = Client().get(RECENT, asked, headers=headers)
        assert response.status_code == 401, (asked, headers)
        assert response.headers["WWW-Authenticate"].startswith("Basic ")
    for asked, headers in (
        ({"auth_token": token}, {}),
        ({"auth_token": token.upper()}, {}),
        ({}, basic("Alice", PASSWORD)),
        ({}, basic("alice", token.partition(":")[2])),
        ({}, {"Authorization": f"Bearer {token}"}),
    ):
        response = Client().get(RECENT, asked, headers=headers)
        assert 'user="alice"' in body_of(response)
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"


def test_cookies_open_nothing(alice_client: Client) -> None:
    assert alice_client.get(RECENT).status_code == 401


def test_other_sites_cannot_use_a_remembered_password(alice: User) -> None:
    for mode, status in (("no-cors", 403), ("navigate", 403), ("cors", 200)):
        headers = basic("alice", PASSWORD) | {"Sec-Fetch-Site": "cross-site"}
        response = Client().get(RECENT, headers=headers | {"Sec-Fetch-Mode": mode})
        assert response.status_code == status


def test_a_token_that_reads_does_not_write(alice: User) -> None:
    reader = Program(alice, can_write=False)
    said = {"url": "https://example.org/", "description": "x"}
    assert reader.call("posts/add", **said).status_code == 403
    assert reader.call("posts/delete", **said).status_code == 403
    assert reader.json("posts/all") == []


def test_nobody_reads_or_deletes_what_is_anothers(alice: User, bob: User) -> None:
    kept = keep(alice, tags="t", private=True)
    keep(alice, tags="t")
    program = Program(bob)
    for method in ("posts/all", "posts/recent", "posts/get", "posts/dates"):
        for asked in ({}, {"url": kept.url}, {"tag": "t"}):
            assert "example.org" not in program.text(method, **asked)
            assert "alice" not in program.text(method, **asked)
    assert program.json("posts/delete", url=kept.url) == {"result_code": "item not found"}
    assert len(Program(alice).json("posts/all")) == 2


def test_guessing_passwords_is_slowed_down(alice: User, settings: Settings) -> None:
    settings.RATE_LIMITS = True
    answers = [Client().get(RECENT, headers=basic("alice", "wrong")) for _ in range(9)]
    assert [answer.status_code for answer in answers] == [401] * 8 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
