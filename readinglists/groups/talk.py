"""What a group says: questions before a session, notes after it. Import `ask`, `take_back`,
`deadline_of`, `write_note`, `Overwritten`.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from readinglists.drafts import MAX_NOTE, Invalid
from readinglists.groups.drafts import words_of
from readinglists.groups.membership import Refused, lock_group, touch
from readinglists.models import GroupNote, GroupQuestion, GroupSession, SessionEntry, StudyGroup

MAX_QUESTION = 2000
# Of one person, a session.
MAX_QUESTIONS = 30


class Overwritten(ValueError):
    """Somebody changed the note meanwhile; `note` is what it says now, or None if it is gone."""

    def __init__(self, note: GroupNote | None) -> None:
        super().__init__(
            "Somebody changed this note while you wrote. Put both together, then save."
        )
        self.note = note


def deadline_of(session: GroupSession, group: StudyGroup) -> datetime:
    """Return until when questions are in time; later ones are marked as late."""
    return session.starts_at - timedelta(hours=group.question_hours)


@transaction.atomic
def ask(entry: SessionEntry, by: User, text: str) -> GroupQuestion:
    """Keep a member's question about an entry; raises Invalid, and SessionEntry.DoesNotExist."""
    errors: dict[str, str] = {}
    text = words_of(text, "text", MAX_QUESTION, errors)
    if not text:
        errors["text"] = "Write your question."
    group = lock_group(entry.session.group_id)
    current = SessionEntry.objects.get(pk=entry.pk)
    theirs = GroupQuestion.objects.filter(entry__session=current.session_id, by=by)
    if theirs.count() >= MAX_QUESTIONS:
        errors["text"] = f"You asked {MAX_QUESTIONS} questions for this session, which is the most."
    if errors:
        raise Invalid(errors)
    question = GroupQuestion.objects.create(entry=current, by=by, text=text)
    touch(group)
    return question


@transaction.atomic
def take_back(question: GroupQuestion, by: User) -> None:
    """Delete a question; who asked it and the group's owner may. Raises Refused."""
    group = lock_group(question.entry.session.group_id)
    if by.pk not in (question.by_id, group.owner_id):
        raise Refused("Only who asked it can take a question back.")
    question.delete()
    touch(group)


@transaction.atomic
def write_note(
    session: GroupSession, entry: SessionEntry | None, by: User, text: str, *, seen: int
) -> GroupNote | None:
    """Keep what a session came to about an entry, or as a whole; an empty text deletes the note.

    `seen` is the revision that was before the writer's eyes, 0 for none. Raises Overwritten when it
    is not the newest, and Invalid.
    """
    errors: dict[str, str] = {}
    text = words_of(text, "text", MAX_NOTE, errors)
    if errors:
        raise Invalid(errors)
    group = lock_group(session.group_id)
    note = GroupNote.objects.filter(session=session, entry=entry).first()
    if (note.revision if note else 0) != seen and not (note and note.text == text):
        raise Overwritten(note)
    touch(group)
    if not text:
        if note:
            note.delete()
        return None
    if note is None:
        return GroupNote.objects.create(session=session, entry=entry, by=by, text=text)
    if note.text != text:
        note.text, note.by = text, by
        note.revision, note.changed_at = note.revision + 1, timezone.now()
        note.save(update_fields=["text", "by", "revision", "changed_at"])
    return note
