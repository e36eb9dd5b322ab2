"""The settings page."""

import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import ApiToken, User
from accounts.tokens import MOST, find_key, make_token
from tests.people import PASSWORD

PAGES = [
    "/settings/",
    "/settings/email/",
    "/settings/feed-key/",
    "/settings/tokens/",
    "/settings/tokens/1/revoke/",
    "/settings/password/",
    "/settings/mail/",
    "/settings/mail/drop/",
    "/settings/delete/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_sent_to_log_in(client: Client, path: str, method: str) -> None:
    answer = client.get(path) if method == "get" else client.post(path)
    assert answer["Location"] == f"/login/?next={path}"


@pytest.mark.parametrize("path", PAGES[2:5])
def test_coming_back_from_logging_in_by_get_changes_nothing(
    alice: User, alice_client: Client, path: str
) -> None:
    make_token(alice)
    before = alice.feed_key, ApiToken.objects.count()
    assert alice_client.get(path)["Location"] == "/settings/"
    alice.refresh_from_db()
    assert (alice.feed_key, ApiToken.objects.count()) == before


@pytest.mark.parametrize("path", PAGES)
def test_a_form_without_a_csrf_token_is_refused(alice: User, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    form = {"password": PASSWORD, "old_password": PASSWORD, "label": "x"}
    assert client.post(path, form).status_code == 403
    assert not ApiToken.objects.exists()
    assert User.objects.get().feed_key == alice.feed_key


def test_saving_all_as_private_is_kept(alice: User, alice_client: Client) -> None:
    for form, kept in [({"private_by_default": "on"}, True), ({"other": "x"}, False)]:
        assert alice_client.post("/settings/", form)["Location"] == "/settings/"
        alice.refresh_from_db()
        assert alice.private_by_default is kept


def test_the_preferences_form_changes_nothing_else(alice: User, alice_client: Client) -> None:
    form = {"private_by_default": "on", "is_staff": "on", "username": "eve", "email": "e@e.example"}
    alice_client.post("/settings/", form)
    after = User.objects.get()
    assert (after.username, after.email, after.is_staff) == ("alice", alice.email, False)


def test_the_page_shows_ones_own_feed_key_and_renews_it(alice: User, alice_client: Client) -> None:
    assert alice.feed_key in alice_client.get("/settings/").content.decode()
    alice_client.post("/settings/feed-key/")
    renewed = User.objects.get().feed_key
    assert renewed != alice.feed_key
    page = alice_client.get("/settings/").content.decode()
    assert renewed in page
    assert alice.feed_key not in page


def test_a_token_is_shown_once(alice: User, alice_client: Client) -> None:
    answer = alice_client.post("/settings/tokens/", {"label": "phone <b>", "can_write": "on"})
    (token,) = re.findall(r"alice:[0-9a-f]{40}", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    key = find_key(token)
    assert key is not None
    assert key.can_write
    page = alice_client.get("/settings/").content.decode()
    assert token.split(":")[1] not in page
    assert "phone &lt;b&gt;" in page


def test_a_token_may_only_read(alice: User, alice_client: Client) -> None:
    alice_client.post("/settings/tokens/", {"label": "reader"})
    assert ApiToken.objects.get().scope == ApiToken.Scope.READ


def test_one_token_too_many_is_refused_at_the_field(alice: User, alice_client: Client) -> None:
    ApiToken.objects.bulk_create(
        ApiToken(user=alice, digest=f"{number:064x}") for number in range(MOST)
    )
    page = alice_client.post("/settings/tokens/", {"label": "more"}).content.decode()
    assert 'id="id_label_error"' in page
    assert 'value="more"' in page
    assert ApiToken.objects.count() == MOST


def test_a_person_revokes_their_own_tokens_only(
    alice: User, alice_client: Client, bob_client: Client
) -> None:
    make_token(alice)
    path = f"/settings/tokens/{ApiToken.objects.get().pk}/revoke/"
    assert bob_client.post(path).status_code == 404
    assert ApiToken.objects.exists()
    assert alice_client.post(path)["Location"] == "/settings/"
    assert alice_client.post(path).status_code == 404
    assert not ApiToken.objects.exists()


def test_somebody_elses_token_and_none_at_all_look_alike(alice: User, bob_client: Client) -> None:
    make_token(alice)
    pk = ApiToken.objects.get().pk
    theirs = bob_client.post(f"/settings/tokens/{pk}/revoke/").content
    none = bob_client.post(f"/settings/tokens/{pk + 1000}/revoke/").content
    token = rb"[A-Za-z0-9]{64}"
    assert re.sub(token, b"", theirs) == re.sub(token, b"", none)


def test_the_address_changes_with_the_password_only(alice: User, alice_client: Client) -> None:
    form = {"email": "new@example.org", "password": "wrong"}
    page = alice_client.post("/settings/email/", form).content.decode()
    assert 'id="id_password_error"' in page
    assert 'value="new@example.org"' in page
    assert User.objects.get().email == alice.email
    alice_client.post("/settings/email/", form | {"password": PASSWORD})
    assert User.objects.get().email == "new@example.org"
    alice_client.post("/settings/email/", {"email": "", "password": PASSWORD})
    assert User.objects.get().email == ""


def test_the_page_has_no_inline_code(alice: User, alice_client: Client) -> None:
    make_token(alice)
    for path in ("/settings/", "/settings/email/", "/settings/password/", "/settings/delete/"):
        page = alice_client.get(path).content.decode()
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)


def test_no_two_elements_have_one_id(alice: User, alice_client: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', alice_client.get("/settings/").content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_an_address_to_save_by_mail_is_made_renewed_and_dropped(
    alice: User, alice_client: Client, bob_client: Client, settings: Settings
) -> None:
    assert b"Save by mail" not in alice_client.get("/settings/").content
    alice_client.post("/settings/mail/")
    alice.refresh_from_db()
    assert alice.mail_key is None
    settings.MAIL_DOMAIN = "save.example"
    seen = set()
    for _ in range(2):
        assert alice_client.post("/settings/mail/")["Location"] == "/settings/"
        alice.refresh_from_db()
        shown = f"alice+{alice.mail_key}@save.example"
        assert shown in alice_client.get("/settings/").content.decode()
        assert shown not in bob_client.get("/settings/").content.decode()
        seen.add(shown)
    assert len(seen) == 2
    alice_client.post("/settings/mail/drop/")
    alice.refresh_from_db()
    assert alice.mail_key is None
    assert "@save.example" not in alice_client.get("/settings/").content.decode()
