"""Nobody learns from logging in or from asking for a mail whether there is an account."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.tasks import send_reset_links

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, form: dict[str, str]) -> str:
    """Return an answer without what is different each time."""
    answer = client.post(path, form, follow=True)
    text = f"{answer.status_code} {answer.redirect_chain} {answer.content.decode()}"
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="[a-z]+"', "", text)


def test_logging_in_answers_alike(alice: User) -> None:
    known = page(Client(), "/login/", {"username": "alice", "password": "wrong"})
    unknown = page(Client(), "/login/", {"username": "nobody", "password": "wrong"})
    assert known == unknown


def test_logging_in_hashes_as_often(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def noted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", noted)
    counts = []
    for name in ("alice", "nobody"):
        hashed.clear()
        Client().post("/login/", {"username": name, "password": "wrong"})
        counts.append(len(hashed))
    assert counts == [1, 1]


def test_asking_for_a_mail_answers_alike(alice: User) -> None:
    known = page(Client(), "/password/reset/", {"email": "alice@example.org"})
    unknown = page(Client(), "/password/reset/", {"email": "nobody@example.org"})
    assert known == unknown


def test_asking_for_a_mail_does_as_much(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[list[int]] = []
    monkeypatch.setattr(send_reset_links, "delay_on_commit", sent.append)
    queries = []
    for email in ("alice@example.org", "nobody@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            Client().post("/password/reset/", {"email": email})
        queries.append(len(captured))
    assert sent == [[alice.pk], []]
    assert queries[0] == queries[1]


def test_signing_up_with_an_address_that_somebody_has_tells_nothing(alice: User) -> None:
    form = {"username": "eve", "password": "correct horse battery", "email": alice.email}
    assert Client().post("/signup/", form).status_code == 302
