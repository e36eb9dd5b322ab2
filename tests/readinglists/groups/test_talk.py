"""Who is in a group, what they say, who has read what."""

import pytest

from accounts.models import User
from readinglists.drafts import Invalid
from readinglists.groups import membership
from readinglists.groups.membership import (
    Refused,
    hand_over,
    join,
    leave,
    remove_member,
    renew_join_key,
)
from readinglists.groups.overview import members_of, read_session
from readinglists.groups.rota import volunteer
from readinglists.groups.talk import MAX_QUESTION, Overwritten, ask, take_back, write_note
from readinglists.models import GroupMember, GroupNote, GroupQuestion, StudyGroup
from readinglists.progress import set_progress
from tests.readinglists.groups.grouping import entries, make_group, session
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def carol(db: None) -> User:
    return User.objects.create_user("carol", None, "carol@example.org")


def names(group: StudyGroup) -> list[str]:
    return [member.user.username for member in members_of(group)]


def test_the_join_link_lets_people_in_once(alice: User, bob: User) -> None:
    group = make_group(alice)
    for _ in range(2):
        join(group, group.join_key, bob)
    assert names(group) == ["alice", "bob"]


def test_an_old_join_link_lets_nobody_in(alice: User, bob: User) -> None:
    group = make_group(alice)
    old = group.join_key
    assert renew_join_key(group) != old
    with pytest.raises(StudyGroup.DoesNotExist):
        join(group, old, bob)
    assert names(group) == ["alice"]


def test_who_is_taken_out_cannot_come_back_by_the_link(alice: User, bob: User) -> None:
    group = make_group(alice, bob)
    volunteer(session(group), bob)
    remove_member(group, bob.pk)
    assert session(group).presenter is None
    with pytest.raises(StudyGroup.DoesNotExist):
        join(group, group.join_key, bob)
    with pytest.raises(GroupMember.DoesNotExist):
        remove_member(group, bob.pk)


def test_a_full_group_lets_nobody_in(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(membership, "MAX_MEMBERS", 1)
    with pytest.raises(Refused, match="full"):
        make_group(alice, bob)


def test_the_owner_hands_over_before_leaving(alice: User, bob: User, carol: User) -> None:
    group = make_group(alice, bob)
    with pytest.raises(Refused):
        leave(group, alice)
    with pytest.raises(Refused):
        remove_member(group, alice.pk)
    with pytest.raises(GroupMember.DoesNotExist):
        hand_over(group, carol.pk)
    hand_over(group, bob.pk)
    leave(group, alice)
    assert names(group) == ["bob"]
    assert StudyGroup.objects.get().owner == bob


def test_questions_after_the_deadline_are_told_apart(alice: User, bob: User) -> None:
    group = make_group(alice, bob)
    first, second = entries(group)
    ask(first, bob, "In time?")
    late = ask(second, bob, "Too late?")
    GroupQuestion.objects.filter(pk=late.pk).update(asked_at=session(group).starts_at)
    view = read_session(group, 1, alice, members_of(group))
    assert view is not None
    asked = [question for entry in view.entries for question in entry.questions]
    assert [(one.text, one.late) for one in asked] == [("In time?", False), ("Too late?", True)]


def test_a_question_is_taken_back_by_who_asked_or_owns(alice: User, bob: User, carol: User) -> None:
    group = make_group(alice, bob, carol)
    first, second = (ask(entries(group)[0], bob, text) for text in ("a", "b"))
    with pytest.raises(Refused):
        take_back(first, carol)
    take_back(first, bob)
    take_back(second, alice)
    assert not GroupQuestion.objects.exists()


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "x" * (MAX_QUESTION + 1)])
def test_a_question_says_something_and_not_too_much(alice: User, text: str) -> None:
    entry = entries(make_group(alice))[0]
    with pytest.raises(Invalid) as refused:
        ask(entry, alice, text)
    assert list(refused.value.errors) == ["text"]


def test_nobody_writes_over_a_note_they_have_not_seen(alice: User, bob: User) -> None:
    group = make_group(alice, bob)
    entry = entries(group)[0]
    write_note(session(group), entry, alice, "First.", seen=0)
    with pytest.raises(Overwritten) as refused:
        write_note(session(group), entry, bob, "Mine.", seen=0)
    assert refused.value.note is not None
    assert refused.value.note.text == "First."
    write_note(session(group), entry, bob, "First. Mine.", seen=1)
    with pytest.raises(Overwritten):
        write_note(session(group), entry, alice, "", seen=1)
    note = GroupNote.objects.get()
    assert (note.text, note.by, note.revision) == ("First. Mine.", bob, 2)
    write_note(session(group), entry, alice, "", seen=2)
    assert not GroupNote.objects.exists()


def test_readers_are_counted_and_named_only_if_they_wish(
    alice: User, bob: User, carol: User
) -> None:
    reading_list = make_list(alice)
    page = add(reading_list, "page", url="https://example.org/p")
    words = add(reading_list, "words alone")
    group = make_group(alice, bob, reading_list=reading_list)
    other = make_list(bob)
    elsewhere = add(other, "the same page", url="https://example.org/p")
    set_progress(bob, elsewhere, "read")
    set_progress(alice, words, "skimmed")
    set_progress(alice, page, "reading")
    set_progress(carol, page, "read")  # not in the group
    GroupMember.objects.filter(user=alice).update(shows_progress=True)
    view = read_session(group, 1, alice, members_of(group))
    assert view is not None
    readers = [entry.readers for entry in view.entries]
    assert [(one.count, one.names) for one in readers if one] == [(1, []), (1, ["alice"])]
    GroupMember.objects.filter(user=bob).update(shows_progress=True)
    view = read_session(group, 1, alice, members_of(group))
    assert view is not None
    assert view.entries[0].readers is not None
    assert view.entries[0].readers.names == ["bob"]
