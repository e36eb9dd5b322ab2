"""Making a group of a list, and making one anew of another."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, signed_in
from readinglists.drafts import Invalid
from readinglists.groups.layout import PRIVATE, create_group, repeat_group
from readinglists.groups.membership import Refused
from readinglists.groups.paths import group_path
from readinglists.groups.schedule import WEEK
from readinglists.groups.zones import last_zone, local
from readinglists.models import GroupSession, ReadingList
from readinglists.views.access import readable
from readinglists.views.groups.access import owner_of
from readinglists.views.groups.forms import AgainForm, NewGroupForm


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_group(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Ask in one form when a list is read and how it is shared out, then make the group."""
    reading_list = readable(request, username, slug)
    known = last_zone(request.user)
    form = NewGroupForm(request.POST or None, initial=_first_guess(reading_list, known or "UTC"))
    if not known and not form.is_bound:
        form.fields["time_zone"].widget.attrs["data-guess-zone"] = ""  # by a script
    private = reading_list.visibility == ReadingList.Visibility.PRIVATE
    if request.method == "POST" and form.is_valid():
        try:
            made = create_group(reading_list, request.user, form.draft, form.layout)
        except (Invalid, Refused) as error:
            form.refuse(error)
        else:
            _tell(request, made.left_over)
            return redirect(group_path(made.group.key))
    context = {"form": form, "reading_list": reading_list, "private": PRIVATE if private else ""}
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/groups/new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def again(request: SignedInRequest, key: str) -> HttpResponse:
    """Ask when other people begin with the same sessions, then make their group."""
    group = owner_of(request, key).group
    first = GroupSession.objects.filter(group=group).order_by("number").first()
    initial = {
        "title": group.title,
        "note": group.note,
        "question_hours": group.question_hours,
        "time_zone": group.time_zone,
        "at": local(first.starts_at, group).time() if first else None,
    }
    form = AgainForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = repeat_group(group, request.user, form.draft, form.layout.plan)
        except Refused as error:
            form.refuse(error)
        else:
            return redirect(group_path(made.group.key))
    context = {"form": form, "group": group, "home": group_path(group.key)}
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/groups/again.html", context, status=status)


def _first_guess(reading_list: ReadingList, zone: str) -> dict[str, Any]:
    start = timezone.now().astimezone(ZoneInfo("UTC")).date() + WEEK
    return {
        "title": reading_list.title,
        "start": start,
        "at": "18:00",
        "time_zone": zone,
        "question_hours": 24,
        "items_each": 2,
        "lasts": 60,
    }


def _tell(request: HttpRequest, left_over: int) -> None:
    messages.success(request, "The group is made. Send the join link to whom you want in it.")
    if left_over:
        items = "item is" if left_over == 1 else "items are"
        messages.warning(request, f"{left_over:,} {items} in no session.")
