"""All that is told of a page on its bookmark's own page, and where each fact came from."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from bookmarks.fact_words import Fact, alternates_in_words, facts_in_words
from bookmarks.models import Alternate, Bookmark, Page
from bookmarks.paths import bookmark_path
from bookmarks.source_words import source_in_words
from tests.bookmarks.keeping import keep
from tests.bookmarks.views.saving_steps import soup

URL = "https://example.org/paper"
DETAILS: dict[str, Any] = {
    "abstract": "We show a thing.",
    "venue": "JMLR",
    "doi": "10.1000/x",
    "pdf_url": "https://example.org/paper.pdf",
    "code_url": "javascript:alert(1)",
    "licence": "MIT",
    "feeds": ["https://example.org/feed.xml"],
    "page_count": 15,
    "duration": 3725,
}
SOURCES = {
    "title": "citation_title",
    "authors": "json-ld",
    "published": "time",
    "site_name": "og:site_name",
    "language": "html lang",
    "abstract": "citation_abstract",
    "pdf_url": "citation_pdf_url",
}
FACTS: dict[str, Any] = {
    "title": "What the page says",
    "authors": ["Ada", "Grace"],
    "site_name": "A journal",
    "published": "2016-01-04T10:00:00Z",
    "modified": "2017",
    "language": "pt-BR",
    "kind": "paper",
    "word_count": 4600,
    "cjk_count": 12,
    "details": DETAILS,
    "sources": SOURCES,
    "state": "fetched",
}
EXPECTED = [
    Fact("Title found", "What the page says", "from its citation tags"),
    Fact("Site", "A journal", "from og:site_name"),
    Fact("By", "Ada, Grace", "from its structured data (JSON-LD)"),
    Fact("Published", "2016-01-04", "from a date marked up in it"),
    Fact("Changed", "2017"),
    Fact("In", "JMLR"),
    Fact("DOI", "10.1000/x", href="https://doi.org/10.1000/x"),
    Fact("Kind", "paper"),
    Fact("Language", "Portuguese (pt-BR)", "from its markup"),
    Fact("Licence", "MIT"),
    Fact("Length", "4,600 words, 12 of them single characters, 20 min"),
    Fact("Pages", "15"),
    Fact("Plays for", "1:02:05"),
    Fact(
        "PDF",
        "example.org/paper.pdf",
        "from its citation tags",
        "https://example.org/paper.pdf",
    ),
    Fact("Code", "javascript:alert(1)", href="#"),
    Fact("Feed", "example.org/feed.xml", href="https://example.org/feed.xml"),
]


@pytest.fixture
def known(alice: User) -> Bookmark:
    """Return a bookmark with a title of its own, of whose page all is known."""
    kept = keep(alice, URL, title="Mine")
    now = timezone.now()
    Page.objects.update(fetched_at=now, tried_at=now, **FACTS)
    Bookmark.objects.update(facts_at=now)
    Alternate.objects.create(
        page=kept.page, key="1" * 40, url="https://example.org/v2", role="version", source="link"
    )
    Alternate.objects.create(page=kept.page, key="2" * 40, url=DETAILS["pdf_url"], role="pdf")
    return again(kept)


def again(bookmark: Bookmark) -> Bookmark:
    return Bookmark.objects.select_related("page", "owner").get(pk=bookmark.pk)


def test_every_fact_is_told_with_its_source(known: Bookmark) -> None:
    facts = facts_in_words(known)
    assert facts.lines == EXPECTED
    assert facts.abstract == Fact("Abstract", "We show a thing.", "from its citation tags")


def test_other_addresses_are_told_once(
    known: Bookmark, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        others = alternates_in_words(known)
    assert others == [Fact("Version", "example.org/v2", "from its links", "https://example.org/v2")]


def test_facts_that_are_not_this_persons_to_see_are_not_told(known: Bookmark) -> None:
    Bookmark.objects.update(facts_at=None)
    hidden = again(known)
    assert facts_in_words(hidden).lines == []
    assert facts_in_words(hidden).abstract is None
    assert alternates_in_words(hidden) == []


def test_what_the_person_brought_is_told_as_theirs(known: Bookmark) -> None:
    Bookmark.objects.update(
        own_facts={
            "authors": ["Kim"],
            "published": "2015",
            "sources": {"authors": "you", "published": "tab: citation_date"},
        }
    )
    lines = {fact.name: fact for fact in facts_in_words(again(known)).lines}
    assert lines["By"] == Fact("By", "Kim", "typed by you")
    assert lines["Published"] == Fact("Published", "2015", "from its citation tags, in your tab")


@pytest.mark.once
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", ""),
        ("title", "from its title"),
        ("h1", "from its heading"),
        ("host", "from its address"),
        ("dc.creator", "from its Dublin Core tags"),
        ("json-ld headline", "from its structured data (JSON-LD)"),
        ("og:title", "from og:title"),
        ("og:article:published_time", "from its article tags"),
        ("pdf first page", "from the PDF's first page"),
        ("pdf info", "from the PDF's own details"),
        ("something new", "from something new"),
        ("a {brace}", "from a {brace}"),
    ],
)
def test_a_source_is_told_in_plain_words(source: str, words: str) -> None:
    assert source_in_words(source) == words


@pytest.mark.parametrize("who", ["alice_client", "bob_client", "visitor_client"])
def test_the_permalink_shows_them(
    request: pytest.FixtureRequest, known: Bookmark, who: str
) -> None:
    client: Client = request.getfixturevalue(who)
    page = soup(client.get(bookmark_path("alice", known.slug)).content)
    named = [dt.get_text() for dt in page.select(".known dt")]
    assert named[: len(EXPECTED) + 1] == [*(fact.name for fact in EXPECTED), "Version"]
    assert "We show a thing." in page.select(".abstract")[0].get_text()
    assert not [link for link in page.select("a") if "javascript" in str(link.get("href"))]


def test_the_permalink_costs_few_queries(
    alice_client: Client, known: Bookmark, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):  # session, person, owner, bookmark, alternates, lists
        alice_client.get(bookmark_path("alice", known.slug))


def test_an_address_whose_host_has_moved_is_told_with_the_new_one(alice: User) -> None:
    bookmark = keep(alice, "https://www.aclweb.org/anthology/P18-1001")
    told = facts_in_words(bookmark).lines[0]
    assert (told.name, told.value) == ("Now at", "aclanthology.org/P18-1001/")
