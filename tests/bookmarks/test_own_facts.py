"""Facts that a person brings: which is shown, how they are kept, and that nobody else gets them."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bookmarks.entries import entry_of
from bookmarks.models import Bookmark, Page
from bookmarks.own_facts import (
    clean_own_facts,
    is_date,
    merge_own_facts,
    shown_facts,
    type_own_facts,
)
from bookmarks.storing import delete_bookmark, edit_bookmark, restore_bookmark, store_bookmark
from tests.bookmarks.keeping import asked, keep

URL = "https://papers.example/42"
SEEN = {
    "authors": ["Ada Lovelace"],
    "published": "1843-09",
    "sources": {"authors": "tab: citation_author", "published": "tab: citation_date"},
}
# From the best to the worst, as issue and documents say.
RANKED = [
    *("you", "import", "tab: citation_author", "json-ld author", "og:title", "description"),
    "title",
]


def found(**facts: Any) -> Page:
    """Return a page with facts, each from the source that is named with it."""
    values = {name: value for name, (value, _) in facts.items()}
    return Page(**values, sources={name: source for name, (_, source) in facts.items()})


def brought(source: str, value: str = "Mine") -> dict[str, Any]:
    return {"site_name": value, "sources": {"site_name": source}}


@pytest.mark.once
@pytest.mark.parametrize("place", range(len(RANKED) - 1))
def test_the_better_source_is_shown(place: int) -> None:
    better, worse = RANKED[place : place + 2]
    page = found(site_name=("Theirs", worse.removeprefix("tab: ")))
    shown = shown_facts(brought(better), page)
    assert (shown.site_name, shown.sources) == ("Mine", {"site_name": better})
    page = found(site_name=("Theirs", better.removeprefix("tab: ")))
    if better not in ("you", "import"):  # those are never found on a page
        assert shown_facts(brought(worse), page).site_name == "Theirs"


@pytest.mark.once
def test_of_two_of_one_rank_ones_own_is_shown() -> None:
    page = found(site_name=("Theirs", "citation_journal_title"))
    assert shown_facts(brought("tab: citation_title"), page).site_name == "Mine"


@pytest.mark.once
def test_what_the_person_is_silent_about_is_shown_as_found() -> None:
    page = found(title=("A title", "og:title"), word_count=(100, "text"))
    page.details = {"venue": "A venue", "feeds": ["https://a.example/"]}
    shown = shown_facts(SEEN, page)
    assert (shown.title, shown.word_count, shown.venue) == ("A title", 100, "A venue")
    assert shown.authors == ["Ada Lovelace"]
    assert shown.sources is not None
    assert shown.sources["authors"] == "tab: citation_author"
    assert shown.sources["title"] == "og:title"
    assert page.sources == {"title": "og:title", "word_count": "text"}


@pytest.mark.once
def test_what_is_no_fact_is_dropped() -> None:
    values = {
        "title": ["a list"],
        "authors": ["Ada\x00 ", 5, "", "Ada", None],
        "published": "2023-02-30",
        "kind": "spell",
        "word_count": True,
        "page_count": -5,
        "duration": 10**30,
        "image": "https://tracker.example/",
        "language": "e\u202en",
        "excerpt": "x" * 6_000,
        "venue": "Without a source",
    }
    sources = dict.fromkeys(values, "import") | {"venue": 7}
    kept = clean_own_facts(values, sources)
    assert kept == {
        "authors": ["Ada"],
        "language": "en",
        "excerpt": "x" * 5_000,
        "sources": {"authors": "import", "language": "import", "excerpt": "import"},
    }
    assert clean_own_facts({"image": "https://a.example/"}, {"image": "you"}) is None


DATES = ["2023", "2023-07", "2023-07-09", "2023-07-09T12:00Z", "2023-07-09T12:00:01.5+02:00"]
NO_DATES = ["", "23", "2023-7", "2023-13", "2023-02-29", "July 2023", "2023-07-09 12:00", "2023\n"]
NO_DATES.append("２０２３")  # digits of another width


@pytest.mark.once
def test_dates_are_as_exact_as_known() -> None:
    assert all(map(is_date, DATES))
    assert not any(map(is_date, NO_DATES))


@pytest.mark.once
def test_typing_over_a_fact_makes_it_ones_own_and_emptying_takes_that_back() -> None:
    typed = type_own_facts(SEEN, {"authors": ["Ada King"]})
    assert typed == {
        "authors": ["Ada King"],
        "published": "1843-09",
        "sources": {"authors": "you", "published": "tab: citation_date"},
    }
    assert type_own_facts(typed, {"authors": [], "published": ""}) is None


@pytest.mark.once
def test_merging_keeps_the_better_source() -> None:
    typed = {"authors": ["Ada King"], "sources": {"authors": "you"}}
    merged = merge_own_facts(typed, SEEN)
    assert merged
    assert (merged["authors"], merged["published"]) == (["Ada King"], "1843-09")
    assert merge_own_facts(SEEN, typed) == merged
    assert merge_own_facts(None, SEEN) == merge_own_facts(SEEN, None) == SEEN


def again(bookmark: Bookmark) -> Bookmark:
    return Bookmark.objects.select_related("page", "owner").get(pk=bookmark.pk)


def test_facts_brought_along_show_before_and_without_a_fetch(alice: User) -> None:
    bookmark = keep(alice, URL, own_facts=SEEN)
    assert entry_of(again(bookmark), AnonymousUser()).facts == "Ada Lovelace · 1843"
    Page.objects.update(state=Page.State.BLOCKED, tried_at=timezone.now())
    assert entry_of(again(bookmark), AnonymousUser()).facts == "Ada Lovelace · 1843"


def test_nobody_elses_bookmark_of_the_page_shows_them(
    alice: User, bob: User, visitor_client: Client
) -> None:
    keep(alice, URL, own_facts=SEEN, private=True)
    his = keep(bob, URL)
    Bookmark.objects.update(facts_at=timezone.now())
    assert entry_of(again(his), bob, own=True).facts == ""
    page = Page.objects.get()
    assert (page.authors, page.published, page.sources) == ([], "", {})
    for path in ("/recent/", f"/url:{page.key}/", f"/u:bob/b:{his.slug}/", "/feeds/json/recent/"):
        assert "Lovelace" not in visitor_client.get(path).content.decode()


def test_they_stay_when_the_page_is_saved_again_without_any(alice: User) -> None:
    keep(alice, URL, own_facts=SEEN)
    assert keep(alice, URL).own_facts == SEEN
    typed = {"authors": ["Ada King"], "sources": {"authors": "you"}}
    assert keep(alice, URL, own_facts=typed).shown.authors == ["Ada King"]
    assert keep(alice, URL, own_facts=SEEN).shown.authors == ["Ada King"]


def test_they_stay_when_a_bookmark_is_edited_or_comes_back(alice: User) -> None:
    bookmark = keep(alice, URL, own_facts=SEEN)
    assert edit_bookmark(bookmark, asked(URL, title="New")).bookmark.own_facts == SEEN
    restored = restore_bookmark(delete_bookmark(bookmark)).bookmark
    assert again(restored).own_facts == SEEN


def test_what_was_seen_at_one_address_is_not_told_of_another(alice: User) -> None:
    own = {**SEEN, "venue": "Mine", "sources": {**SEEN["sources"], "venue": "you"}}  # type: ignore[dict-item]
    bookmark = store_bookmark(alice, asked(URL, own_facts=own)).bookmark
    moved = edit_bookmark(bookmark, asked("https://elsewhere.example/")).bookmark
    assert moved.own_facts == {"venue": "Mine", "sources": {"venue": "you"}}
