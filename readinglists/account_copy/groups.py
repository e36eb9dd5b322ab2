"""Study groups that a person owns, and those they are in: GROUPS, MEMBERSHIPS.

Of the other members nothing comes along but the notes of sessions, which belong to the group:
nobody is put into a group by a file. Whoever takes a group in is alone in it, and invites anew.
"""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from bookmarks.account_copy import Part, Record, Told, Ways
from bookmarks.account_copy.fields import moment, number, past, things, word
from bookmarks.account_copy.part import created, each, refused, skipped
from bookmarks.formats.values import flag, text
from bookmarks.links import BadUrl, clean_url
from readinglists.account_copy.references import is_sealed, list_named, name_of, seal
from readinglists.drafts import MAX_ITEM_TITLE, MAX_NOTE, Invalid
from readinglists.groups.drafts import MAX_EACH, MAX_PLACE, MAX_SESSIONS, make_group_draft, words_of
from readinglists.groups.layout import new_group
from readinglists.groups.membership import join
from readinglists.groups.schedule import zones
from readinglists.groups.talk import MAX_QUESTION, MAX_QUESTIONS
from readinglists.models import (
    GroupMember,
    GroupNote,
    GroupQuestion,
    GroupSession,
    Item,
    ReadingList,
    SessionEntry,
    StudyGroup,
)

HERE = "You have this group; it stays as it is."
LAST_REVISION = 2**31 - 1
CHOICES = ("shows_progress", "wants_digest")


def _write_groups(owner: User) -> Iterator[Record]:
    groups = StudyGroup.objects.filter(owner=owner).select_related("reading_list__owner")
    for group in groups.order_by("created_at", "pk"):
        member = GroupMember.objects.filter(group=group, user=owner).first()
        reads = group.reading_list
        readable = reads and ReadingList.objects.readable_by(owner).filter(pk=reads.pk).exists()
        yield {
            "title": group.title,
            "note": group.note,
            "time_zone": group.time_zone,
            "question_hours": group.question_hours,
            "created_at": group.created_at.isoformat(),
            "reads": name_of(reads) if reads and readable else None,
            **(_membership(member) if member else {}),
            "sessions": [_session(one, owner) for one in _sessions(group)],
        }


def _membership(member: GroupMember) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(member, name) for name in CHOICES}
    return said | {"joined_at": member.joined_at.isoformat()}


def _sessions(group: StudyGroup) -> Iterator[GroupSession]:
    sessions = GroupSession.objects.filter(group=group).order_by("number")
    yield from sessions.prefetch_related("entries__questions", "entries__notes", "notes")


def _session(session: GroupSession, owner: User) -> dict[str, Any]:
    """Return what a session is, with all its notes and the owner's own questions."""
    return {
        "number": session.number,
        "starts_at": session.starts_at.isoformat(),
        "minutes": session.minutes,
        "title": session.title,
        "place": session.place,
        "presents": session.presenter_id == owner.pk,
        "entries": [
            {
                "title": entry.title,
                "url": entry.url,
                "notes": [_note(one, owner) for one in entry.notes.all()],
                "questions": [
                    {"text": one.text, "asked_at": one.asked_at.isoformat()}
                    for one in sorted(entry.questions.all(), key=lambda one: one.asked_at)
                    if one.by_id == owner.pk
                ],
            }
            for entry in session.entries.all()
        ],
        "notes": [_note(one, owner) for one in session.notes.all() if one.entry_id is None],
    }


def _note(note: GroupNote, owner: User) -> dict[str, Any]:
    return {
        "text": note.text,
        "own": note.by_id == owner.pk,
        "revision": note.revision,
        "made_at": note.made_at.isoformat(),
        "changed_at": note.changed_at.isoformat(),
    }


def _restore_group(owner: User, record: Record, _ways: Ways) -> Told:
    """Make a group anew, with its owner in it alone; raises Invalid, and Refused for too many."""
    hours = record.get("question_hours")
    draft = make_group_draft(word(record, "title"), note=text(record, "note"), question_hours=hours)
    at = past(record, "created_at") or timezone.now()
    if StudyGroup.objects.filter(owner=owner, created_at=at, title=draft.title).exists():
        return skipped(HERE)
    zone, named = text(record, "time_zone"), record.get("reads")
    reads = list_named(named, owner) if isinstance(named, dict) else None
    group = new_group(reads, owner, draft, ZoneInfo(zone if zone in zones() else "UTC"))
    StudyGroup.objects.filter(pk=group.pk).update(created_at=at)
    _choose(GroupMember.objects.get(group=group, user=owner), record)
    numbers: set[int] = set()
    for one in things(record, "sessions", MAX_SESSIONS):
        count = number(one, "number", range(1, 10_000), len(numbers) + 1)
        if count not in numbers:
            numbers.add(count)
            _restore_session(group, count, one, owner)
    return created()


def _choose(member: GroupMember, record: Record) -> None:
    """Write what a member chose, and since when they are in."""
    for name in CHOICES:
        said = flag(record, name)
        setattr(member, name, getattr(member, name) if said is None else said)
    member.joined_at = past(record, "joined_at") or member.joined_at
    member.save(update_fields=[*CHOICES, "joined_at"])


def _restore_session(group: StudyGroup, count: int, record: Record, owner: User) -> None:
    starts_at = moment(record, "starts_at")
    if starts_at is None:
        raise Invalid({"sessions": "A session needs the time when it begins."})
    session = GroupSession.objects.create(
        group=group,
        number=count,
        starts_at=starts_at,
        minutes=number(record, "minutes", range(1, 24 * 60 + 1), 60),
        title=word(record, "title"),
        place=word(record, "place", MAX_PLACE),
        presenter=owner if flag(record, "presents") else None,
    )
    taken: set[int] = set()
    asked = 0
    for place, one in enumerate(things(record, "entries", 2 * MAX_EACH)):
        entry = _entry(session, place, one, taken)
        _restore_note(session, entry, things(one, "notes", 1), owner)
        for question in things(one, "questions", MAX_QUESTIONS - asked):
            asked += 1
            at = past(question, "asked_at") or timezone.now()
            said = _words(question, MAX_QUESTION)
            GroupQuestion.objects.create(entry=entry, by=owner, text=said, asked_at=at)
    _restore_note(session, None, things(record, "notes", 1), owner)


def _entry(session: GroupSession, place: int, record: Record, taken: set[int]) -> SessionEntry:
    """Store what is read for a session, tied to the item that it is of, if the list has it."""
    title, url = word(record, "title", MAX_ITEM_TITLE), text(record, "url")
    try:
        url = clean_url(url) if url else ""
    except BadUrl:
        url = ""
    items = Item.objects.filter(reading_list=session.group.reading_list, url=url)
    items = items.exclude(pk__in=taken).order_by("pk")
    item = (items if url else items.filter(title=title)).first() if url or title else None
    taken |= {item.pk} if item else set()
    return SessionEntry.objects.create(
        session=session, item=item, position=place, title=title or url, url=url
    )


def _restore_note(
    session: GroupSession, entry: SessionEntry | None, records: list[Record], owner: User
) -> None:
    for one in records:
        made_at = past(one, "made_at") or timezone.now()
        GroupNote.objects.create(
            session=session,
            entry=entry,
            text=_words(one, MAX_NOTE),
            by=owner if flag(one, "own") else None,
            revision=number(one, "revision", range(1, LAST_REVISION), 1),
            made_at=made_at,
            changed_at=past(one, "changed_at") or made_at,
        )


def _words(record: Record, most: int) -> str:
    errors: dict[str, str] = {}
    said = words_of(text(record, "text"), "text", most, errors)
    if errors:
        raise Invalid(errors)
    return said


def _write_memberships(owner: User) -> Iterator[Record]:
    """Yield the groups of others that a person is in, with what lets them in again: it is theirs
    alone, and ends with the group's join link."""
    members = GroupMember.objects.filter(user=owner).exclude(group__owner=owner)
    for one in members.select_related("group").order_by("joined_at", "pk"):
        group = one.group
        sealed = seal(owner, group.key, group.join_key)
        yield {"key": group.key, "title": group.title, **_membership(one), "seal": sealed}


def _restore_membership(owner: User, record: Record, _ways: Ways) -> Told:
    group = StudyGroup.objects.filter(key=word(record, "key", 20)).first()
    if group is None or not is_sealed(text(record, "seal"), owner, group.key, group.join_key):
        return refused("The group is gone, or its members have to let you in anew.")
    if GroupMember.objects.filter(group=group, user=owner).exists():
        return skipped(HERE)
    _choose(join(group, group.join_key, owner), record)
    return created()


GROUPS = Part(_write_groups, each(_restore_group))
MEMBERSHIPS = Part(_write_memberships, each(_restore_membership))
