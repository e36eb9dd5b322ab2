"""How popular a page is now. Import `hot_at`, `hot_pages`.

Each public save of a page weighs half for every week of its age. Their sum, as a moment: the time
at which one save alone would weigh as much. All weights fade alike, so the order of pages never
changes by time passing; the moment is computed when a page is saved and read as an index, with
nothing to refresh.
"""

import math
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bookmarks.models import Bookmark

HALF_LIFE = timedelta(days=7)
# Older saves than these weigh next to nothing, and more than these never have to be read.
SAVES_THAT_COUNT = 50


def hot_at(page_id: int) -> datetime | None:
    """Return how hot a page is by its newest public saves; None when nobody saved it publicly.

    Two saves of one moment are as hot as a single one a week later.
    """
    times = list(
        Bookmark.objects.public()
        .filter(page_id=page_id)
        .order_by("-saved_at", "-id")
        .values_list("saved_at", flat=True)[:SAVES_THAT_COUNT]
    )
    return _heat_of(times)


def hot_pages(page_ids: Collection[int]) -> dict[int, datetime | None]:
    """Return how hot each page is, with one query; each has at most `SAVES_THAT_COUNT` saves."""
    rows = Bookmark.objects.public().filter(page_id__in=page_ids).order_by("-saved_at", "-id")
    times: dict[int, list[datetime]] = {page_id: [] for page_id in page_ids}
    for page_id, saved_at in rows.values_list("page_id", "saved_at"):
        times[page_id].append(saved_at)
    return {page_id: _heat_of(found[:SAVES_THAT_COUNT]) for page_id, found in times.items()}


def _heat_of(times: Sequence[datetime]) -> datetime | None:
    """Return the heat of public saves, newest first."""
    if not times:
        return None
    weights = (2 ** ((at - times[0]) / HALF_LIFE) for at in times)
    return times[0] + HALF_LIFE * math.log2(sum(weights))
