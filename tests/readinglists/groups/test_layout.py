"""Groups laid out from a list, moved, and made anew."""

from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accounts.deletion import delete_account
from accounts.models import User
from readinglists.drafts import Invalid
from readinglists.groups.drafts import (
    make_group_draft,
    make_layout_draft,
    make_session_draft,
)
from readinglists.groups.layout import (
    create_group,
    drop_entry,
    edit_session,
    move_entry,
    repeat_group,
    shift_sessions,
)
from readinglists.groups.membership import Refused
from readinglists.groups.rota import step_down, swap, take_turns, volunteer
from readinglists.groups.talk import ask, write_note
from readinglists.items import delete_item
from readinglists.lists import add_section, delete_list, delete_section
from readinglists.models import (
    GroupMember,
    GroupNote,
    GroupQuestion,
    GroupSession,
    Item,
    SessionEntry,
    StudyGroup,
)
from readinglists.undoing import bring_back, remove_item
from tests.readinglists.groups.grouping import START, entries, make_group, session
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
LAYOUT: dict[str, Any] = {"start": START, "at": time(18, 30), "time_zone": "Europe/Berlin"}


def dates(group: StudyGroup) -> list[str]:
    found = GroupSession.objects.filter(group=group).order_by("number")
    return [f"{one.starts_at.astimezone(BERLIN):%m-%d %H:%M}" for one in found]


def read(group: StudyGroup) -> list[list[str]]:
    count = GroupSession.objects.filter(group=group).count()
    return [[one.title for one in entries(group, number)] for number in range(1, count + 1)]


def test_sessions_are_laid_out_in_the_order_of_the_list(alice: User) -> None:
    reading_list = make_list(alice)
    section = add_section(reading_list, "Later")
    add(reading_list, "c", section=section)
    add(reading_list, "a", url="https://example.org/a")
    add(reading_list, "b")
    group = make_group(alice, reading_list=reading_list, skip="2030-03-12")
    assert read(group) == [["a", "b"], ["c"]]
    assert dates(group) == ["03-05 18:30", "03-19 18:30"]
    assert [one.user_id for one in GroupMember.objects.filter(group=group)] == [alice.pk]


def test_a_list_is_shared_out_by_minutes_or_over_sessions(alice: User) -> None:
    reading_list = make_list(alice)
    for minutes in (50, 20, 30, 90):
        add(reading_list, f"{minutes}", minutes=minutes)
    by_time = make_group(alice, reading_list=reading_list, items_each="", minutes_each="60")
    assert read(by_time) == [["50"], ["20", "30"], ["90"]]
    spread = make_group(alice, reading_list=reading_list, items_each="", sessions="3")
    assert read(spread) == [["50", "20"], ["30"], ["90"]]


def test_what_is_left_over_is_told(alice: User) -> None:
    reading_list = make_list(alice)
    for title in "abcde":
        add(reading_list, title)
    layout = make_layout_draft(**LAYOUT, items_each="2", sessions="2")
    made = create_group(reading_list, alice, make_group_draft("T"), layout)
    assert made.left_over == 1


def test_too_many_sessions_and_none_are_refused(alice: User) -> None:
    reading_list = make_list(alice)
    layout = make_layout_draft(**LAYOUT, items_each="1")
    with pytest.raises(Invalid, match="no items yet"):
        create_group(reading_list, alice, make_group_draft("T"), layout)
    for number in range(105):
        add(reading_list, str(number))
    with pytest.raises(Invalid, match="105 sessions"):
        create_group(reading_list, alice, make_group_draft("T"), layout)
    assert not StudyGroup.objects.exists()


def test_a_private_list_is_not_read_together(alice: User) -> None:
    reading_list = make_list(alice, visibility="private")
    add(reading_list, "a")
    with pytest.raises(Refused, match="unlisted or public first"):
        make_group(alice, reading_list=reading_list)


def test_shifting_moves_a_session_and_all_after_it_by_the_clock(alice: User) -> None:
    group = make_group(alice, titles=tuple("abcdef"))
    assert shift_sessions(group, 2, 21) == 2
    assert dates(group) == ["03-05 18:30", "04-02 18:30", "04-09 18:30"]
    assert [session(group, number).sequence for number in (1, 2, 3)] == [0, 1, 1]
    shift_sessions(group, 2, -20)
    assert dates(group) == ["03-05 18:30", "03-13 18:30", "03-20 18:30"]


def test_a_session_cannot_be_shifted_before_the_one_it_follows(alice: User) -> None:
    group = make_group(alice)
    before = dates(group)
    for first, days in ((2, -7), (2, -366), (1, 0), (1, 367), (9, 7)):
        with pytest.raises(Refused):
            shift_sessions(group, first, days)
    assert dates(group) == before


def test_a_session_is_edited_by_the_clock_of_the_group(alice: User) -> None:
    group = make_group(alice)
    draft = make_session_draft(day=date(2030, 4, 2), at=time(9), lasts="90", place="Room 5")
    edit_session(session(group), draft)
    changed = session(group)
    assert dates(group)[0] == "04-02 09:00"
    assert (changed.minutes, changed.place, changed.sequence) == (90, "Room 5", 1)


def test_a_new_cohort_has_the_same_sessions_and_nothing_of_the_members(
    alice: User, bob: User
) -> None:
    group = make_group(alice, bob)
    edit_session(
        session(group), make_session_draft(day=START, at=time(9), lasts=90, title="Opening")
    )
    ask(entries(group)[0], bob, "Why?")
    write_note(session(group), None, bob, "Because.", seen=0)
    take_turns(group)
    plan = make_layout_draft(
        start=date(2031, 9, 1), at=time(10), time_zone="Asia/Tokyo", sessions=1
    ).plan
    made = repeat_group(group, alice, make_group_draft("Next year"), plan).group
    assert read(made) == read(group)
    assert [one.user_id for one in GroupMember.objects.filter(group=made)] == [alice.pk]
    first = session(made)
    tokyo = first.starts_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert f"{tokyo:%Y-%m-%d %H:%M}" == "2031-09-01 10:00"
    assert (first.title, first.minutes, first.presenter, first.sequence) == ("Opening", 90, None, 0)
    assert not GroupQuestion.objects.filter(entry__session__group=made).exists()
    assert not GroupNote.objects.filter(session__group=made).exists()
    assert made.key != group.key
    assert made.join_key != group.join_key


def test_sessions_keep_what_leaves_the_list(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    section = add_section(reading_list, "Part")
    item = add(reading_list, "kept words", section=section, url="https://example.org/x")
    add(reading_list, "other")
    group = make_group(alice, bob, reading_list=reading_list)
    entry = next(one for one in entries(group) if one.item_id == item.pk)
    ask(entry, bob, "Why?")
    write_note(entry.session, entry, bob, "So.", seen=0)
    delete_section(section)
    delete_item(Item.objects.get(pk=item.pk))
    kept = SessionEntry.objects.get(pk=entry.pk)
    assert (kept.item, kept.title, kept.url) == (None, "kept words", "https://example.org/x")
    assert kept.questions.count() == kept.notes.count() == 1
    delete_list(reading_list)
    assert StudyGroup.objects.get(pk=group.pk).reading_list is None
    assert [one.title for one in entries(group)] == ["other", "kept words"]


def test_an_item_that_is_brought_back_is_read_for_its_session_again(alice: User) -> None:
    group = make_group(alice)
    item = entries(group)[0].item
    assert item is not None
    assert group.reading_list is not None
    removed = remove_item(item, alice)
    assert entries(group)[0].item is None
    back = bring_back(removed)
    assert entries(group)[0].item == back


def test_an_entry_moves_to_another_session_with_what_was_said(alice: User) -> None:
    group = make_group(alice)
    entry = entries(group)[0]
    write_note(entry.session, entry, alice, "So.", seen=0)
    move_entry(entry, group, 2)
    assert read(group) == [["two"], ["three", "four", "one"]]
    assert GroupNote.objects.get().session == session(group, 2)
    with pytest.raises(Refused, match="questions or notes"):
        drop_entry(entries(group, 2)[2])
    drop_entry(entries(group)[0])
    assert read(group)[0] == []
    with pytest.raises(Refused):
        move_entry(entries(group, 2)[0], group, 7)


def test_people_present_in_turns_and_swap(alice: User, bob: User) -> None:
    group = make_group(alice, bob, titles=tuple("abcdef"))
    GroupSession.objects.filter(group=group, number=1).update(
        starts_at=group.created_at - timedelta(days=7), presenter=alice
    )
    assert take_turns(group) == 2
    presenters = [session(group, number).presenter for number in (1, 2, 3)]
    assert presenters == [alice, bob, alice]
    swap(group, 2, 3, bob)
    assert [session(group, number).presenter for number in (2, 3)] == [alice, bob]
    assert session(group, 2).sequence == 2


def test_only_presenters_and_the_owner_change_who_presents(
    alice: User, bob: User, carol: User
) -> None:
    group = make_group(alice, bob, carol)
    volunteer(session(group, 1), bob)
    with pytest.raises(Refused):
        volunteer(session(group, 1), carol)
    with pytest.raises(Refused):
        swap(group, 1, 2, carol)
    with pytest.raises(Refused):
        step_down(session(group, 1), carol)
    for other in (1, 9, -1):
        with pytest.raises(Refused):
            swap(group, 1, other, alice)
    swap(group, 1, 2, alice)
    assert session(group, 2).presenter == bob
    step_down(session(group, 2), bob)
    assert session(group, 2).presenter is None


def test_a_deleted_account_leaves_its_groups_to_who_is_in_them(alice: User, bob: User) -> None:
    shared, alone = make_group(alice, bob), make_group(alice)
    write_note(session(shared), None, alice, "So.", seen=0)
    delete_account(alice)
    assert StudyGroup.objects.get().pk == shared.pk != alone.pk
    shared.refresh_from_db()
    assert (shared.owner, shared.reading_list) == (bob, None)
    assert GroupNote.objects.get().by is None
    assert read(shared) == [["one", "two"], ["three", "four"]]


@pytest.fixture
def carol(db: None) -> User:
    return User.objects.create_user("carol", None, "carol@example.org")
