"""How popular a page is now. Import `heat_of`.

The heat of a page is the logarithm of its public saves, each weighed by half for every week of
its age. Because all weights fade alike, the order of pages never changes by time passing alone:
heat is computed when a page is saved and read as an index, with nothing to refresh.
"""

import math

from bookmarks.models import Bookmark

HALF_LIFE = 7 * 24 * 3600.0
# Older saves than these weigh next to nothing, and more than these never have to be read.
SAVES_THAT_COUNT = 50


def heat_of(page_id: int) -> float | None:
    """Return the page's heat from its newest public saves; None when nobody saved it publicly.

    Unit: half-lives since 1970; one more means twice as hot.
    """
    times = list(
        Bookmark.objects.public()
        .filter(page_id=page_id)
        .order_by("-saved_at", "-id")
        .values_list("saved_at", flat=True)[:SAVES_THAT_COUNT]
    )
    if not times:
        return None
    newest = times[0].timestamp() / HALF_LIFE
    return newest + math.log2(sum(2 ** (at.timestamp() / HALF_LIFE - newest) for at in times))
