"""Django's admin: there when the operator wants it, and then behind our own door."""

import importlib
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import clear_url_caches
from pytest_django.fixtures import Settings

from accounts.models import User
from config import urls

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(settings: Settings) -> Iterator[str]:
    """Return the path of the admin, as ADMIN_PATH would have it."""
    settings.ROOT_URLCONF = "config.urls"
    settings.ADMIN_PATH = "staff-only"
    importlib.reload(urls)
    clear_url_caches()
    yield "/staff-only/"
    settings.ADMIN_PATH = ""
    importlib.reload(urls)
    clear_url_caches()


@pytest.fixture
def staff_client(alice: User, alice_client: Client) -> Client:
    """Return Alice's browser after she was made staff."""
    alice.is_staff = alice.is_superuser = True
    alice.save()
    return alice_client


def test_there_is_none_by_default(staff_client: Client) -> None:
    for path in ("/admin/", "/admin/login/", "/staff-only/"):
        assert staff_client.get(path).status_code == 404


def test_a_visitor_logs_in_at_our_own_page(admin: str, client: Client) -> None:
    answer = client.get(admin, follow=True)
    assert answer.redirect_chain[-1][0] == "/login/?next=%2Fstaff-only%2F"


def test_a_person_who_is_not_staff_is_refused(admin: str, bob_client: Client) -> None:
    assert bob_client.get(admin, follow=True).status_code == 403


def test_staff_see_who_there_is_and_no_secrets(
    admin: str, staff_client: Client, alice: User, bob: User
) -> None:
    people = staff_client.get(f"{admin}accounts/user/").content.decode()
    assert "bob" in people
    page = staff_client.get(f"{admin}accounts/user/{bob.pk}/change/").content.decode()
    for secret in (bob.feed_key, bob.email, bob.password):
        assert secret not in people + page


def test_staff_switch_an_account_off(admin: str, staff_client: Client, bob: User) -> None:
    staff_client.post(f"{admin}accounts/user/{bob.pk}/change/", {"username": "eve"})
    bob.refresh_from_db()
    assert (bob.username, bob.is_active) == ("bob", False)


def test_staff_neither_add_nor_delete_there(admin: str, staff_client: Client, bob: User) -> None:
    assert staff_client.get(f"{admin}accounts/user/add/").status_code == 403
    assert staff_client.get(f"{admin}accounts/user/{bob.pk}/delete/").status_code == 403
