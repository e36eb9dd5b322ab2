"""Tries refused rows of an import once more. Import `retry_rows`, `Retried`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F

from bookmarks.bulk_storing import Arrival, Result, store_many
from bookmarks.drafts import clean_line
from bookmarks.formats.rows import Row
from bookmarks.import_drafts import Refused, arrival_of, row_of
from bookmarks.importing import NOTHING_NEW
from bookmarks.models import ImportJob, ImportRow

Outcome = ImportRow.Outcome
AT_ONCE = 500


@dataclass(frozen=True)
class Retried:
    """How many rows were taken in, and how many were refused again, with the last reason."""

    stored: int = 0
    refused: int = 0
    reason: str = ""


@transaction.atomic
def retry_rows(
    job: ImportJob,
    edits: Mapping[int, tuple[str, str]] | None = None,
    *,
    after: int = -1,
) -> Retried:
    """Take in refused rows of a job that is over: those of `edits`, or the next ones after a place.

    `edits` gives addresses and titles by the places of rows. What is refused again keeps them, so
    that nothing typed is lost.
    """
    ended = ImportJob.objects.select_for_update().filter(pk=job.pk)
    if not ended.exclude(state=ImportJob.State.RUNNING).exists():
        return Retried()
    refused = ImportRow.objects.filter(job=job, outcome=Outcome.REFUSED).order_by("place")
    chosen = refused.filter(place__in=list(edits)) if edits else refused.filter(place__gt=after)
    rows = list(chosen[:AT_ONCE])
    arrivals: list[tuple[ImportRow, Arrival]] = []
    reason = ""
    for row in rows:
        try:
            arrivals.append((row, _arrival(job, row, (edits or {}).get(row.place))))
        except Refused as error:
            row.reason = reason = str(error)[:300]
    results = store_many(job.owner, [one for _, one in arrivals], fetch=job.fetch)
    counts = dict.fromkeys(Outcome.values, 0)
    for (row, _), result in zip(arrivals, results, strict=True):
        row.outcome, row.reason, row.said = *_told(result), None
        counts[row.outcome] += 1
    for row in rows:
        row.save(update_fields=["outcome", "reason", "url", "title", "said"])
    counts[Outcome.REFUSED] -= len(arrivals)
    ended.update(**{name: F(name) + number for name, number in counts.items() if number})
    return Retried(len(arrivals), len(rows) - len(arrivals), reason)


def _arrival(job: ImportJob, row: ImportRow, edit: tuple[str, str] | None) -> Arrival:
    """Return what a row comes to with what was typed for it; raises Refused."""
    said = row_of(row.said) if row.said else Row(row.line, row.url, row.title)
    if edit:
        row.url, row.title = clean_line(edit[0])[:2048], clean_line(edit[1])[:255]
        said = replace(said, url=row.url, title=row.title)
    folders = job.folders == ImportJob.Folders.TAGS
    return arrival_of(said, job.owner, folders=folders, all_private=job.all_private)


def _told(result: Result) -> tuple[str, str]:
    if result.created:
        return Outcome.CREATED, ""
    if not result.changed:
        return Outcome.SKIPPED, NOTHING_NEW
    return Outcome.MERGED, f"New: {', '.join(result.changed)}."
