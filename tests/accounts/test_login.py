"""Logging in and out, and what becomes of the session."""

import re

import pytest
from django.test import Client

from accounts.models import Session, User
from tests.people import PASSWORD

FORM = {"username": "alice", "password": PASSWORD}


def logged_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


@pytest.mark.parametrize("name", ["alice", "Alice", "ALICE", "  alice  "])
def test_a_name_logs_in_in_any_case_and_with_blanks(client: Client, alice: User, name: str) -> None:
    answer = client.post("/login/", FORM | {"username": name})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert logged_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "wrong"},
        {"password": PASSWORD + " "},
        {"username": "nobody"},
        {"username": "alice\u200b"},
        {"username": "' OR 1=1 --"},
        {"username": "%"},
    ],
)
def test_a_wrong_name_or_password_gets_one_and_the_same_answer(
    client: Client, alice: User, wrong: dict[str, str]
) -> None:
    answer = client.post("/login/", FORM | wrong)
    assert answer.status_code == 200
    assert "Name and password do not match." in answer.content.decode()
    assert not logged_in(client)


def test_an_account_that_is_switched_off_does_not_log_in(client: Client, alice: User) -> None:
    User.objects.update(is_active=False)
    assert "do not match" in client.post("/login/", FORM).content.decode()
    assert not logged_in(client)


def test_switching_an_account_off_ends_its_sessions(alice_client: Client) -> None:
    assert logged_in(alice_client)
    User.objects.update(is_active=False)
    assert not logged_in(alice_client)


def test_a_refused_form_keeps_the_name_and_the_way_but_not_the_password(
    client: Client, alice: User
) -> None:
    form = {"username": "Alice", "password": "not-hers", "next": "/settings/"}
    page = client.post("/login/", form).content.decode()
    assert 'value="Alice"' in page
    assert 'name="next" value="/settings/"' in page
    assert "not-hers" not in page


def test_an_error_is_tied_to_its_field(client: Client, alice: User) -> None:
    page = client.post("/login/", FORM | {"password": "wrong"}).content.decode()
    field = re.search(r"<input[^>]*name=\"password\"[^>]*>", page)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="id_password_error"' in field[0]
    assert re.search(r'<p[^>]* id="id_password_error" role="alert">Name and password', page)


def test_logging_in_changes_the_session_key(client: Client, alice: User) -> None:
    session = client.session
    session["seen"] = True
    session.save()
    before = str(session.session_key)
    client.cookies["session"] = before
    client.post("/login/", FORM)
    assert client.cookies["session"].value != before
    client.cookies["session"] = before
    assert not logged_in(client)


def test_logging_out_ends_the_session_for_whoever_kept_the_cookie(
    client: Client, alice: User
) -> None:
    client.post("/login/", FORM)
    cookie = client.cookies["session"].value
    assert client.post("/logout/")["Location"] == "/"
    thief = Client()
    thief.cookies["session"] = cookie
    assert not logged_in(thief)
    assert not logged_in(client)


def test_logging_out_by_get_only_asks(alice_client: Client) -> None:
    assert 'method="post"' in alice_client.get("/logout/").content.decode()
    assert logged_in(alice_client)


def test_a_session_knows_its_owner(client: Client, alice: User, bob: User) -> None:
    client.post("/login/", FORM)
    assert Session.objects.get().user == alice
    client.post("/logout/")
    client.post("/login/", FORM | {"username": "bob"})
    assert Session.objects.get().user == bob


def test_somebody_logged_in_is_not_asked_again(alice_client: Client) -> None:
    answer = alice_client.get("/login/", {"next": "/settings/password/"})
    assert answer["Location"] == "/settings/password/"
    assert alice_client.get("/signup/")["Location"] == "/"


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(
    client: Client, alice: User
) -> None:
    client.post("/login/", FORM)
    for name in ("session", "device"):
        assert client.cookies[name]["httponly"]
    assert client.cookies["session"]["samesite"] == "Lax"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/", "/signup/", "/logout/", "/password/reset/"])
def test_a_post_without_a_csrf_token_is_refused(path: str) -> None:
    answer = Client(enforce_csrf_checks=True, raise_request_exception=False).post(path, FORM)
    assert answer.status_code in (403, 500)
    assert not User.objects.exists()


def test_pages_of_accounts_are_kept_by_no_cache(alice_client: Client, client: Client) -> None:
    for answer in (client.get("/login/"), alice_client.get("/settings/")):
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
