"""Changing the password, and a new one by mail."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from kombu.exceptions import OperationalError
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import Session, User
from accounts.tasks import send_reset_links
from accounts.tokens import find_key, make_token
from tests.people import PASSWORD, signed_in

NEW = "another correct horse"
CHANGE = {"old_password": PASSWORD, "password": NEW}

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(
    queue: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> "Letters":
    """Return a way to ask for a mail and read it."""
    return Letters(django_capture_on_commit_callbacks)


class Letters:
    """Asks for a new password and returns the letters that come."""

    def __init__(self, callbacks: DjangoCaptureOnCommitCallbacks) -> None:
        self.callbacks = callbacks

    def ask(self, email: str, **headers: str) -> list[EmailMessage]:
        mail.outbox.clear()
        with self.callbacks(execute=True):
            answer = Client().post("/password/reset/", {"email": email}, headers=headers)
        assert answer["Location"] == "/password/reset/sent/"
        return list(mail.outbox)

    def link(self, email: str) -> str:
        (letter,) = self.ask(email)
        (link,) = re.findall(r"http\S+/password/reset/\S+", str(letter.body))
        return str(link)


def open_link(client: Client, link: str) -> tuple[str, str]:
    """Follow a mailed link; return the address it leads to and the page there."""
    answer = client.get(re.sub(r"^https?://[^/]+", "", link), follow=True)
    place = answer.redirect_chain[-1][0] if answer.redirect_chain else link
    return place, answer.content.decode()


def test_a_new_password_takes_the_place_of_the_old_one(alice: User, alice_client: Client) -> None:
    assert alice_client.post("/settings/password/", CHANGE)["Location"] == "/settings/"
    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_changing_it_ends_all_other_sessions_and_renews_this_one(
    alice: User, alice_client: Client
) -> None:
    elsewhere, before = signed_in(alice), alice_client.cookies["session"].value
    alice_client.post("/settings/password/", CHANGE)
    assert alice_client.get("/settings/").status_code == 200
    assert Session.objects.filter(user=alice).count() == 1
    assert elsewhere.get("/settings/").status_code == 302
    assert alice_client.cookies["session"].value != before
    thief = Client()
    thief.cookies["session"] = before
    assert thief.get("/settings/").status_code == 302


def test_changing_it_ends_nobody_elses_session(alice_client: Client, bob_client: Client) -> None:
    alice_client.post("/settings/password/", CHANGE)
    assert bob_client.get("/settings/").status_code == 200


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"old_password": "wrong", "password": NEW}, "old_password"),
        ({"old_password": "", "password": NEW}, "old_password"),
        ({"old_password": PASSWORD, "password": "short"}, "password"),
        ({"old_password": PASSWORD, "password": "alice@example"}, "password"),
        ({"old_password": PASSWORD, "password": ""}, "password"),
    ],
)
def test_a_refused_change_says_why_at_the_field_and_changes_nothing(
    alice: User, alice_client: Client, form: dict[str, str], field: str
) -> None:
    answer = alice_client.post("/settings/password/", form)
    assert list(answer.context["form"].errors) == [field]
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_a_mailed_link_sets_a_new_password_once(alice: User, letters: Letters) -> None:
    client, link = Client(), letters.link("Alice@Example.org")
    place, page = open_link(client, link)
    assert 'name="password"' in page
    assert link.rsplit("/", 2)[1] not in place
    assert client.post(place, {"password": NEW})["Location"] == "/password/reset/done/"
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert "used up" in open_link(Client(), link)[1]
    assert client.post(place, {"password": "one more correct horse"}).status_code == 200
    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_it_ends_all_sessions(alice: User, alice_client: Client, letters: Letters) -> None:
    client = Client()
    place, _ = open_link(client, letters.link(alice.email))
    client.post(place, {"password": NEW})
    assert not Session.objects.filter(user=alice).exists()
    assert alice_client.get("/settings/").status_code == 302


def test_a_weak_password_is_refused_there_too(alice: User, letters: Letters) -> None:
    client = Client()
    place, _ = open_link(client, letters.link(alice.email))
    answer = client.post(place, {"password": "short"})
    assert 'id="id_password_error"' in answer.content.decode()


def test_a_link_is_good_for_an_hour(alice: User, letters: Letters, settings: Settings) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    link = letters.link(alice.email)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "used up" in open_link(Client(), link)[1]


def test_a_link_ends_when_the_address_changes(alice: User, letters: Letters) -> None:
    link = letters.link(alice.email)
    User.objects.update(email="elsewhere@example.org")
    assert "used up" in open_link(Client(), link)[1]


def test_one_persons_link_does_not_serve_for_another(
    alice: User, bob: User, letters: Letters
) -> None:
    alices, bobs = letters.link(alice.email), letters.link(bob.email)
    mixed = "/".join([*bobs.split("/")[:-2], *alices.split("/")[-2:]])
    assert "used up" in open_link(Client(), mixed)[1]


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "localhost"},
        {"x-forwarded-host": "evil.example"},
        {"forwarded": "host=evil.example"},
    ],
)
def test_the_host_in_the_mail_is_the_sites_whatever_the_request_says(
    alice: User, letters: Letters, settings: Settings, headers: dict[str, str]
) -> None:
    settings.BASE_URL = "https://softmarks.example"
    (letter,) = letters.ask(alice.email, **headers)
    assert "https://softmarks.example/password/reset/" in letter.body
    assert "evil.example" not in letter.body
    assert "localhost" not in letter.body


def test_a_request_for_another_host_gets_no_mail_sent(alice: User) -> None:
    answer = Client().post(
        "/password/reset/", {"email": alice.email}, headers={"host": "evil.example"}
    )
    assert answer.status_code == 400


def test_no_letter_goes_to_nobody(alice: User, letters: Letters) -> None:
    assert letters.ask("nobody@example.org") == []
    User.objects.update(is_active=False)
    assert letters.ask(alice.email) == []


def test_two_accounts_of_one_address_get_one_letter(letters: Letters) -> None:
    for name in ("ada", "ada2"):
        User.objects.create_user(name, PASSWORD, "ada@example.org")
    (letter,) = letters.ask("ada@example.org")
    assert letter.to == ["ada@example.org"]
    assert letter.body.count("/password/reset/") == 2


def test_the_letter_goes_where_the_account_says_not_where_was_typed(letters: Letters) -> None:
    User.objects.create_user("mike", PASSWORD, "mike@example.org")
    (letter,) = letters.ask("MIKE@example.org")
    assert letter.to == ["mike@example.org"]


def test_the_letter_is_sent_at_once_when_the_queue_is_down(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(ids: list[int]) -> None:
        raise OperationalError

    monkeypatch.setattr(send_reset_links, "delay_on_commit", down)
    assert Client().post("/password/reset/", {"email": alice.email}).status_code == 302
    assert [letter.to for letter in mail.outbox] == [[alice.email]]


def test_api_tokens_stay(alice: User, alice_client: Client) -> None:
    token = make_token(alice)
    alice_client.post("/settings/password/", CHANGE)
    assert find_key(token)
