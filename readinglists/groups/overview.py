"""Reads a group as it is shown to a member. Import `read_sessions`, `read_session`,
`SessionView`, `EntryView`, `members_of`, `next_session`.

However many sessions and members there are, it takes the same few queries.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from bookmarks.entries import safe_href
from bookmarks.markup import Html
from readinglists.entries import note_html, title_of
from readinglists.groups.readers import Readers, readers_of
from readinglists.groups.talk import deadline_of
from readinglists.groups.zones import day_and_time
from readinglists.models import (
    GroupMember,
    GroupNote,
    GroupQuestion,
    GroupSession,
    ReadingList,
    SessionEntry,
    StudyGroup,
)
from readinglists.paths import item_path
from readinglists.progress import progress_of


@dataclass(frozen=True)
class QuestionView:
    """A question as it is shown."""

    id: int
    by: str
    text: str
    asked_at: datetime
    late: bool
    own: bool


@dataclass(frozen=True)
class NoteView:
    """A note as it is shown; `revision` 0 is none yet."""

    html: Html | str = ""
    text: str = ""
    by: str = ""
    changed_at: datetime | None = None
    revision: int = 0


NO_NOTE = NoteView()


@dataclass
class EntryView:
    """Something to read; `path` leads to it in its list, where it still is and may be read."""

    id: int
    title: str
    href: str
    path: str
    state: str
    readers: Readers | None
    questions: list[QuestionView] = field(default_factory=list)
    note: NoteView = NO_NOTE


@dataclass
class SessionView:
    """A session as it is shown, its times by the group's clock."""

    session: GroupSession
    title: str
    when: str
    deadline: str
    due: bool
    over: bool
    presenter: str
    entries: list[EntryView]
    note: NoteView = NO_NOTE


def members_of(group: StudyGroup) -> list[GroupMember]:
    """Return the members in the order in which they joined, with their people."""
    active = GroupMember.objects.filter(group=group, user__is_active=True)
    return list(active.select_related("user").order_by("joined_at", "pk"))


def next_session(sessions: Iterable[SessionView]) -> SessionView | None:
    """Return the first session that is not over."""
    return next((one for one in sessions if not one.over), None)


def read_sessions(group: StudyGroup, viewer: User, members: list[GroupMember]) -> list[SessionView]:
    """Return all sessions of a group with what is read for each, without what was said."""
    sessions = GroupSession.objects.filter(group=group).select_related("presenter")
    return _views(group, viewer, members, list(sessions.order_by("number")))


def read_session(
    group: StudyGroup, number: int, viewer: User, members: list[GroupMember]
) -> SessionView | None:
    """Return one session with its questions and notes, None if there is none."""
    sessions = GroupSession.objects.filter(group=group, number=number).select_related("presenter")
    views = _views(group, viewer, members, list(sessions))
    if not views:
        return None
    [view] = views
    _add_questions(view, group, viewer)
    entries = {entry.id: entry for entry in view.entries}
    for note in GroupNote.objects.filter(session=view.session).select_related("by"):
        shown = note_view(note)
        if note.entry_id in entries:
            entries[note.entry_id].note = shown
        elif note.entry_id is None:
            view.note = shown
    return view


def note_view(note: GroupNote) -> NoteView:
    """Return a note as it is shown."""
    by = note.by.username if note.by else ""
    return NoteView(note_html(note.text), note.text, by, note.changed_at, note.revision)


def _add_questions(view: SessionView, group: StudyGroup, viewer: User) -> None:
    deadline = deadline_of(view.session, group)
    entries = {entry.id: entry for entry in view.entries}
    asked = GroupQuestion.objects.filter(entry__session=view.session).select_related("by")
    for one in asked.order_by("asked_at", "pk"):
        if one.entry_id in entries:
            entries[one.entry_id].questions.append(
                QuestionView(
                    id=one.pk,
                    by=one.by.username,
                    text=one.text,
                    asked_at=one.asked_at,
                    late=one.asked_at > deadline,
                    own=viewer.pk in (one.by_id, group.owner_id),
                )
            )


def _views(
    group: StudyGroup, viewer: User, members: list[GroupMember], sessions: list[GroupSession]
) -> list[SessionView]:
    found = SessionEntry.objects.filter(session__in=sessions).select_related("item__page")
    entries = list(found.order_by("position", "pk"))
    items = [entry.item for entry in entries if entry.item]
    readable = _readable_list(group, viewer)
    readers, states = readers_of(members, items), progress_of(viewer, items)
    by_session: defaultdict[int, list[EntryView]] = defaultdict(list)
    for entry in entries:
        by_session[entry.session_id].append(_entry_view(entry, readable, readers, states))
    now = timezone.now()
    return [_session_view(group, one, by_session[one.pk], now) for one in sessions]


def _readable_list(group: StudyGroup, viewer: User) -> ReadingList | None:
    """Return the list with its owner, if the viewer may read it: joining gives no right to it."""
    lists = ReadingList.objects.readable_by(viewer).filter(owner__is_active=True)
    return lists.select_related("owner").filter(groups=group.pk).first()


def _entry_view(
    entry: SessionEntry,
    readable: ReadingList | None,
    readers: dict[int, Readers],
    states: dict[int, str],
) -> EntryView:
    item = entry.item
    title, url, path = entry.title, entry.url, ""
    if item and readable and item.reading_list_id == readable.pk:
        title, url = title_of(item), item.url
        path = item_path(readable.owner.username, readable.slug, item.pk)
    return EntryView(
        id=entry.pk,
        title=title,
        href=safe_href(url) if url else "",
        path=path,
        state=states.get(item.pk, "") if item else "",
        readers=readers[item.pk] if item else None,
    )


def _session_view(
    group: StudyGroup, session: GroupSession, entries: list[EntryView], now: datetime
) -> SessionView:
    session.group = group
    deadline = deadline_of(session, group)
    return SessionView(
        session=session,
        title=session.title or f"Session {session.number}",
        when=day_and_time(session.starts_at, group),
        deadline=day_and_time(deadline, group),
        due=deadline <= now,
        over=session.starts_at + timedelta(minutes=session.minutes) <= now,
        presenter=session.presenter.username if session.presenter else "",
        entries=entries,
    )
