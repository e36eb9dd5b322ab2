"""The texts of pages and the rarer facts, as they are kept and given back."""

from accounts.models import User
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.models import Page, PageText
from bookmarks.page_facts import columns_of, facts_of
from bookmarks.texts import MAX_LENGTH, keep_text, text_of
from tests.bookmarks.keeping import keep

EVERY_FACT = PageFacts(
    title="On priors",
    excerpt="A prior is a belief.",
    authors=("Ada Lovelace", "Grace Hopper"),
    site_name="The Journal",
    published="2023-07-09",
    modified="2024",
    language="en",
    canonical_url="https://example.org/",
    image="https://example.org/i.png",
    kind="paper",
    word_count=200,
    cjk_count=100,
    page_count=9,
    duration=60,
    abstract="In short.",
    venue="ICML",
    doi="10.1/x",
    identifiers=("doi:10.1/x", "arxiv:1706.03762"),
    pdf_url="https://example.org/x.pdf",
    code_url="https://github.com/ada/x",
    licence="MIT",
    feeds=("https://example.org/feed",),
    icon="https://example.org/icon.png",
    sources={"title": "citation_title", "doi": "citation_doi"},
)


def test_a_text_comes_back_as_it_was(alice: User) -> None:
    page = keep(alice).page
    assert text_of(page) == ""
    keep_text(page.pk, "日本語 and “quotes”\n\na\x00b\n")
    assert text_of(page) == "日本語 and “quotes”\n\na\x00b"
    keep_text(page.pk, "Another.")
    assert text_of(page) == "Another."


def test_a_long_text_is_cut_and_kept_small(alice: User) -> None:
    page = keep(alice).page
    keep_text(page.pk, "A prior is a belief. " * 20_000)
    assert len(text_of(page)) == MAX_LENGTH
    assert len(PageText.objects.get().packed) < 10_000


def test_half_a_character_does_not_keep_the_rest_from_being_kept(alice: User) -> None:
    page = keep(alice).page
    keep_text(page.pk, "a\ud800b")
    assert text_of(page) == "a?b"


def test_an_empty_text_drops_what_was_kept(alice: User) -> None:
    page = keep(alice).page
    keep_text(page.pk, "Something.")
    keep_text(page.pk, " \n")
    assert not PageText.objects.exists()


def test_every_fact_comes_back_from_the_database(alice: User) -> None:
    page = keep(alice).page
    Page.objects.filter(pk=page.pk).update(**columns_of(EVERY_FACT))
    assert facts_of(Page.objects.get()) == EVERY_FACT


def test_facts_a_page_is_silent_about_take_no_room() -> None:
    assert columns_of(PageFacts(title="On priors"))["details"] == {}


def test_endless_facts_are_cut() -> None:
    columns = columns_of(PageFacts(title="t" * 9999, abstract="a" * 99_999, feeds=("f",) * 999))
    assert len(columns["title"]) == 500
    assert len(columns["details"]["abstract"]) == 10_000
    assert len(columns["details"]["feeds"]) == 50
