"""Planning sessions: when they are, what is read for them, who presents."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, signed_in
from readinglists.groups.layout import (
    add_entry,
    drop_entry,
    edit_session,
    move_entry,
    shift_sessions,
)
from readinglists.groups.membership import Refused
from readinglists.groups.overview import members_of, next_session, read_sessions
from readinglists.groups.paths import group_path, session_path
from readinglists.groups.rota import step_down, swap, take_turns, volunteer
from readinglists.groups.zones import local
from readinglists.views.groups.access import entry_of, member_of, owner_of, session_of
from readinglists.views.groups.forms import SessionForm, ShiftForm
from readinglists.views.groups.reading import group_context


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_session_page(request: SignedInRequest, key: str, number: str) -> HttpResponse:
    """Change when and where one session is."""
    here = owner_of(request, key)
    session = session_of(here.group, number)
    at = local(session.starts_at, here.group)
    initial = {"day": at.date(), "at": at.time(), "lasts": session.minutes}
    initial |= {"title": session.title, "place": session.place}
    form = SessionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        edit_session(session, form.draft)
        messages.success(request, f"Session {number} is changed.")
        return redirect(session_path(key, int(number)))
    context = {**group_context(here), "session": session, "form": form}
    context["back"] = session_path(key, int(number))
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/groups/edit_session.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def shift(request: SignedInRequest, key: str) -> HttpResponse:
    """Move a session and all that follow."""
    here = owner_of(request, key)
    sessions = read_sessions(here.group, request.user, members_of(here.group))
    following = next_session(sessions)
    first = following.session.number if following else 1
    form = ShiftForm(request.POST or None, initial={"first": first, "amount": 1, "unit": "7"})
    if request.method == "POST" and form.is_valid():
        try:
            moved = shift_sessions(here.group, form.cleaned_data["first"], form.days)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, f"{moved} session{'s' if moved != 1 else ''} moved.")
            return redirect(group_path(key))
    context = {**group_context(here), "form": form, "sessions": sessions}
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/groups/shift.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def turns(request: SignedInRequest, key: str) -> HttpResponse:
    """Let the members present in turns."""
    here = owner_of(request, key)
    if request.method == "POST":
        count = take_turns(here.group)
        messages.success(request, f"Who presents is settled for {count} sessions to come.")
    return redirect(group_path(key))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def swap_page(request: SignedInRequest, key: str, number: str) -> HttpResponse:
    """Exchange who presents with another session."""
    here = member_of(request, key)
    other = _number(request.POST.get("other", ""))
    return _do(request, key, number, lambda: swap(here.group, int(number), other, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def present(request: SignedInRequest, key: str, number: str) -> HttpResponse:
    """Present at a session."""
    session = session_of(member_of(request, key).group, number)
    return _do(request, key, number, lambda: volunteer(session, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def step_down_page(request: SignedInRequest, key: str, number: str) -> HttpResponse:
    """Not present at a session after all."""
    session = session_of(member_of(request, key).group, number)
    return _do(request, key, number, lambda: step_down(session, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add_entry_page(request: SignedInRequest, key: str, number: str) -> HttpResponse:
    """Let an item that is in no session yet be read for this one."""
    session = session_of(owner_of(request, key).group, number)
    item_id = _number(request.POST.get("item", ""))
    return _do(request, key, number, lambda: add_entry(session, item_id, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def move_entry_page(request: SignedInRequest, key: str, number: str, entry_id: str) -> HttpResponse:
    """Let something be read for another session, or, with no number, for none."""
    here = owner_of(request, key)
    entry = entry_of(session_of(here.group, number), entry_id)
    if request.POST.get("other") == "none":
        return _do(request, key, number, lambda: drop_entry(entry))
    other = _number(request.POST.get("other", ""))
    return _do(request, key, number, lambda: move_entry(entry, here.group, other))


def _do(request: SignedInRequest, key: str, number: str, act: Callable[[], Any]) -> HttpResponse:
    """Do something by a button of the session's page, and say why where it is refused."""
    if request.method == "POST":
        try:
            act()
        except Refused as error:
            messages.error(request, str(error))
    return redirect(session_path(key, int(number)))


def _number(text: str) -> int:
    """Return the number of a session or an item as a form names it, -1 for what is none."""
    known = text.isascii() and text.isdecimal() and len(text) <= 18
    return int(text) if known else -1
