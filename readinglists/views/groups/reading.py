"""Reading together: one's groups, a group, a session with what is asked and noted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest, signed_in
from readinglists.drafts import Invalid
from readinglists.entries import note_html
from readinglists.groups.layout import left_over
from readinglists.groups.membership import Refused
from readinglists.groups.overview import (
    NO_NOTE,
    SessionView,
    members_of,
    next_session,
    note_view,
    read_session,
    read_sessions,
)
from readinglists.groups.paths import (
    calendar_path,
    feed_path,
    group_path,
    join_path,
    session_path,
)
from readinglists.groups.summaries import groups_of
from readinglists.groups.talk import Overwritten, ask, take_back, write_note
from readinglists.models import (
    GroupNote,
    GroupQuestion,
    GroupSession,
    ReadingList,
    SessionEntry,
)
from readinglists.paths import list_path
from readinglists.views.groups.access import NO_SESSION, Here, entry_of, member_of, session_of
from readinglists.views.groups.forms import NoteForm, QuestionForm


@require_safe
@signed_in
def my_groups(request: SignedInRequest) -> HttpResponse:
    """Show the groups that one is in."""
    return render(request, "readinglists/groups/mine.html", {"groups": groups_of(request.user)})


@require_safe
@signed_in
def show_group(request: SignedInRequest, key: str) -> HttpResponse:
    """Show a group's sessions and its members."""
    here = member_of(request, key)
    members = members_of(here.group)
    sessions = read_sessions(here.group, request.user, members)
    context = {
        **group_context(here),
        "sessions": sessions,
        "next": next_session(sessions),
        "members": members,
        "note": note_html(here.group.note),
        "list_path": _path_of_list(request, here),
        "calendar": calendar_path(key, here.member.feed_key),
        "feed": feed_path(key, here.member.feed_key),
        "join": join_path(key, here.group.join_key),
    }
    return render(request, "readinglists/groups/group.html", context)


@require_safe
@signed_in
def show_session(request: SignedInRequest, key: str, number: str) -> HttpResponse:
    """Show what is read for a session, who has read it, what is asked and noted."""
    return _show_session(request, member_of(request, key), int(number))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask_question(request: SignedInRequest, key: str, number: str, entry_id: str) -> HttpResponse:
    """Keep a question about something that is read."""
    here = member_of(request, key)
    entry = entry_of(session_of(here.group, number), entry_id)
    form = _question_form(entry.pk, request)
    if request.method != "POST":
        return redirect(session_path(key, int(number)))
    if form.is_valid():
        try:
            ask(entry, request.user, form.cleaned_data["text"])
        except SessionEntry.DoesNotExist:
            raise Http404(NO_SESSION) from None
        except Invalid as error:
            form.refuse(error)
        else:
            return redirect(f"{session_path(key, int(number))}#e-{entry.pk}")
    return _show_session(request, here, int(number), {entry.pk: form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def take_question_back(
    request: SignedInRequest, key: str, number: str, question_id: str
) -> HttpResponse:
    """Delete a question of one's own, or as the owner of the group."""
    here = member_of(request, key)
    session = session_of(here.group, number)
    questions = GroupQuestion.objects.filter(entry__session=session, pk=question_id)
    if request.method == "POST" and (question := questions.first()):
        try:
            take_back(question, request.user)
        except Refused as error:
            messages.error(request, str(error))
    return redirect(session_path(key, int(number)))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_note(
    request: SignedInRequest, key: str, number: str, entry_id: str | None = None
) -> HttpResponse:
    """Write what a session came to, about one thing that was read or as a whole."""
    here = member_of(request, key)
    session = session_of(here.group, number)
    entry = entry_of(session, entry_id) if entry_id else None
    note = GroupNote.objects.filter(session=session, entry=entry).select_related("by").first()
    initial = {"text": note.text if note else "", "seen": note.revision if note else 0}
    form, theirs = NoteForm(request.POST or None, initial=initial), NO_NOTE
    if request.method == "POST" and form.is_valid():
        try:
            write_note(session, entry, request.user, **form.cleaned_data)
        except Invalid as error:
            form.refuse(error)
        except Overwritten as error:
            form.refuse(error)
            theirs = note_view(error.note) if error.note else NO_NOTE
            said = request.POST.copy()
            said["seen"] = str(theirs.revision)
            form.data = said
        else:
            anchor = f"#e-{entry.pk}" if entry else "#note"
            return redirect(f"{session_path(key, int(number))}{anchor}")
    context = {**group_context(here), "session": session, "entry": entry, "form": form}
    context |= {"theirs": theirs, "back": session_path(key, int(number))}
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/groups/note.html", context, status=status)


def group_context(here: Here) -> dict[str, Any]:
    """Return what every page of a group needs."""
    return {
        "group": here.group,
        "member": here.member,
        "owned": here.owned,
        "home": group_path(here.group.key),
    }


def _show_session(
    request: SignedInRequest,
    here: Here,
    number: int,
    forms: dict[int, QuestionForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    members = members_of(here.group)
    view = read_session(here.group, number, request.user, members)
    if view is None:
        raise Http404(NO_SESSION)
    forms = forms or {}
    entries = [(entry, forms.get(entry.id) or _question_form(entry.id)) for entry in view.entries]
    context = {
        **group_context(here),
        "view": view,
        "entries": entries,
        "members": len(members),
        "path": session_path(here.group.key, number),
        "left_over": left_over(here.group, request.user) if here.owned else [],
        **_neighbours(here, view),
        **_presenting(here, view),
    }
    return render(request, "readinglists/groups/session.html", context, status=status)


def _neighbours(here: Here, view: SessionView) -> dict[str, Any]:
    """Return the other sessions by number, the ones before and after among them."""
    number, key = view.session.number, here.group.key
    rows = GroupSession.objects.filter(group=here.group).select_related("presenter")
    others = [one for one in rows.order_by("number") if one.number != number]
    before = [one.number for one in others if one.number < number]
    after = [one.number for one in others if one.number > number]
    return {
        "others": others,
        "swaps": [one for one in others if one.starts_at > timezone.now()],
        "before": session_path(key, before[-1]) if before else "",
        "after": session_path(key, after[0]) if after else "",
    }


def _presenting(here: Here, view: SessionView) -> dict[str, bool]:
    presenter_id, mine = view.session.presenter_id, here.member.user_id
    return {
        "may_volunteer": presenter_id is None and not view.over,
        "may_step_down": presenter_id is not None and (here.owned or presenter_id == mine),
        "presents": presenter_id == mine,
    }


def _question_form(entry_id: int, request: SignedInRequest | None = None) -> QuestionForm:
    posted = request.POST if request and request.method == "POST" else None
    return QuestionForm(posted, auto_id=f"q{entry_id}_%s")


def _path_of_list(request: SignedInRequest, here: Here) -> str:
    lists = ReadingList.objects.readable_by(request.user).filter(groups=here.group.pk)
    found = lists.filter(owner__is_active=True).values_list("owner__username", "slug").first()
    return list_path(*found) if found else ""
