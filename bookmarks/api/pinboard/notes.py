"""The methods `notes/…`: notes of the caller, for reading."""

from django.http import HttpResponseBase

from bookmarks.api.pinboard import answers
from bookmarks.api.pinboard.methods import Call, method
from bookmarks.api.pinboard.parameters import NotFound
from bookmarks.models import Note
from bookmarks.notes import all_notes


@method()
def listed(call: Call) -> HttpResponseBase:
    """Show all notes without their texts, newest first."""
    return answers.notes(call.form, list(all_notes(call.user, texts=False)))


@method()
def one(call: Call, key: str) -> HttpResponseBase:
    """Show a note with its text."""
    note = Note.objects.visible_to(call.user, call.user).filter(key=key.lower()).first()
    if note is None:
        raise NotFound
    return answers.note(call.form, note)
