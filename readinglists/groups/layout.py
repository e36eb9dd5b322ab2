"""Lays the sessions of groups out, and moves them. Import `create_group`, `repeat_group`,
`shift_sessions`, `change_zone`, `edit_session`, `left_over`, `add_entry`, `move_entry`,
`drop_entry`, `Made`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from readinglists.drafts import Invalid
from readinglists.entries import title_of
from readinglists.estimates import minutes_of
from readinglists.groups.drafts import (
    MAX_SESSIONS,
    MAX_SHIFT,
    GroupDraft,
    LayoutDraft,
    SessionDraft,
)
from readinglists.groups.membership import Refused, lock_group, new_member, touch
from readinglists.groups.schedule import (
    Plan,
    by_minutes,
    by_number,
    evenly,
    moment,
    next_monday,
    session_times,
    shifted,
)
from readinglists.groups.zones import DIGEST_AT, zone_of
from readinglists.models import GroupSession, Item, ReadingList, SessionEntry, StudyGroup
from readinglists.outline import read_outline

MAX_GROUPS = 100
# So many are offered at a time.
MAX_LEFT_OVER = 200
PRIVATE = (
    "The list is private, and joining a group gives no right to a private list. Its owner must make"
    " it unlisted or public first."
)
TOO_MANY = "That would be {} sessions; {} are the most. Read more a session, or limit the sessions."


@dataclass(frozen=True)
class Made:
    """A new group; `left_over` items of its list are in no session."""

    group: StudyGroup
    left_over: int = 0


@transaction.atomic
def create_group(
    reading_list: ReadingList, owner: User, draft: GroupDraft, layout: LayoutDraft
) -> Made:
    """Make a group that reads a list, with all its sessions laid out.

    Raises Refused for a private list or when the owner has too many groups, and Invalid when there
    would be too many sessions, or none.
    """
    if reading_list.visibility == ReadingList.Visibility.PRIVATE:
        raise Refused(PRIVATE)
    outline = read_outline(reading_list, None, whole=True)
    items = [item for part in outline.top.walk() for item in part.items or []]
    parts = _share_out(items, layout)
    group = new_group(reading_list, owner, draft, layout.plan.zone)
    sessions = _new_sessions(group, layout.plan, [(layout.lasts, "", layout.place)] * len(parts))
    SessionEntry.objects.bulk_create(
        SessionEntry(session=session, item=item, position=place, title=title_of(item), url=item.url)
        for session, part in zip(sessions, parts, strict=True)
        for place, item in enumerate(part)
    )
    return Made(group, len(items) - sum(map(len, parts)))


def _share_out(items: Sequence[Item], layout: LayoutDraft) -> list[list[Item]]:
    name = "items_each" if layout.items_each else "minutes_each"
    if layout.items_each:
        parts = by_number(items, layout.items_each)
    elif layout.minutes_each:
        parts = by_minutes(items, [minutes_of(item) for item in items], layout.minutes_each)
    else:
        parts = evenly(items, layout.sessions or 1)
    if layout.sessions:
        parts = parts[: layout.sessions]
    if len(parts) > MAX_SESSIONS:
        raise Invalid({name: TOO_MANY.format(f"{len(parts):,}", MAX_SESSIONS)})
    if not parts:
        raise Invalid({"sessions": "The list has no items yet. Say how many sessions there are."})
    return parts


@transaction.atomic
def repeat_group(group: StudyGroup, owner: User, draft: GroupDraft, plan: Plan) -> Made:
    """Make a group of the same layout for other people: nothing of the members' comes along.

    Raises Refused when the owner has too many groups.
    """
    old = list(GroupSession.objects.filter(group=group).order_by("number"))
    made = new_group(group.reading_list, owner, draft, plan.zone)
    said = [(session.minutes, session.title, session.place) for session in old]
    new = dict(zip([one.pk for one in old], _new_sessions(made, plan, said), strict=True))
    entries = SessionEntry.objects.filter(session__group=group).select_related("item__page")
    SessionEntry.objects.bulk_create(
        SessionEntry(
            session=new[entry.session_id],
            item=entry.item,
            position=entry.position,
            title=entry.title,
            url=entry.url,
        )
        for entry in entries.order_by("position", "pk")
    )
    return Made(made)


def new_group(
    reading_list: ReadingList | None, owner: User, draft: GroupDraft, zone: ZoneInfo
) -> StudyGroup:
    """Store and return a group without sessions, its owner in it; raises Refused for too many."""
    if StudyGroup.objects.filter(owner=owner).count() >= MAX_GROUPS:
        raise Refused(f"You have {MAX_GROUPS} groups, which is the most. Delete one first.")
    group = StudyGroup.objects.create(
        reading_list=reading_list,
        owner=owner,
        title=draft.title,
        note=draft.note,
        question_hours=draft.question_hours,
        time_zone=zone.key,
        digest_due_at=next_monday(timezone.now(), zone, DIGEST_AT),
    )
    new_member(group, owner)
    return group


def _new_sessions(
    group: StudyGroup, plan: Plan, said: Sequence[tuple[int, str, str]]
) -> list[GroupSession]:
    times = session_times(plan, len(said))
    return GroupSession.objects.bulk_create(
        GroupSession(
            group=group, number=number, starts_at=at, minutes=minutes, title=title, place=place
        )
        for number, (at, (minutes, title, place)) in enumerate(zip(times, said, strict=True), 1)
    )


@transaction.atomic
def shift_sessions(group: StudyGroup, first: int, days: int) -> int:
    """Move a session and all after it by so many days; return how many there were.

    They stay at their time by the group's clock. Raises Refused when they would come before the
    session they follow.
    """
    current = lock_group(group.pk)
    if not 0 < abs(days) <= MAX_SHIFT:
        raise Refused(f"Give a number of days or weeks, {MAX_SHIFT} days at most.")
    sessions = list(GroupSession.objects.filter(group=current, number__gte=first))
    if not sessions:
        raise Refused("There is no such session any more.")
    earlier = GroupSession.objects.filter(group=current, number__lt=first).last()
    zone, now = zone_of(current), timezone.now()
    for session in sessions:
        session.starts_at = shifted(session.starts_at, days, zone)
        session.sequence, session.changed_at = session.sequence + 1, now
    if earlier and sessions[0].starts_at <= earlier.starts_at:
        raise Refused(f"Session {first} would come before session {earlier.number}.")
    GroupSession.objects.bulk_update(sessions, ["starts_at", "sequence", "changed_at"])
    touch(current)
    return len(sessions)


@transaction.atomic
def change_zone(group: StudyGroup, zone: ZoneInfo) -> None:
    """Let a group meet by the clock of another zone, at the times of day it was planned for.

    Sessions that are over stay where they were. Raises StudyGroup.DoesNotExist.
    """
    current = lock_group(group.pk)
    old, now = zone_of(current), timezone.now()
    if old.key == zone.key:
        return
    ahead = list(GroupSession.objects.filter(group=current, starts_at__gt=now))
    for session in ahead:
        local = session.starts_at.astimezone(old)
        session.starts_at = moment(local.date(), local.time(), zone)
        session.sequence, session.changed_at = session.sequence + 1, now
    GroupSession.objects.bulk_update(ahead, ["starts_at", "sequence", "changed_at"])
    current.time_zone = zone.key
    current.digest_due_at = next_monday(now, zone, DIGEST_AT)
    current.save(update_fields=["time_zone", "digest_due_at"])
    touch(current)


@transaction.atomic
def edit_session(session: GroupSession, draft: SessionDraft) -> GroupSession:
    """Change when and where a session is; raises GroupSession.DoesNotExist."""
    group = lock_group(session.group_id)
    current = GroupSession.objects.get(pk=session.pk)
    current.starts_at = moment(draft.day, draft.at, zone_of(group))
    current.minutes, current.title, current.place = draft.lasts, draft.title, draft.place
    current.save(update_fields=["starts_at", "minutes", "title", "place"])
    note_change(current)
    return current


def left_over(group: StudyGroup, viewer: User) -> list[Item]:
    """Return items of the list, as far as the viewer may read it, that are in no session."""
    lists = ReadingList.objects.readable_by(viewer).filter(groups=group.pk)
    chosen = SessionEntry.objects.filter(session__group=group, item=OuterRef("pk"))
    items = Item.objects.filter(~Exists(chosen), reading_list__in=lists).select_related("page")
    return list(items.order_by("section", "rank", "pk")[:MAX_LEFT_OVER])


@transaction.atomic
def add_entry(session: GroupSession, item_id: int, by: User) -> SessionEntry:
    """Let an item of the list be read for a session too, at its end; raises Refused."""
    group = lock_group(session.group_id)
    lists = ReadingList.objects.readable_by(by).filter(groups=group.pk)
    items = Item.objects.filter(reading_list__in=lists).select_related("page")
    item = items.filter(pk=item_id).first()
    if item is None:
        raise Refused("This item is not in the list any more.")
    there = SessionEntry.objects.filter(session=session)
    if there.filter(item=item).exists():
        raise Refused("It is read for this session already.")
    last = there.last()
    entry = there.create(
        session=session,
        item=item,
        position=last.position + 1 if last else 0,
        title=title_of(item),
        url=item.url,
    )
    note_change(session)
    return entry


@transaction.atomic
def move_entry(entry: SessionEntry, group: StudyGroup, number: int) -> GroupSession:
    """Let something be read for another session, at its end; questions and notes go with it.

    Raises Refused.
    """
    current = lock_group(group.pk)
    target = GroupSession.objects.filter(group=current, number=number).first()
    moved = SessionEntry.objects.filter(pk=entry.pk, session__group=current).first()
    if target is None or moved is None:
        raise Refused("There is no such session any more.")
    there = SessionEntry.objects.filter(session=target)
    if moved.item_id and there.filter(item=moved.item_id).exclude(pk=moved.pk).exists():
        raise Refused(f"It is read for session {number} already.")
    last = there.last()
    old = moved.session
    moved.session, moved.position = target, (last.position + 1 if last else 0)
    moved.save(update_fields=["session", "position"])
    moved.notes.update(session=target)
    note_change(old)
    note_change(target)
    return target


@transaction.atomic
def drop_entry(entry: SessionEntry) -> None:
    """Let something not be read after all. Raises Refused once people said something about it."""
    lock_group(entry.session.group_id)
    if entry.questions.exists() or entry.notes.exists():
        raise Refused("There are questions or notes about it; move it to another session instead.")
    note_change(entry.session)
    entry.delete()


def note_change(session: GroupSession) -> None:
    """Count a change of a session, for calendars, and note that its group changed."""
    session.sequence += 1
    session.changed_at = timezone.now()
    session.save(update_fields=["sequence", "changed_at"])
    touch(session.group)
