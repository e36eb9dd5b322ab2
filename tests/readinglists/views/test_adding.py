"""A page comes into a list from a bookmark, or by an address."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from tests.bookmarks.keeping import keep
from tests.readinglists.making import make_list

pytestmark = pytest.mark.django_db


def test_a_bookmark_leads_into_the_form_of_a_list(alice: User, alice_client: Client) -> None:
    make_list(alice)
    kept = keep(alice, "https://example.org/a")
    page = BeautifulSoup(alice_client.get(f"/lists/add/?b={kept.slug}").content, "lxml")
    link = page.select_one("article a")
    assert link is not None
    form = BeautifulSoup(alice_client.get(str(link["href"])).content, "lxml")
    field = form.select_one("[name=url]")
    assert field is not None
    assert field["value"] == "https://example.org/a"


def test_bookmarks_and_lists_of_others_are_not_told(alice: User, bob_client: Client) -> None:
    make_list(alice)
    kept = keep(alice, "https://example.org/secret", private=True)
    answer = bob_client.get(f"/lists/add/?b={kept.slug}")
    assert b"secret" not in answer.content
    assert b"Learning to rank" not in answer.content
