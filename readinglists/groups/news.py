"""What is new in a group. Import `News`, `read_news`."""

from dataclasses import dataclass
from datetime import datetime

from readinglists.models import GroupNote, GroupQuestion, GroupSession, StudyGroup


@dataclass(frozen=True)
class News:
    """What is newest, each newest first."""

    sessions: list[GroupSession]
    questions: list[GroupQuestion]
    notes: list[GroupNote]


def read_news(group: StudyGroup, most: int, *, since: datetime | None = None) -> News:
    """Return the newest sessions, questions and notes, so many of each, in four queries."""
    sessions = GroupSession.objects.filter(group=group).prefetch_related("entries")
    questions = GroupQuestion.objects.filter(entry__session__group=group)
    notes = GroupNote.objects.filter(session__group=group)
    if since:
        sessions = sessions.filter(made_at__gte=since)
        questions = questions.filter(asked_at__gte=since)
        notes = notes.filter(changed_at__gte=since)
    return News(
        list(sessions.select_related("presenter").order_by("-made_at", "number")[:most]),
        list(questions.select_related("by", "entry__session").order_by("-asked_at")[:most]),
        list(notes.select_related("by", "entry", "session").order_by("-changed_at")[:most]),
    )
