"""Notes: the only writer and the only reader. Import `NoteDraft`, `make_note_draft`, `add_note`,
`change_note`, `list_notes`, `all_notes`.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.functions import Substr
from django.utils import timezone

from accounts.models import User
from bookmarks.cursors import Cursor, Direction
from bookmarks.drafts import (
    MAX_DESCRIPTION_LENGTH,
    MAX_TITLE_LENGTH,
    InvalidDraft,
    clean_line,
    clean_text,
)
from bookmarks.keyset import read_page
from bookmarks.models import Note

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

NOTES_A_PAGE = 50
# A person's notes are told in one answer to programs.
NOTES_AT_MOST = 10_000
OPENING = 400  # characters of a text that a list reads


class TooManyNotes(Exception):
    """A person has as many notes as one may have."""

    def __init__(self) -> None:
        super().__init__(f"You have {NOTES_AT_MOST:,} notes, which is the most; delete one first.")


@dataclass(frozen=True)
class NoteDraft:
    """A note as asked for, cleaned."""

    title: str
    text: str
    private: bool


@dataclass(frozen=True)
class ListedNotes:
    """One page of notes, newest first, without their texts, and the cursors of its neighbours.

    Each note has the beginning of its text as `opening`.
    """

    notes: Sequence[Note]
    earlier: Cursor | None = None
    later: Cursor | None = None


def make_note_draft(title: str, text: str, *, private: bool) -> NoteDraft:
    """Return a draft; raises `InvalidDraft` for nothing at all and for what is too long."""
    title, text = clean_line(title), clean_text(text)
    errors = {}
    if len(title) > MAX_TITLE_LENGTH:
        errors["title"] = (
            f"The title has {len(title):,} characters; {MAX_TITLE_LENGTH} are the most."
        )
    if len(text) > MAX_DESCRIPTION_LENGTH:
        errors["text"] = (
            f"The note has {len(text):,} characters; {MAX_DESCRIPTION_LENGTH:,} are the most."
        )
    if not title and not text:
        errors["text"] = "Write something; a title is enough."
    if errors:
        raise InvalidDraft(errors)
    return NoteDraft(title, text, private)


@transaction.atomic
def add_note(owner: User, draft: NoteDraft) -> Note:
    """Store and return a new note. Raises `TooManyNotes`."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if Note.objects.filter(owner=owner).count() >= NOTES_AT_MOST:
        raise TooManyNotes
    now = timezone.now()
    return Note.objects.create(owner=owner, created_at=now, updated_at=now, **_fields(draft))


def change_note(note: Note, draft: NoteDraft) -> None:
    """Write a note anew; its time of change moves when it says something else than before."""
    fields = _fields(draft)
    if any(getattr(note, name) != value for name, value in fields.items()):
        rows = Note.objects.filter(pk=note.pk)
        rows.update(updated_at=timezone.now(), **fields)


def list_notes(owner: User, viewer: "Viewer", cursor: Cursor | None = None) -> ListedNotes:
    """Return one page of what the viewer may see of a person's notes."""
    visible = Note.objects.visible_to(viewer, owner)

    def find(start_of_key: str) -> int | None:
        # Keys are hex, and "g" follows "f": a range of the index.
        named = visible.filter(key__gte=start_of_key, key__lt=start_of_key + "g")
        return named.values_list("pk", flat=True).first()

    page = read_page(visible, cursor, NOTES_A_PAGE, find=find, time="created_at")
    ids = [pk for _, pk in page.places]
    rows = Note.objects.defer("text").annotate(opening=Substr("text", 1, OPENING)).in_bulk(ids)
    notes = [rows[pk] for pk in ids if pk in rows]
    return ListedNotes(notes, *page.neighbours(notes, _at))


def all_notes(owner: User, *, texts: bool = True) -> Iterator[Note]:
    """Yield a person's own notes, newest first, perhaps without their texts."""
    notes = Note.objects.filter(owner=owner).order_by("-created_at", "-id")[:NOTES_AT_MOST]
    return (notes if texts else notes.defer("text")).iterator(chunk_size=100)


def _fields(draft: NoteDraft) -> dict[str, str | int | bool]:
    """Return the columns of a note that say what it says. Its SHA-1 is Pinboard's, and no guard."""
    digest = hashlib.sha1(draft.text.encode(), usedforsecurity=False).hexdigest()[:20]
    return {
        "title": draft.title,
        "text": draft.text,
        "length": len(draft.text),
        "digest": digest,
        "private": draft.private,
    }


def _at(note: Note, direction: Direction) -> Cursor:
    return Cursor(direction, note.created_at, note.key[:12])
