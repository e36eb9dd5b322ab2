"""Takes in files of bookmarks. Import `begin_import`, `run_import`, `report_of`.

A file is read twice: once to see that it can be read to its end, so that a broken one leaves
nothing behind, then row by row into bookmarks, in batches. A batch, its rows of the report and the
place reached are one transaction: a job can be killed at any time and goes on where it was.
"""

import hashlib
import json
from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from bookmarks.bulk_storing import Arrival, Result, store_many
from bookmarks.drafts import clean_line
from bookmarks.formats.recognising import HEAD, READERS, reader_of
from bookmarks.formats.rows import BadFile, Row
from bookmarks.import_drafts import Refused, arrival_of
from bookmarks.inserting import insert_rows
from bookmarks.models import ImportJob, ImportRow

Outcome = ImportRow.Outcome
Judged = Arrival | tuple[str, str]
AT_ONCE = 1000
TOLD = ("job_id", "place", "line", "outcome", "reason", "url", "title")
NOTHING_NEW = "Nothing new: you have all of this."


class TakenOver(Exception):
    """Another process works on this job; this one must stop."""


def begin_import(
    owner: User,
    file: BinaryIO,
    *,
    format_name: str = "",
    folders: str = ImportJob.Folders.TAGS,
    fetch: bool = False,
) -> ImportJob:
    """Return a job for a file: one that was broken off, if it was asked for in the same way.

    Raises BadFile where the format is not known.
    """
    file.seek(0)
    name, _ = reader_of(file.read(HEAD), format_name)
    asked = {"digest": _digest(file), "format": name, "folders": folders, "fetch": fetch}
    begun = ImportJob.objects.filter(owner=owner, state=ImportJob.State.RUNNING, **asked)
    return begun.order_by("pk").first() or ImportJob.objects.create(owner=owner, **asked)


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def run_import(job: ImportJob, file: BinaryIO) -> Generator[tuple[int, int], None, None]:
    """Take in what is not done yet of a file; yield the place reached and the number of rows.

    They are yielded before the first batch and after each. Raises BadFile before anything is
    stored, and TakenOver when another process does the same.
    """
    try:
        total = sum(1 for _ in _rows(job, file))
    except BadFile:
        job.delete()
        raise
    rows = islice(_rows(job, file), job.place, None)
    yield job.place, total
    while some := list(islice(rows, AT_ONCE)):
        judged = [_judge(row, job) for row in some]  # before others have to wait for us
        try:
            _take_in(job, some, judged)
        except IntegrityError:
            # A page was dropped in between, with its last bookmark; now it is made anew.
            _take_in(job, some, judged)
        job.refresh_from_db(fields=["place", *Outcome.values])
        yield job.place, total
    job.state, job.ended_at = ImportJob.State.DONE, timezone.now()
    job.save(update_fields=["state", "ended_at"])


def _rows(job: ImportJob, file: BinaryIO) -> Iterator[Row]:
    file.seek(0)
    return READERS[job.format].read(file)


@transaction.atomic
def _take_in(job: ImportJob, rows: Sequence[Row], judged: Sequence[Judged]) -> None:
    """Store a batch with its report and the place reached, or nothing of it."""
    locked = ImportJob.objects.select_for_update().filter(pk=job.pk, place=job.place)
    if not locked.exists():
        raise TakenOver(str(job))
    owner = job.owner
    arrivals = [one for one in judged if isinstance(one, Arrival)]
    results = iter(store_many(owner, arrivals, fetch=job.fetch))
    counts = dict.fromkeys(Outcome.values, 0)
    told = []
    for place, (row, one) in enumerate(zip(rows, judged, strict=True), start=job.place):
        outcome, reason = _told(one, next(results)) if isinstance(one, Arrival) else one
        counts[outcome] += 1
        url, title = clean_line(row.url)[:2048], clean_line(row.title)[:255]
        told.append((job.pk, place, row.line, outcome, reason[:300], url, title))
    insert_rows(ImportRow, TOLD, told)
    moved = {name: F(name) + number for name, number in counts.items()}
    ImportJob.objects.filter(pk=job.pk).update(place=F("place") + len(rows), **moved)


def _judge(row: Row, job: ImportJob) -> Judged:
    """Return what is to be stored of a row, or its outcome and the reason."""
    if row.skipped:
        return Outcome.SKIPPED, row.skipped
    try:
        return arrival_of(row, job.owner, folders=job.folders == ImportJob.Folders.TAGS)
    except Refused as error:
        return Outcome.REFUSED, str(error)


def _told(arrival: Arrival, result: Result) -> tuple[str, str]:
    notices = " ".join(arrival.draft.notices)
    if result.created:
        return Outcome.CREATED, notices
    if not result.changed:
        return Outcome.SKIPPED, NOTHING_NEW
    return Outcome.MERGED, f"New: {', '.join(result.changed)}. {notices}".strip()


def report_of(job: ImportJob) -> Iterator[str]:
    """Yield the report of a job as JSON, piece by piece: counts, and what became of each row."""
    yield f'{{"format": {json.dumps(job.format)}, "counts": {json.dumps(job.counts)}, "rows": ['
    names = ("line", "outcome", "reason", "url", "title")
    rows = job.rows.order_by("place").values(*names).iterator(chunk_size=2000)
    for number, row in enumerate(rows):
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"
