"""Editing what was found: it tells where it came from, and what is typed goes before it."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bookmarks.models import Bookmark, Page
from tests.bookmarks.keeping import keep
from tests.bookmarks.views.saving_steps import form_values, soup

FACTS = {
    "title": "A Note on Engines",
    "authors": ["Ada Lovelace", "Grace Hopper"],
    "published": "2016-09-01T12:00:00+00:00",
    "kind": "paper",
    "site_name": "Papers",
    "excerpt": "First.\n\nSecond <b>paragraph</b>.",
}
SOURCES = {
    **{"title": "title", "authors": "citation_author", "published": "json-ld datePublished"},
    **{"kind": "address", "site_name": "og:site_name", "excerpt": "description"},
}


@pytest.fixture
def bookmark(alice: User) -> Bookmark:
    """Keep a bookmark whose page was read."""
    kept = keep(alice, "https://papers.example/42")
    now = timezone.now()
    Page.objects.update(**FACTS, sources=SOURCES, state=Page.State.FETCHED, fetched_at=now)
    Bookmark.objects.update(facts_at=now)
    return kept


def path_of(bookmark: Bookmark) -> str:
    return f"/u:alice/b:{bookmark.slug}/edit/"


def change(client: Client, bookmark: Bookmark, **changes: str) -> Bookmark:
    """Change fields of the form as it is shown, send it, and return the bookmark."""
    form = form_values(client.get(path_of(bookmark)).content) | kind_of(client, bookmark)
    answer = client.post(path_of(bookmark), form | changes)
    assert answer.status_code == 302, soup(answer.content).select_one(".error")
    return Bookmark.objects.select_related("page", "owner").get()


def kind_of(client: Client, bookmark: Bookmark) -> dict[str, str]:
    chosen = soup(client.get(path_of(bookmark)).content).select_one("[name=kind] [selected]")
    return {"kind": str(chosen["value"]) if chosen else ""}


def help_of(client: Client, bookmark: Bookmark, name: str) -> str:
    helped = soup(client.get(path_of(bookmark)).content).find(id=f"id_{name}_helptext")
    return helped.get_text(strip=True) if helped else ""


def test_each_fact_is_shown_with_where_it_came_from(
    alice_client: Client, bookmark: Bookmark
) -> None:
    values = form_values(alice_client.get(path_of(bookmark)).content)
    assert values["authors"] == "Ada Lovelace\nGrace Hopper"
    assert values["excerpt"] == FACTS["excerpt"]
    assert kind_of(alice_client, bookmark) == {"kind": "paper"}
    assert help_of(alice_client, bookmark, "authors") == "From its citation tags."
    assert "from its title" in help_of(alice_client, bookmark, "title")


def test_what_is_left_alone_stays_the_pages(alice_client: Client, bookmark: Bookmark) -> None:
    changed = change(alice_client, bookmark, description="Good.")
    assert (changed.description, changed.own_facts) == ("Good.", None)


def test_a_form_without_these_fields_changes_none(alice_client: Client, bookmark: Bookmark) -> None:
    change(alice_client, bookmark, published="2015")
    alice_client.post(path_of(bookmark), {"url": bookmark.url, "title": "T"})
    assert Bookmark.objects.get().shown.published == "2015"


def test_what_is_typed_is_ones_own_and_the_page_stays_as_it_is(
    alice_client: Client, bookmark: Bookmark
) -> None:
    typed = {
        "authors": " Ada  King \r\n\r\nCharles Babbage",
        "published": "1843-09",
        "kind": "article",
        "site_name": "Memoirs",
        "excerpt": "Mine.",
    }
    changed = change(alice_client, bookmark, **typed)
    assert changed.own_facts == typed | {
        "authors": ["Ada King", "Charles Babbage"],
        "sources": dict.fromkeys(typed, "you"),
    }
    assert changed.page.authors == FACTS["authors"]
    told = help_of(alice_client, bookmark, "authors")
    assert told.startswith("You typed this.")
    assert "Ada Lovelace, Grace Hopper" in told


def test_only_what_was_changed_becomes_ones_own(alice_client: Client, bookmark: Bookmark) -> None:
    changed = change(alice_client, bookmark, site_name="Memoirs")
    assert changed.own_facts == {"site_name": "Memoirs", "sources": {"site_name": "you"}}


@pytest.mark.parametrize("text", ["", "Papers"], ids=["emptied", "as found"])
def test_it_goes_back_to_what_was_found(
    alice_client: Client, bookmark: Bookmark, text: str
) -> None:
    change(alice_client, bookmark, site_name="Memoirs", published="2015")
    changed = change(alice_client, bookmark, site_name=text)
    assert changed.own_facts == {"published": "2015", "sources": {"published": "you"}}
    assert changed.shown.site_name == "Papers"


def test_a_page_read_meanwhile_makes_nothing_ones_own(
    alice_client: Client, bookmark: Bookmark
) -> None:
    form = form_values(alice_client.get(path_of(bookmark)).content) | {"kind": "paper"}
    Page.objects.update(authors=["Somebody Else"], excerpt="New.")
    alice_client.post(path_of(bookmark), form | {"description": "Good."})
    assert Bookmark.objects.get().own_facts is None


WRONG = {
    "published": ["September 1843", "2023-02-30", "1843/09"],
    "authors": ["\n".join(f"A{n}" for n in range(201)), "x" * 201],
    "site_name": ["x" * 201],
    "excerpt": ["x" * 5_001],
    "kind": ["spell"],
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in WRONG.items() for text in texts]
)
def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_lost(
    alice_client: Client, bookmark: Bookmark, name: str, text: str
) -> None:
    form = form_values(alice_client.get(path_of(bookmark)).content) | {"kind": "paper"}
    answer = alice_client.post(path_of(bookmark), form | {name: text, "description": "Kept."})
    assert answer.status_code == 422
    page = soup(answer.content)
    assert page.select_one("details.found[open]")
    field = page.select_one(f"details.found [name={name}]")
    assert field
    assert field["aria-invalid"] == "true"
    assert page.find(id=f"id_{name}_error")
    values = form_values(answer.content)
    assert values["description"] == "Kept."
    assert name == "kind" or values[name] == text
    assert Bookmark.objects.get().own_facts is None


def test_facts_can_be_typed_where_nothing_is_known(alice: User, alice_client: Client) -> None:
    bookmark = keep(alice)
    assert help_of(alice_client, bookmark, "authors") == "Not found so far."
    changed = change(alice_client, bookmark, authors="Ada King", published="1843")
    assert (changed.shown.authors, changed.shown.published) == (["Ada King"], "1843")


def test_facts_that_are_not_yet_this_persons_to_see_stay_hidden(
    alice_client: Client, bookmark: Bookmark
) -> None:
    Bookmark.objects.update(facts_at=None)
    change(alice_client, bookmark, site_name="Memoirs")
    assert "Papers" not in alice_client.get(path_of(bookmark)).content.decode()
