"""Making an account."""

import pytest
from django.conf import settings as site
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.deletion import delete_account
from accounts.invitations import make_invitation
from accounts.models import Invitation, User
from accounts.signup import RegistrationClosed, SignUpRefused, add_account, sign_up
from tests.accounts.at_once import at_once
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_visitor_makes_an_account_and_is_logged_in(client: Client) -> None:
    answer = client.post("/signup/", {"username": " Ada ", "password": PASSWORD, "email": ""})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    user = User.objects.get()
    assert (user.username, user.email, user.check_password(PASSWORD)) == ("ada", "", True)
    assert client.get("/settings/").context["user"] == user


def test_the_form_asks_for_name_password_and_email_once_each(client: Client) -> None:
    page = client.get("/signup/").content.decode()
    for name in ("username", "password", "email"):
        assert page.count(f'name="{name}"') == 1
    assert 'name="invitation"' not in page


def test_the_first_account_of_an_empty_site_is_staff_and_the_second_is_not() -> None:
    first, second = sign_up("ada", PASSWORD), sign_up("bob", PASSWORD)
    assert (first.is_staff, first.is_superuser) == (True, True)
    assert (second.is_staff, second.is_superuser) == (False, False)


def test_the_first_account_after_the_last_one_went_is_staff_again() -> None:
    delete_account(sign_up("ada", PASSWORD))
    assert sign_up("bob", PASSWORD).is_staff


def test_when_the_first_goes_and_others_stay_nobody_becomes_staff() -> None:
    first, _ = sign_up("ada", PASSWORD), sign_up("bob", PASSWORD)
    delete_account(first)
    assert not sign_up("eve", PASSWORD).is_staff


def test_nobody_signs_up_as_staff(client: Client, alice: User) -> None:
    form = {"username": "eve", "password": PASSWORD, "is_staff": "on", "is_superuser": "1"}
    client.post("/signup/", form | {"is_first": "1", "private_by_default": "on"})
    eve = User.objects.get(username="eve")
    flags = [eve.is_staff, eve.is_superuser, eve.is_first, eve.private_by_default]
    assert flags == [False] * 4


@pytest.mark.parametrize("name", ["alice", "ALICE", " Alice "])
def test_a_name_is_had_once_in_any_case(client: Client, alice: User, name: str) -> None:
    answer = client.post("/signup/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 200
    assert "This name is taken" in answer.content.decode()
    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["admin", "a", "a b", "a:b", "\u212aim", "a\x00b", ""])
def test_a_name_that_cannot_be_is_refused_at_its_field(client: Client, name: str) -> None:
    answer = client.post("/signup/", {"username": name, "password": PASSWORD})
    assert list(answer.context["form"].errors) == ["username"]
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["", "short", "password", "12345678", "lovelace", "x" * 257])
def test_a_password_easy_to_guess_is_refused_at_its_field(client: Client, password: str) -> None:
    answer = client.post("/signup/", {"username": "lovelace", "password": password})
    assert list(answer.context["form"].errors) == ["password"]
    assert not User.objects.exists()


def test_blanks_at_the_ends_of_a_password_count(client: Client) -> None:
    client.post("/signup/", {"username": "ada", "password": f" {PASSWORD} "})
    assert User.objects.get().check_password(f" {PASSWORD} ")


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(SignUpRefused) as caught:
        sign_up("admin", "short", "nowhere")
    assert sorted(caught.value.errors) == ["email", "password", "username"]


def test_a_refused_form_keeps_all_but_the_password(client: Client) -> None:
    form = {
        "username": "a",
        "password": "s3cret-enough",
        "email": "a@example",
        "next": "/settings/",
    }
    page = client.post("/signup/", form).content.decode()
    assert 'value="a"' in page
    assert 'value="a@example"' in page
    assert 'value="/settings/"' in page
    assert "s3cret-enough" not in page


def test_passwords_are_kept_by_argon2() -> None:
    from config import settings  # noqa: PLC0415 - the tests' own settings have a faster hasher

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert site.AUTH_USER_MODEL == "accounts.User"


def test_while_registration_is_closed_nobody_signs_up(client: Client, settings: Settings) -> None:
    settings.REGISTRATION = "closed"
    assert client.get("/signup/").status_code == 403
    answer = client.post("/signup/", {"username": "ada", "password": PASSWORD})
    assert answer.status_code == 403
    with pytest.raises(RegistrationClosed):
        sign_up("ada", PASSWORD)
    assert not User.objects.exists()


def test_the_operator_makes_accounts_even_then(settings: Settings) -> None:
    settings.REGISTRATION = "closed"
    assert add_account("admin", "short").username == "admin"


def test_an_invitation_lets_one_person_in(client: Client, settings: Settings) -> None:
    settings.REGISTRATION = "invite"
    code = make_invitation(1)
    page = client.get("/signup/", {"invitation": code}).content.decode()
    assert f'value="{code}"' in page
    form = {"username": "ada", "password": PASSWORD, "invitation": code}
    assert client.post("/signup/", form).status_code == 302
    answer = Client().post("/signup/", form | {"username": "bob"})
    assert list(answer.context["form"].errors) == ["invitation"]
    assert User.objects.count() == 1


@pytest.mark.parametrize("code", ["", "guess", "old"])
def test_without_a_good_invitation_nobody_gets_in(settings: Settings, code: str) -> None:
    settings.REGISTRATION = "invite"
    if code == "old":
        code = make_invitation(0)
    with pytest.raises(SignUpRefused):
        sign_up("ada", PASSWORD, invitation=code)
    assert not User.objects.exists()


def test_a_refused_sign_up_does_not_use_up_the_invitation(settings: Settings, alice: User) -> None:
    settings.REGISTRATION = "invite"
    code = make_invitation(1)
    with pytest.raises(SignUpRefused):
        sign_up("alice", PASSWORD, invitation=code)
    assert sign_up("bob", PASSWORD, invitation=code)


def test_an_invitation_is_not_kept_readable() -> None:
    code = make_invitation(1)
    assert code not in str(Invitation.objects.values().get())


@pytest.mark.django_db(transaction=True)
def test_of_many_first_accounts_at_once_one_is_staff() -> None:
    made = at_once(6, lambda number: sign_up(f"ada{number}", PASSWORD))
    assert [user for user in made if isinstance(user, Exception)] == []
    assert User.objects.count() == 6
    assert User.objects.filter(is_staff=True, is_superuser=True, is_first=True).count() == 1
    assert User.objects.filter(is_staff=False, is_superuser=False, is_first=False).count() == 5


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_a_name_at_once_one_has_it() -> None:
    made = at_once(6, lambda number: sign_up("ada" if number % 2 else "ADA", PASSWORD))
    assert sum(isinstance(user, User) for user in made) == 1
    assert sum(isinstance(user, SignUpRefused) for user in made) == 5
    assert User.objects.get().is_staff


@pytest.mark.django_db(transaction=True)
def test_of_many_with_one_invitation_one_gets_in(settings: Settings) -> None:
    settings.REGISTRATION = "invite"
    code = make_invitation(1)
    made = at_once(6, lambda number: sign_up(f"ada{number}", PASSWORD, invitation=code))
    assert sum(isinstance(user, User) for user in made) == 1
    assert User.objects.count() == 1
