"""What became of the rows of an import. Import `read_report`, `ReportPage`, `report_of`,
`report_table`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bookmarks.formats.writing import csv_table
from bookmarks.models import ImportJob, ImportRow

COLUMNS = ("line", "outcome", "reason", "url", "title")
# Of archives also which of their files the line is in.
IN_ARCHIVES = ("member", *COLUMNS)
A_PAGE = 100
CHUNK = 2000


@dataclass(frozen=True)
class ReportPage:
    """Some rows of a report, and the places after and before which others stand; None: nowhere."""

    rows: list[ImportRow]
    after: int | None
    before: int | None


def read_report(
    job: ImportJob, outcome: str = "", *, after: int | None = None, before: int | None = None
) -> ReportPage:
    """Return a page of the rows of an outcome, or of all, in the order of the file."""
    rows = job.rows.filter(outcome=outcome) if outcome else job.rows.all()
    if before is not None:
        found = list(rows.filter(place__lt=before).order_by("-place")[: A_PAGE + 1])
        more, found = len(found) > A_PAGE, found[:A_PAGE][::-1]
        start = found[0].place if more else None
        return ReportPage(found, found[-1].place if found else None, start)
    from_there = rows if after is None else rows.filter(place__gt=after)
    found = list(from_there.order_by("place")[: A_PAGE + 1])
    more, found = len(found) > A_PAGE, found[:A_PAGE]
    start = found[0].place if found and after is not None else None
    return ReportPage(found, found[-1].place if more else None, start)


def report_of(job: ImportJob) -> Iterator[str]:
    """Yield the report of a job as JSON, piece by piece: counts, and what became of each row."""
    yield f'{{"format": {json.dumps(job.format)}, "counts": {json.dumps(job.counts)}, "rows": ['
    before = "\n"
    columns = _columns(job)
    for values in _rows(job):
        row = dict(zip(columns, values, strict=True))
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def report_table(job: ImportJob) -> Iterator[str]:
    """Yield the same rows as CSV (RFC 4180), in which no cell is taken for a formula."""
    yield csv_table.line(_columns(job))
    for cells in _rows(job):
        yield csv_table.line(csv_table.cell(str(one)) for one in cells)


def _columns(job: ImportJob) -> tuple[str, ...]:
    return IN_ARCHIVES if job.format == "zip" else COLUMNS


def _rows(job: ImportJob) -> Iterator[tuple[int | str, ...]]:
    """Yield all rows, read from place to place so that memory stays flat on every database."""
    place = -1
    told = job.rows.order_by("place").values_list("place", *_columns(job))
    while rows := list(told.filter(place__gt=place)[:CHUNK]):
        yield from (row[1:] for row in rows)
        place = rows[-1][0]
