"""Tries refused rows of an import once more. Import `retry_rows`, `retry_all`, `Retried`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F

from bookmarks.bulk_storing import Arrival, store_many
from bookmarks.drafts import clean_line
from bookmarks.formats.rows import Row
from bookmarks.import_drafts import Refused, arrival_of, row_of
from bookmarks.importing import outcome_of, put_on_lists, tell_of
from bookmarks.models import ImportJob, ImportRow

Outcome = ImportRow.Outcome
AT_ONCE = 500
# What a person may wait for.
MOST = 5000


@dataclass(frozen=True)
class Retried:
    """How many rows were taken in, and how many were refused again, with the last reason.

    `last` is the place behind which there may be more; None where all were tried.
    """

    stored: int = 0
    refused: int = 0
    reason: str = ""
    last: int | None = None


def retry_all(job: ImportJob, after: int = -1) -> Retried:
    """Take in the refused rows behind a place as they are, up to `MOST`."""
    stored, refused, reason, last = 0, 0, "", after
    for _ in range(MOST // AT_ONCE):
        some = retry_rows(job, after=last)
        stored, refused = stored + some.stored, refused + some.refused
        reason = some.reason or reason
        if some.last is None:
            return Retried(stored, refused, reason)
        last = some.last
    return Retried(stored, refused, reason, last)


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
    good: list[tuple[ImportRow, Row, Arrival]] = []
    reason = ""
    for row in rows:
        try:
            good.append((row, *_arrival(job, row, (edits or {}).get(row.place))))
        except Refused as error:
            row.reason = reason = str(error)[:300]
    arrivals = [arrival for _, _, arrival in good]
    results = store_many(job.owner, arrivals, fetch=job.fetch)
    tell_of(job.owner, arrivals, results)
    listless = put_on_lists(job, [said for _, said, _ in good], arrivals)
    counts = dict.fromkeys(Outcome.values, 0)
    for at, (result, (row, _, arrival)) in enumerate(zip(results, good, strict=True)):
        row.outcome, told = outcome_of(arrival, result)
        row.reason = f"{told} {listless.get(at, '')}".strip()[:300]
        counts[row.outcome] += 1
    ImportRow.objects.bulk_update(rows, ["outcome", "reason", "url", "title"], batch_size=100)
    # Of what is in, all it said is kept no longer; it may be long, so it is not written back.
    ImportRow.objects.filter(pk__in=[row.pk for row, _, _ in good]).update(said=None)
    counts[Outcome.REFUSED] -= len(good)
    ended.update(**{name: F(name) + number for name, number in counts.items() if number})
    last = rows[-1].place if len(rows) == AT_ONCE and not edits else None
    return Retried(len(good), len(rows) - len(good), reason, last)


def _arrival(job: ImportJob, row: ImportRow, edit: tuple[str, str] | None) -> tuple[Row, Arrival]:
    """Return what a row says with what was typed for it, and comes to; raises Refused."""
    said = row_of(row.said) if row.said else Row(row.line, row.url, row.title)
    if edit:
        row.url, row.title = clean_line(edit[0])[:2048], clean_line(edit[1])[:255]
        said = replace(said, url=row.url, title=row.title)
    folders = job.folders == ImportJob.Folders.TAGS
    return said, arrival_of(said, job.owner, folders=folders, all_private=job.all_private)
