"""Adding, changing, moving and removing the sections of a list."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest, signed_in
from readinglists.forms import SectionForm
from readinglists.lists import add_section, delete_section, edit_section
from readinglists.models import ReadingList, Section
from readinglists.ordering import Misplaced, move_section
from readinglists.paths import list_path, path_of, place_in_list
from readinglists.stepping import SECTION_STEPS, sections_in_order, step_section
from readinglists.versions import Overtaken
from readinglists.views.access import NO_SECTION, editable, section_in
from readinglists.views.moving import moved, number_in, section_named

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@signed_in
def new_section(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show the form of a new section, or add it at the end of the list or of another section."""
    reading_list = editable(request, username, slug)
    asked = request.POST if request.method == "POST" else request.GET
    form = SectionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            parent = section_named(reading_list, asked.get("parent", ""))
            made = add_section(reading_list, form.draft.title, note=form.draft.note, parent=parent)
        except Misplaced as error:
            form.add_error(None, str(error))
        except ReadingList.DoesNotExist:
            raise Http404(NO_SECTION) from None
        else:
            return redirect(_place(reading_list, made.pk))
    return _show(request, reading_list, form, parent=asked.get("parent", ""))


@require_http_methods(METHODS)
@signed_in
def change_section(
    request: SignedInRequest, username: str, slug: str, section_id: str
) -> HttpResponse:
    """Show the form of a section, or change its words."""
    reading_list = editable(request, username, slug)
    section = section_in(reading_list, section_id)
    form = SectionForm(request.POST if request.method == "POST" else None, of=section)
    if form.is_bound and form.is_valid():
        draft, as_of = form.draft, form.cleaned_data["as_of"]
        try:
            edit_section(section, title=draft.title, note=draft.note, as_of=as_of)
        except (Section.DoesNotExist, ReadingList.DoesNotExist):
            raise Http404(NO_SECTION) from None
        except Overtaken as error:
            form.overtake(error)
        else:
            return redirect(_place(reading_list, section.pk))
    return _show(request, reading_list, form, section=section)


@require_POST
@signed_in
def shift_section(
    request: SignedInRequest, username: str, slug: str, section_id: str
) -> HttpResponse:
    """Move a section: `to` a side (up, down, in, out), or into `parent`, after the one `after`.

    Without `after` it comes first there, with `after=end` last.
    """
    reading_list = editable(request, username, slug)
    section = section_in(reading_list, section_id)

    def move() -> None:
        step = request.POST.get("to", "")
        if step in SECTION_STEPS:
            step_section(section, step)
            return
        if step:
            raise Misplaced("There is no such place in this list.")
        at_end = request.POST.get("after") == "end"
        after = None if at_end else number_in(request.POST.get("after", ""))
        if "parent" in request.POST:
            parent = section_named(reading_list, request.POST["parent"])
        else:  # beside the section it comes after
            beside = section_named(reading_list, str(after or ""))
            parent = beside.parent if beside else None
        move_section(section, parent, after=after, at_end=at_end)

    return moved(request, move, lambda: _place(reading_list, section.pk))


@require_POST
@signed_in
def remove_section(
    request: SignedInRequest, username: str, slug: str, section_id: str
) -> HttpResponse:
    """Drop a heading; what stood below it stays in the list."""
    reading_list = editable(request, username, slug)
    section = section_in(reading_list, section_id)
    try:
        delete_section(section)
    except Section.DoesNotExist:
        raise Http404(NO_SECTION) from None
    messages.info(request, f"The heading “{section.title}” is gone; what stood below it is kept.")
    return redirect(path_of(reading_list))


def _place(reading_list: ReadingList, section_id: int) -> str:
    return place_in_list(reading_list.owner.username, reading_list.slug, section_id)


def _show(
    request: SignedInRequest,
    reading_list: ReadingList,
    form: SectionForm,
    section: Section | None = None,
    parent: str = "",
) -> HttpResponse:
    owner = reading_list.owner.username
    others = sections_in_order(reading_list.pk)
    context = {
        "form": form,
        "reading_list": reading_list,
        "path": list_path(owner, reading_list.slug),
        "section": section,
        "section_path": list_path(owner, reading_list.slug, f"s:{section.pk}") if section else "",
        "parent": parent,
        "others": [one for one in others if not section or one.pk != section.pk],
    }
    status = 422 if form.is_bound else 200
    return render(request, "readinglists/section_form.html", context, status=status)
