"""Reading one page of a long list from a place on. Import `read_page`, `read_places`, `Place`,
`DayOf`.

Keyset paging: the place is a range of the index, so that the thousandth page costs what the first
does, and entries that come or go meanwhile shift nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from bookmarks.cursors import Cursor, Direction

Place = tuple[datetime, int]
Row = TypeVar("Row")


@dataclass(frozen=True)
class PlacesPage:
    """The places of one page, newest first. `cursor` is where it begins, None for the first page.

    `more` tells whether something stands behind it.
    """

    places: Sequence[Place]
    more: bool
    cursor: Cursor | None

    def neighbours(
        self, rows: Sequence[Row], at: Callable[[Row, Direction], Cursor | None]
    ) -> tuple[Cursor | None, Cursor | None]:
        """Return the earlier and the later page of one with these rows, None where there is none.

        `at` returns the cursor at a row. From an empty page the way leads back to where it was.
        """
        if not rows:
            back = self.cursor and replace(self.cursor, direction=Direction.AFTER)
            return None, back
        return (
            at(rows[-1], Direction.BEFORE) if self.more else None,
            at(rows[0], Direction.AFTER) if self.cursor else None,
        )


class DayOf(Func):
    """The day of a moment in UTC as text, 2024-05-17, in the words of each database.

    SQLite keeps moments as such text already; Django's own function would call Python for each row.
    """

    output_field = CharField()
    template = "TO_CHAR(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD')"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_extra: Any
    ) -> tuple[str, Any]:
        """Return the first ten characters of what is kept."""
        return self.as_sql(compiler, connection, template="SUBSTR(%(expressions)s, 1, 10)")


def read_page(  # noqa: PLR0913 - a range of an index has these parts
    source: "QuerySet[Any]",
    cursor: Cursor | None,
    size: int,
    *,
    find: Callable[[str], int | None],
    time: str = "saved_at",
    key: str = "id",
) -> PlacesPage:
    """Return the places of one page from the cursor on; see `read_places`."""
    places = read_places(source, cursor, size + 1, find=find, time=time, key=key)
    more = len(places) > size
    if cursor is None or cursor.direction is Direction.BEFORE:
        return PlacesPage(places[:size], more, cursor)
    if more:
        return PlacesPage(places[:size][::-1], more, cursor)
    # Fewer than a page are later than this place: that is the first page.
    return read_page(source, None, size, find=find, time=time, key=key)


def read_places(  # noqa: PLR0913 - a range of an index has these parts
    source: "QuerySet[Any]",
    cursor: Cursor | None,
    most: int,
    *,
    find: Callable[[str], int | None],
    time: str = "saved_at",
    key: str = "id",
    start: int = 0,
) -> list[Place]:
    """Return up to `most` places from the cursor on: newest first, or oldest first going later.

    With `start`, so many of them are passed over; only programs that ask by number want that.
    `time` and `key` are the columns that order the source; `find` returns the key of the row that
    a cursor names, or None when it is gone.
    """
    later = cursor is not None and cursor.direction is Direction.AFTER
    sign, beyond = ("", "gt") if later else ("-", "lt")
    if cursor:
        source = source.filter(_beyond(cursor, find, time, key, beyond))
    source = source.order_by(f"{sign}{time}", f"{sign}{key}")
    return list(source.values_list(time, key)[start : start + most])


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
