"""What the owner of a bookmark is told of fetching its page, and what is kept from them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from bookmarks.fetch_words import Told, fetch_words
from bookmarks.models import Bookmark, Page
from tests.bookmarks.keeping import keep

NOW = timezone.now()
MINUTES, HOURS, DAYS = (timedelta(**{unit: 1}) for unit in ("minutes", "hours", "days"))
TODAY = f"{NOW.day} {NOW.strftime('%B').lower()} {NOW.year}"
BLOCKED = "The site shows robots a different page."
TIMEOUT = "The page could not be reached."

# What is known of the page, and what is said after it was tried for this person.
TOLD: dict[str, tuple[dict[str, Any], Told]] = {
    "at first": ({"state": "new"}, Told("waiting to be fetched")),
    "after a failure": (
        {"state": "retrying", "reason": TIMEOUT, "retry_at": NOW + 2 * HOURS},
        Told("trying again in 2 hours: the page could not be reached", "try again"),
    ),
    "in the end": (
        {"state": "failed", "reason": TIMEOUT},
        Told("could not be fetched: the page could not be reached", "try again"),
    ),
    "without a reason": (
        {"state": "failed", "reason": ""},
        Told("could not be fetched: no reason was given", "try again"),
    ),
    "of a 403": (
        {"state": "failed", "http_status": 403, "reason": "The site does not show it (403)."},
        Told("the site refused us (403)", "try again"),
    ),
    "of a wall for robots": (
        {"state": "blocked", "reason": BLOCKED, "check_at": NOW + 3 * DAYS},
        Told(
            "blocked: the site shows robots a different page; looked at again in 3 days",
            "try again",
        ),
    ),
    "of what policy forbids": (
        {"state": "refused", "reason": "This address was refused by policy."},
        Told("not fetched: this address was refused by policy"),
    ),
    "of an image": (
        {"state": "not_text", "reason": "This is an image, not a web page."},
        Told("this is an image, not a web page", "try again"),
    ),
    "of a page not found": (
        {"state": "gone", "missing_since": NOW, "check_at": NOW + 5 * DAYS},
        Told(f"missing since {TODAY}; looked at again in 5 days", "try again"),
    ),
}


def again(bookmark: Bookmark) -> Bookmark:
    return Bookmark.objects.select_related("page", "owner").get(pk=bookmark.pk)


def told_of(bookmark: Bookmark, *, whole: bool = False, now: datetime = NOW) -> Told:
    return fetch_words(again(bookmark), now, whole=whole)


def keep_at(owner: User, moment: datetime) -> Bookmark:
    """Keep something at that moment."""
    bookmark = keep(owner, saved_at=moment)
    Bookmark.objects.filter(pk=bookmark.pk).update(created_at=moment)
    return bookmark


@pytest.fixture
def kept(alice: User) -> Bookmark:
    """Return a bookmark saved a day ago, whose page nobody has tried to fetch."""
    return keep_at(alice, NOW - DAYS)


@pytest.mark.parametrize("case", TOLD)
def test_the_owner_is_told_what_became_of_it(kept: Bookmark, case: str) -> None:
    columns, expected = TOLD[case]
    Page.objects.update(tried_at=NOW, **columns)
    assert told_of(kept) == expected


@pytest.mark.parametrize("case", TOLD)
@pytest.mark.parametrize("whole", [False, True])
def test_what_was_tried_before_one_saved_it_is_not_told(
    kept: Bookmark, case: str, whole: bool
) -> None:
    Page.objects.update(tried_at=kept.saved_at - MINUTES, **TOLD[case][0])
    assert told_of(kept, whole=whole) == Told("waiting to be fetched")


def test_what_was_tried_before_an_old_bookmark_came_here_is_not_told(kept: Bookmark) -> None:
    Bookmark.objects.update(saved_at=NOW - 900 * DAYS)
    Page.objects.update(state="failed", reason=TIMEOUT, tried_at=NOW - 2 * DAYS)
    assert told_of(kept, whole=True) == Told("waiting to be fetched")


def test_what_was_read_for_somebody_else_is_not_told(kept: Bookmark) -> None:
    before = kept.saved_at - MINUTES
    Page.objects.update(state="fetched", fetched_at=before, tried_at=before)
    assert told_of(kept, whole=True) == Told("waiting to be fetched")


def fetched(bookmark: Bookmark, at: datetime) -> None:
    Page.objects.update(state="fetched", fetched_at=at, tried_at=at)
    Bookmark.objects.filter(pk=bookmark.pk).update(facts_at=at)


def test_when_it_was_fetched_is_told_on_its_own_page(kept: Bookmark) -> None:
    fetched(kept, NOW - 3 * MINUTES)
    assert told_of(kept, whole=True) == Told("fetched 3 minutes ago")
    assert told_of(kept) == Told()


def test_lists_tell_that_all_is_well_just_after_saving_only(alice: User) -> None:
    bookmark = keep_at(alice, NOW)
    fetched(bookmark, NOW)
    assert told_of(bookmark) == Told("fetched just now")
    assert told_of(bookmark, now=NOW + 11 * MINUTES) == Told()


def test_a_page_read_a_day_ago_may_be_fetched_again(kept: Bookmark) -> None:
    fetched(kept, NOW - 2 * DAYS)
    assert told_of(kept, whole=True) == Told("fetched 2 days ago", "fetch again")


def test_what_is_shown_in_spite_of_trouble_is_dated(kept: Bookmark) -> None:
    fetched(kept, NOW - 9 * DAYS)
    Page.objects.update(state="failed", reason=TIMEOUT, tried_at=NOW)
    words = told_of(kept, whole=True).words
    assert words.endswith("could not be reached. What is shown was read 1 week ago")
    assert "1 week" not in told_of(kept).words


def test_a_page_that_is_gone_is_dated(kept: Bookmark) -> None:
    fetched(kept, NOW - 9 * DAYS)
    Bookmark.objects.update(gone_at=NOW)
    Page.objects.update(state="gone", check_at=NOW + 30 * DAYS)
    assert told_of(kept) == Told(f"gone since {TODAY}; looked at again in 4 weeks", "try again")


def test_a_page_that_is_missing_is_told_while_its_facts_are_shown(kept: Bookmark) -> None:
    fetched(kept, NOW - 9 * DAYS)
    Page.objects.update(missing_since=NOW)
    assert told_of(kept) == Told(f"missing since {TODAY}", "try again")


def test_looks_in_vain_before_one_saved_it_are_not_dated(kept: Bookmark) -> None:
    before = kept.saved_at - 9 * DAYS
    columns = {"missing_since": before, "check_at": NOW + 30 * DAYS, "tried_at": NOW}
    Page.objects.update(state="gone", **columns)
    assert told_of(kept) == Told(f"missing since {TODAY}", "try again")


def test_how_often_others_looked_in_vain_is_not_told(kept: Bookmark) -> None:
    columns = {"reason": BLOCKED, "tried_at": NOW, "check_at": NOW + 30 * DAYS}
    Page.objects.update(state="blocked", troubles=7, **columns)
    assert "looked at again" not in told_of(kept).words
    Bookmark.objects.update(created_at=NOW - 8 * DAYS)
    assert "looked at again in 4 weeks" in told_of(kept).words


def test_who_wishes_no_fetch_may_fetch_once(kept: Bookmark) -> None:
    Bookmark.objects.update(unfetched_at=NOW)
    Page.objects.update(state="failed", tried_at=NOW, reason=TIMEOUT)
    assert told_of(kept) == Told("not fetched, as you wish", "fetch it once")


def test_a_site_that_fetches_nothing_says_so(kept: Bookmark, settings: Settings) -> None:
    settings.FETCH = False
    assert told_of(kept) == Told("not fetched: this site fetches no pages for now")
    fetched(kept, NOW - 2 * DAYS)
    assert told_of(kept, whole=True) == Told("fetched 2 days ago")
