"""What a person keeps of one page under several addresses, and merging it."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bookmarks.duplicates import list_duplicates
from bookmarks.models import Alternate, Bookmark, DeletedBookmark
from bookmarks.storing import CannotMerge, merge_bookmarks, restore_bookmark
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import SOME_DAY, keep
from tests.bookmarks.test_writing_at_once import at_once

ABS, PDF = "https://arxiv.org/abs/1706.03762", "https://arxiv.org/pdf/1706.03762v5"
CODE = "https://github.com/ada/engine"
PAGE = "/u:alice/duplicates/"


def test_two_bookmarks_become_one_with_all_that_was_said(alice: User) -> None:
    kept = keep(alice, ABS, "NLP attention", description="First.", unread=True)
    early = SOME_DAY - timedelta(days=9)
    other = keep(
        alice, PDF, "Attention .mine", title="A title", description="Second.", starred=True,
        saved_at=early,
    )  # fmt: skip
    merged = merge_bookmarks(kept, [other])
    one = Bookmark.objects.get()
    assert one == kept == merged.bookmark
    assert (one.url, one.title, one.saved_at) == (ABS, "A title", early)
    assert one.labels == ["NLP", "attention", ".mine"]
    assert one.description == "First.\n\nSecond."
    assert (one.unread, one.starred, one.private) == (False, True, False)
    assert one.page.public_saves == 1
    assert_counters_are_exact()


def test_what_was_private_stays_so(alice: User) -> None:
    kept, other = keep(alice, ABS, "a"), keep(alice, PDF, "a b", private=True, description="Psst")
    assert merge_bookmarks(kept, [other]).hidden
    assert Bookmark.objects.get().private
    assert_counters_are_exact()


def test_what_was_merged_can_be_brought_back(alice: User) -> None:
    kept, other = keep(alice, ABS, "a"), keep(alice, PDF, "b c", description="Mine.")
    [deleted] = merge_bookmarks(kept, [other]).deleted
    restored = restore_bookmark(deleted).bookmark
    assert (restored.slug, restored.url, restored.labels) == (other.slug, PDF, ["b", "c"])
    assert restored.description == "Mine."
    assert_counters_are_exact()


def test_bookmarks_of_two_pages_or_of_two_people_are_not_merged(alice: User, bob: User) -> None:
    mine, theirs = keep(alice, ABS), keep(bob, PDF)
    for others in ([keep(alice, CODE)], [theirs], [mine], []):
        with pytest.raises(CannotMerge):
            merge_bookmarks(mine, others)
    assert Bookmark.objects.count() == 3


def test_what_is_too_long_together_is_refused_and_stays(alice: User) -> None:
    kept = keep(alice, ABS, description="x" * 60_000)
    with pytest.raises(CannotMerge, match="too long"):
        merge_bookmarks(kept, [keep(alice, PDF, description="y" * 60_000)])
    other = keep(alice, f"{ABS}v2", [f"a{number}" for number in range(99)])
    tagged = keep(alice, PDF, "b c")
    with pytest.raises(CannotMerge, match="101 tags"):
        merge_bookmarks(other, [tagged])
    assert Bookmark.objects.count() == 3
    assert_counters_are_exact()


@pytest.mark.django_db(transaction=True)
def test_merging_at_once_by_many_leaves_the_counters_exact() -> None:
    people = [User.objects.create_user(f"person{number}") for number in range(6)]
    pairs = [(keep(who, ABS, "a b"), keep(who, PDF, "c b a")) for who in people]
    at_once([partial(merge_bookmarks, one, [two]) for one, two in pairs])
    assert Bookmark.objects.count() == len(people)
    assert_counters_are_exact()


def test_the_page_lists_what_one_has_twice_and_merges_it(alice: User, alice_client: Client) -> None:
    kept, other = keep(alice, ABS), keep(alice, PDF)
    keep(alice, CODE)
    shown = alice_client.get(PAGE).content.decode()
    assert shown.count('type="radio"') == 2
    assert CODE not in shown
    said = {"bookmark": [kept.slug, other.slug], "kept": other.slug}
    answer = alice_client.post(PAGE, said, follow=True)
    assert b"You have no page twice." in answer.content
    assert f"/u:alice/b:{kept.slug}/restore/".encode() in answer.content
    assert Bookmark.objects.filter(url=PDF).exists()
    assert DeletedBookmark.objects.get().slug == kept.slug


@pytest.mark.parametrize(
    "said", [{}, {"kept": "x"}, {"kept": "0" * 12, "bookmark": ["0" * 12, "\x00"]}]
)
def test_a_broken_form_merges_nothing(
    alice: User, alice_client: Client, said: dict[str, object]
) -> None:
    keep(alice, ABS)
    keep(alice, PDF)
    answer = alice_client.post(PAGE, said, follow=True)
    assert b"Choose which one to keep" in answer.content
    assert Bookmark.objects.count() == 2


def test_nobody_else_sees_or_merges_them(
    alice: User, bob_client: Client, visitor_client: Client
) -> None:
    one, two = keep(alice, ABS), keep(alice, PDF)
    said = {"bookmark": [one.slug, two.slug], "kept": one.slug}
    assert bob_client.get(PAGE).status_code == 404
    assert bob_client.post(PAGE, said).status_code == 404
    assert bob_client.post("/u:bob/duplicates/", said).status_code == 302
    assert "login" in visitor_client.get(PAGE).headers["Location"]
    assert Bookmark.objects.count() == 2


def test_the_page_costs_the_same_however_much_one_has_twice(alice: User) -> None:
    for number in range(3):
        for version in range(number + 2):
            keep(alice, f"https://arxiv.org/pdf/2401.0000{number}v{version + 1}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        groups = list_duplicates(alice).groups
    assert [len(group) for group in groups] == [2, 3, 4]
    assert len(queries) == 2


def test_the_form_tells_of_the_page_under_another_address(
    alice: User, alice_client: Client, bob_client: Client
) -> None:
    keep(alice, ABS, title="Attention")
    assert b"You have this as" in alice_client.get("/add", {"url": PDF}).content
    assert b"You have this as" not in bob_client.get("/add", {"url": PDF}).content


def test_the_form_tells_what_the_address_is_to_something_one_has(
    alice: User, bob: User, alice_client: Client, bob_client: Client
) -> None:
    bookmark, theirs = keep(alice, ABS, title="Attention"), keep(bob, PDF)
    Alternate.objects.create(
        page=bookmark.page, key=keep(bob, CODE).page.key, url=CODE, role=Alternate.Role.CODE
    )
    asked = {"url": CODE}
    assert b"This is the code of" not in alice_client.get("/add", asked).content  # not read yet
    Bookmark.objects.filter(pk=bookmark.pk).update(facts_at=SOME_DAY)
    shown = alice_client.get("/add", asked).content.decode()
    assert "This is the code of" in shown
    assert f"/u:alice/b:{bookmark.slug}/" in shown
    Bookmark.objects.filter(pk=theirs.pk).delete()
    assert b"This is the code of" not in bob_client.get("/add", asked).content
