"""A whole account out and in again: nothing is lost, and nothing of other people's is gained."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.deletion import delete_account
from accounts.models import User
from bookmarks.account_copy import parts
from bookmarks.bundles import make_bundle
from bookmarks.exporting import export_account
from bookmarks.importing import begin_import, run_import
from bookmarks.models import Bookmark, ImportRow, Note
from bookmarks.notes import add_note, make_note_draft
from bookmarks.own_tags import make_own_tag
from bookmarks.sample_data import read_sample
from readinglists.account_copy.references import seal
from readinglists.citation_keys import keyed_records
from readinglists.citations.works import cited_bookmark
from readinglists.exporting import draft_of
from readinglists.following import follow
from readinglists.groups.membership import join, remove_member
from readinglists.items import delete_item, edit_item
from readinglists.lists import set_editors
from readinglists.models import (
    GroupMember,
    Item,
    ListEditor,
    Prerequisite,
    ReadingList,
    Section,
    StudyGroup,
)
from readinglists.ordering import move_item
from readinglists.progress import set_progress
from readinglists.sample_data import fill_lists
from readinglists.upstream import compare
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import SOME_DAY, keep
from tests.readinglists.making import add, fork_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WRONG: tuple[Any, ...] = (
    *(None, True, -1, 10**30, 1.5, "\0\ud800 x", [[None]], {"a": [{}]}),
    *("9" * 5000, "9999-12-31T23:59:59-23:00"),
)


def exported(owner: User) -> str:
    return "".join(export_account(User.objects.get(pk=owner.pk)))


def imported(owner: User, text: str) -> Counter[str]:
    """Take in a file, and return how many rows came to what."""
    file = io.BytesIO(text.encode())
    job = begin_import(owner, file)
    for _ in run_import(job, file):
        pass
    assert job.format == "softmarks"
    return Counter({name: number for name, number in job.counts.items() if number})


def reasons(outcome: str) -> list[str]:
    rows = ImportRow.objects.filter(outcome=outcome).order_by("job", "place")
    return list(rows.values_list("reason", flat=True))


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """Return the people of the sample site with their lists; ada keeps something of everything."""
    people = {name: User.objects.create(username=name) for name in read_sample().people}
    fill_lists(people, NOW)
    ada = User.objects.get(username="ada")
    User.objects.filter(pk=ada.pk).update(private_by_default=True, fetch_private=False)
    for number in range(3):
        keep(ada, f"https://same.example/{number}", "b A .secret", saved_at=SOME_DAY)
    keep(ada, "https://e.example/", title="https://e.example/", private=True, unread=True)
    facts: dict[str, Any] = {
        "title": "Mine",
        "authors": ["B", "A"],
        "excerpt": "Typed",
        "venue": "ICML",
    }
    facts |= {"sources": {"title": "you", "authors": "tab: x", "excerpt": "you", "venue": "import"}}
    kept = keep(ada, "https://f.example/", "a", starred=True, archived=True)
    said = {"own_facts": facts, "source": "pinboard", "updated_at": SOME_DAY + timedelta(days=1)}
    Bookmark.objects.filter(pk=kept.pk).update(**said)
    list(keyed_records(ada, [cited_bookmark(Bookmark.objects.get(url__contains="f.ex"), ada)]))
    make_own_tag(ada, "Later")
    for text in ("# Words", "more"):
        add_note(ada, make_note_draft("A note", text, private=text == "more"))
    make_bundle(ada, {"name": "Papers", "search": "x y", "filter_unread": "yes"})
    mine = ReadingList.objects.filter(owner=ada, upstream=None).order_by("pk")[0]
    set_editors(mine, [people["kim"]])
    first, second = Item.objects.filter(reading_list=mine)[:2]
    Item.objects.filter(pk=first.pk).update(added_by=people["kim"], credit=people["noor"])
    Item.objects.filter(pk=second.pk).update(added_by=None)
    for item in Item.objects.filter(page=None):
        set_progress(ada, item, "reading")
    follow(ada, ReadingList.objects.filter(owner=people["kim"])[0])
    return {name: User.objects.get(pk=user.pk) for name, user in people.items()}


def fork_and_change(upstream: ReadingList) -> None:
    """Fork a list of one's own, and do there something of every kind since."""
    owner = fork_of(upstream, upstream.owner).owner
    items = Item.objects.filter(reading_list=upstream)
    first, last = Section.objects.filter(reading_list=upstream).order_by("rank")[:2]
    gone, moved = items.filter(section=first).order_by("pk")[:2]
    move_item(moved, last)
    delete_item(gone)
    changed = items.order_by("pk")[1]
    edit_item(changed, replace(draft_of(changed), note="Another note."), owner)
    add(upstream, "New here")


def changes(owner: User) -> dict[str, Counter[str]]:
    """Return how many changes of each kind the forks of a person have to look at."""
    forks = ReadingList.objects.filter(owner=owner).exclude(upstream=None)
    return {
        fork.slug: Counter(one.kind for one in compare(fork, fork.upstream).changes)
        for fork in forks.select_related("upstream")
        if fork.upstream
    }


def test_export_wipe_import_comes_to_the_same_account(people: dict[str, User]) -> None:
    ada = people["ada"]
    fork_and_change(ReadingList.objects.filter(owner=ada, upstream=None).order_by("pk")[0])
    before, waiting = exported(ada), changes(ada)
    assert len(waiting) == 2
    said = json.loads(before)
    assert list(said) == ["softmarks", "owner", *parts()]
    assert all(said[name] for name in parts() if name != "memberships")
    assert imported(ada, before).keys() == {"skipped"}
    assert exported(ada) == before
    delete_account(ada)
    assert not Bookmark.objects.exists()
    anew = User.objects.create(username="ada")
    assert imported(anew, before).keys() == {"created", "skipped"}, reasons("refused")
    assert exported(anew) == before
    assert reasons("created") == [""] * len(reasons("created"))
    assert changes(anew) == waiting
    kinds = {kind for kinds in waiting.values() for kind in kinds}
    assert kinds == {"added", "changed", "moved", "removed", "sections"}
    assert imported(anew, before).keys() == {"skipped"}
    assert exported(anew) == before
    assert_counters_are_exact()


def test_what_somebody_else_takes_in_is_theirs_alone(people: dict[str, User], alice: User) -> None:
    ada, kim = people["ada"], people["kim"]
    text = exported(ada)
    followed = ReadingList.objects.get(follows__user=ada, owner=kim)
    assert imported(alice, text).keys() == {"created", "skipped"}, reasons("refused")
    theirs = ReadingList.objects.filter(owner=alice)
    assert set(theirs.values_list("visibility", flat=True)) == {"public", "private"}
    assert not ListEditor.objects.filter(reading_list__in=theirs).exists()
    items = Item.objects.filter(reading_list__in=theirs)
    assert not items.exclude(added_by=alice, credit=None).exists()
    group = StudyGroup.objects.get(owner=alice)
    assert list(group.members.values_list("user", flat=True)) == [alice.pk]
    assert not set(Note.objects.filter(owner=alice).values_list("key", flat=True)) & set(
        Note.objects.filter(owner=ada).values_list("key", flat=True)
    )
    assert followed.follows.filter(user=alice).exists()
    assert imported(alice, text).keys() == {"skipped"}
    assert exported(ada) == text


def test_settings_once_chosen_are_not_undone_by_a_file(alice: User) -> None:
    said = {"private_by_default": False, "fetch_pages": True, "fetch_private": False}
    User.objects.filter(pk=alice.pk).update(private_by_default=True)
    assert imported(alice, json.dumps({"softmarks": 2, "settings": said})) == {"skipped": 1}
    assert User.objects.get(pk=alice.pk).private_by_default


def test_a_group_is_entered_again_only_by_who_was_in_it(people: dict[str, User]) -> None:
    group = StudyGroup.objects.select_related("owner").get()
    member = next(one for one in people.values() if one.pk != group.owner_id)
    join(group, group.join_key, member)
    text = exported(member)
    forged = json.loads(text)
    forged["memberships"][0]["seal"] = seal(people["ada"], group.key, group.join_key)
    GroupMember.objects.filter(user=member).delete()
    imported(member, json.dumps(forged))
    stranger = User.objects.create(username="stranger")
    imported(stranger, text)
    assert not GroupMember.objects.filter(group=group, user__in=[member, stranger]).exists()
    imported(member, text + " ")
    assert GroupMember.objects.filter(group=group, user=member).exists()
    remove_member(group, member.pk)
    imported(member, text + "  ")
    assert not GroupMember.objects.filter(group=group, user=member).exists()


def spoilt(record: Any) -> Iterator[Any]:
    """Yield a record with each of its values, also inner ones, made wrong in every way in turn."""
    yield from WRONG
    if isinstance(record, list) and record:
        yield from ([one] for one in spoilt(record[0]))
    elif isinstance(record, dict):
        for name in record:
            yield from ({**record, name: value} for value in spoilt(record[name]))


def told_apart(record: Any, number: int) -> Any:
    """Return a record that is no other's double, but for what was made wrong in it."""
    if not isinstance(record, dict):
        return record
    day = (SOME_DAY + timedelta(days=number)).isoformat()
    new = {"created_at": day, "url": f"https://n.example/{number}", "key": f"key{number}"}
    right = {name: value for name, value in new.items() if record.get(name) not in ["", *WRONG]}
    return record | {name: value for name, value in right.items() if name in record}


@pytest.mark.once
def test_no_value_of_a_wrong_type_breaks_an_import(people: dict[str, User], alice: User) -> None:
    said = json.loads(exported(people["ada"]))
    little: dict[str, Any] = {"softmarks": 2, "owner": ["x"], "settings": {"fetch_pages": "x"}}
    for name in parts():
        if name == "settings":
            continue
        record: dict[str, Any] = max(said[name], key=lambda one: len(json.dumps(one)), default={})
        if name == "lists":
            record = {**record, "sections": [{**record["sections"][-1]}]}
            record["sections"][0]["items"] = record["sections"][0]["items"][:1]
        if name == "groups":
            record = {**record, "sessions": record["sessions"][:1]}
        every = enumerate(spoilt(record))
        little[name] = [told_apart(one, number) for number, one in every]
    little["strange"] = [{"a": 1}, 2]
    counts = imported(alice, json.dumps(little))
    assert counts["created"] > 500
    assert counts["refused"] > 100
    assert counts.total() == sum(len(little[name]) for name in [*parts(), "strange"])
    assert_counters_are_exact()


def test_items_in_a_circle_stand_without_their_order(alice: User) -> None:
    items = [
        {"id": number, "title": f"{number}", "after": after}
        for number, after in ((1, [2]), (2, [3]), (3, [1]), (4, [3]), (5, [4, 9, 5]))
    ]
    record = {"title": "Round", "visibility": "public", "sections": [{"items": items}]}
    imported(alice, json.dumps({"softmarks": 2, "lists": [record]}))
    assert "circle" in reasons("created")[0]
    links = Prerequisite.objects.values_list("item__title", "earlier__title")
    assert sorted(links) == [("4", "3"), ("5", "4")]


def test_a_file_of_a_newer_version_is_refused(alice: User) -> None:
    with pytest.raises(ValueError, match="newer"):
        imported(alice, '{"softmarks": 3, "bookmarks": []}')
