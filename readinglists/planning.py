"""A list laid out over weeks, and what was read in past ones. Pure.

Import `lay_out_weeks`, `Week`, `Slice`, `count_by_week`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

HOURS = range(1, 61)
DEFAULT_HOURS = 4
MOST_WEEKS = 104
# What an item without an estimate is planned with.
UNKNOWN_MINUTES = 30
DAYS = 7


@dataclass(frozen=True)
class Slice:
    """What is read of one item in one week. `begins` and `ends` say which part of it."""

    item_id: int
    minutes: int
    begins: bool
    ends: bool


@dataclass
class Week:
    """One week of a plan, from its first day on."""

    number: int
    starts: date
    slices: list[Slice] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """How much is read in it."""
        return sum(one.minutes for one in self.slices)


@dataclass(frozen=True)
class Plan:
    """The weeks of a plan; `guessed` items had no estimate, `left_out` ones no week any more."""

    weeks: Sequence[Week]
    guessed: int
    left_out: int


def lay_out_weeks(
    items: Iterable[tuple[int, int | None]], hours: int, starts: date, most: int = MOST_WEEKS
) -> Plan:
    """Return a plan that reads items (id and minutes) in their order, so many hours a week.

    What does not fit into a week goes on in the next.
    """
    a_week = hours * 60
    weeks, guessed, left_out = [Week(1, starts)], 0, 0
    for item_id, known in items:
        left, begins = known or UNKNOWN_MINUTES, True
        guessed += known is None
        while left:
            room = a_week - weeks[-1].minutes
            if not room and len(weeks) == most:
                left_out += begins
                break
            if not room:
                weeks.append(Week(len(weeks) + 1, starts + timedelta(days=DAYS * len(weeks))))
                room = a_week
            taken = min(room, left)
            left -= taken
            weeks[-1].slices.append(Slice(item_id, taken, begins, not left))
            begins = False
    return Plan(weeks if weeks[0].slices else [], guessed, left_out)


def count_by_week(days: Iterable[date], today: date, weeks: int) -> list[tuple[date, int]]:
    """Return how many of the days lie in each of the last weeks, the current one last.

    A week is told by its Monday (ISO 8601).
    """
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(days=DAYS * back) for back in range(weeks - 1, -1, -1)]
    counts = dict.fromkeys(mondays, 0)
    for day in days:
        monday = day - timedelta(days=day.weekday())
        if monday in counts:
            counts[monday] += 1
    return list(counts.items())
