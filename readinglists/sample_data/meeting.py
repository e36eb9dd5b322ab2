"""Puts the study group of the sample site into the database. Import `fill_group`."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from readinglists.groups.drafts import make_group_draft, make_layout_draft
from readinglists.groups.layout import create_group
from readinglists.groups.membership import choose, join
from readinglists.groups.rota import take_turns
from readinglists.groups.talk import ask, write_note
from readinglists.models import (
    GroupMember,
    GroupNote,
    GroupQuestion,
    GroupSession,
    ReadingList,
    SessionEntry,
    StudyGroup,
)

TUESDAY = 1


def fill_group(
    people: Mapping[str, User], reading_list: ReadingList, row: dict[str, Any], now: datetime
) -> StudyGroup:
    """Return a new group that has met for some weeks, on Tuesdays, and goes on."""
    zone = ZoneInfo(row["zone"])
    today = now.astimezone(zone).date()
    first = today - timedelta(days=(today.weekday() - TUESDAY) % 7, weeks=row["weeks"])
    layout = make_layout_draft(
        start=first,
        at=time.fromisoformat(row["at"]),
        time_zone=row["zone"],
        items_each=row["each"],
        place=row["place"],
    )
    draft = make_group_draft(row["title"], note=row["note"])
    group = create_group(reading_list, people[row["by"]], draft, layout).group
    for name in row["members"]:
        member = join(group, group.join_key, people[name])
        choose(member, shows_progress=name in row["open"], wants_digest=True)
    _set_back(group, now - timedelta(weeks=row["weeks"] + 1))
    _let_present(group, now)
    for said in row["questions"]:
        session, entry = _place(group, said)
        question = ask(entry, people[said["by"]], said["text"]) if entry else None
        asked_at = min(now, session.starts_at - timedelta(days=2))
        GroupQuestion.objects.filter(pk=question.pk if question else 0).update(asked_at=asked_at)
    for said in row["notes"]:
        session, entry = _place(group, said)
        note = write_note(session, entry, people[said["by"]], said["text"], seen=0)
        at = min(now, session.starts_at + timedelta(hours=2))
        GroupNote.objects.filter(pk=note.pk if note else 0).update(made_at=at, changed_at=at)
    return group


def _set_back(group: StudyGroup, at: datetime) -> None:
    StudyGroup.objects.filter(pk=group.pk).update(created_at=at)
    GroupMember.objects.filter(group=group).update(joined_at=at)
    GroupSession.objects.filter(group=group).update(made_at=at, changed_at=at)


def _let_present(group: StudyGroup, now: datetime) -> None:
    """Let the members have presented in turns so far, and go on so."""
    members = list(GroupMember.objects.filter(group=group).order_by("pk"))
    past = GroupSession.objects.filter(group=group, starts_at__lte=now).order_by("number")
    for place, session in enumerate(past):
        session.presenter_id = members[place % len(members)].user_id
        session.save(update_fields=["presenter"])
    take_turns(group)


def _place(group: StudyGroup, said: dict[str, Any]) -> tuple[GroupSession, SessionEntry | None]:
    """Return the session that something is said about, and what of it, if not the whole."""
    session = GroupSession.objects.select_related("group").get(group=group, number=said["session"])
    entries = SessionEntry.objects.filter(session=session).select_related("session")
    return session, entries[said["entry"]] if "entry" in said else None
