"""Takes in files of bookmarks. Import `begin_import`, `run_import`, `held`; for retries
`put_on_lists`, `tell_of`, `outcome_of`.

A file is read twice: once to see that it can be read to its end, so that a broken one leaves
nothing behind, then row by row into bookmarks, in batches. A batch, its rows of the report and the
place reached are one transaction: a job can be killed at any time and goes on where it was.
"""

import hashlib
from collections.abc import Generator, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby, islice
from typing import Any, BinaryIO

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from bookmarks.account_copy import Told, Ways, restore
from bookmarks.bulk_storing import Arrival, Result, store_many
from bookmarks.drafts import clean_line
from bookmarks.formats.recognising import HEAD, READERS, reader_of
from bookmarks.formats.rows import BadFile, Row
from bookmarks.hub_pings import note_many
from bookmarks.import_drafts import Listed, Refused, arrival_of, listed, said_of
from bookmarks.inserting import insert_rows
from bookmarks.models import ImportJob, ImportRow

Outcome = ImportRow.Outcome
State = ImportJob.State
# A row is judged to be a bookmark, another part of an account, or no good.
Judged = Arrival | Row | Told
AT_ONCE = 1000
MAX_ROWS = 500_000
LEASE = timedelta(minutes=1)
TOLD = ("job_id", "place", "line", "member", "outcome", "reason", "url", "title", "said")
NOTHING_NEW = "Nothing new: you have all of this."


class TakenOver(Exception):
    """Another process works on this job, or it was stopped; this one must end."""


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
    begun = ImportJob.objects.filter(owner=owner, state=State.RUNNING, kept_as="", **asked)
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
    stored, and TakenOver when another process does the same, or the job was stopped.
    """
    _make_ready()
    if job.total is None:
        job.total = _count(job, file)
        ImportJob.objects.filter(pk=job.pk).update(total=job.total)
    rows = islice(_rows(job, file), job.place, None)
    yield job.place, job.total
    while some := _batch(rows):
        judged = [_judge(row, job) for row in some]  # before others have to wait for us
        try:
            _take_in(job, some, judged)
        except IntegrityError:
            # A page was dropped in between, with its last bookmark; now it is made anew.
            _take_in(job, some, judged)
        job.refresh_from_db(fields=["place", *Outcome.values])
        yield job.place, job.total
    now = timezone.now()
    if held(job).update(state=State.DONE, ended_at=now, kept_as="", lease="", leased_until=None):
        job.state, job.ended_at = State.DONE, now


def held(job: ImportJob) -> QuerySet[ImportJob]:
    """Return the row of a job as long as it goes on and the lease is ours."""
    return ImportJob.objects.filter(pk=job.pk, lease=job.lease, state=State.RUNNING)


def _make_ready() -> None:
    """Let SQLite read its file, not map it, as what is mapped counts as memory of the process.

    Keys of addresses are spread over all of an index: a larger cache spares reading it again.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")
            cursor.execute("PRAGMA cache_size=-32000")


def _count(job: ImportJob, file: BinaryIO) -> int:
    """Return how many rows a file has, once it could be read to its end; raises BadFile."""
    total = 0
    for _ in _rows(job, file):
        total += 1
        if total > MAX_ROWS:
            raise BadFile(f"This file has more than {MAX_ROWS:,} rows. Split it into several.")
    return total


def _rows(job: ImportJob, file: BinaryIO) -> Iterator[Row]:
    file.seek(0)
    return READERS[job.format].read(file)


@transaction.atomic
def _take_in(job: ImportJob, rows: Sequence[Row], judged: Sequence[Judged]) -> None:
    """Store a batch with its report and the place reached, or nothing of it."""
    mine = held(job)
    if not mine.filter(place=job.place).select_for_update().exists():
        raise TakenOver(str(job))
    arrivals = [one for one in judged if isinstance(one, Arrival)]
    stored = store_many(job.owner, arrivals, fetch=job.fetch)
    tell_of(job.owner, arrivals, stored)
    results = iter(stored)
    restored = _restored(job, judged)
    listless = put_on_lists(job, rows, judged)
    counts = dict.fromkeys(Outcome.values, 0)
    told = []
    for at, (row, one) in enumerate(zip(rows, judged, strict=True)):
        outcome, reason = (
            outcome_of(one, next(results)) if isinstance(one, Arrival) else restored[at]
        )
        reason = f"{reason} {listless.get(at, '')}".strip()
        counts[outcome] += 1
        said = said_of(row) if outcome == Outcome.REFUSED else None
        told.append(
            (job.pk, job.place + at, *_named(row), outcome, reason[:300], *_seen(row), said)
        )
    insert_rows(ImportRow, TOLD, told)
    moved: dict[str, Any] = {name: F(name) + number for name, number in counts.items()}
    if job.lease:
        moved |= {"leased_until": timezone.now() + LEASE, "tries": 0}
    mine.update(place=F("place") + len(rows), **moved)


def tell_of(owner: User, arrivals: Sequence[Arrival], results: Sequence[Result]) -> None:
    """Write down, once this is committed, which public feeds are others now."""
    new = [
        arrival.draft.url
        for arrival, result in zip(arrivals, results, strict=True)
        if result.created or result.changed
    ]
    if new:
        transaction.on_commit(partial(note_many, owner, new), robust=True)


def _named(row: Row) -> tuple[int, str]:
    return row.line, clean_line(row.member)[:200] if row.member else ""


def _seen(row: Row) -> tuple[str, str]:
    return clean_line(row.url)[:2048], clean_line(row.title)[:255]


def _judge(row: Row, job: ImportJob) -> Judged:
    """Return what is to be stored of a row, or its outcome and the reason."""
    if row.skipped:
        return Outcome.SKIPPED, row.skipped
    if row.part:
        return row
    folders = job.folders == ImportJob.Folders.TAGS
    try:
        return arrival_of(row, job.owner, folders=folders, all_private=job.all_private)
    except Refused as error:
        return Outcome.REFUSED, str(error)


def _batch(rows: Iterator[Row]) -> list[Row]:
    """Return the next rows that one transaction can bear."""
    batch: list[Row] = []
    weight = 0
    while weight < AT_ONCE and (row := next(rows, None)):
        batch.append(row)
        weight += row.weight
    return batch


def _restored(job: ImportJob, judged: Sequence[Judged]) -> dict[int, Told]:
    """Take in what is of other parts of an account, and return what each row came to by number.

    Rows that came to something before are among them.
    """
    ways = Ways(all_private=job.all_private, fetch=job.fetch)
    told = {at: one for at, one in enumerate(judged) if isinstance(one, tuple)}
    rows = [(at, one) for at, one in enumerate(judged) if isinstance(one, Row)]
    for part, some in groupby(rows, key=lambda row: row[1].part):
        places, records = zip(*((at, one.record) for at, one in some), strict=True)
        told |= zip(places, restore(job.owner, part, records, ways), strict=True)
    return told


def put_on_lists(job: ImportJob, rows: Sequence[Row], judged: Sequence[Judged]) -> dict[int, str]:
    """Put what has folders on lists of their names, where that is wished; needs a transaction.

    Apps that have lists name a function of the owner, of what is to be on which list, and of
    whether pages are asked for, in IMPORT_LIST_STEPS; it returns why some were not put there.
    """
    if job.folders != ImportJob.Folders.LISTS:
        return {}
    wanted: list[Listed] = [
        one
        for at, (row, arrival) in enumerate(zip(rows, judged, strict=True))
        if isinstance(arrival, Arrival)
        for one in listed(at, row, arrival.draft)
    ]
    reasons: dict[int, str] = {}
    for step in settings.IMPORT_LIST_STEPS:
        reasons |= import_string(step)(job.owner, wanted, ask=job.fetch)
    return reasons


def outcome_of(arrival: Arrival, result: Result) -> Told:
    """Return what an arrival came to, in the words of the report."""
    notices = " ".join(arrival.draft.notices)
    if result.created:
        return Outcome.CREATED, notices
    if not result.changed:
        return Outcome.SKIPPED, NOTHING_NEW
    return Outcome.MERGED, f"New: {', '.join(result.changed)}. {notices}".strip()
