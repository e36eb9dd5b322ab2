"""A reader that has the current version is told so, before anything is written."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date, parse_http_date

from accounts.models import User
from bookmarks.drafts import make_draft
from bookmarks.feeds import views
from bookmarks.models import Bookmark
from bookmarks.storing import delete_bookmark, edit_bookmark
from tests.bookmarks.feeds.keeping import FORMS, get_feed, keep, keep_many, show_facts

PATHS = ("recent/", "popular/", "t:bayes/", "u:alice/", "u:alice/t:bayes/", "u:alice/public/")


@pytest.fixture
def bookmark(alice: User, bob: User) -> Bookmark:
    """Return a bookmark that every feed shows."""
    keep(bob, "0", tags="bayes")
    return keep(alice, "0", title="Once", tags="bayes")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("wrap", ["{}", "W/{}", '"other", {}', '"a,b", W/"c", W/{}', "*"])
def test_a_tag_that_matches_is_answered_with_304(bookmark: Bookmark, form: str, wrap: str) -> None:
    for path in PATHS:
        etag = get_feed(form, path)["ETag"]
        response = get_feed(form, path, headers={"If-None-Match": wrap.format(etag)})
        assert (path, response.status_code, response.content) == (path, 304, b"")
        assert response["ETag"] == etag


def test_nothing_is_written_for_a_304(bookmark: Bookmark, monkeypatch: pytest.MonkeyPatch) -> None:
    etag = get_feed("atom", "recent/")["ETag"]
    monkeypatch.delattr(views, "make_feed")

    assert get_feed("atom", "recent/", headers={"If-None-Match": etag}).status_code == 304


def test_a_date_is_asked_only_without_a_tag(bookmark: Bookmark) -> None:
    first = get_feed("rss", "recent/")
    modified = first["Last-Modified"]
    tomorrow = http_date((datetime.now(UTC) + timedelta(days=1)).timestamp())
    before = http_date(parse_http_date(modified) - 1)
    since = "If-Modified-Since"

    assert get_feed("rss", "recent/", headers={since: modified}).status_code == 304
    assert get_feed("rss", "recent/", headers={since: tomorrow}).status_code == 304
    assert get_feed("rss", "recent/", headers={since: before}).status_code == 200
    assert get_feed("rss", "recent/", headers={since: "nonsense"}).status_code == 200
    other = {since: tomorrow, "If-None-Match": '"other"'}
    assert get_feed("rss", "recent/", headers=other).status_code == 200


def test_an_empty_feed_has_a_tag_too(alice: User) -> None:
    first = get_feed("atom", "t:unused/")

    assert "Last-Modified" not in first
    assert (
        get_feed("atom", "t:unused/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_change_changes_the_tag(alice: User, bookmark: Bookmark, form: str) -> None:
    tags = [get_feed(form, "u:alice/")["ETag"]]
    edit_bookmark(bookmark, make_draft(bookmark.url, title="Twice"))
    tags.append(get_feed(form, "u:alice/")["ETag"])
    show_facts(bookmark, excerpt="Now read")
    tags.append(get_feed(form, "u:alice/")["ETag"])
    another = keep(alice, "another")
    tags.append(get_feed(form, "u:alice/")["ETag"])
    tags.append(get_feed(form, "u:alice/?count=1")["ETag"])
    keep_many(alice, 1)
    delete_bookmark(another)
    tags.append(get_feed(form, "u:alice/")["ETag"])

    assert len(set(tags)) == len(tags)


def test_an_entry_beyond_the_page_changes_the_way_there_and_the_tag(alice: User) -> None:
    keep_many(alice, 2, start=5)
    alone = get_feed("atom", "recent/?count=2")
    keep_many(alice, 1)
    followed = get_feed("atom", "recent/?count=2")

    assert b'rel="next"' not in alone.content
    assert b'rel="next"' in followed.content
    assert alone["ETag"] != followed["ETag"]


def test_the_same_list_has_another_tag_in_another_form(bookmark: Bookmark) -> None:
    assert len({get_feed(form, "recent/")["ETag"] for form in FORMS}) == len(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_head_says_what_get_says_without_the_words(bookmark: Bookmark, form: str) -> None:
    response = Client().head(f"/feeds/{form}/recent/")

    assert response.status_code == 200
    assert response.content == b""
    assert response["ETag"] == get_feed(form, "recent/")["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_feed_can_only_be_read(bookmark: Bookmark, method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)("/feeds/atom/recent/")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_a_slash_at_the_end_may_be_left_out(bookmark: Bookmark) -> None:
    with_slash, without = get_feed("json", "u:alice/t:bayes/"), get_feed("json", "u:alice/t:bayes")

    assert without.status_code == 200
    assert without.content == with_slash.content.replace(
        b"feeds/json/u:alice/t:bayes/", b"feeds/json/u:alice/t:bayes"
    )


@pytest.mark.parametrize("path", [*PATHS, "private"])
def test_ten_more_entries_cost_no_more_queries(alice: User, bob: User, path: str) -> None:
    key = alice.feed_key if path == "private" else ""
    path = "u:alice/" if key else path
    keep_many(alice, 2, tags="bayes .mine")
    keep_many(bob, 2, tags="bayes")
    few = queries_for(path, key)
    keep_many(alice, 10, start=10, tags="bayes .mine")
    keep_many(bob, 10, start=10, tags="bayes")

    assert queries_for(path, key) == few <= 5


def queries_for(path: str, key: str) -> int:
    """Return how many queries a feed takes."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert get_feed("atom", path, key).status_code == 200
    return len(queries)
