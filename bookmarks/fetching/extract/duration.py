"""How long a video runs; import `find_duration`."""

import re

from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.page import Page

# ISO 8601-1, 5.5.2.2, as schema.org/Duration has it; days are as long as it gets.
ISO_DURATION = re.compile(
    r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,7})(?:\.\d+)?S)?)?", re.IGNORECASE
)
UNITS = (86_400, 3_600, 60, 1)
TAGS = ("duration", "og:video:duration", "video:duration", "twitter:player:duration")
LONGEST = 30 * 86_400


def find_duration(page: Page) -> tuple[int | None, str]:
    """The seconds a video runs and where the page says so; live ones say zero, which is nothing."""
    declared = [(name, page.meta.first(name)) for name in TAGS]
    declared.append(("json-ld duration", first_text(page.data.works, "duration")))
    for source, value in declared:
        if seconds := seconds_of(value):
            return seconds, source
    return None, ""


def seconds_of(value: str) -> int:
    """A duration in ISO 8601 or in plain seconds; 0 for any other text."""
    value = value.strip()[:40]
    found = ISO_DURATION.fullmatch(value)
    if found:
        seconds = sum(
            int(part or 0) * unit for part, unit in zip(found.groups(), UNITS, strict=True)
        )
    else:
        seconds = (
            int(value.partition(".")[0]) if re.fullmatch(r"\d{1,7}(?:\.\d*)?", value, re.A) else 0
        )
    return seconds if seconds <= LONGEST else 0
