"""Fields of records from files that anybody may have written. Import `Record`, `word`, `moment`,
`past`, `number`, `things`, `texts`. Pure.

What is of a wrong type counts as not said.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bookmarks.drafts import clean_line, credible
from bookmarks.formats.moments import moment_of
from bookmarks.formats.values import text

Record = Mapping[str, Any]
# What a calendar of ours can tell; databases know more.
FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def word(said: Record, name: str, most: int = 255) -> str:
    """Return a text as one clean line, cut."""
    return clean_line(text(said, name))[:most].rstrip()


def moment(said: Record, name: str) -> datetime | None:
    """Return a time."""
    found = moment_of(text(said, name))
    return found if found and FIRST <= found <= LAST else None


def past(said: Record, name: str) -> datetime | None:
    """Return a time that is not ahead."""
    return credible(moment(said, name))


def number(said: Record, name: str, allowed: range, default: int) -> int:
    """Return a whole number of some, else the default."""
    value = said.get(name)
    return value if type(value) is int and value in allowed else default


def things(said: Record, name: str, most: int) -> list[Record]:
    """Return the records in a list, the first ones."""
    found: list[Record] = [one for one in _list(said, name) if isinstance(one, dict)]
    return found[:most]


def texts(said: Record, name: str, most: int = 1000) -> list[str]:
    """Return the texts in a list, the first ones."""
    return [one for one in _list(said, name) if isinstance(one, str)][:most]


def _list(said: Record, name: str) -> list[Any]:
    value = said.get(name)
    return value if isinstance(value, list) else []
