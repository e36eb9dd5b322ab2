"""Deleting an account."""

import pytest
from django.apps import apps
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.deletion import delete_account
from accounts.models import Session, User
from accounts.names import is_held
from accounts.signup import SignUpRefused, add_account, sign_up
from accounts.tokens import find_key, make_token
from tests.accounts.at_once import at_once
from tests.people import PASSWORD, signed_in

pytestmark = pytest.mark.django_db
CALLED: list[str] = []


def noted(user: User) -> None:
    """Stand for what another app does; the account is still whole then."""
    CALLED.append(User.objects.get(pk=user.pk).username)


def begun(user: User) -> None:
    """Stand for what another app deletes."""
    user.api_tokens.all().delete()


def broken(user: User) -> None:
    """Stand for what another app cannot do."""
    raise RuntimeError


def test_the_page_says_what_is_lost_and_asks_for_the_password(alice_client: Client) -> None:
    page = alice_client.get("/settings/delete/").content.decode()
    assert "bookmarks" in page
    assert "90 days" in page
    assert 'name="password"' in page


def test_the_right_password_deletes_the_account(alice: User, alice_client: Client) -> None:
    answer = alice_client.post("/settings/delete/", {"password": PASSWORD}, follow=True)
    assert answer.redirect_chain == [("/deleted/", 302)]
    assert not User.objects.exists()
    assert is_held("alice")


@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_wrong_password_deletes_nothing(alice_client: Client, password: str) -> None:
    page = alice_client.post("/settings/delete/", {"password": password}).content.decode()
    assert 'id="id_password_error"' in page
    assert User.objects.exists()


def test_sessions_and_tokens_die_at_once(alice: User, alice_client: Client) -> None:
    elsewhere, token = signed_in(alice), make_token(alice)
    alice_client.post("/settings/delete/", {"password": PASSWORD})
    assert elsewhere.get("/settings/").status_code == 302
    assert find_key(token) is None
    assert not Session.objects.exclude(user=None).exists()


def test_nothing_of_the_person_is_left_in_any_table(alice: User, alice_client: Client) -> None:
    make_token(alice)
    delete_account(alice)
    left = [str(row) for model in apps.get_models() for row in model._base_manager.values()]
    assert [row for row in left if "alice" in row] == []


def test_others_are_left_alone(alice: User, bob: User, bob_client: Client) -> None:
    token = make_token(bob)
    delete_account(alice)
    assert find_key(token)
    assert bob_client.get("/settings/").status_code == 200


def test_the_name_is_not_to_be_had_again(alice: User) -> None:
    delete_account(alice)
    with pytest.raises(SignUpRefused, match="taken"):
        sign_up("Alice", PASSWORD)
    with pytest.raises(SignUpRefused, match="taken"):
        add_account("alice", PASSWORD)


def test_what_other_apps_do_comes_first(alice: User, settings: Settings) -> None:
    settings.ACCOUNT_DELETION_STEPS = [f"{__name__}.noted"]
    CALLED.clear()
    delete_account(alice)
    assert CALLED == ["alice"]


def test_when_a_step_fails_nothing_is_deleted(alice: User, settings: Settings) -> None:
    token = make_token(alice)
    settings.ACCOUNT_DELETION_STEPS = [f"{__name__}.begun", f"{__name__}.broken"]
    with pytest.raises(RuntimeError):
        delete_account(alice)
    assert User.objects.get() == alice
    assert find_key(token)
    assert not is_held("alice")


@pytest.mark.django_db(transaction=True)
def test_nobody_slips_into_a_name_while_it_is_being_deleted(settings: Settings) -> None:
    settings.ACCOUNT_DELETION_STEPS = []
    for _ in range(5):
        user = User.objects.create_user("ada", PASSWORD)

        def do(number: int, user: User = user) -> None:
            if number:
                sign_up("ada", PASSWORD)
            else:
                delete_account(user)

        at_once(4, do)
        assert not User.objects.filter(username="ada").exists()
        assert is_held("ada")
        apps.get_model("accounts", "HeldName").objects.all().delete()
