"""Coming in and going, what members choose, and what the owner does with the group."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, signed_in
from accounts.models import User
from readinglists.groups.layout import change_zone
from readinglists.groups.membership import (
    Refused,
    choose,
    delete_group,
    edit_group,
    hand_over,
    join,
    leave,
    remove_member,
    renew_feed_key,
    renew_join_key,
)
from readinglists.groups.overview import members_of
from readinglists.groups.paths import group_path, join_path
from readinglists.models import GroupMember, StudyGroup
from readinglists.views.groups.access import NO_GROUP, Here, member_of, owner_of
from readinglists.views.groups.forms import ChoicesForm, SettingsForm
from readinglists.views.groups.reading import group_context


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_group(request: HttpRequest, key: str, join_key: str) -> HttpResponse:
    """Show the title of a group to whoever has the join link, and let them in."""
    groups = StudyGroup.objects.filter(key=key, join_key=join_key, owner__is_active=True)
    group = groups.select_related("owner").first()
    if group is None:
        raise Http404("This join link is not valid any more. Ask for a new one.")
    if request.method == "POST":
        return _join(request, key, join_key)
    inside = request.user.is_authenticated and GroupMember.objects.filter(
        group=group, user=request.user
    )
    if inside and inside.exists():
        return redirect(group_path(key))
    context = {"group": group, "path": join_path(key, join_key)}
    answer = render(request, "readinglists/groups/join.html", context)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@signed_in
def _join(request: SignedInRequest, key: str, join_key: str) -> HttpResponse:
    try:
        group = StudyGroup.objects.get(key=key)
        join(group, join_key, request.user)
    except StudyGroup.DoesNotExist:
        raise Http404("This join link is not valid any more. Ask for a new one.") from None
    except Refused as error:
        messages.error(request, str(error))
        return redirect(join_path(key, join_key))
    messages.success(request, f"You are in “{group.title}”.")
    return redirect(group_path(key))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def settings_page(request: SignedInRequest, key: str) -> HttpResponse:
    """Show and keep what a member chooses; show the owner what there is to do."""
    here = member_of(request, key)
    member = here.member
    initial = {"shows_progress": member.shows_progress, "wants_digest": member.wants_digest}
    # A form of boxes alone may be sent with none of them checked.
    form = ChoicesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        choose(member, **form.cleaned_data)
        messages.success(request, "Your choices are kept.")
        return redirect(group_path(key, "settings"))
    return _show_settings(request, here, choices=form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_about(request: SignedInRequest, key: str) -> HttpResponse:
    """Change what the group says of itself."""
    here = owner_of(request, key)
    form = SettingsForm(request.POST or None)
    if request.method != "POST":
        return redirect(group_path(key, "settings"))
    if not form.is_valid():
        return _show_settings(request, here, about=form, status=422)
    edit_group(here.group, form.draft)
    change_zone(here.group, ZoneInfo(form.cleaned_data["time_zone"]))
    messages.success(request, "The group is changed.")
    return redirect(group_path(key))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def renew_feeds(request: SignedInRequest, key: str) -> HttpResponse:
    """Give a member new addresses of calendar and feed."""
    here = member_of(request, key)
    if request.method == "POST":
        renew_feed_key(here.member)
        messages.success(request, "Calendar and feed have new addresses; the old ones ended.")
    return redirect(group_path(key, "settings"))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def renew_join(request: SignedInRequest, key: str) -> HttpResponse:
    """Give the group a new join link."""
    return _do(request, owner_of(request, key), renew_join_key, "The join link is a new one now.")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def take_out(request: SignedInRequest, key: str, username: str) -> HttpResponse:
    """Take a member out."""
    user_id = _user_id(username)
    here = owner_of(request, key)
    said = f"{username} is out, and the join link is a new one now."
    return _do(request, here, lambda group: remove_member(group, user_id), said)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hand_over_page(request: SignedInRequest, key: str, username: str) -> HttpResponse:
    """Make another member the owner."""
    user_id = _user_id(username)
    here = owner_of(request, key)
    said = f"{username} owns the group now."
    return _do(request, here, lambda group: hand_over(group, user_id), said)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def leave_page(request: SignedInRequest, key: str) -> HttpResponse:
    """Ask whether one really wants to go, then let the member go."""
    here = member_of(request, key)
    if request.method != "POST":
        return render(request, "readinglists/groups/leave.html", group_context(here))
    try:
        leave(here.group, request.user)
    except Refused as error:
        messages.error(request, str(error))
        return redirect(group_path(key, "settings"))
    messages.success(request, f"You left “{here.group.title}”.")
    return redirect("readinglists:groups")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete_page(request: SignedInRequest, key: str) -> HttpResponse:
    """Ask whether the owner really wants to delete the group, then delete it."""
    here = owner_of(request, key)
    if request.method != "POST":
        return render(request, "readinglists/groups/delete.html", group_context(here))
    delete_group(here.group)
    messages.success(request, f"“{here.group.title}” is deleted.")
    return redirect("readinglists:groups")


def _user_id(username: str) -> int:
    found = User.objects.filter(username=username.lower()).values_list("pk", flat=True).first()
    return found or 0


def _do(
    request: SignedInRequest, here: Here, act: Callable[[StudyGroup], Any], said: str
) -> HttpResponse:
    """Do something by a button of the settings page, and say what came of it."""
    if request.method == "POST":
        try:
            act(here.group)
        except GroupMember.DoesNotExist:
            raise Http404(NO_GROUP) from None
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said)
    return redirect(group_path(here.group.key, "settings"))


def _show_settings(
    request: SignedInRequest,
    here: Here,
    *,
    choices: ChoicesForm | None = None,
    about: SettingsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    group, member = here.group, here.member
    said = {"title": group.title, "note": group.note, "question_hours": group.question_hours}
    said["time_zone"] = group.time_zone
    chosen = {"shows_progress": member.shows_progress, "wants_digest": member.wants_digest}
    context = {
        **group_context(here),
        "choices": choices or ChoicesForm(initial=chosen),
        "about": about or SettingsForm(initial=said),
        "members": members_of(group),
        "join": join_path(group.key, group.join_key),
    }
    return render(request, "readinglists/groups/settings.html", context, status=status)
