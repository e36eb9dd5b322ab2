"""What the upstream did since: told, taken, left, and told no more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bookmarks.models import Page
from readinglists.drafts import Invalid, make_item_draft
from readinglists.items import add_items, delete_item, edit_item, set_prerequisites
from readinglists.lists import add_section, delete_section, edit_section
from readinglists.models import Item, ReadingList, Section
from readinglists.ordering import move_item
from readinglists.taking import Outdated, leave, take
from readinglists.upstream import compare, count_changes
from tests.readinglists.making import add, fork_of, make_list, outline_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def upstream(alice: User) -> ReadingList:
    """Return a list of Alice's: a, b, c and d in one section, e in another."""
    reading_list = make_list(alice)
    first = add_section(reading_list, "First")
    for title in "abcd":
        add(reading_list, title, section=first, url=f"https://example.org/{title}")
    add(reading_list, "e", section=add_section(reading_list, "Second"))
    return reading_list


@pytest.fixture
def fork(upstream: ReadingList, bob: User) -> ReadingList:
    """Return Bob's fork of it."""
    return fork_of(upstream, bob)


def the(reading_list: ReadingList, title: str) -> Item:
    return Item.objects.get(reading_list=reading_list, title=title)


def section(reading_list: ReadingList, title: str) -> Section:
    return Section.objects.get(reading_list=reading_list, title=title)


def changes(fork: ReadingList) -> list[tuple[str, str]]:
    """Return what the upstream did, as kinds and titles."""
    fork.refresh_from_db()
    assert fork.upstream
    found = compare(fork, fork.upstream).changes
    titles = dict(Item.objects.values_list("pk", "title"))
    return [(one.kind, titles[one.item_id]) for one in found]


def key(kind: str, item: Item) -> str:
    return f"{kind}-{item.pk}"


def edit(item: Item, **said: object) -> None:
    draft = {"url": item.url, "title": item.title, "note": item.note, **said}
    edit_item(item, make_item_draft(**draft), item.reading_list.owner)  # type: ignore[arg-type]


def test_nothing_is_told_of_a_list_that_stays(fork: ReadingList) -> None:
    assert changes(fork) == []


def test_everything_that_can_happen_is_told(upstream: ReadingList, fork: ReadingList) -> None:
    first, second = section(upstream, "First"), section(upstream, "Second")
    add(upstream, "new", section=first, after=the(upstream, "a"))
    move_item(the(upstream, "d"), first)
    move_item(the(upstream, "b"), second)
    edit(the(upstream, "e"), note="Harder than it looks.")
    gone = the(fork, "c")
    delete_item(the(upstream, "c"))
    assert changes(fork) == [
        ("added", "new"),
        ("changed", "e"),
        ("moved", "d"),
        ("moved", "b"),
        ("removed", gone.title),
    ]
    found = compare(fork, upstream)
    assert found.fields == {the(upstream, "e").pk: ["note"]}
    assert outline_of(fork) == [("", []), ("First", list("abcd")), ("Second", ["e"])]


def test_taking_all_makes_the_fork_as_the_upstream_is(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    first = section(upstream, "First")
    third = add_section(upstream, "Third", note="New.")
    deeper = add_section(upstream, "Deeper", parent=third)
    new = add(upstream, "new", section=first, after=the(upstream, "a"))
    last = add(upstream, "last", section=deeper, url="https://example.org/last")
    set_prerequisites(last, [new.pk, the(upstream, "a").pk])
    move_item(the(upstream, "d"), first)
    move_item(the(upstream, "b"), third)
    edit(the(upstream, "e"), title="E", note="Harder than it looks.")
    delete_item(the(upstream, "c"))
    upstream.refresh_from_db()
    assert take(fork, upstream, bob, version=upstream.version) == 6
    assert outline_of(fork) == outline_of(upstream)
    assert changes(fork) == []
    assert the(fork, "E").note == "Harder than it looks."
    assert fork.item_count == upstream.item_count == 6
    copied = the(fork, "last")
    earlier = {link.earlier for link in copied.prerequisites.all()}
    assert earlier == {the(fork, "new"), the(fork, "a")}
    assert (copied.added_by, section(fork, "Third").note) == (bob, "New.")
    assert take(fork, upstream, bob) == 0


def test_all_is_taken_or_left_in_steps_as_in_one(
    upstream: ReadingList, fork: ReadingList, alice: User, bob: User
) -> None:
    other = fork_of(upstream, alice)
    own = the(fork, "a")
    first = section(upstream, "First")
    edit_section(first, title="1st", note="New.")
    new = [add(upstream, f"new {number}", section=first) for number in range(5)]
    set_prerequisites(new[0], [new[4].pk])  # taken before what it comes after
    set_prerequisites(new[1], [the(upstream, "a").pk])
    move_item(the(upstream, "d"), first)
    delete_item(the(upstream, "c"))
    steps = [take(fork, upstream, bob, most=2) for _ in range(5)]
    assert steps == [2, 2, 2, 2, 0]
    assert outline_of(fork) == outline_of(upstream)
    assert [link.earlier.title for link in the(fork, "new 0").prerequisites.all()] == ["new 4"]
    before = outline_of(other)
    assert [leave(other, upstream, most=3) for _ in range(4)] == [3, 3, 2, 0]
    assert outline_of(other) == before
    set_prerequisites(own, [the(fork, "b").pk])
    later = add(upstream, "later")
    set_prerequisites(later, [the(upstream, "a").pk])
    set_prerequisites(the(upstream, "b"), [later.pk])
    take(fork, upstream, bob)  # b is to come after it, which would go round in the fork
    assert not the(fork, "b").prerequisites.exists()


def test_leaving_all_changes_nothing_and_is_remembered(
    upstream: ReadingList, fork: ReadingList
) -> None:
    before = outline_of(fork)
    first = section(upstream, "First")
    add(upstream, "new", section=first)
    move_item(the(upstream, "d"), first)
    move_item(the(upstream, "b"), None)
    edit(the(upstream, "e"), note="Harder than it looks.")
    delete_item(the(upstream, "c"))
    assert leave(fork, upstream) == 5
    assert outline_of(fork) == before
    assert changes(fork) == []
    edit(the(upstream, "e"), note="Harder than it looks.", year=2020)
    assert compare(fork, upstream).fields == {the(upstream, "e").pk: ["year"]}


def test_one_is_taken_and_another_left(upstream: ReadingList, fork: ReadingList, bob: User) -> None:
    first = section(upstream, "First")
    new = add(upstream, "new", section=first, after=the(upstream, "c"))
    newer = add(upstream, "newer", section=first, after=new)
    keys = [key("added", newer)]
    assert [take(fork, upstream, bob, keys), take(fork, upstream, bob, keys)] == [1, 0]
    assert outline_of(fork)[1] == ("First", ["a", "b", "c", "newer", "d"])
    assert changes(fork) == [("added", "new")]
    assert leave(fork, upstream, [key("added", new), "added-no", "moved-1", ""]) == 1
    assert changes(fork) == []


def test_moves_are_taken_and_left_one_by_one(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    first = section(upstream, "First")
    move_item(the(upstream, "d"), first)
    move_item(the(upstream, "a"), first, at_end=True)
    assert changes(fork) == [("moved", "d"), ("moved", "a")]
    leave(fork, upstream, [key("moved", the(upstream, "d"))])
    assert changes(fork) == [("moved", "a")]
    take(fork, upstream, bob, [key("moved", the(upstream, "a"))])
    assert changes(fork) == []
    assert outline_of(fork)[1] == ("First", ["b", "c", "a", "d"])
    move_item(the(upstream, "d"), first, at_end=True)
    assert changes(fork) == [("moved", "d")]


def test_new_ranks_without_a_move_are_no_news(upstream: ReadingList, fork: ReadingList) -> None:
    for place, item in enumerate(Item.objects.filter(reading_list=upstream).order_by("rank")):
        Item.objects.filter(pk=item.pk).update(rank=place * 7)
    assert changes(fork) == []


def test_the_forks_own_order_and_items_stay_around_what_is_taken(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    first = section(fork, "First")
    add(fork, "mine", section=first, after=the(fork, "b"))
    move_item(the(fork, "d"), first)
    add(upstream, "new", section=section(upstream, "First"), after=the(upstream, "c"))
    take(fork, upstream, bob)
    assert outline_of(fork)[1] == ("First", ["d", "a", "b", "mine", "c", "new"])


def test_what_the_fork_wrote_itself_stays_where_the_upstream_changed_something_else(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    edit(the(fork, "a"), title="a, but better")
    edit(the(upstream, "a"), note="Read the proof.")
    take(fork, upstream, bob)
    item = Item.objects.get(reading_list=fork, title="a, but better")
    assert item.note == "Read the proof."


def test_what_the_fork_changed_in_the_same_way_is_no_news(
    upstream: ReadingList, fork: ReadingList
) -> None:
    edit(the(fork, "a"), note="Read the proof.")
    edit(the(upstream, "a"), note="Read the proof.")
    assert changes(fork) == []


def test_an_address_is_taken_with_its_page_and_its_links(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    old = the(fork, "a").page
    links = [{"url": "https://example.org/code", "role": "code"}]
    edit(the(upstream, "a"), url="https://example.org/moved", alternates=links)
    take(fork, upstream, bob)
    item = the(fork, "a")
    assert (item.url, item.page_id) == ("https://example.org/moved", the(upstream, "a").page_id)
    assert [one.url for one in item.alternates.all()] == ["https://example.org/code"]
    assert old
    assert not Page.objects.filter(key=old.key).exists()


def test_an_item_is_never_left_without_words(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    edit(the(upstream, "e"), note="Do it.")
    take(fork, upstream, bob)
    edit(the(fork, "e"), note="")
    edit(the(upstream, "e"), title="")
    assert take(fork, upstream, bob) == 1
    assert the(fork, "e").note == ""
    assert changes(fork) == []


def test_what_the_fork_dropped_is_not_offered_again(
    upstream: ReadingList, fork: ReadingList
) -> None:
    delete_item(the(fork, "a"))
    edit(the(upstream, "a"), note="Read it after all.")
    move_item(the(upstream, "a"), None)
    assert changes(fork) == []
    delete_item(the(upstream, "a"))
    assert changes(fork) == []


def test_what_the_fork_added_itself_is_not_offered(
    upstream: ReadingList, fork: ReadingList
) -> None:
    add(fork, "mine", url="https://example.org/x")
    add(upstream, "theirs", url="https://example.org/x")
    assert changes(fork) == []
    assert len(compare(fork, upstream).had) == 1


def test_what_was_deleted_there_and_added_again_is_the_same(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    delete_item(the(upstream, "b"))
    again = add(upstream, "b", section=section(upstream, "Second"), url="https://example.org/b")
    assert changes(fork) == [("moved", "b")]
    take(fork, upstream, bob)
    assert changes(fork) == []
    assert outline_of(fork) == outline_of(upstream)
    edit(again, note="Once more.")
    assert changes(fork) == [("changed", "b")]


def test_what_was_removed_can_be_kept_and_is_then_ones_own(
    upstream: ReadingList, fork: ReadingList
) -> None:
    item = the(fork, "c")
    delete_item(the(upstream, "c"))
    assert leave(fork, upstream, [key("removed", item)]) == 1
    assert changes(fork) == []
    assert the(fork, "c") == item


def test_pages_that_nobody_keeps_go_with_what_was_removed(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    page = the(fork, "c").page
    delete_item(the(upstream, "c"))
    assert page
    assert Page.objects.filter(key=page.key).exists()
    assert take(fork, upstream, bob) == 1
    assert not Page.objects.filter(key=page.key).exists()


def test_a_heading_dropped_there_moves_its_items(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    delete_section(section(upstream, "Second"))
    assert changes(fork) == [("moved", "e")]
    take(fork, upstream, bob)
    assert outline_of(fork) == [("", ["e"]), ("First", list("abcd")), ("Second", [])]


def test_a_section_too_deep_for_the_fork_ends_in_the_one_above(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    Section.objects.filter(reading_list=fork, title="First").update(depth=3)
    deeper = add_section(upstream, "Deeper", parent=section(upstream, "First"))
    add(upstream, "new", section=deeper)
    take(fork, upstream, bob)
    assert outline_of(fork)[1] == ("First", ["new", *"abcd"])


def test_a_new_section_comes_after_the_one_before_it(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    between = Section.objects.create(
        reading_list=upstream,
        title="Between",
        rank=section(upstream, "First").rank + 1,
    )
    add(upstream, "new", section=between)
    take(fork, upstream, bob)
    assert [title for title, _ in outline_of(fork)] == ["", "First", "Between", "Second"]


def test_all_is_only_what_was_looked_at(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    upstream.refresh_from_db()
    version = upstream.version
    add(upstream, "new")
    with pytest.raises(Outdated):
        take(fork, upstream, bob, version=version)
    with pytest.raises(Outdated):
        leave(fork, upstream, version=version)
    assert changes(fork) == [("added", "new")]


def test_a_full_fork_takes_nothing_more(
    upstream: ReadingList, fork: ReadingList, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglists.taking.MAX_ITEMS", 5)
    add(upstream, "new")
    with pytest.raises(Invalid):
        take(fork, upstream, bob)
    delete_item(the(upstream, "a"))
    assert take(fork, upstream, bob) == 2
    assert changes(fork) == []


def test_the_count_follows_what_is_done(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    assert count_changes(fork, upstream) == 0
    new = add(upstream, "new")
    delete_item(the(upstream, "a"))
    upstream.refresh_from_db()
    assert count_changes(fork, upstream) == 2
    leave(fork, upstream, [key("added", new)])
    fork.refresh_from_db()
    assert count_changes(fork, upstream) == 1
    take(fork, upstream, bob)
    fork.refresh_from_db()
    assert count_changes(fork, upstream) == 0


def test_looking_and_taking_cost_the_same_however_much_it_is(
    upstream: ReadingList, fork: ReadingList, bob: User
) -> None:
    def cost(number: int, many: int) -> tuple[int, int]:
        drafts = [make_item_draft(url=f"https://example.org/{number}/{one}") for one in range(many)]
        added = add_items(upstream, drafts, upstream.owner, ask=False)
        for item in added[: many // 2]:
            move_item(item, section(upstream, "First"))
        with CaptureQueriesContext(connection) as looking:
            compare(fork, upstream)
        with CaptureQueriesContext(connection) as taking:
            take(fork, upstream, bob)
        return len(looking), len(taking)

    before = cost(1, 2)
    assert before[0] <= 5
    assert before[1] <= 24
    assert cost(2, 30) == before
