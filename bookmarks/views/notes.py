"""Notes: a person's list of them, one of them, and the forms to write, change and delete one."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest, signed_in
from bookmarks.forms import NoteForm
from bookmarks.markup.notes import LONGEST
from bookmarks.models import Note
from bookmarks.notes import TooManyNotes, add_note, change_note, list_notes
from bookmarks.paths import note_path, notes_path
from bookmarks.views.lists import cursor_in, owner_named

NOT_HERE = "There is no such note, or it is private."


@signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """Lead to one's own notes."""
    return redirect(notes_path(request.user.username))


@require_safe
def notes(
    request: HttpRequest, username: str, direction: str = "", place: str = ""
) -> HttpResponse:
    """Show a page of a person's notes: to others the public ones."""
    owner = owner_named(username)
    listed = list_notes(owner, request.user, cursor_in(direction, place))
    path = notes_path(owner.username)
    context = {
        "owner": owner,
        "own": owner.pk == request.user.pk,
        "notes": [(note, note_path(owner.username, note.key)) for note in listed.notes],
        "earlier_url": f"{path}{listed.earlier}/" if listed.earlier else "",
        "later_url": f"{path}{listed.later}/" if listed.later else "",
    }
    return render(request, "bookmarks/notes/notes.html", context)


@require_safe
def note(request: HttpRequest, username: str, key: str) -> HttpResponse:
    """Show one note. What is too long to be read as Markdown is shown as it was typed."""
    owner = owner_named(username)
    visible = Note.objects.visible_to(request.user, owner)
    found = visible.filter(key=key).first()
    if found is None:
        raise Http404(NOT_HERE)
    context = {
        "note": found,
        "owner": owner,
        "own": owner.pk == request.user.pk,
        "path": note_path(owner.username, key),
        "plain": found.length > LONGEST,
    }
    return render(request, "bookmarks/notes/note.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add(request: SignedInRequest) -> HttpResponse:
    """Show the form of a new note, or keep what it says."""
    form = NoteForm(request.POST or None, initial={"private": request.user.private_by_default})
    if form.is_valid():
        try:
            added = add_note(request.user, form.draft)
        except TooManyNotes as error:
            form.add_error(None, str(error))
        else:
            return redirect(note_path(request.user.username, added.key))
    return _show_form(request, form, "New note", notes_path(request.user.username))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: SignedInRequest, username: str, key: str) -> HttpResponse:
    """Show the form of one's own note, or change the note as it says."""
    own = _own(request, username, key)
    path = note_path(request.user.username, key)
    said = {"title": own.title, "text": own.text, "private": own.private}
    form = NoteForm(request.POST or None, initial=said)
    if form.is_valid():
        change_note(own, form.draft)
        messages.success(request, "The note is saved.")
        return redirect(path)
    return _show_form(request, form, "Edit note", path)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete(request: SignedInRequest, username: str, key: str) -> HttpResponse:
    """Ask whether one's own note is to go for good; let it go."""
    own = _own(request, username, key)
    path = note_path(request.user.username, key)
    if request.method == "POST":
        own.delete()
        messages.success(request, "The note is deleted.")
        return redirect(notes_path(request.user.username))
    return render(request, "bookmarks/notes/delete.html", {"note": own, "path": path})


def _own(request: SignedInRequest, username: str, key: str) -> Note:
    """Return one's own note; anybody else's is not there."""
    if username.lower() != request.user.username:
        raise Http404(NOT_HERE)
    return get_object_or_404(Note.objects.filter(owner=request.user), key=key)


def _show_form(request: SignedInRequest, form: forms.Form, heading: str, back: str) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "heading": heading, "back": back}
    return render(request, "bookmarks/notes/form.html", context, status=status)
