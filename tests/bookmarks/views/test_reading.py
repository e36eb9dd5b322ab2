"""The text of a page, read on the site: by whom, and what stands there."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from bookmarks.models import Bookmark, Page
from bookmarks.paths import bookmark_path
from bookmarks.texts import keep_text
from tests.bookmarks.keeping import keep
from tests.bookmarks.views.saving_steps import soup

TEXT = "The opening.\n\n<script>alert(1)</script> & more.\n\nThe end."
FACTS = {"word_count": 460, "cjk_count": 0, "authors": ["Ada"], "published": "2016-01-04T10:00Z"}


def read(bookmark: Bookmark, text: str = TEXT, **facts: Any) -> str:
    """Let the page of a bookmark be read; return the path of its text."""
    now = timezone.now()
    Page.objects.filter(pk=bookmark.page_id).update(
        **(FACTS | {"title": "A page", "state": "fetched", "fetched_at": now} | facts)
    )
    Bookmark.objects.filter(pk=bookmark.pk).update(facts_at=now)
    keep_text(bookmark.page_id, text)
    return bookmark_path("alice", bookmark.slug, "text")


def test_the_owner_reads_the_text_in_paragraphs(alice: User, alice_client: Client) -> None:
    path = read(keep(alice, "https://example.org/a"))
    page = soup(alice_client.get(path).content)
    assert [p.get_text() for p in page.select(".text p")] == TEXT.split("\n\n")
    assert not page.select(".text script")
    about = page.select_one(".about")
    assert about
    assert about.get_text() == "example.org · Ada · 2016-01-04 · 460 words, 2 min"
    assert page.select("a[href='https://example.org/a']")


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("who", ["bob_client", "visitor_client"])
def test_nobody_else_does(
    request: pytest.FixtureRequest, alice: User, who: str, private: bool
) -> None:
    path = read(keep(alice, private=private))
    answer = request.getfixturevalue(who).get(path)
    assert answer.status_code == 404
    assert b"The opening." not in answer.content


def test_whose_own_bookmark_it_is_not_cannot_borrow_its_name(
    alice: User, bob: User, bob_client: Client
) -> None:
    kept = keep(alice)
    read(kept)
    assert bob_client.get(bookmark_path("bob", kept.slug, "text")).status_code == 404


def test_a_text_read_for_somebody_else_is_not_shown(
    alice: User, bob: User, alice_client: Client
) -> None:
    url = "https://example.org/a"
    read(keep(bob, url, private=True))
    kept = keep(alice, url)
    Bookmark.objects.filter(pk=kept.pk).update(facts_at=None)
    assert alice_client.get(bookmark_path("alice", kept.slug, "text")).status_code == 404


def test_a_page_without_text_says_so(alice: User, alice_client: Client) -> None:
    answer = alice_client.get(read(keep(alice), text=""))
    assert answer.status_code == 404
    assert "was not kept" in soup(answer.content).get_text()


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar-EG", "rtl"), ("he", "rtl"), ("", "auto")]
)
def test_it_runs_as_its_language_does(
    alice: User, alice_client: Client, language: str, direction: str
) -> None:
    page = soup(alice_client.get(read(keep(alice), language=language)).content)
    [text] = page.select(".text")
    assert (text.get("lang", ""), text["dir"]) == (language, direction)


def test_entries_lead_there_where_a_text_was_kept(
    alice: User, alice_client: Client, bob_client: Client
) -> None:
    path = read(keep(alice))
    older = keep(alice)
    read(older, cjk_count=None)
    keep(alice)
    links = soup(alice_client.get("/u:alice/").content).select("a[href$='/text/']")
    assert [link["href"] for link in links] == [path]
    assert not soup(bob_client.get("/u:alice/").content).select("a[href$='/text/']")


def test_nothing_is_loaded_from_elsewhere(alice: User, alice_client: Client) -> None:
    answer = alice_client.get(read(keep(alice), text="![](https://evil.example/x.png)"))
    page = soup(answer.content)
    loaded = {str(each.get("src") or each.get("href")) for each in page.select("[src], link")}
    ours = {"/manifest.webmanifest", "/opensearch.xml"}
    assert ours < loaded
    assert all(address.startswith("/static/") for address in loaded - ours)


def test_reading_costs_few_queries(
    alice: User, alice_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = read(keep(alice))
    with django_assert_num_queries(5):  # the session, its person, the owner, bookmark, text
        alice_client.get(path)
