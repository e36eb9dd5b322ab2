"""Reads a list as it is shown: sections, items in order, how far the reader is. Import
`read_outline`, `Outline`, `Part`, `Totals`; for several lists see readinglists.summaries.

A list may have thousands of items. Of all of them only a few numbers each are read (and kept in the
cache for a minute, as long as the list does not change); whole items are loaded for the first
sections, and for others as they are asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db.models import Prefetch, Q

from accounts.models import User
from readinglists.estimates import minutes_of
from readinglists.models import Item, Prerequisite, Progress, ReadingList, Section

# Items that are loaded at once; the section in which this is reached is still loaded whole, up to
# the second number.
LOADED, LOADED_AT_MOST = 50, 200
# Of a section with more items than that, so many are loaded at a time.
WINDOW = 100
CACHED_SECONDS = 60
State = Progress.State
DONE = frozenset({State.READ, State.SKIMMED})
LEFT_ASIDE = DONE | {State.DROPPED}
LINE_COLUMNS = (
    *("section_id", "page_id", "reading_list_id", "minutes", "reading_pass", "rank"),
    *("asked_at", "facts_at", "page__fetched_at", "page__details", "page__kind"),
    *("page__word_count", "page__cjk_count"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """The little that is known of every item: its page, its section, its minutes or None."""

    item_id: int
    section_id: int | None
    page_id: int | None
    minutes: int | None
    rank: int


@dataclass
class Totals:
    """How much there is and how much is left. `unknown` items left have no estimate."""

    items: int = 0
    done: int = 0
    minutes: int = 0
    minutes_left: int = 0
    unknown: int = 0

    @property
    def share(self) -> int:
        """The part that is done, in percent, rounded down."""
        return 100 * self.done // self.items if self.items else 0

    def add(self, line: Line, state: str) -> None:
        """Count an item with the reader's state of it, "" for none."""
        self.items += 1
        self.done += state in DONE
        self.minutes += line.minutes or 0
        if state not in LEFT_ASIDE:
            self.minutes_left += line.minutes or 0
            self.unknown += line.minutes is None


@dataclass
class Part:
    """A section (None for what stands before all sections) with what is in it.

    `items` is None where they are not loaded; of a long section only those from the place `start`
    on are, counted from 0. `totals` are those of the section and all below it.
    """

    section: Section | None
    items: list[Item] | None = None
    parts: list["Part"] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    own_items: int = 0
    start: int = 0

    def walk(self) -> Iterator["Part"]:
        """Yield this part and all below it, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass
class Outline:
    """A whole list. `states` are the reader's by item id; `next_up` is what to read now.

    Visitors have neither.
    """

    reading_list: ReadingList
    top: Part
    states: dict[int, str]
    next_up: Item | None = None

    @property
    def totals(self) -> Totals:
        """Those of the whole list."""
        return self.top.totals


def read_outline(  # noqa: PLR0913 - the list, its reader, how much of it
    reading_list: ReadingList,
    reader: User | None,
    *,
    opened: Iterable[int] = (),
    start: int = 0,
    whole: bool = False,
    bare: bool = False,
) -> Outline:
    """Return a list with the items of its first sections, and of those in `opened`, loaded.

    A long section that is opened is loaded from its place `start` on, a window of it.

    With `whole`, all items are: for exports and small matters, not for pages. With `bare`, none
    are: only what is counted.
    """
    sections = Section.objects.filter(reading_list=reading_list).order_by("rank", "pk")
    lines = lines_of(reading_list)
    states = states_of(reader, {reading_list.pk: lines})
    top = arrange(sections, lines, states)
    if not bare:
        wanted = _wanted(top, set(opened), whole=whole)
        if not whole:
            _set_windows(wanted, set(opened), start)
        _load(reading_list, wanted, None if whole else lines)
    next_id = next_up(top, lines, states) if reader else None
    next_item = Item.objects.select_related("page").filter(pk=next_id).first() if next_id else None
    return Outline(reading_list, top, states, next_item)


def lines_of(reading_list: ReadingList) -> list[Line]:
    """Return a line for each item of a list, in no order."""
    return lines_of_each([reading_list])[reading_list.pk]


def lines_of_each(lists: Iterable[ReadingList]) -> dict[int, list[Line]]:
    """Return the lines of several lists by their ids, with one query at most."""
    keys = {_cache_key(one): one.pk for one in lists}
    known: dict[str, list[Line]] = cache.get_many(keys)
    lines = {keys[key]: found for key, found in known.items()}
    missing: dict[int, list[Line]] = {pk: [] for key, pk in keys.items() if key not in known}
    if missing:
        items = Item.objects.filter(reading_list__in=missing).select_related("page")
        for item in items.only(*LINE_COLUMNS):
            line = Line(item.pk, item.section_id, item.page_id, minutes_of(item), item.rank)
            missing[item.reading_list_id].append(line)
        fresh = {key: missing[pk] for key, pk in keys.items() if pk in missing}
        cache.set_many(fresh, CACHED_SECONDS)
    return lines | missing


def _cache_key(reading_list: ReadingList) -> str:
    """Return the key of a list as it is now."""
    changed = reading_list.updated_at.timestamp()
    return f"list-lines:{reading_list.pk}:{reading_list.version}:{changed}"


def arrange(sections: Iterable[Section], lines: Iterable[Line], states: dict[int, str]) -> Part:
    """Return the parts of a list, from its sections in order, with their totals."""
    top, rows = Part(None), list(sections)
    parts: dict[int | None, Part] = {row.pk: Part(row) for row in rows}
    for row in rows:
        parts.get(row.parent_id, top).parts.append(parts[row.pk])
    for line in lines:
        part = parts.get(line.section_id, top)
        part.own_items += 1
        while True:
            part.totals.add(line, states.get(line.item_id, ""))
            if part.section is None:
                break
            part = parts.get(part.section.parent_id, top)
    return top


def states_of(reader: User | None, lines: Mapping[int, list[Line]]) -> dict[int, str]:
    """Return a reader's states by item id, for the lines of some lists; two queries at most."""
    if reader is None or not lines:
        return {}
    theirs = Progress.objects.filter(reader=reader)
    listed = theirs.filter(page__items__reading_list__in=list(lines))
    of_pages = dict(listed.values_list("page_id", "state"))
    of_words = dict(
        theirs.filter(item__reading_list__in=list(lines)).values_list("item_id", "state")
    )
    found = (
        (line, of_pages.get(line.page_id) if line.page_id else of_words.get(line.item_id))
        for each in lines.values()
        for line in each
    )
    return {line.item_id: state for line, state in found if state}


def _wanted(top: Part, opened: set[int], *, whole: bool) -> list[Part]:
    wanted, loaded = [], 0
    for part in top.walk():
        section_id = part.section.pk if part.section else 0
        size = WINDOW if _is_long(part) else part.own_items
        fits = loaded < LOADED and loaded + size <= LOADED_AT_MOST
        if whole or section_id in opened or fits or not size:
            wanted.append(part)
            loaded += size
    return wanted


def _set_windows(parts: list[Part], opened: set[int], start: int) -> None:
    """Let the long ones of the opened parts begin at `start`, or at their last item before it."""
    for part in parts:
        section_id = part.section.pk if part.section else 0
        if section_id in opened and _is_long(part):
            part.start = max(0, min(start, part.own_items - 1))


def _is_long(part: Part) -> bool:
    return part.own_items > LOADED_AT_MOST


def _in_windows(parts: dict[int | None, Part], lines: Iterable[Line]) -> list[int]:
    """Return the ids of the items in the windows of long parts."""
    places: dict[int | None, list[Line]] = {key: [] for key in parts}
    for line in lines:
        if line.section_id in places:
            places[line.section_id].append(line)
    ids: list[int] = []
    for key, found in places.items():
        found.sort(key=lambda line: (line.rank, line.item_id))
        start = parts[key].start
        ids += [line.item_id for line in found[start : start + WINDOW]]
    return ids


def _load(reading_list: ReadingList, parts: list[Part], lines: list[Line] | None) -> None:
    """Read the items of these parts, with their pages, other links and what they come after.

    With the list's `lines`, of long parts only a window is read.
    """
    for part in parts:
        part.items = []
    by_section = {part.section.pk if part.section else None: part for part in parts}
    long = {key: part for key, part in by_section.items() if _is_long(part)} if lines else {}
    short = by_section.keys() - long.keys()
    wanted = Q(section__in=[pk for pk in short if pk is not None])
    if None in short:
        wanted |= Q(section=None)
    if long:
        wanted |= Q(pk__in=_in_windows(long, lines or ()))
    earlier = Prerequisite.objects.select_related("earlier__page")
    items = (
        Item.objects.filter(wanted, reading_list=reading_list)
        .select_related("page", "credit")
        .prefetch_related("alternates", Prefetch("prerequisites", queryset=earlier))
    )
    for item in items.order_by("rank", "pk"):
        loaded = by_section[item.section_id].items if item.section_id in by_section else None
        if loaded is not None:
            loaded.append(item)


def next_up(top: Part, lines: Iterable[Line], states: dict[int, str]) -> int | None:
    """Return the item that the reader is at, else the first in order that is not done; its id."""
    at: dict[int | None, list[Line]] = {}
    left: dict[int | None, list[Line]] = {}
    for line in lines:
        state = states.get(line.item_id)
        if state not in LEFT_ASIDE:
            left.setdefault(line.section_id, []).append(line)
            if state == State.READING:
                at.setdefault(line.section_id, []).append(line)
    by_section = at or left
    for part in top.walk():
        if found := by_section.get(part.section.pk if part.section else None):
            return min(found, key=lambda line: (line.rank, line.item_id)).item_id
    return None
