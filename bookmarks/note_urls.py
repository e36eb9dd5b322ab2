"""Paths of notes."""

from django.urls import path, re_path

from bookmarks.views import notes

OWNER = r"^u:(?P<username>[^/]+)/notes/"
NOTE = rf"{OWNER}(?P<key>[0-9a-f]{{20}})"

urlpatterns = [
    re_path(r"^note/add/?$", notes.add, name="add_note"),
    path("notes/", notes.mine, name="my_notes"),
    re_path(
        rf"{OWNER}(?:(?P<direction>before|after):(?P<place>[^/]+)/)?$", notes.notes, name="notes"
    ),
    re_path(rf"{NOTE}/?$", notes.note, name="note"),
    re_path(rf"{NOTE}/edit/$", notes.edit, name="edit_note"),
    re_path(rf"{NOTE}/delete/$", notes.delete, name="delete_note"),
]
