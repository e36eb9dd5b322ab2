"""Study groups as asked for, before they are stored. Pure.

Import `LayoutDraft`, `make_layout_draft`, `SessionDraft`, `make_session_draft`, `GroupDraft`,
`make_group_draft`, `days_off`, `words_of`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bookmarks.drafts import clean_line, clean_text
from readinglists.drafts import MAX_NOTE, MAX_TITLE, Invalid
from readinglists.groups.schedule import Plan, zones

MAX_SESSIONS = 104
MAX_EACH = 50
MAX_MINUTES = 10_080
MAX_PLACE = 500
MAX_HOURS = 24 * 28
MAX_DAYS_OFF = 750
MAX_SHIFT = 366
YEARS = range(2000, 2100)
DAY = r"(\d{4}-\d{2}-\d{2})"
ONE_DAY = re.compile(rf"{DAY}(?:\s*(?:to|until|–|\.\.)\s*{DAY})?", re.ASCII)


@dataclass(frozen=True)
class GroupDraft:
    """What a group is called, what is said of it, how early its questions are due."""

    title: str
    note: str = ""
    question_hours: int = 24


@dataclass(frozen=True)
class LayoutDraft:
    """Sessions as asked for: when, and how a list is shared out.

    `items_each` or `minutes_each` say how much is read a session; with neither, the list is spread
    over `sessions`. `lasts` is the length of a meeting in minutes.
    """

    plan: Plan
    items_each: int | None = None
    minutes_each: int | None = None
    sessions: int | None = None
    lasts: int = 60
    place: str = ""


@dataclass(frozen=True)
class SessionDraft:
    """One session as its group's owner wants it."""

    day: date
    at: time
    lasts: int = 60
    title: str = ""
    place: str = ""


def make_group_draft(title: str, *, note: str = "", question_hours: object = 24) -> GroupDraft:
    """Return a group draft of what somebody typed; raises Invalid."""
    errors: dict[str, str] = {}
    title = _line(title, "title", MAX_TITLE, errors)
    if not title and "title" not in errors:
        errors["title"] = "Give the group a title."
    note = words_of(note, "note", MAX_NOTE, errors)
    hours = _number(question_hours, "question_hours", range(MAX_HOURS + 1), errors)
    if errors:
        raise Invalid(errors)
    return GroupDraft(title, note, hours or 0)


def make_layout_draft(  # noqa: PLR0913 - the one form has these fields
    *,
    start: date | None,
    at: time | None,
    time_zone: str,
    skip: str = "",
    items_each: object = None,
    minutes_each: object = None,
    sessions: object = None,
    lasts: object = 60,
    place: str = "",
) -> LayoutDraft:
    """Return a layout draft of what somebody typed; raises Invalid."""
    errors: dict[str, str] = {}
    plan = _plan(start, at, time_zone, skip, errors)
    items = _number(items_each, "items_each", range(1, MAX_EACH + 1), errors)
    minutes = _number(minutes_each, "minutes_each", range(1, MAX_MINUTES + 1), errors)
    count = _number(sessions, "sessions", range(1, MAX_SESSIONS + 1), errors)
    if items and minutes:
        errors["minutes_each"] = "Say how many items a session or how many minutes, not both."
    elif not (items or minutes or count or errors):
        errors["items_each"] = (
            "Say how many items a session, how many minutes, or how many sessions."
        )
    length = _number(lasts, "lasts", range(1, 24 * 60 + 1), errors)
    place = _line(place, "place", MAX_PLACE, errors)
    if errors or plan is None:
        raise Invalid(errors)
    return LayoutDraft(plan, items, minutes, count, length or 60, place)


def make_session_draft(
    *, day: date | None, at: time | None, lasts: object, title: str = "", place: str = ""
) -> SessionDraft:
    """Return a session draft of what somebody typed; raises Invalid."""
    errors: dict[str, str] = {}
    day = _day(day, "day", errors)
    at = _clock(at, errors)
    length = _number(lasts, "lasts", range(1, 24 * 60 + 1), errors)
    title = _line(title, "title", MAX_TITLE, errors)
    place = _line(place, "place", MAX_PLACE, errors)
    if errors or day is None or at is None:
        raise Invalid(errors)
    return SessionDraft(day, at, length or 60, title, place)


def days_off(text: str) -> frozenset[date]:
    """Return the days in "2026-12-24, 2026-12-28 to 2027-01-08", parted by commas or lines.

    Raises ValueError with a sentence about the first that is none.
    """
    days: set[date] = set()
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        found = ONE_DAY.fullmatch(part)
        try:
            first = date.fromisoformat(found.group(1)) if found else None
            last = date.fromisoformat(found.group(2) or found.group(1)) if found else None
        except ValueError:
            first = last = None
        if first is None or last is None or not first <= last:
            raise ValueError(
                f"“{part[:40]}” is no day. Write 2026-12-24, or 2026-12-24 to 2027-01-06."
            )
        if (last - first).days + len(days) >= MAX_DAYS_OFF:
            raise ValueError(f"At most {MAX_DAYS_OFF} days.")
        days |= {first + timedelta(days=more) for more in range((last - first).days + 1)}
    return frozenset(days)


def words_of(text: str, name: str, most: int, errors: dict[str, str]) -> str:
    """Return a text as it is kept; what is wrong with it goes into `errors`."""
    text = clean_text(text)
    if len(text) > most:
        errors[name] = f"At most {most:,} characters; these are {len(text):,}."
    return text


def _plan(
    start: date | None, at: time | None, time_zone: str, skip: str, errors: dict[str, str]
) -> Plan | None:
    start = _day(start, "start", errors)
    at = _clock(at, errors)
    off: frozenset[date] = frozenset()
    try:
        off = days_off(skip)
    except ValueError as error:
        errors["skip"] = str(error)
    if time_zone not in zones():
        errors["time_zone"] = "Choose a time zone, such as Europe/Berlin."
    if errors or start is None or at is None:
        return None
    return Plan(start, at, ZoneInfo(time_zone), off)


def _day(day: date | None, name: str, errors: dict[str, str]) -> date | None:
    if isinstance(day, datetime):
        day = day.date()
    if day is None:
        errors[name] = "Give a day, such as 2026-12-01."
    elif day.year not in YEARS:
        errors[name] = f"Give a day from {YEARS.start} to {YEARS.stop - 1}."
    return day


def _clock(at: time | None, errors: dict[str, str]) -> time | None:
    if at is None:
        errors["at"] = "Give a time, such as 18:30."
        return None
    return at.replace(microsecond=0, tzinfo=None)


def _line(text: str, name: str, most: int, errors: dict[str, str]) -> str:
    text = clean_line(text)
    if len(text) > most:
        errors[name] = f"At most {most} characters; these are {len(text):,}."
    return text


def _number(value: object, name: str, allowed: range, errors: dict[str, str]) -> int | None:
    if value is None or value == "":
        return None
    text = str(value).strip()
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
    if number not in allowed:
        errors[name] = f"Give a number from {allowed.start:,} to {allowed.stop - 1:,}."
        return None
    return number
