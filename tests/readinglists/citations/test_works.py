"""What is cited of items and bookmarks: kind, date, published form, whose words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from bookmarks.drafts import make_draft
from bookmarks.models import Bookmark, Page
from bookmarks.saving import save_bookmark
from readinglists.citations.names import Name
from readinglists.citations.record import CitationRecord, Kind
from readinglists.citations.works import cited_bookmark, cited_item
from readinglists.models import Item
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db

ARXIV = "https://arxiv.org/abs/1706.03762"


def cited(
    alice: User, url: str, *, said: dict[str, Any] | None = None, **facts: Any
) -> CitationRecord:
    """Return the record of an item whose page was read and found to say `facts`."""
    item = add(make_list(alice), url=url, **(said or {}))
    know(item, **facts)
    return cited_item(Item.objects.select_related("page").get(pk=item.pk), private=False).record


def know(item: Item, **facts: Any) -> None:
    assert item.page_id
    Page.objects.filter(pk=item.page_id).update(
        fetched_at=datetime(2026, 1, 2, tzinfo=UTC), **facts
    )
    Item.objects.filter(pk=item.pk).update(facts_at=timezone.now())


@pytest.mark.parametrize(
    ("url", "facts", "kind"),
    [
        (ARXIV, {"kind": "paper"}, Kind.PREPRINT),
        (ARXIV, {"kind": "paper", "details": {"venue": "ICLR 2024"}}, Kind.CONFERENCE),
        (ARXIV, {"details": {"venue": "Phys. Rev. D 76", "doi": "10.1103/x"}}, Kind.JOURNAL),
        (ARXIV, {"details": {"doi": "10.48550/arxiv.1706.03762"}}, Kind.PREPRINT),
        ("https://www.jmlr.org/papers/v3/bengio03a.html", {}, Kind.JOURNAL),
        ("https://proceedings.mlr.press/v70/finn17a.html", {}, Kind.CONFERENCE),
        ("https://doi.org/10.1038/nature14539", {"kind": "paper"}, Kind.JOURNAL),
        ("https://github.com/pytorch/pytorch", {"kind": "code"}, Kind.CODE),
        ("https://huggingface.co/openai/whisper-large", {}, Kind.MODEL),
        ("https://huggingface.co/datasets/openai/gsm8k", {}, Kind.DATASET),
        ("https://www.youtube.com/watch?v=aircAruvnKk", {}, Kind.VIDEO),
        ("https://example.org/post", {"kind": "article"}, Kind.POST),
        ("https://example.org/book", {"kind": "book"}, Kind.BOOK),
        ("https://example.org/x.ipynb", {"kind": "documentation"}, Kind.PAGE),
        ("https://example.org/what", {}, Kind.PAGE),
    ],
)
def test_works_have_their_kind(alice: User, url: str, facts: dict[str, Any], kind: Kind) -> None:
    assert cited(alice, url, **facts).kind is kind


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("citation_journal_title", Kind.JOURNAL),
        ("citation_conference_title", Kind.CONFERENCE),
        ("citation_inbook_title", Kind.CHAPTER),
        ("citation_dissertation_institution", Kind.THESIS),
    ],
)
def test_the_tag_of_a_venue_tells_what_it_is(alice: User, source: str, kind: Kind) -> None:
    found = cited(
        alice,
        "https://example.org/paper",
        kind="paper",
        details={"venue": "Engines"},
        sources={"venue": source},
    )
    assert (found.kind, found.venue) == (kind, "Engines")


def test_the_year_is_that_of_the_first_version(alice: User) -> None:
    record = cited(alice, ARXIV, published="2023-08-02", kind="paper")
    assert record.date_parts == [2017]
    assert cited(alice, ARXIV, published="2017-06-12", kind="paper").date_parts == [2017, 6, 12]


def test_the_published_form_has_the_year_of_its_venue_and_keeps_the_number(alice: User) -> None:
    record = cited(
        alice, ARXIV, published="2017-06-12", details={"venue": "ICLR 2018", "doi": "10.5555/x"}
    )
    assert record.date_parts == [2018]
    assert (record.arxiv, record.doi, record.url) == ("1706.03762", "10.5555/x", ARXIV)


def test_the_words_of_the_list_go_first(alice: User) -> None:
    said = {"title": "Mine", "authors_text": "Ada King et al.", "year": 2016, "venue": "My venue"}
    record = cited(
        alice, ARXIV, said=said, title="Found", authors=["Eve Found"], published="2017-06-12"
    )
    assert (record.title, record.authors, record.others) == ("Mine", (Name("King", "Ada"),), True)
    assert (record.year, record.month, record.venue) == (2016, None, "My venue")


def test_facts_that_may_not_be_shown_yet_are_not_cited(alice: User) -> None:
    item = add(make_list(alice), url="https://example.org/a")
    know(item, title="Found", authors=["Eve Found"])
    Item.objects.filter(pk=item.pk).update(facts_at=None, asked_at=timezone.now())
    fresh = Item.objects.select_related("page").get(pk=item.pk)
    record = cited_item(fresh, private=False).record
    assert (record.title, record.authors, record.accessed) == ("https://example.org/a", (), "")


def test_others_see_no_private_tags_of_a_bookmark(alice: User, bob: User) -> None:
    save_bookmark(alice, make_draft("https://example.org/a", title="A", tags="bayes .thesis"))
    bookmark = Bookmark.objects.select_related("page", "owner").get()
    assert cited_bookmark(bookmark, alice).record.keywords == ("bayes", ".thesis")
    assert cited_bookmark(bookmark, bob).record.keywords == ("bayes",)
