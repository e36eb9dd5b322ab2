"""Forks: a list of one's own that began as a copy of another, and who learns of what."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from readinglists.drafts import Invalid, make_item_draft, make_list_draft
from readinglists.forking import MOST_AN_HOUR, upstream_of
from readinglists.items import add_items, set_prerequisites
from readinglists.lists import add_section, delete_list, edit_list, set_editors
from readinglists.models import Item, Progress, ReadingList
from readinglists.progress import set_progress
from tests.readinglists.making import add, fork_of, make_list, outline_of

pytestmark = pytest.mark.django_db


def test_a_fork_has_all_that_the_list_has_in_its_order(alice: User, bob: User) -> None:
    upstream = make_list(alice, description="**Read** this.")
    basics = add_section(upstream, "Basics", note="First.")
    deeper = add_section(upstream, "Deeper", parent=basics)
    first = add(upstream, "one", section=basics, url="https://example.org/1", note="Good.")
    alternates = [{"url": "https://example.org/1.pdf", "label": "PDF"}]
    second = add(upstream, "two", section=deeper, url="https://example.org/2", year=2020)
    add(upstream, "nought", alternates=alternates, tags="a b", need="required", minutes=5)
    set_prerequisites(second, [first.pk])
    copy = fork_of(upstream, bob)
    assert (
        outline_of(copy)
        == outline_of(upstream)
        == [
            ("", ["nought"]),
            ("Basics", ["one"]),
            ("Deeper", ["two"]),
        ]
    )
    assert copy.item_count == 3
    words = Item.objects.get(reading_list=copy, title="nought")
    assert (words.labels, words.need, words.minutes) == (["a", "b"], "required", 5)
    assert [(one.url, one.role) for one in words.alternates.all()] == [
        ("https://example.org/1.pdf", "pdf")
    ]
    copied = Item.objects.get(reading_list=copy, title="two")
    assert copied.page_id == second.page_id
    assert [link.earlier.title for link in copied.prerequisites.all()] == ["one"]
    assert copied.prerequisites.get().earlier.reading_list_id == copy.pk
    assert copied.section is not None
    assert copied.section.parent is not None
    assert (copied.section.parent.note, copied.section.reading_list_id) == ("First.", copy.pk)


def test_the_fork_is_ones_own_and_the_list_stays_as_it_was(alice: User, bob: User) -> None:
    upstream = make_list(alice)
    item = add(upstream, "one", url="https://example.org/1")
    copy = fork_of(upstream, bob)
    assert copy.owner == bob
    delete_list(upstream)
    copied = Item.objects.select_related("page").get(reading_list=copy)
    assert (copied.title, copied.page_id) == ("one", item.page_id)


def test_what_one_read_of_words_alone_comes_along(alice: User, bob: User) -> None:
    upstream = make_list(alice)
    words = add(upstream, "Do the exercise")
    set_progress(bob, words, "read")
    set_progress(alice, words, "dropped")
    copy = fork_of(upstream, bob)
    copied = Item.objects.get(reading_list=copy)
    assert Progress.objects.get(item=copied).state == "read"
    assert Progress.objects.filter(item=words).count() == 2


@pytest.mark.parametrize("visibility", ["private", "unlisted"])
def test_nobody_forks_what_they_cannot_read(alice: User, bob: User, visibility: str) -> None:
    upstream = make_list(alice, visibility=visibility)
    add(upstream, "one")
    if visibility == "unlisted":
        assert fork_of(upstream, bob, "private").item_count == 1
        return
    with pytest.raises(ReadingList.DoesNotExist):
        fork_of(upstream, bob)
    set_editors(upstream, [bob])
    assert fork_of(upstream, bob, "private").item_count == 1


def test_nobody_forks_without_end(alice: User, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglists.forking.MOST_AN_HOUR", 2)
    upstream = make_list(alice)
    fork_of(upstream, bob)
    fork_of(upstream, bob)
    with pytest.raises(Invalid, match="forks within an hour"):
        fork_of(upstream, bob)
    fork_of(upstream, alice)
    assert MOST_AN_HOUR > 2


def test_a_public_upstream_is_told_to_all(alice: User, bob: User) -> None:
    copy = fork_of(make_list(alice), bob)
    for viewer in (alice, bob, AnonymousUser()):
        assert upstream_of(copy, viewer) is not None


def test_a_private_upstream_is_told_to_its_editors_alone(alice: User, bob: User) -> None:
    upstream = make_list(alice, visibility="private")
    carol = User.objects.create_user("carol")
    set_editors(upstream, [bob])
    copy = fork_of(upstream, bob)
    assert upstream_of(copy, alice) == upstream_of(copy, bob) == upstream
    assert upstream_of(copy, carol) is upstream_of(copy, AnonymousUser()) is None
    set_editors(upstream, [])
    assert upstream_of(copy, bob) is None


def test_an_unlisted_upstream_is_told_to_who_knew_its_address(alice: User, bob: User) -> None:
    upstream = make_list(alice, visibility="unlisted")
    copy = fork_of(upstream, bob)
    carol = User.objects.create_user("carol")
    set_editors(copy, [carol])
    assert upstream_of(copy, bob) == upstream
    assert upstream_of(copy, carol) is upstream_of(copy, AnonymousUser()) is None
    edit_list(upstream, make_list_draft("Hidden", visibility="private"))
    assert upstream_of(copy, bob) is None
    edit_list(upstream, make_list_draft("Hidden", visibility="unlisted"))
    assert upstream_of(copy, bob) is None
    assert upstream_of(copy, alice) is not None


def test_a_public_upstream_hidden_at_a_new_address_is_not_told(alice: User, bob: User) -> None:
    upstream = make_list(alice)
    copy = fork_of(upstream, bob)
    edit_list(upstream, make_list_draft("Hidden", visibility="unlisted"))
    assert upstream_of(copy, bob) is None


def test_a_fork_of_what_was_deleted_has_no_upstream(alice: User, bob: User) -> None:
    upstream = make_list(alice)
    copy = fork_of(upstream, bob)
    delete_list(upstream)
    copy.refresh_from_db()
    assert upstream_of(copy, bob) is None
    assert copy.forked_at is not None


def test_a_fork_costs_the_same_queries_however_many_items(alice: User, bob: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            fork_of(upstream, bob)
        return len(queries)

    upstream = make_list(alice)
    drafts = [make_item_draft(url=f"https://example.org/{number}") for number in range(40)]
    add_items(upstream, drafts[:2], alice, ask=False)
    before = cost()
    add_items(upstream, drafts[2:], alice, ask=False)
    assert cost() == before <= 25
