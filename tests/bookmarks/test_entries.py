"""What an entry shows, and to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from bookmarks.entries import Entry, entries_of, entry_of, safe_href
from bookmarks.models import Bookmark, Page
from bookmarks.storing import store_bookmark
from tests.bookmarks.keeping import asked, keep

FACTS = {
    "title": "A title",
    "excerpt": "An opening line. " * 60,
    "authors": ["Ada", "Grace", "Kim", "Alex"],
    "published": "2016-01-04",
    "word_count": 2070,
    "kind": "paper",
    "state": Page.State.FETCHED,
}


def again(bookmark: Bookmark) -> Bookmark:
    """Return a bookmark as it is in the database, with page and owner."""
    return Bookmark.objects.select_related("page", "owner").get(pk=bookmark.pk)


def with_facts(bookmark: Bookmark, **changes: object) -> Bookmark:
    """Let the page of a bookmark be fetched."""
    now = timezone.now()
    facts = FACTS | {"fetched_at": now, "tried_at": now} | changes
    Page.objects.filter(pk=bookmark.page_id).update(**facts)
    Bookmark.objects.filter(pk=bookmark.pk).update(facts_at=now)
    return again(bookmark)


def test_it_shows_the_facts_of_the_page(alice: User) -> None:
    entry = entry_of(with_facts(keep(alice, "https://www.arxiv.org/abs/1")), AnonymousUser())
    assert entry.title == "A title"
    assert entry.facts == "Ada, Grace, Kim et al. · 2016 · 9 min"
    assert (entry.kind, entry.site) == ("paper", "arxiv.org")
    assert entry.excerpt_cut
    assert FACTS["excerpt"].startswith(entry.excerpt)  # type: ignore[attr-defined]


def test_facts_that_are_not_this_persons_to_see_stay_hidden(alice: User) -> None:
    bookmark = keep(alice, "https://example.org/x")
    Page.objects.update(**FACTS)
    entry = entry_of(again(bookmark), alice, own=True)
    assert (entry.title, entry.facts, entry.excerpt, entry.kind) == (bookmark.url, "", "", "")
    assert entry.told.words == "waiting to be fetched"


def test_the_whole_excerpt_is_there_for_the_asking(alice: User) -> None:
    bookmark = with_facts(keep(alice))
    entry = entry_of(bookmark, alice, whole=True)
    assert (entry.excerpt, entry.excerpt_cut) == (FACTS["excerpt"], False)


def test_less_is_quoted_where_a_person_said_much(alice: User) -> None:
    short = entry_of(with_facts(keep(alice, description="Good.")), alice)
    long = entry_of(with_facts(keep(alice, description="Good. " * 50)), alice)
    assert len(long.excerpt) < len(short.excerpt)


def test_private_tags_are_shown_to_their_owner_alone(alice: User, bob: User) -> None:
    bookmark = again(keep(alice, tags="a .b"))
    assert [label for label, _ in entry_of(bookmark, alice, own=True).tags] == ["a", ".b"]
    for viewer in (bob, AnonymousUser()):
        assert [label for label, _ in entry_of(bookmark, viewer).tags] == ["a"]


def test_tags_lead_to_where_one_is(alice: User, bob: User) -> None:
    bookmark = again(keep(alice, tags="c#"))
    assert entry_of(bookmark, bob).tags == [("c#", "/t:c%23/")]
    assert entry_of(bookmark, bob, by_owner=True).tags == [("c#", "/u:alice/t:c%23/")]
    assert entry_of(bookmark, alice, own=True).tags == [("c#", "/u:alice/t:c%23/")]


def test_the_owner_is_named_but_on_their_own_pages(alice: User, bob: User) -> None:
    bookmark = again(keep(alice))
    assert entry_of(bookmark, bob).by == "alice"
    assert entry_of(bookmark, bob, by_owner=True).by == "alice"
    assert entry_of(bookmark, alice, own=True).by == ""


def test_only_ones_own_page_has_buttons(alice: User, bob: User) -> None:
    bookmark = again(keep(alice, unread=True, starred=True))
    own = entry_of(bookmark, alice, own=True)
    assert (own.mine, own.unread, own.starred, own.copy_path) == (True, True, True, "")
    for viewer in (bob, AnonymousUser()):
        other = entry_of(bookmark, viewer)
        assert (other.mine, other.unread, other.starred, other.told.words) == (
            False,
            False,
            False,
            "",
        )
        assert other.copy_path == f"/add?url={bookmark.url}"


@pytest.mark.parametrize(
    ("source", "shown"),
    [("iphone", "iphone"), ("form", ""), ("bookmarklet", ""), ("delicious", "delicious")],
)
def test_it_says_where_it_came_from(alice: User, source: str, shown: str) -> None:
    assert entry_of(again(keep(alice, source=source)), alice).source == shown


def test_others_are_counted_without_oneself(alice: User, bob: User) -> None:
    url = "https://example.org/x"
    mine = keep(alice, url)
    assert entry_of(again(mine), alice).others == ""
    keep(bob, url)
    assert entry_of(again(mine), alice).others == "1 other"
    store_bookmark(alice, asked(url, private=True))
    assert entry_of(again(mine), alice).others == "1 other"


MINUTES = timedelta(minutes=9, seconds=30)
STATES = [
    ({"state": "retrying", "reason": "No answer."}, "trying again in 9 minutes: no answer"),
    ({"state": "failed", "reason": "No answer."}, "could not be fetched: no answer"),
    ({"state": "new", "reason": ""}, "waiting to be fetched"),
]


@pytest.mark.parametrize(("columns", "expected"), STATES)
def test_what_became_of_fetching_is_told_to_the_owner(
    alice: User, columns: dict[str, str], expected: str
) -> None:
    bookmark = keep(alice)
    now = timezone.now()
    Page.objects.update(tried_at=now, retry_at=now + MINUTES, **columns)
    entry = entry_of(again(bookmark), alice, own=True, now=now)
    assert entry.told.words == expected
    assert entry_of(again(bookmark), alice).told.words == ""


def test_what_was_tried_for_somebody_else_is_not_told(alice: User) -> None:
    bookmark = keep(alice)
    Page.objects.update(
        state="failed", reason="No answer.", tried_at=bookmark.saved_at - timedelta(days=1)
    )
    assert entry_of(again(bookmark), alice, own=True).told.words == "waiting to be fetched"


def test_entries_need_no_query(
    alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bookmarks = [with_facts(keep(alice, tags="a b")) for _ in range(3)]
    with django_assert_num_queries(0):
        entries = entries_of(bookmarks, alice, own=True)
    assert all(isinstance(entry, Entry) for entry in entries)


def test_the_time_is_that_of_saving(alice: User) -> None:
    at = datetime(2018, 8, 3, 7, 26, 25, tzinfo=UTC)
    entry = entry_of(again(keep(alice, saved_at=at)), alice)
    assert (entry.when, entry.stamp) == ("august 2018", "2018.08.03 07:26:25")
    assert entry.time == "2018-08-03T07:26:25Z"


SAFE = ["http://a.example", "https://a.example/?x=1#y", "HTTPS://A.example/"]
UNSAFE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    " javascript:alert(1)",
    "javascript://https://a.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "blob:https://a.example/1",
    "view-source:https://a.example/",
    "https:",
    "https:/a.example",
    "//a.example/",
    "/add",
    "a.example",
    "",
]


@pytest.mark.once
@pytest.mark.parametrize("url", SAFE)
def test_web_addresses_are_linked(url: str) -> None:
    assert safe_href(url) == url


@pytest.mark.once
@pytest.mark.parametrize("url", UNSAFE)
def test_nothing_else_is_linked(url: str) -> None:
    assert safe_href(url) == "#"
