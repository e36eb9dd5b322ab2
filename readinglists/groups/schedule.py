"""When sessions are, what is read for each, who presents. Pure.

Times are kept in UTC and planned on the clock on the wall of the group's zone: a group that meets
at 18:30 does so in summer and in winter.
"""

import zoneinfo
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
# What an item is taken for that nobody can say the length of.
UNKNOWN_MINUTES = 30

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Plan:
    """Sessions every week from a day on, at one time by the clock of a zone, but on days off."""

    start: date
    at: time
    zone: ZoneInfo
    skip: frozenset[date] = frozenset()


@cache
def zones() -> tuple[str, ...]:
    """Return the names of the time zones of places, and UTC."""
    places = {
        name
        for name in zoneinfo.available_timezones()
        if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))
    }
    return ("UTC", *sorted(places))


def session_times(plan: Plan, count: int) -> list[datetime]:
    """Return the beginnings of so many sessions, in UTC. A day off moves all that follow."""
    return [moment(day, plan.at, plan.zone) for day in islice(_days(plan), count)]


def _days(plan: Plan) -> Iterable[date]:
    day = plan.start
    while True:
        if day not in plan.skip:
            yield day
        day += WEEK


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return in UTC what a clock on the wall shows.

    A time that the clock leaves out in spring is read by the offset before the gap, one that it
    shows twice in autumn is the first (RFC 5545, 3.3.5).
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def shifted(start: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return a time so many days later, or earlier, by the same clock on the wall."""
    local = start.astimezone(zone)
    return moment(local.date() + timedelta(days=days), local.time(), zone)


def by_number(things: Sequence[Thing], each: int) -> list[list[Thing]]:
    """Return the things in order, so many a session."""
    return [list(things[first : first + each]) for first in range(0, len(things), each)]


def by_minutes(
    things: Sequence[Thing], minutes: Sequence[int | None], each: int
) -> list[list[Thing]]:
    """Return the things in order, as many a session as take `each` minutes together.

    What takes longer alone has a session to itself. Unknown lengths count half an hour.
    """
    parts: list[list[Thing]] = []
    left = 0
    for thing, length in zip(things, minutes, strict=True):
        taken = length or UNKNOWN_MINUTES
        if not parts or taken > left:
            parts.append([])
            left = each
        parts[-1].append(thing)
        left -= taken
    return parts


def evenly(things: Sequence[Thing], sessions: int) -> list[list[Thing]]:
    """Return the things in order, shared out over so many sessions as evenly as can be."""
    each, more = divmod(len(things), sessions)
    parts, first = [], 0
    for place in range(sessions):
        last = first + each + (place < more)
        parts.append(list(things[first:last]))
        first = last
    return parts


def rota(people: Sequence[Thing], count: int, *, after: Thing | None = None) -> list[Thing | None]:
    """Return who presents at each of so many sessions, taking turns; `after` had the last turn."""
    if not people:
        return [None] * count
    first = people.index(after) + 1 if after in people else 0
    return [people[(first + place) % len(people)] for place in range(count)]


def next_monday(now: datetime, zone: ZoneInfo, at: time) -> datetime:
    """Return the first Monday morning after `now` in a zone, in UTC."""
    day = monday_of(now, zone)
    due = moment(day, at, zone)
    return due if due > now else moment(day + WEEK, at, zone)


def monday_of(now: datetime, zone: ZoneInfo) -> date:
    """Return the Monday that a week in a zone began with."""
    today = now.astimezone(zone).date()
    return today - timedelta(days=today.weekday())
