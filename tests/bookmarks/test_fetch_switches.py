"""Not to fetch: as a person wishes, for private bookmarks alone, or as the operator says."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from bookmarks.entries import entry_of
from bookmarks.fetch_words import SWITCHED_OFF, UNFETCHED
from bookmarks.models import Bookmark, FetchJob
from bookmarks.storing import delete_bookmark, restore_bookmark
from tests.bookmarks.keeping import keep


def wish(person: User, **switches: bool) -> None:
    User.objects.filter(pk=person.pk).update(**switches)
    person.refresh_from_db()


def told(bookmark: Bookmark) -> tuple[str, str]:
    """Return what the owner reads of the fetch, and what the button says."""
    entry = entry_of(Bookmark.objects.get(pk=bookmark.pk), bookmark.owner, own=True)
    return entry.told.words, entry.told.button


def test_who_wishes_no_fetches_gets_none_and_is_told_so(alice: User, bob: User) -> None:
    wish(alice, fetch_pages=False)
    assert told(keep(alice, "https://example.org/")) == (UNFETCHED, "fetch it once")
    assert not FetchJob.objects.exists()
    keep(bob, "https://example.org/")
    assert FetchJob.objects.get().owner == bob


@pytest.mark.parametrize("private", [False, True])
def test_private_pages_are_fetched_only_as_wished(alice: User, private: bool) -> None:
    wish(alice, fetch_private=False)
    bookmark = keep(alice, private=private)
    assert FetchJob.objects.exists() is not private
    assert told(bookmark)[0] == (UNFETCHED if private else "waiting to be fetched")


def test_one_page_can_be_fetched_all_the_same(alice: User, alice_client: Client) -> None:
    wish(alice, fetch_pages=False)
    bookmark = keep(alice)
    assert "fetch it once" in alice_client.get("/u:alice/").text
    alice_client.post(f"/u:alice/b:{bookmark.slug}/fetch/")
    assert FetchJob.objects.get().page == bookmark.page
    assert told(bookmark) == ("waiting to be fetched", "")


def test_a_deleted_bookmark_comes_back_unfetched(alice: User) -> None:
    wish(alice, fetch_pages=False)
    restored = restore_bookmark(delete_bookmark(keep(alice))).bookmark
    assert told(restored)[0] == UNFETCHED
    assert not FetchJob.objects.exists()


def test_while_the_operator_has_it_off_pages_wait_and_people_are_told(
    alice: User, settings: Settings
) -> None:
    settings.FETCH = False
    bookmark = keep(alice)
    assert told(bookmark) == (SWITCHED_OFF, "")
    settings.FETCH = True
    assert told(bookmark) == ("waiting to be fetched", "")
    assert FetchJob.objects.count() == 1


def test_the_wishes_are_set_on_the_settings_page(alice: User, alice_client: Client) -> None:
    for form, kept in [({"fetch_pages": "on"}, (True, False)), ({"other": "x"}, (False, False))]:
        alice_client.post("/settings/", form)
        alice.refresh_from_db()
        assert (alice.fetch_pages, alice.fetch_private) == kept
    assert "Fetch the pages I save" in alice_client.get("/settings/").text
