"""Which value of a fact stays when a page is read again."""

from dataclasses import replace

import pytest

from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.ranks import better

pytestmark = pytest.mark.once

KNOWN = PageFacts(
    title="On priors",
    excerpt="A prior is a belief.",
    authors=("Ada Lovelace",),
    word_count=1000,
    cjk_count=10,
    text="A prior is a belief. And more.",
    feeds=("https://example.org/feed",),
    sources={"title": "og:title", "authors": "citation_author", "excerpt": "main text"},
)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("og:title", "og:title", "new"),
        ("og:title", "citation_title", "new"),
        ("og:title", "json-ld headline", "new"),
        ("title", "h1", "new"),
        ("json-ld headline", "site: address", "new"),
        ("citation_title", "identity", "new"),
        ("citation_title", "json-ld headline", "old"),
        ("json-ld headline", "og:title", "old"),
        ("og:title", "title", "old"),
        ("title", "file name", "old"),
        ("file name", "something else", "old"),
        ("title", "", "old"),
        ("", "title", "new"),
        ("something", "something else", "new"),
    ],
)
def test_a_title_is_replaced_by_one_from_no_lesser_source(old: str, new: str, kept: str) -> None:
    merged = better(
        PageFacts(title="old", sources={"title": old} if old else {}),
        PageFacts(title="new", sources={"title": new} if new else {}),
    )
    assert merged.title == kept
    assert merged.sources.get("title", "") == (old if kept == "old" else new)


def test_a_page_that_has_become_silent_leaves_what_was_known() -> None:
    assert better(KNOWN, PageFacts()) == KNOWN
    silent = replace(PageFacts(), word_count=1000, text="Others.", sources={"language": "en"})
    merged = better(KNOWN, silent)
    assert (merged.title, merged.authors, merged.feeds) == (
        KNOWN.title,
        KNOWN.authors,
        KNOWN.feeds,
    )
    assert merged.sources["authors"] == "citation_author"


@pytest.mark.parametrize(
    ("words", "text"), [(199, "old"), (None, "old"), (200, "new"), (5000, "new")]
)
def test_a_text_stays_when_less_than_a_fifth_is_left(words: int | None, text: str) -> None:
    old = replace(KNOWN, text="old", excerpt="old")
    merged = better(old, PageFacts(word_count=words, text="new", excerpt="new"))
    assert (merged.text, merged.excerpt) == (text, text)
    assert merged.word_count == (1000 if text == "old" else words)


def test_a_first_value_is_taken_from_wherever_it_comes() -> None:
    found = better(PageFacts(), KNOWN)
    assert found == KNOWN


@pytest.mark.parametrize(("source", "kept"), [("og:title", "old"), ("citation_title", "new")])
def test_a_page_that_shrank_gives_a_title_only_from_a_better_source(source: str, kept: str) -> None:
    old = replace(KNOWN, title="old")
    new = PageFacts(title="new", word_count=20, sources={"title": source})
    assert better(old, new).title == kept
