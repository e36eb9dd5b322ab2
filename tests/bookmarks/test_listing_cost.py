"""What a list costs: few queries, and each a short range of an index, however much there is."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import User
from bookmarks.finding import Wanted, find_bookmarks
from bookmarks.listing import Listing, Shelf, count_bookmarks, count_days, list_bookmarks
from bookmarks.models import Bookmark, Page
from bookmarks.popular import count_popular, list_popular
from bookmarks.tags import suggest_tags, top_tags
from tests.bookmarks.keeping import keep
from tests.bookmarks.many import empty, fill

Viewer = User | AnonymousUser
VISITOR = AnonymousUser()
SHORT_TABLE = "bookmarks_sitecount"  # 16 rows for ever
BIG_TABLES = {
    "bookmarks_bookmark",
    "bookmarks_taggedbookmark",
    "bookmarks_page",
}


@pytest.fixture(scope="module")
def owner(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[User]:
    """Return one of 20 people who have 10,000 bookmarks; all are gone after this module."""
    with django_db_blocker.unblock():
        people = fill(10_000)
        yield people[3]
        empty()


def listings(owner: User) -> dict[str, tuple[Listing, Viewer, int]]:
    """Return every kind of listing with who looks and how many queries it may cost."""
    page = Page.objects.order_by("-public_saves")[0]
    return {
        "everyone": (Listing(), VISITOR, 2),
        "a page": (Listing(page=page), VISITOR, 2),
        **{f"own {shelf.name}": (Listing(owner, shelf=shelf), owner, 2) for shelf in Shelf},
        "a person": (Listing(owner), VISITOR, 2),
        "a common tag": (Listing(labels=("tag0",)), VISITOR, 3),
        "a rare tag": (Listing(labels=("tag150",)), VISITOR, 3),
        "own tag": (Listing(owner, ("tag0",)), owner, 3),
        "a person's tag": (Listing(owner, ("tag0",)), VISITOR, 3),
        "own tag gone": (Listing(owner, ("tag0",), Shelf.GONE), owner, 3),
        "own tag unread": (Listing(owner, ("tag0",), Shelf.UNREAD), owner, 3),
        "two tags": (Listing(labels=("tag0", "tag1")), VISITOR, 4),
        "own two tags": (Listing(owner, ("tag0", "tag1")), owner, 4),
        "a person's three tags": (Listing(owner, ("tag0", "tag1", "tag2")), VISITOR, 4),
    }


KINDS = [
    *("everyone", "a page", "a person", "a common tag", "a rare tag", "own tag"),
    *(f"own {shelf.name}" for shelf in Shelf),
    *(
        "a person's tag",
        "own tag unread",
        "own tag gone",
        "two tags",
        "own two tags",
        "a person's three tags",
    ),
]


def queries_of(work: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_costs_a_fixed_number_of_queries(owner: User, kind: str) -> None:
    listing, viewer, expected = listings(owner)[kind]
    sizes = {}
    for size in (5, 15, 50):
        sized = replace(listing, size=size)
        sizes[size] = len(queries_of(partial(list_bookmarks, sized, viewer)))
    assert sizes == {5: expected, 15: expected, 50: expected}
    earlier = list_bookmarks(replace(listing, size=5), viewer).earlier
    if earlier:  # the place is looked up too
        onwards = replace(listing, size=5, cursor=earlier)
        assert len(queries_of(lambda: list_bookmarks(onwards, viewer))) == expected + 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_is_read_from_an_index_without_scanning_or_sorting(owner: User, kind: str) -> None:
    listing, viewer, _ = listings(owner)[kind]
    listing = replace(listing, size=20)
    page = list_bookmarks(listing, viewer)
    cursors = [None, page.earlier]
    if page.earlier:
        cursors.append(list_bookmarks(replace(listing, cursor=page.earlier), viewer).later)
    for cursor in cursors:
        at_place = replace(listing, cursor=cursor)
        for sql in queries_of(partial(list_bookmarks, at_place, viewer)):
            assert_cheap(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_count_is_read_from_counters(owner: User, kind: str) -> None:
    listing, viewer, _ = listings(owner)[kind]
    counted = queries_of(lambda: count_bookmarks(listing, viewer))
    assert len(counted) <= 3
    for sql in counted:
        assert_cheap(sql, large=True)
        uncounted = listing.shelf is Shelf.GONE or (listing.labels and listing.shelf.value)
        if uncounted:
            assert sql.endswith("LIMIT 1001") or 'FROM "bookmarks_bookmark"' not in sql
        elif len(listing.labels) < 2:
            assert "bookmarks_bookmark" not in sql
            assert "bookmarks_taggedbookmark" not in sql


@pytest.mark.django_db
def test_popular_pages_are_read_from_an_index(owner: User) -> None:
    first = list_popular(None, 20)
    for work in (
        lambda: list_popular(None, 20),
        lambda: list_popular(first.earlier, 20),
    ):
        for sql in queries_of(work):
            assert_cheap(sql)
    [sql] = queries_of(count_popular)
    assert sql.endswith("LIMIT 1001")


@pytest.mark.django_db
def test_days_are_counted_in_one_query_of_an_index(owner: User) -> None:
    for listing in (Listing(owner), Listing(owner, ("tag0",)), Listing(owner, ("tag0", "tag1"))):
        *_, sql = queries_of(lambda asked=listing: count_days(asked, owner))  # type: ignore[misc]
        assert_cheap(sql, may_sort=True, large=True)
    assert sum(count_days(Listing(owner), owner).values()) == 500


@pytest.mark.django_db
def test_what_changed_lately_is_found_without_a_look_at_the_rest(owner: User) -> None:
    changed = list(Bookmark.objects.filter(owner=owner).order_by("saved_at")[:2])
    now = timezone.now()
    for bookmark in changed:
        Bookmark.objects.filter(pk=bookmark.pk).update(updated_at=now + timedelta(days=1))
    for labels in ((), (changed[0].labels[0],)):
        wanted = Wanted(Listing(owner, labels), unread=changed[0].unread, modified_since=now)
        asked = queries_of(lambda wanted=wanted: find_bookmarks(wanted, owner, 0, 100))  # type: ignore[misc]
        assert len(asked) <= 3
        for sql in asked:
            assert_cheap(sql, may_sort=True, large=True)
        assert "IN (" in asked[-1]
        assert "updated_at" in asked[-2]
        assert changed[0].pk in find_bookmarks(wanted, owner, 0, 100).ids


@pytest.mark.django_db
def test_tags_are_read_from_an_index(owner: User) -> None:
    page = Page.objects.order_by("-public_saves")[0]
    for work in (
        lambda: top_tags(owner, viewer_is_owner=True, limit=10),
        lambda: top_tags(owner, viewer_is_owner=False, limit=10),
        lambda: suggest_tags(owner, "tag1", page),
    ):
        for sql in queries_of(work):
            assert_cheap(sql, may_sort=True)


@pytest.mark.django_db
def test_ten_more_bookmarks_cost_no_more_queries(owner: User) -> None:
    before = {kind: cost_of(owner, kind) for kind in KINDS}
    for _ in range(10):
        keep(owner, tags="tag0 tag1 tag2 new", unread=True)
    assert {kind: cost_of(owner, kind) for kind in KINDS} == before
    assert Bookmark.objects.filter(owner=owner).count() == 510


def cost_of(owner: User, kind: str) -> int:
    listing, viewer, _ = listings(owner)[kind]
    return len(
        queries_of(lambda: (list_bookmarks(listing, viewer), count_bookmarks(listing, viewer)))
    )


def assert_cheap(sql: str, may_sort: bool = False, large: bool = False) -> None:
    """Look at how the database means to answer a query.

    A count up to 1,000 reads so much of a table of 10,000 rows that PostgreSQL may find it cheaper
    to read it all; `large` asks for its plan as if reading all were never cheaper.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = [row[3] for row in cursor.fetchall()]
            scans = [
                step
                for step in plan
                if step.startswith("SCAN") and " USING " not in step and SHORT_TABLE not in step
            ]
            may_sort = may_sort or sql.endswith("LIMIT 1")
            sorts = [step for step in plan if "ORDER BY" in step and not may_sort]
            assert not scans + sorts, (sql, plan)
        else:
            if large:
                cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            [[answer]] = cursor.fetchall()
            cursor.execute("SET LOCAL enable_seqscan = on")
            plans = answer if isinstance(answer, list) else json.loads(answer)
            for node in nodes_of(plans[0]["Plan"]):
                assert_cheap_node(node, sql, may_sort)


def nodes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes_of(child)


def assert_cheap_node(node: dict[str, Any], sql: str, may_sort: bool) -> None:
    if node["Node Type"] == "Seq Scan":
        assert node["Relation Name"] not in BIG_TABLES, (sql, node)
    if "Sort" in node["Node Type"] and not may_sort:
        assert node["Plan Rows"] <= 500, (sql, node)
