"""Making, changing and deleting lists; who may edit them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, signed_in
from accounts.models import User
from readinglists.drafts import Invalid
from readinglists.forms import EditorsForm, ListForm
from readinglists.lists import create_list, delete_list, edit_list, set_editors
from readinglists.models import ReadingList
from readinglists.paths import list_path, lists_path, path_of
from readinglists.versions import Overtaken, version_of
from readinglists.views.access import NOT_HERE, editable, owned

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@signed_in
def new_list(request: SignedInRequest) -> HttpResponse:
    """Show the form of a new list, or make the list."""
    form = ListForm(request.POST if request.method == "POST" else None)
    if not request.user.private_by_default and request.method != "POST":
        form.initial["visibility"] = "public"
    elif request.method != "POST":
        form.initial["visibility"] = "private"
    if request.method == "POST" and form.is_valid():
        made = create_list(request.user, form.draft)
        return redirect(list_path(request.user.username, made.slug))
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/new.html", {"form": form}, status=status)


@require_http_methods(METHODS)
@signed_in
def change_list(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show the form of a list, or change the list as it says."""
    reading_list = editable(request, username, slug)
    is_owner = reading_list.owner_id == request.user.pk
    data = request.POST if request.method == "POST" else None
    form = ListForm(data, of=reading_list, owned=is_owner)
    if form.is_bound and form.is_valid():
        try:
            # Also for who is no owner, and leaves who sees the list as it was read just now.
            as_of = form.cleaned_data["as_of"] or version_of(reading_list)
            changed = edit_list(reading_list, form.draft, as_of=as_of)
        except ReadingList.DoesNotExist:
            raise Http404(NOT_HERE) from None
        except Overtaken as error:
            form.overtake(error)
        else:
            if changed.slug != reading_list.slug:
                messages.info(request, "The list has a new address, which nobody can guess.")
            return redirect(list_path(reading_list.owner.username, changed.slug))
    return _show(request, "readinglists/edit_list.html", reading_list, form, is_owner=is_owner)


@require_http_methods(METHODS)
@signed_in
def change_editors(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show who else edits one's list, or let those edit it whom the form names."""
    reading_list = owned(request, username, slug)
    editors = User.objects.filter(edited_lists__reading_list=reading_list)
    names = editors.order_by("edited_lists__added_at", "pk").values_list("username", flat=True)
    data = request.POST if request.method == "POST" else None
    form = EditorsForm(data, initial={"editors": " ".join(names)})
    if form.is_bound and form.is_valid():
        try:
            set_editors(reading_list, form.people)
        except Invalid as error:
            form.add_error("editors", str(error))
        else:
            return redirect(list_path(reading_list.owner.username, slug))
    return _show(request, "readinglists/editors.html", reading_list, form)


@require_http_methods(METHODS)
@signed_in
def remove_list(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Ask whether one's list is to be deleted, or delete it."""
    reading_list = owned(request, username, slug)
    if request.method != "POST":
        return _show(request, "readinglists/delete_list.html", reading_list)
    try:
        delete_list(reading_list)
    except ReadingList.DoesNotExist:
        raise Http404(NOT_HERE) from None
    messages.info(request, f"“{reading_list.title}” is deleted.")
    return redirect(lists_path(request.user.username))


def _show(
    request: HttpRequest,
    template: str,
    reading_list: ReadingList,
    form: ListForm | EditorsForm | None = None,
    **more: object,
) -> HttpResponse:
    context = {
        "form": form,
        "reading_list": reading_list,
        "path": path_of(reading_list),
        **more,
    }
    status = 422 if form and form.is_bound else 200
    return render(request, template, context, status=status)
