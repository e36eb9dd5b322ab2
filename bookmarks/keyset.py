"""Reading one page of a long list from a place on. Import `read_places`, `Place`.

Keyset paging: the place is a range of the index, so that the thousandth page costs what the first
does, and entries that come or go meanwhile shift nothing.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from bookmarks.cursors import Cursor, Direction

Place = tuple[datetime, int]


def read_places(  # noqa: PLR0913 - a range of an index has these parts
    source: "QuerySet[Any]",
    cursor: Cursor | None,
    most: int,
    *,
    find: Callable[[str], int | None],
    time: str = "saved_at",
    key: str = "id",
) -> list[Place]:
    """Return up to `most` places from the cursor on: newest first, or oldest first going later.

    `time` and `key` are the columns that order the source; `find` returns the key of the row that
    a cursor names, or None when it is gone.
    """
    later = cursor is not None and cursor.direction is Direction.AFTER
    sign, beyond = ("", "gt") if later else ("-", "lt")
    if cursor:
        source = source.filter(_beyond(cursor, find, time, key, beyond))
    source = source.order_by(f"{sign}{time}", f"{sign}{key}")
    return list(source.values_list(time, key)[:most])


def _beyond(
    cursor: Cursor, find: Callable[[str], int | None], time: str, key: str, beyond: str
) -> Q:
    """Return the rule of what lies beyond a place; its first term is the range of the index."""
    if not cursor.slug:
        return Q(**{f"{time}__{beyond}": cursor.at})
    row = find(cursor.slug)
    within = Q(**{f"{time}__{beyond}e": cursor.at})
    if row is None:  # gone meanwhile: rather show a neighbour of the same moment again than skip it
        return within
    return within & (Q(**{f"{time}__{beyond}": cursor.at}) | Q(**{f"{key}__{beyond}": row}))
