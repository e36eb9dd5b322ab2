"""Many bookmarks stored at once are as they would be one by one."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from bookmarks.bulk_storing import Arrival, store_many
from bookmarks.drafts import make_draft
from bookmarks.models import Alternate, Bookmark, FetchJob, OwnerTagCount, Page
from bookmarks.storing import store_bookmark
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import SOME_DAY, keep

pytestmark = pytest.mark.django_db

LABELS = ["bayes", "Bayes", "nlp", "c++", ".secret", "straße", "STRASSE"]
SAID = ("url", "title", "description", "labels_text", "private", "unread", "starred", "saved_at")
URL = "https://example.org/paper"


def arrival(url: str = URL, **says: Any) -> Arrival:
    """Return an arrival whose sender says what is given and nothing else."""
    return Arrival(make_draft(url, **says), says.get("private"), says.get("unread"))


def arrivals(seed: int, number: int, urls: int) -> list[Arrival]:
    """Return arrivals of some addresses, the same for the same seed."""
    pick = random.Random(seed)
    return [
        arrival(
            f"https://example.org/{pick.randrange(urls) if urls else index}",
            title=pick.choice(["", "One", "Two"]),
            description=pick.choice(["", "a", "b", "a\n\nb"]),
            tags=pick.sample(LABELS, pick.randint(0, 4)),
            private=pick.random() < 0.3,
            unread=pick.random() < 0.3,
            starred=pick.choice([None, True, False]),
            saved_at=SOME_DAY - timedelta(days=pick.randint(0, 40)),
        )
        for index in range(number)
    ]


def kept(owner: User) -> list[tuple[Any, ...]]:
    """Return all that a person's bookmarks say."""
    return list(Bookmark.objects.filter(owner=owner).order_by("url").values_list(*SAID))


def tags_of(owner: User) -> list[tuple[Any, ...]]:
    """Return a person's tags with their counts."""
    counts = OwnerTagCount.objects.filter(owner=owner).order_by("tag__name")
    return list(counts.values_list("tag__name", "total", "public"))


@pytest.mark.parametrize("seed", range(3))
def test_new_ones_are_as_if_stored_one_by_one(seed: int, alice: User, bob: User) -> None:
    coming = arrivals(seed, number=40, urls=0)
    results = store_many(alice, coming)
    for one in coming:
        store_bookmark(bob, one.draft)
    assert all(result.created for result in results)
    assert kept(alice) == kept(bob)
    assert tags_of(alice) == tags_of(bob)
    assert_counters_are_exact()


@pytest.mark.parametrize("seed", range(3))
def test_pieces_make_no_difference(seed: int, alice: User, bob: User) -> None:
    coming = arrivals(seed, number=40, urls=9)
    together = store_many(alice, coming)
    one_by_one = [result for one in coming for result in store_many(bob, [one])]
    assert together == one_by_one
    assert kept(alice) == kept(bob)
    assert tags_of(alice) == tags_of(bob)
    assert_counters_are_exact()


@pytest.mark.parametrize("seed", range(3))
def test_what_is_there_already_changes_nothing(seed: int, alice: User) -> None:
    coming = arrivals(seed, number=40, urls=9)
    store_many(alice, coming)
    before = list(Bookmark.objects.order_by("pk").values())
    assert not any(result.created or result.changed for result in store_many(alice, coming))
    assert list(Bookmark.objects.order_by("pk").values()) == before
    assert_counters_are_exact()


def test_it_adds_and_takes_nothing_away(alice: User) -> None:
    keep(alice, URL, "Mine shared", title="My title", description="My words", saved_at=SOME_DAY)
    earlier = SOME_DAY - timedelta(days=9)
    theirs = "Their words\n\nMy words\n\n> Marked"
    says: dict[str, Any] = {"title": "Theirs", "description": theirs, "private": True}
    [result] = store_many(
        alice, [arrival(tags="SHARED new", saved_at=earlier, starred=True, **says)]
    )
    bookmark = Bookmark.objects.get(owner=alice)
    assert not result.created
    assert set(result.changed) == {"description", "tags", "private", "starred", "time"}
    assert bookmark.title == "My title"
    assert bookmark.description == "My words\n\nTheir words\n\n> Marked"
    assert bookmark.labels == ["Mine", "shared", "new"]
    assert (bookmark.private, bookmark.starred, bookmark.saved_at) == (True, True, earlier)
    assert_counters_are_exact()


def test_a_private_bookmark_stays_private(alice: User) -> None:
    keep(alice, URL, private=True)
    [result] = store_many(alice, [arrival(private=False)])
    assert result.changed == ()
    assert Bookmark.objects.get(owner=alice).private


def test_only_who_says_it_is_read_makes_it_read(alice: User) -> None:
    keep(alice, URL, unread=True)
    store_many(alice, [arrival()])
    assert Bookmark.objects.get(owner=alice).unread
    store_many(alice, [arrival(unread=False)])
    assert not Bookmark.objects.get(owner=alice).unread


def test_pages_are_fetched_only_when_asked_and_wished(alice: User, bob: User) -> None:
    store_many(alice, [arrival()])
    assert not FetchJob.objects.exists()
    assert Bookmark.objects.get().unfetched_at
    User.objects.filter(pk=bob.pk).update(fetch_private=False)
    bob.refresh_from_db()
    store_many(bob, [arrival(), arrival("https://example.org/b", private=True)], fetch=True)
    assert [job.page.url for job in FetchJob.objects.all()] == [URL]


def test_an_open_job_is_not_doubled(alice: User, bob: User) -> None:
    keep(bob, URL)
    store_many(alice, [arrival()], fetch=True)
    assert FetchJob.objects.count() == 1


def test_facts_show_at_once_only_where_they_are_public(alice: User, bob: User) -> None:
    for url, private in ((URL, False), ("https://example.org/hidden", True)):
        page = keep(bob, url, private=private).page
        Page.objects.filter(pk=page.pk).update(fetched_at=timezone.now(), state="fetched")
    Bookmark.objects.filter(owner=bob).update(facts_at=timezone.now())
    store_many(alice, [arrival(), arrival("https://example.org/hidden")])
    facts = Bookmark.objects.filter(owner=alice).order_by("pk").values_list("facts_at", flat=True)
    assert [bool(at) for at in facts] == [True, False]


def test_another_address_of_a_page_leads_to_it(alice: User, bob: User) -> None:
    page = keep(bob, URL).page
    other = Page.objects.of("https://example.org/other")
    Alternate.objects.create(page=page, key=other.key, url=other.url, role="same", same=True)
    other.delete()
    store_many(alice, [arrival("https://example.org/other")])
    assert Bookmark.objects.get(owner=alice).page == page
