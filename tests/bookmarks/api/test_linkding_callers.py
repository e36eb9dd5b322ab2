"""linkding's API: who may call it, what others learn, and that every answer is JSON."""

import base64
import json
from typing import Any

import pytest
from django import test
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from accounts.throttle import Limiter
from accounts.tokens import make_token
from bookmarks.models import Bookmark, Page
from bookmarks.own_tags import make_own_tag
from bookmarks.texts import keep_text
from tests.bookmarks.api.linkding import Client
from tests.bookmarks.keeping import keep
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def asked(authorization: str, path: str = "/api/bookmarks/") -> Any:
    headers = {"Authorization": authorization} if authorization else {}
    return test.Client().get(path, headers=headers)


def test_a_call_needs_a_token(alice: User, alice_client: test.Client) -> None:
    token = make_token(alice)
    secret = token.partition(":")[2]
    for authorization, sentence in (
        ("", "Authentication credentials were not provided."),
        ("Token " + "0" * 40, "Invalid token."),
        ("Token", "Invalid token."),
        ("Bearer \u00e9", "Invalid token."),
        (f"Token bob:{secret}", "Invalid token."),
        (f"Digest {secret}", "Invalid token."),
    ):
        response = asked(authorization)
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == "Token"
        assert response.json() == {"detail": sentence}
    basic = base64.b64encode(f"alice:{PASSWORD}".encode()).decode()
    for authorization in (
        f"Token {secret}",
        f"TOKEN {secret.upper()}",
        f"bearer {token}",
        f"Basic {basic}",
    ):
        response = asked(authorization)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"
        assert "Set-Cookie" not in response.headers
    assert alice_client.get("/api/bookmarks/").status_code == 401
    assert asked("", f"/api/bookmarks/?auth_token={token}").status_code == 401


def test_a_token_that_reads_does_not_write(alice: User) -> None:
    kept = keep(alice, tags="t")
    tag = make_own_tag(alice, "t")
    reader = Client(alice, can_write=False)
    for method, path in (
        ("POST", "bookmarks/"),
        ("PUT", f"bookmarks/{kept.pk}/"),
        ("PATCH", f"bookmarks/{kept.pk}/"),
        ("DELETE", f"bookmarks/{kept.pk}/"),
        ("POST", f"bookmarks/{kept.pk}/archive/"),
        ("POST", f"bookmarks/{kept.pk}/unarchive/"),
        ("POST", "tags/"),
        ("DELETE", f"tags/{tag.pk}/"),
        ("POST", "bundles/"),
    ):
        said = {"url": "https://example.org/", "name": "x"}
        answer = reader.send(method, path, said, 403)
        assert answer == {"detail": "This token may only read."}
    assert reader.get("bookmarks/")["count"] == 1
    assert reader.get("bundles/")["count"] == 0


def test_nobody_else_sees_or_changes_what_is_ones_own(alice: User, bob: User) -> None:
    secret = keep(
        alice, "https://secret.example/x", "secret nlp", private=True, title="secret word"
    )
    Bookmark.objects.filter(pk=secret.pk).update(facts_at=timezone.now())
    Page.objects.filter(pk=secret.page_id).update(title="secret", excerpt="secret")
    keep_text(secret.page_id, "secret")
    keep(alice, "https://example.org/open", "nlp .secret", unread=True, archived=True)
    tag = make_own_tag(alice, "secret")
    bundle = Client(alice).send("POST", "bundles/", {"name": "secret"}, 201)["id"]
    here = f"bookmarks/{secret.pk}/"
    for viewer in (Client(bob), Client(None)):
        status = 404 if viewer.headers else 401
        paths = (here, f"tags/{tag.pk}/", f"bundles/{bundle}/", f"{here}assets/")
        for path in (*paths, f"{here}assets/{secret.pk}/", f"{here}assets/{secret.pk}/download/"):
            viewer.send("GET", path, status=status)
        for method in ("PUT", "PATCH", "DELETE"):
            viewer.send(method, here, {"url": "https://x.example/"}, status)
        viewer.send("POST", f"{here}archive/", status=status)
        viewer.send("DELETE", f"tags/{tag.pk}/", status=status)
        said = [
            viewer.get("bookmarks/shared/", **query)
            for query in (
                {},
                *({"user": "ALICE"}, {"q": "secret"}, {"q": "#secret"}, {"q": "#.secret"}),
                *({"q": "nlp or #.secret"}, {"q": "!unread"}, {"unread": "yes"}, {"shared": "no"}),
                *({"q": "!untagged"}, {"q": "word or #nlp"}, {"sort": "title_asc"}),
                *({"user": "alice", "unread": "no"}, {"q": "#nlp", "user": "alice"}),
            )
        ]
        assert "secret" not in json.dumps([one["results"] for one in said])
        counts = [one["count"] for one in said]
        assert counts == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]
        [shown] = said[0]["results"]
        assert (shown["unread"], shown["is_archived"], shown["tag_names"]) == (
            False,
            False,
            ["nlp"],
        )
    for path in ("bookmarks/", "bookmarks/archived/", "tags/", "bundles/"):
        assert Client(bob).get(path)["count"] == 0
    answer = Client(bob).get("bookmarks/check/", url=secret.url)
    assert "secret w" not in json.dumps(answer)
    assert answer["metadata"]["title"] is None
    assert Client(None).call("GET", "bookmarks/shared/", user="no\0body").status_code == 404
    owner = Client(alice)
    assert owner.get("bookmarks/shared/")["results"][0]["is_archived"]
    assert owner.urls("bookmarks/shared/", unread="yes") == ["open"]
    assert Bookmark.objects.filter(pk=secret.pk, archived=False).exists()


def test_every_refusal_is_json(alice: User, settings: Settings) -> None:
    client = Client(alice)
    for method, path, status in (
        ("GET", "nowhere/", 404),
        ("POST", "nowhere", 404),
        ("GET", "", 404),
        ("GET", "bookmarks/99999999999999999999/", 404),
        ("GET", "bookmarks/999999999999999999/", 404),
        ("GET", "bookmarks/x/", 404),
        ("PUT", "bookmarks/", 405),
        ("DELETE", "user/profile/", 405),
        ("OPTIONS", "tags/", 405),
        ("POST", "bookmarks/singlefile/", 403),
    ):
        response = client.call(method, path)
        assert response.status_code == status, (method, path)
        assert response.headers["Content-Type"] == "application/json"
        assert set(json.loads(response.content)) <= {"detail", "error"}
    assert client.call("PUT", "tags/").headers["Allow"] == "GET, POST"
    wrong_host = client.browser.get("/api/tags/", headers={"Host": "evil.example"})
    assert (wrong_host.status_code, set(wrong_host.json())) == (400, {"detail"})


def test_what_breaks_is_told_in_json(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("bookmarks.api.linkding.searching.find_bookmarks", broken)
    client = Client(alice)
    client.browser.raise_request_exception = False
    answer = client.send("GET", "bookmarks/", status=500)
    assert set(answer) == {"detail"}


def test_addresses_may_have_more_or_fewer_slashes(alice: User) -> None:
    client = Client(alice)
    for path in ("/api/user/profile", "//api/user/profile/", "/health", "//health", "/health/"):
        response = client.browser.get(f"http://testserver{path}", headers=client.headers)
        assert response.json()["version"] == "1.46.2", path


def test_calls_are_counted(
    alice: User, bob: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RATE_LIMITS = True
    few = Limiter("few", 300, address=2, everyone=9, pair=2)
    monkeypatch.setattr("bookmarks.api.linkding.operations.PACE", few)
    monkeypatch.setattr("bookmarks.api.linkding.operations.VISITORS_PACE", few)
    client = Client(alice)
    statuses = [client.call("GET", "tags/").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    response = client.call("GET", "tags/")
    assert int(response.headers["Retry-After"]) > 0
    assert response.json()["detail"].startswith("Request was throttled.")
    assert Client(bob).call("GET", "tags/").status_code == 200
    visits = [Client(None).call("GET", "bookmarks/shared/").status_code for _ in range(3)]
    assert visits == [200, 200, 429]
