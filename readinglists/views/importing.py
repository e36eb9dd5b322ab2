"""Lists from Markdown: pasting, uploading or naming a file, the preview, the report."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest, signed_in
from bookmarks.fetching.decode import decode
from readinglists.drafts import VISIBILITIES, Invalid
from readinglists.importing import choose, request_run, start_import
from readinglists.markdown.tree import MAX_BYTES
from readinglists.models import ListImport, ReadingList
from readinglists.paths import path_of
from readinglists.previews import Preview, preview_of
from readinglists.tasks import hint_at_import
from readinglists.views.access import editable

METHODS = ["GET", "HEAD", "POST"]
State = ListImport.State
# Rows of the report that one page shows.
SHOWN = 1000
# Items and headings of the preview that one page shows: each is two fields of a form, and a form of
# more than 1,000 is turned away (DATA_UPLOAD_MAX_NUMBER_FIELDS).
ROWS = 400


@never_cache
@require_http_methods(METHODS)
@signed_in
def new_import(request: SignedInRequest) -> HttpResponse:
    """Show the form, or keep what it brings for a look."""
    return _start(request, None)


@never_cache
@require_http_methods(METHODS)
@signed_in
def import_again(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """The same for a list that is there: what is new will be added to it."""
    return _start(request, editable(request, username, slug))


def _start(request: SignedInRequest, reading_list: ReadingList | None) -> HttpResponse:
    asked = {name: request.POST.get(name, "") for name in ("text", "url", "visibility")}
    context: dict[str, Any] = {"asked": asked, "reading_list": reading_list, "errors": {}}
    if request.method == "POST":
        try:
            row = _from_form(request, asked, reading_list)
        except Invalid as error:
            context["errors"] = error.errors
            return render(request, "readinglists/import.html", context, status=422)
        return redirect("readinglists:import_preview", row.pk)
    earlier = ListImport.objects.filter(owner=request.user).defer("text", "kept", "report")
    context["earlier"] = earlier.order_by("-created_at", "-pk")[:10]
    return render(request, "readinglists/import.html", context)


def _from_form(
    request: SignedInRequest, asked: dict[str, str], reading_list: ReadingList | None
) -> ListImport:
    """Keep what the form brings; raises Invalid."""
    text, name = asked["text"], ""
    if upload := request.FILES.get("file"):
        if (upload.size or 0) > MAX_BYTES:
            raise Invalid({"file": f"A file has {MAX_BYTES // 1024 // 1024} MB at most."})
        text, _ = decode(upload.read())
        name = upload.name or ""
    visibility = asked["visibility"] if asked["visibility"] in VISIBILITIES else ""
    with transaction.atomic():
        row = start_import(
            request.user,
            text=text,
            url="" if text.strip() else asked["url"],
            file_name=name,
            reading_list=reading_list,
            visibility=visibility,
        )
        if row.state == State.FETCHING:
            transaction.on_commit(lambda: hint_at_import(row.pk))
    return row


@never_cache
@require_http_methods(METHODS)
@signed_in
def show_import(request: SignedInRequest, import_id: int) -> HttpResponse:
    """Show where an import stands: its preview, its progress or its report."""
    row = _own(request, import_id)
    if request.method == "POST" and row.state == State.PREVIEW:
        return _decide(request, row)
    context: dict[str, Any] = {"row": row}
    if row.state == State.PREVIEW:
        context |= _shown(preview_of(row), request.GET.get("page", ""))
        return render(request, "readinglists/import_preview.html", context)
    if row.state in (State.RUNNING, State.FETCHING):
        context["share"] = 100 * row.done // row.total if row.total else 0
        return render(request, "readinglists/import_progress.html", context)
    asked = request.GET.get("show", "")
    rows = [*_told(row, "dropped"), *_told(row, "unparsed")]
    context |= {"rows": [one for one in rows if asked in ("", one["kind"])][:SHOWN], "asked": asked}
    if row.reading_list:
        context["path"] = path_of(row.reading_list)
    return render(request, "readinglists/import_report.html", context)


def _told(row: ListImport, kind: str) -> list[dict[str, Any]]:
    return [one | {"kind": kind} for one in row.report.get(kind, [])]


def _shown(preview: Preview, asked: str) -> dict[str, Any]:
    """Return what the page of a preview needs: of a long list some items and headings at a time."""
    headed = [int(bool(one.section.level)) for one in preview.sections]
    rows = sum(headed) + sum(len(one.items) for one in preview.sections)
    pages = max(1, -(-rows // ROWS))
    number = min(max(_numbers([asked]) or {1}), pages) or 1
    first, place, sections = (number - 1) * ROWS, 0, []
    for section, head in zip(preview.sections, headed, strict=True):
        start = place + head
        here = first <= place < first + ROWS
        place = start + len(section.items)
        section.items = section.items[max(0, first - start) : max(0, first + ROWS - start)]
        if section.items or (here and head):
            sections.append(section)
    return {
        "preview": preview,
        "sections": sections,
        "number": number,
        "pages": range(1, pages + 1),
        "visibilities": VISIBILITIES,
    }


def _decide(request: SignedInRequest, row: ListImport) -> HttpResponse:
    """Keep the corrections; import when that is asked for."""
    posted = request.POST
    choices: dict[str, Any] = {"title": posted.get("title", "")[:255]}
    if posted.get("visibility") in VISIBILITIES:
        choices["visibility"] = posted["visibility"]
    for name, kept in (("without_sections", "section"), ("without_items", "item")):
        shown = _numbers(posted.getlist(f"{kept}s_shown"))
        earlier = set(row.choices.get(name, [])) - shown
        choices[name] = sorted(earlier | shown - _numbers(posted.getlist(kept)))
    choose(row, choices)
    if "run" in posted:
        with transaction.atomic():
            if request_run(row):
                transaction.on_commit(lambda: hint_at_import(row.pk))
    path = reverse("readinglists:import_preview", args=[row.pk])
    wanted = _numbers([posted.get("page", "")]) or {1}
    return redirect(path if wanted == {1} else f"{path}?page={min(wanted)}")


def _numbers(texts: list[str]) -> set[int]:
    """Return the numbers among what was posted that can be one of an item, a section, a page."""
    return {int(one) for one in texts if one.isdecimal() and len(one) <= len("5000")}


@never_cache
@require_safe
@signed_in
def report(request: SignedInRequest, import_id: int) -> JsonResponse:
    """Answer with what an import dropped and could not read, as a file."""
    row = _own(request, import_id)
    told = {name: row.report.get(name, []) for name in ("dropped", "unparsed")}
    answer = JsonResponse({"state": row.state, "done": row.done, "total": row.total} | told)
    answer["Content-Disposition"] = f'attachment; filename="import-{row.pk}.json"'
    return answer


def _own(request: HttpRequest, import_id: int) -> ListImport:
    """Return an import of one's own; raises Http404."""
    if import_id >= 1 << 62:
        raise Http404
    rows = ListImport.objects.filter(owner=request.user.pk).defer("text", "kept")
    return get_object_or_404(rows.select_related("owner", "reading_list__owner"), pk=import_id)
