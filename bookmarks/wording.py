"""How times and texts are put on a page. Import `relative_time`, `cut_at_word`, `linked`. Pure.

Everything here takes one pass over its text, whatever people paste.
"""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

MINUTE, HOUR, DAY, WEEK = 60, 3600, 86_400, 604_800
# From here on the month says more than a number of weeks.
WEEKS_COUNTED = 12
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]

WORDS_A_MINUTE = 230
# Of Chinese, Japanese and Korean, whose words are not parted, the characters are counted.
CHARACTERS_A_MINUTE = 450
# A text is cut only when that hides more than this, so that "[more]" is worth a click.
SLACK = 60
# How far back from the cut to look for a blank; Chinese and Japanese have none.
LONGEST_WORD = 60
JOINERS = frozenset("\u200d\ufe0e\ufe0f")

ENDS_OF_LINKS = ".,;:!?'\"*_~’”»"
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


def relative_time(at: datetime, now: datetime) -> str:
    """Return a time as people say it: "2 hours ago", "yesterday", "8 weeks ago", "august 2018".

    Hours that a clock runs ahead are forgiven; what lies further ahead is named by its month.
    """
    seconds = int((now - at).total_seconds())
    if seconds < -DAY or seconds >= (WEEKS_COUNTED + 1) * WEEK:
        return month_of(at)
    if seconds < MINUTE:
        return "just now"
    if DAY <= seconds < 2 * DAY:
        return "yesterday"
    return f"{_rounded(seconds)} ago"


def month_of(at: datetime) -> str:
    """Return month and year in UTC: "august 2018"."""
    at = at.astimezone(UTC)
    return f"{MONTHS[at.month - 1]} {at.year}"


def day_of(at: datetime) -> str:
    """Return a day in UTC: "3 august 2018"."""
    return f"{at.astimezone(UTC).day} {month_of(at)}"


def in_a_while(at: datetime, now: datetime) -> str:
    """Return when something is going to happen: "in 9 minutes", "in a moment"."""
    seconds = int((at - now).total_seconds())
    return f"in {_rounded(seconds)}" if seconds >= MINUTE else "in a moment"


def _rounded(seconds: int) -> str:
    for unit, name in ((WEEK, "week"), (DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= unit:
            return counted(seconds // unit, name)
    return counted(seconds, "second")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 other", "1,204 others"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def time_stamp(at: datetime) -> str:
    """Return a time in full, in UTC, as Pinboard writes it: "2018.03.31 07:26:25"."""
    return machine_time(at).replace("-", ".").replace("T", " ").removesuffix("Z")


def machine_time(at: datetime) -> str:
    """Return a time in UTC to the second (RFC 3339), as pages, feeds and files have it."""
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def reading_time(words: int, cjk: int = 0) -> str:
    """Return how long so many words take, `cjk` of them single characters: "9 min", "1 h 20"."""
    minutes = max(1, round((words - cjk) / WORDS_A_MINUTE + cjk / CHARACTERS_A_MINUTE))
    if minutes < HOUR // MINUTE:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    # Nobody reads to the minute for ten hours.
    return f"{hours} h {minutes:02}" if minutes and hours < 10 else f"{hours} h"


def cut_at_word(text: str, length: int) -> str:
    """Return the beginning of a text, about so long, cut between two words.

    The text comes back whole when little would be hidden. Letters are not parted from their
    accents, nor emoji that are joined.
    """
    if len(text) <= length + SLACK:
        return text
    end = length
    for place in range(length, length - LONGEST_WORD, -1):
        if text[place].isspace():
            end = place
            break
    else:
        while end > length // 2 and _belongs_to_the_letter_before(text, end):
            end -= 1
    return text[:end].rstrip().rstrip(",;:–—-.…")


def _belongs_to_the_letter_before(text: str, place: int) -> bool:
    here = text[place]
    return (
        bool(unicodedata.combining(here))
        or here in JOINERS
        or text[place - 1] == "\u200d"
        or "\U0001f3fb" <= here <= "\U0001f3ff"
    )


def linked(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in parts, each with the address it leads to, or with "".

    Addresses are words that start with http:// or https://; marks that end a sentence and
    brackets that were not opened in them are left out.
    """
    plain_from = 0
    place = text.find("://")
    while place >= 0:
        start = _scheme_before(text, place)
        end = place + 3
        while end < len(text) and not text[end].isspace() and text[end] not in '<>"':
            end += 1
        following = end
        if start >= plain_from:
            end = _without_end_marks(text, place + 3, end)
            if end > place + 3:
                if start > plain_from:
                    yield text[plain_from:start], ""
                yield text[start:end], text[start:end]
                plain_from = end
        place = text.find("://", following)
    if plain_from < len(text):
        yield text[plain_from:], ""


def _scheme_before(text: str, place: int) -> int:
    """Return where http or https starts before `://`, or -1."""
    for scheme in ("https", "http"):
        start = place - len(scheme)
        if start >= 0 and text[start:place].lower() == scheme:
            return -1 if start and text[start - 1].isalnum() else start
    return -1


def _without_end_marks(text: str, start: int, end: int) -> int:
    unopened = {
        closing: text.count(closing, start, end) - text.count(opening, start, end)
        for closing, opening in BRACKETS.items()
    }
    while end > start:
        last = text[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in ENDS_OF_LINKS:
            break
        end -= 1
    return end
