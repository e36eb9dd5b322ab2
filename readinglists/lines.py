"""The few numbers that are known of every item of a list. Import `lines_of`, `Line`, `known_of`,
`Known`, `Counts`, `marks_of`, `Mark`, `LEFT_ASIDE`.

A list may have thousands of items. What its page says of all of them comes from sums by section and
from the minutes of each, which are kept in the cache for a minute, as long as the list does not
change, and from what one reader noted, which is as little as they noted.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from accounts.models import User
from readinglists.estimates import estimate
from readinglists.models import Item, Progress, ReadingList

CACHED_SECONDS = 60
State = Progress.State
DONE = frozenset({State.READ, State.SKIMMED})
LEFT_ASIDE = DONE | {State.DROPPED}
# As Item.facts has it: facts that may be shown.
TOLD = ExpressionWrapper(
    Q(page__fetched_at__isnull=False)
    & (Q(facts_at__isnull=False) | Q(page__fetched_at__gte=F("asked_at"))),
    output_field=BooleanField(),
)
PLACE = ("reading_list_id", "pk", "section_id", "page_id", "rank")
FACTS = (
    *("minutes", "told", "page__kind", "reading_pass", "page__word_count", "page__cjk_count"),
    *("page__details__duration", "page__details__page_count"),
)


class Line(NamedTuple):
    """The little that is known of every item: its page, its section, its minutes or None."""

    list_id: int
    item_id: int
    section_id: int | None
    page_id: int | None
    rank: int
    minutes: int | None


class Mark(NamedTuple):
    """What a reader noted of one item, with what its list counts of it."""

    line: Line
    state: str


class Count(NamedTuple):
    """How many items a section has itself, their minutes, and how many have no estimate."""

    items: int
    minutes: int
    unknown: int


# By the ids of sections; None is what stands before all of them.
Counts = dict[int | None, Count]


class Known(NamedTuple):
    """What is known of all items of a list: sums, and the minutes of those that have an estimate.

    The minutes are by the ids of the items.
    """

    counts: Counts
    minutes: dict[int, int]


def lines_of(reading_list: ReadingList) -> list[Line]:
    """Return a line for each item of a list, in no order."""
    return list(_lines(Item.objects.filter(reading_list=reading_list)))


def known_of(lists: Iterable[ReadingList]) -> dict[int, Known]:
    """Return what is known of all items of several lists, by the lists' ids; one query at most."""
    keys = {_cache_key(one): one.pk for one in lists}
    cached: dict[str, Known] = cache.get_many(keys)
    missing = {pk for key, pk in keys.items() if key not in cached}
    known = {keys[key]: found for key, found in cached.items()}
    if missing:
        fresh = _count(missing)
        cache.set_many(
            {key: fresh[pk] for key, pk in keys.items() if pk in missing}, CACHED_SECONDS
        )
        known |= fresh
    return known


def marks_of(reader: User | None, known: Mapping[int, Known]) -> dict[int, list[Mark]]:
    """Return what a reader noted of the items of the known lists, by their ids; two queries."""
    marks: dict[int, list[Mark]] = {pk: [] for pk in known}
    if reader is None or not marks:
        return marks
    items = Item.objects.filter(reading_list__in=list(marks))
    for items_of, state in (
        (items.filter(page__progress__reader=reader), "page__progress__state"),
        (items.filter(page=None, progress__reader=reader), "progress__state"),
    ):
        for list_id, item_id, section_id, page_id, rank, noted in items_of.values_list(
            *PLACE, state
        ):
            minutes = known[list_id].minutes.get(item_id)
            line = Line(list_id, item_id, section_id, page_id, rank, minutes)
            marks[list_id].append(Mark(line, noted))
    return marks


def _cache_key(reading_list: ReadingList) -> str:
    """Return the key of a list as it is now."""
    changed = reading_list.updated_at.timestamp()
    return f"list-known:{reading_list.pk}:{reading_list.version}:{changed}"


def _count(list_ids: set[int]) -> dict[int, Known]:
    sums: dict[int, dict[int | None, list[int]]] = {pk: {} for pk in list_ids}
    minutes: dict[int, dict[int, int]] = {pk: {} for pk in list_ids}
    for line in _lines(Item.objects.filter(reading_list__in=list_ids)):
        found = sums[line.list_id].setdefault(line.section_id, [0, 0, 0])
        found[0] += 1
        if line.minutes is None:
            found[2] += 1
        else:
            found[1] += line.minutes
            minutes[line.list_id][line.item_id] = line.minutes
    return {
        pk: Known({key: Count(*one) for key, one in each.items()}, minutes[pk])
        for pk, each in sums.items()
    }


def _lines(items: QuerySet[Item]) -> Iterator[Line]:
    rows = items.annotate(told=TOLD).values_list(*PLACE, *FACTS)
    return (_line(*row) for row in rows.iterator(chunk_size=5000))


def _line(  # noqa: PLR0913, PLR0917 - columns of a row
    list_id: int,
    item_id: int,
    section_id: int | None,
    page_id: int | None,
    rank: int,
    minutes: int | None,
    told: bool,
    *facts: object,
) -> Line:
    known = minutes or (estimate(*facts) if told else None)  # type: ignore[arg-type]
    return Line(list_id, item_id, section_id, page_id, rank, known)
