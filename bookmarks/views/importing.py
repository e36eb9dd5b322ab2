"""Files of bookmarks that people send: the form, how far it is, the report, another try.

A file is written to disk as it arrives; workers take it in.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest, signed_in
from accounts.throttle import Limiter, TooMany, client_address
from bookmarks.formats.recognising import READERS
from bookmarks.formats.rows import BadFile
from bookmarks.import_jobs import MAX_BYTES, TOO_BIG, Choices, keep_file, stop_import
from bookmarks.import_reports import ReportPage, read_report, report_of, report_table
from bookmarks.import_retries import Retried, retry_all, retry_rows
from bookmarks.models import ImportJob, ImportRow
from bookmarks.tasks import hint_at_import

METHODS = ["GET", "HEAD", "POST"]
FILES = Limiter("import", seconds=3600, address=200, everyone=2000, account=60)
# A form is more than the file in it. What is too big is read to its end and dropped, as far as
# that is bearable: browsers show no answer before they have sent all.
MAX_FORM_BYTES = MAX_BYTES + 100_000
READ_AND_DROPPED = 5 * MAX_BYTES
SHOWN_JOBS = 50
REPORTS = {
    "json": (report_of, "application/json"),
    "csv": (report_table, "text/csv; charset=utf-8"),
}
NOT_SENT = "Choose a file first."


@csrf_exempt  # which would read the whole form; it is checked once the size is known
@never_cache
@require_http_methods(METHODS)
def imports(request: HttpRequest) -> HttpResponse:
    """Show the form and the imports so far, or take a file."""
    if request.method == "POST" and _length(request) > MAX_FORM_BYTES:
        _drop(request)
        return _too_big(request)
    return _imports(request)


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _drop(request: HttpRequest) -> None:
    left = READ_AND_DROPPED
    while left > 0 and (piece := request.read(1 << 18)):
        left -= len(piece)


@signed_in
def _too_big(request: SignedInRequest) -> HttpResponse:
    return _form(request, {}, TOO_BIG, status=413)


@csrf_protect
@signed_in
def _imports(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request, {})
    asked = {name: str(value) for name, value in request.POST.items()}
    try:
        job = _take(request, asked)
    except (BadFile, TooMany) as error:
        return _form(request, asked, str(error), status=422)
    return redirect("bookmarks:import_job", job.pk)


def _take(request: SignedInRequest, asked: dict[str, str]) -> ImportJob:
    """Keep what the form brings and tell a worker; raises BadFile and TooMany."""
    upload = request.FILES.get("file")
    if upload is None:
        raise BadFile(NOT_SENT)
    FILES.count(client_address(request), str(request.user.pk))
    folders = asked.get("folders", "")
    choices = Choices(
        folders=folders if folders in ImportJob.Folders.values else ImportJob.Folders.TAGS,
        fetch="fetch" in asked,
        all_private="all_private" in asked,
    )
    job = keep_file(
        request.user, upload.chunks(), upload.name or "", choices, asked.get("format", "")
    )
    transaction.on_commit(lambda: hint_at_import(job.pk))
    return job


def _form(
    request: SignedInRequest, asked: dict[str, str], error: str = "", status: int = 200
) -> HttpResponse:
    jobs = ImportJob.objects.filter(owner=request.user).order_by("-pk")[:SHOWN_JOBS]
    context = {
        "asked": asked,
        "error": error,
        "jobs": [(job, _label(job)) for job in jobs],
        "formats": {name: reader.LABEL for name, reader in READERS.items()},
        "folders": ImportJob.Folders.choices,
        "most": MAX_BYTES,
        "too_big": TOO_BIG,
    }
    return render(request, "bookmarks/import.html", context, status=status)


def _label(job: ImportJob) -> str:
    reader = READERS.get(job.format)
    return reader.LABEL if reader else job.format


@never_cache
@require_safe
@signed_in
def show(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Show how far an import is, or what became of each row."""
    job = _own(request, job_id)
    context: dict[str, Any] = {"job": job, "label": _label(job)}
    if job.state == ImportJob.State.RUNNING:
        context["share"] = 100 * job.place // job.total if job.total else 0
        return render(request, "bookmarks/import_progress.html", context)
    outcome = request.GET.get("show", "")
    outcome = outcome if outcome in ImportRow.Outcome.values else ""
    after, before = (_place(request.GET.get(name, "")) for name in ("after", "before"))
    page = read_report(job, outcome, after=after, before=before)
    context |= {"page": page, "outcome": outcome, "after": after} | _pager(job, outcome, page)
    return render(request, "bookmarks/import_report.html", context)


def _place(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 and text.isascii() else None


def _pager(job: ImportJob, outcome: str, page: ReportPage) -> dict[str, str]:
    """Return where the rows before and behind these are."""
    here = f"{reverse('bookmarks:import_job', args=[job.pk])}?show={outcome}"
    return {
        "next_url": f"{here}&after={page.after}" if page.after is not None else "",
        "back_url": f"{here}&before={page.before}" if page.before is not None else "",
    }


@require_POST
@signed_in
def stop(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Stop an import; what is in stays."""
    job = _own(request, job_id)
    if stop_import(job):
        messages.success(request, "Stopped. What is in stays; the same file goes on with the rest.")
    return redirect("bookmarks:import_job", job.pk)


@require_POST
@signed_in
def retry(request: SignedInRequest, job_id: int) -> HttpResponse:
    """Try refused rows again: one as its form has it, or those from a place on as they are."""
    job = _own(request, job_id)
    posted = request.POST
    place, after = (_place(posted.get(name, "")) for name in ("place", "after"))
    if place is None:
        retried = retry_all(job, -1 if after is None else after)
    else:
        retried = retry_rows(job, {place: (posted.get("url", ""), posted.get("title", ""))})
    if retried.stored:
        messages.success(request, _in_words(retried))
    elif retried.refused:
        messages.error(request, f"Refused again. {retried.reason}")
    rest = "" if retried.last is None else f"&after={retried.last}"
    return redirect(f"{reverse('bookmarks:import_job', args=[job.pk])}?show=refused{rest}")


def _in_words(retried: Retried) -> str:
    rows = "1 row is in." if retried.stored == 1 else f"{retried.stored:,} rows are in."
    return f"{rows} {retried.refused:,} were refused again." if retried.refused else rows


@never_cache
@require_safe
@signed_in
def report(request: SignedInRequest, job_id: int, ending: str) -> StreamingHttpResponse:
    """Answer with the whole report as a file; raises Http404 for another ending."""
    job = _own(request, job_id)
    if ending not in REPORTS:
        raise Http404("A report can be had as report.json and report.csv.")
    write, content_type = REPORTS[ending]
    pieces: Iterator[bytes] = (piece.encode() for piece in write(job))
    name = f'attachment; filename="import-{job.pk}.{ending}"'
    headers = {"Content-Disposition": name, "X-Robots-Tag": "noindex"}
    return StreamingHttpResponse(pieces, content_type=content_type, headers=headers)


def _own(request: SignedInRequest, job_id: int) -> ImportJob:
    """Return an import of one's own; raises Http404."""
    if job_id >= 1 << 62:
        raise Http404
    jobs = ImportJob.objects.filter(owner=request.user).select_related("owner")
    return get_object_or_404(jobs, pk=job_id)
