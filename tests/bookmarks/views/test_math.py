"""Titles with TeX on pages and in feeds."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bookmarks.models import Bookmark, Page
from tests.bookmarks.keeping import keep

TITLE = r"Learning $Q^*$ with ReLU$^2$ & \textbf{friends}"
PLAIN = "Learning Q* with ReLU² & friends"
HOSTILE = r'$\text{"onclick="alert(1)}$'


@pytest.fixture
def bookmark(alice: User) -> Bookmark:
    """Return a bookmark whose page has TeX in title and excerpt."""
    kept = keep(
        alice, "https://a.example/$x$/", "a", description="see $x_1$ at http://b.example/$y$"
    )
    now = timezone.now()
    facts = {"title": TITLE, "excerpt": r"In $\ell_\infty$, for $5 or $10.", "fetched_at": now}
    Page.objects.filter(pk=kept.page_id).update(state=Page.State.FETCHED, **facts)
    Bookmark.objects.filter(pk=kept.pk).update(facts_at=now)
    return kept


def test_formulas_show_where_words_are(bookmark: Bookmark, visitor_client: Client) -> None:
    page = BeautifulSoup(visitor_client.get("/u:alice/").content, "lxml")
    [entry] = page.select("article.bookmark")
    title = entry.select_one("a.bookmark_title")
    assert title
    assert [each.get_text() for each in title.select("math")] == ["Q*", "2"]
    assert title.get_text() == "Learning Q* with ReLU2 & friends"
    assert title["href"] == "https://a.example/$x$/"
    assert [each.get_text() for each in entry.select("blockquote math")] == ["ℓ∞"]
    assert [each.get_text() for each in entry.select(".description math")] == ["x1"]
    assert [each["href"] for each in entry.select(".description a")] == ["http://b.example/$y$"]


def test_titles_of_pages_are_plain(bookmark: Bookmark, visitor_client: Client) -> None:
    for path in (f"/u:alice/b:{bookmark.slug}/", f"/url:{bookmark.page.key}/"):
        page = BeautifulSoup(visitor_client.get(path).content, "lxml")
        assert page.title
        assert page.title.get_text() == f"{PLAIN} – Softmarks"


def test_feeds_are_plain(bookmark: Bookmark, visitor_client: Client) -> None:
    [item] = json.loads(visitor_client.get("/feeds/json/u:alice/").content)["items"]
    assert (item["title"], item["_ml"]) == (PLAIN, {"title_tex": TITLE})
    assert "In ℓ∞, for $5 or $10." in item["content_html"]
    assert "see $x_1$ at" in item["content_text"]  # a person's words stay
    for form in ("atom", "rss"):
        feed = BeautifulSoup(visitor_client.get(f"/feeds/{form}/u:alice/").content, "xml")
        [title] = [each.title for each in feed.select("entry, item")]
        assert title is not None
        assert title.get_text() == PLAIN


def test_a_title_without_tex_is_told_once(alice: User, visitor_client: Client) -> None:
    keep(alice, title="costs $5 and $10")
    [item] = json.loads(visitor_client.get("/feeds/json/u:alice/").content)["items"]
    assert item["title"] == "costs $5 and $10"
    assert "_ml" not in item


def test_no_title_gets_out_of_an_attribute(alice: User, alice_client: Client) -> None:
    for url in ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/pdf/1706.03762"):
        keep(alice, url, title=HOSTILE)
    page = BeautifulSoup(alice_client.get("/u:alice/duplicates/").content, "lxml")
    assert page.select("form.duplicates")
    assert page.select("[onclick]") == []


def test_tags_names_and_addresses_stay(alice: User, visitor_client: Client) -> None:
    keep(alice, "https://a.example/?q=$x$", "$x$")
    page = BeautifulSoup(visitor_client.get("/u:alice/").content, "lxml")
    assert page.select("math") == []


def test_an_excerpt_is_not_cut_within_a_formula(alice: User, visitor_client: Client) -> None:
    kept = keep(alice)
    excerpt = f"{'word ' * 61} $a {'+ b ' * 40}+ c$ {'word ' * 60}"
    Page.objects.filter(pk=kept.page_id).update(excerpt=excerpt, state=Page.State.FETCHED)
    Bookmark.objects.update(facts_at=timezone.now())
    page = BeautifulSoup(visitor_client.get("/u:alice/").content, "lxml")
    [quoted] = page.select("blockquote")
    assert "$" not in quoted.get_text()
    assert quoted.get_text().endswith("word … [more]")
