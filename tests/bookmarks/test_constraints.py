"""The database itself refuses what the code never writes."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from bookmarks.models import (
    Bookmark,
    FetchJob,
    OwnerTagCount,
    Page,
    SiteCount,
    Tag,
    TagCount,
    TaggedBookmark,
)


@pytest.fixture
def page(db: None) -> Page:
    return Page.objects.create(key="0" * 40, url="https://example.org/")


@pytest.fixture
def insert(alice: User, page: Page) -> Callable[..., Bookmark]:
    """Write a bookmark past all our code."""

    def insert(**fields: Any) -> Bookmark:
        row: dict[str, Any] = {"owner": alice, "page": page, "url": "https://example.org/"}
        row |= {"url_key": uuid.uuid4().hex, **fields}
        return Bookmark.objects.bulk_create([Bookmark(**row)])[0]

    return insert


def refused(write: Callable[[], object]) -> None:
    """Expect the write to be refused, and the transaction around it to go on."""
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        write()


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "javascript:alert(1)"},
        {"url": "ftp://example.org/"},
        {"url": "HTTPS://example.org/"},
        {"url": " https://example.org/"},
        {"url": "x\nhttps://example.org/"},
        {"url": ""},
        {"url": "https://example.org/" + "a" * 2048},
        {"title": "a" * 256},
        {"description": "a" * 65_537},
        {"slug": "0123456789a"},
        {"slug": "0123456789AB"},
        {"slug": "0123456789a\n"},
        {"slug": "../../../etc"},
        {"title": None},
    ],
)
def test_it_refuses_a_bookmark_that_breaks_the_rules(
    insert: Callable[..., Bookmark], fields: dict[str, Any]
) -> None:
    refused(lambda: insert(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "http://example.org/".ljust(2048, "é")},
        {"title": "é" * 255},
        {"description": "é" * 65_536},
        {"slug": "0123456789ab"},
    ],
)
def test_it_takes_a_bookmark_at_the_limits(
    insert: Callable[..., Bookmark], fields: dict[str, Any]
) -> None:
    assert Bookmark.objects.filter(pk=insert(**fields).pk, **fields).exists()


def test_it_refuses_two_bookmarks_of_one_address_of_one_person(
    insert: Callable[..., Bookmark], bob: User
) -> None:
    insert(url_key="0" * 40)
    insert(url_key="0" * 40, owner=bob)
    refused(lambda: insert(url_key="0" * 40))


def test_it_refuses_two_bookmarks_of_one_name(insert: Callable[..., Bookmark]) -> None:
    insert(slug="0123456789ab")
    refused(lambda: insert(slug="0123456789ab"))


def test_it_refuses_to_lose_a_page_that_somebody_saved(
    insert: Callable[..., Bookmark], page: Page
) -> None:
    insert()
    with pytest.raises(IntegrityError):
        page.delete()


def test_it_refuses_two_pages_of_one_key(page: Page) -> None:
    refused(lambda: Page.objects.create(key=page.key, url="https://example.net/"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["", "a b", "a,b", "a\tb", "a\n", "\u3000"])
def test_it_refuses_a_tag_with_blanks_or_commas(name: str) -> None:
    refused(lambda: Tag.objects.create(name=name))


@pytest.mark.django_db
def test_it_refuses_a_tag_twice() -> None:
    Tag.objects.create(name="a")
    refused(lambda: Tag.objects.create(name="a"))


def test_it_refuses_a_tag_twice_on_one_bookmark(insert: Callable[..., Bookmark]) -> None:
    bookmark, tag = insert(), Tag.objects.create(name="a")

    def tagged() -> None:
        TaggedBookmark.objects.bulk_create(
            [
                TaggedBookmark(
                    content_object=bookmark,
                    tag=tag,
                    owner=bookmark.owner,
                    saved_at=bookmark.saved_at,
                    is_public=True,
                )
            ]
        )

    tagged()
    refused(tagged)


@pytest.mark.parametrize("model", [OwnerTagCount, TagCount, SiteCount])
def test_it_refuses_a_counter_twice(alice: User, model: type[Model]) -> None:
    tag = Tag.objects.create(name="a")
    keys: dict[type[Model], dict[str, Any]] = {
        OwnerTagCount: {"owner": alice, "tag": tag},
        TagCount: {"tag": tag, "shard": 3},
        SiteCount: {"shard": 3},
    }

    def count() -> None:
        model._default_manager.bulk_create([model(**keys[model])])

    count()
    refused(count)


def test_it_refuses_two_open_jobs_of_one_page(alice: User, page: Page) -> None:
    job = FetchJob.objects.create(page=page, owner=alice)
    refused(lambda: FetchJob.objects.create(page=page, owner=alice))
    leased = {"state": "leased", "lease": "x", "leased_until": timezone.now()}
    refused(lambda: FetchJob.objects.create(page=page, owner=alice, **leased))
    FetchJob.objects.filter(pk=job.pk).update(state="done")
    FetchJob.objects.create(page=page, owner=alice)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "leased"},
        {"state": "leased", "lease": "x"},
        {"state": "leased", "leased_until": timezone.now()},
        {"state": "queued", "lease": "x"},
        {"state": "done", "leased_until": timezone.now()},
        {"state": "failed", "lease": "x", "leased_until": timezone.now()},
    ],
)
def test_it_refuses_a_lease_without_an_end_and_an_end_without_a_lease(
    alice: User, page: Page, fields: dict[str, Any]
) -> None:
    refused(lambda: FetchJob.objects.create(page=page, owner=alice, **fields))
