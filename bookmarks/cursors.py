"""Places in a list ordered by time, as they stand in URLs. Import `Cursor`, `parse_cursor`.

`before:1543000000` is Pinboard's form: everything older than a Unix time. Our own pager adds
microseconds and the bookmark (`before:1543000000.250000-0a1b2c3d4e5f`), so that no entry is
skipped or repeated where many share one moment, as after an import.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FORM = re.compile(
    r"(?P<seconds>-?[0-9]{1,12})(?:\.(?P<micros>[0-9]{6}))?(?:-(?P<slug>[0-9a-f]{12}))?\Z"
)


class Direction(Enum):
    """Which way to read from a place."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Cursor:
    """A place and a direction. `slug` names the bookmark at that place, where one is known."""

    direction: Direction
    at: datetime
    slug: str = ""

    def __str__(self) -> str:
        whole = (self.at - EPOCH) // timedelta(microseconds=1)
        seconds, micros = divmod(whole, 1_000_000)
        place = f"{seconds}.{micros:06}-{self.slug}" if self.slug else f"{seconds}"
        return f"{self.direction.value}:{place}"


def parse_cursor(direction: str, place: str) -> Cursor | None:
    """Return the cursor that stands in a URL, or None when it is none."""
    match = FORM.match(place)
    if not match or direction not in ("before", "after"):
        return None
    try:
        at = EPOCH + timedelta(
            seconds=int(match["seconds"]), microseconds=int(match["micros"] or 0)
        )
    except OverflowError:
        return None
    return Cursor(Direction(direction), at, match["slug"] or "")
