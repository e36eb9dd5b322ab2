"""Reads a list as it is shown: sections, items in order, how far the reader is. Import
`read_outline`, `Outline`, `Part`, `Totals`; for several lists see readinglists.summaries.

A list may have thousands of items. Of all of them only sums are read (readinglists.lines); whole
items are loaded for the first sections, and for others as they are asked for.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.models import User
from readinglists.lines import DONE, LEFT_ASIDE, Count, Counts, Mark, State, known_of, marks_of
from readinglists.models import Item, Prerequisite, Progress, ReadingList, Section

# Items that are loaded at once; the section in which this is reached is still loaded whole, up to
# the second number.
LOADED, LOADED_AT_MOST = 50, 100
# Of a section with more items than that, so many are loaded at a time.
WINDOW = 50
# What is read of pages is what is shown of them.
NOT_SHOWN = [
    f"page__{name}"
    for name in (
        *("key", "url", "identity", "excerpt", "site_name", "modified", "language", "image"),
        *("canonical_url", "sources", "state", "reason", "http_status", "etag", "last_modified"),
        *("tried_at", "retry_at", "missing_since", "check_at", "troubles", "changed_at"),
        *("public_saves", "hot_at"),
    )
]
OF_EARLIER = (
    "item_id",
    *(f"earlier__{name}" for name in ("section_id", "title", "url", "note", "asked_at")),
    *(f"earlier__{name}" for name in ("facts_at", "page__title", "page__fetched_at")),
)
# However many sections are asked for, no more is opened once so many items are there.
OPENED = 300


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

    def include(self, other: "Totals") -> None:
        """Count what is counted elsewhere too."""
        self.items += other.items
        self.done += other.done
        self.minutes += other.minutes
        self.minutes_left += other.minutes_left
        self.unknown += other.unknown

    def note(self, mark: Mark) -> None:
        """Let what a reader noted of an item tell; it is among the items already."""
        if mark.state in DONE:
            self.done += 1
        if mark.state in LEFT_ASIDE:
            # The sums may be older than what was noted, by as long as they are cached.
            self.minutes_left = max(0, self.minutes_left - (mark.line.minutes or 0))
            self.unknown = max(0, self.unknown - (mark.line.minutes is None))


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
    past: int | None = None,
    whole: bool = False,
    bare: bool = False,
    only: bool = False,
) -> Outline:
    """Return a list with the items of its first sections, and of those in `opened`, loaded.

    A long section that is opened is loaded from its place `start` on, a window of it, or from the
    first item behind the rank `past`: that stays true whatever comes or goes before it. With
    `only`, nothing but what is opened is loaded.

    With `whole`, all items are: for exports and small matters, not for pages. With `bare`, none
    are: only what is counted.
    """
    sections = Section.objects.filter(reading_list=reading_list).order_by("rank", "pk")
    known = known_of([reading_list])
    marks = marks_of(reader, known)[reading_list.pk]
    top = arrange(sections.defer("seen"), known[reading_list.pk].counts, marks)
    if whole:
        _load(reading_list, list(top.walk()))
    elif not bare:
        wanted = _wanted(top, set(opened), 0 if only else LOADED)
        _set_windows(reading_list, wanted, set(opened), start, past)
        _load(reading_list, wanted, windows=True)
    states = {mark.line.item_id: mark.state for mark in marks}
    item = _first_left(top, states) if reader else None
    if reader and item is None:
        found = next_up(reader, {reading_list.pk: top}, {reading_list.pk: marks})
        item = found.get(reading_list.pk)
    return Outline(reading_list, top, states, item)


def _first_left(top: Part, states: Mapping[int, str]) -> Item | None:
    """Return what is next up if that is loaded and nothing is begun; None says nothing."""
    if State.READING in states.values():
        return None
    for part in top.walk():
        if part.own_items and (part.items is None or part.start):
            return None
        for item in part.items or ():
            if states.get(item.pk) not in LEFT_ASIDE:
                return item
        if len(part.items or ()) < part.own_items:
            return None
    return None


def arrange(
    sections: Iterable[Section], counts: Counts | None = None, marks: Iterable[Mark] = ()
) -> Part:
    """Return the parts of a list, from its sections in order, with their totals."""
    top, rows = Part(None), list(sections)
    parts: dict[int | None, Part] = {row.pk: Part(row) for row in rows}
    for row in rows:
        parts.get(row.parent_id, top).parts.append(parts[row.pk])
    for section_id, count in (counts or {}).items():
        part = parts.get(section_id, top)
        part.own_items += count.items
        part.totals.include(_totals(count))
    for mark in marks:
        parts.get(mark.line.section_id, top).totals.note(mark)
    _sum_up(top)
    return top


def _totals(count: Count) -> Totals:
    return Totals(count.items, 0, count.minutes, count.minutes, count.unknown)


def _sum_up(part: Part) -> Totals:
    for below in part.parts:
        part.totals.include(_sum_up(below))
    return part.totals


def _wanted(top: Part, opened: Collection[int], most: int) -> list[Part]:
    """Return the parts to be loaded: the first ones, up to `most` items or so, and opened ones."""
    wanted, loaded = [], 0
    for part in top.walk():
        size = WINDOW if _is_long(part) else part.own_items
        fits = loaded < most and loaded + size <= LOADED_AT_MOST
        asked = _id_of(part) in opened and loaded < OPENED
        if fits or asked or (most and not size):
            wanted.append(part)
            loaded += size
    return wanted


def _id_of(part: Part) -> int:
    return part.section.pk if part.section else 0


def _set_windows(
    reading_list: ReadingList,
    parts: list[Part],
    opened: Collection[int],
    start: int,
    past: int | None,
) -> None:
    """Let the long ones of the opened parts begin there, or at their last item before it."""
    for part in parts:
        if _id_of(part) in opened and _is_long(part):
            if past is not None:
                start = _in_order(reading_list, part).filter(rank__lte=past).count()
            part.start = max(0, min(start, part.own_items - 1))


def _is_long(part: Part) -> bool:
    return part.own_items > LOADED_AT_MOST


def _in_window(reading_list: ReadingList, part: Part) -> list[int]:
    """Return the ids of the items in the window of a long part: one range of the index."""
    ids = _in_order(reading_list, part).values_list("pk", flat=True)
    return list(ids[part.start : part.start + WINDOW])


def _in_order(reading_list: ReadingList, part: Part) -> QuerySet[Item]:
    items = Item.objects.filter(reading_list=reading_list, section=part.section)
    return items.order_by("rank", "pk")


def _load(reading_list: ReadingList, parts: list[Part], *, windows: bool = False) -> None:
    """Read the items of these parts, with their pages, other links and what they come after.

    With `windows`, of long parts only a window is read.
    """
    by_section: dict[int | None, list[Item]] = {}
    wanted, short = Q(), []
    for part in parts:
        part.items = by_section[part.section.pk if part.section else None] = []
        if windows and _is_long(part):
            wanted |= Q(pk__in=_in_window(reading_list, part))
        elif part.section is None:
            wanted |= Q(section=None)
        else:
            short.append(part.section.pk)
    if short or not wanted:
        wanted |= Q(section__in=short)
    items = Item.objects.filter(wanted, reading_list=reading_list).select_related("page")
    earlier = Prerequisite.objects.select_related("earlier__page")
    if windows:
        items, earlier = items.defer(*NOT_SHOWN), earlier.only(*OF_EARLIER)
    items = items.prefetch_related(
        Prefetch("credit", queryset=User.objects.only("username")),
        "alternates",
        Prefetch("prerequisites", queryset=earlier),
    )
    for item in items.order_by("rank", "pk"):
        if item.section_id in by_section:
            by_section[item.section_id].append(item)


def next_up(
    reader: User, tops: Mapping[int, Part], marks: Mapping[int, list[Mark]]
) -> dict[int, Item]:
    """Return what the reader is at in each list, else the first in order that is not done.

    `tops` and `marks` are by the ids of the lists; one query however many.
    """
    wanted = Q()
    for list_id, top in tops.items():
        order = {part.section.pk if part.section else None: part for part in top.walk()}
        aside: dict[int | None, int] = {}
        at: dict[int | None, list[tuple[int, int]]] = {}
        for line, state in marks[list_id]:
            if state in LEFT_ASIDE:
                aside[line.section_id] = aside.get(line.section_id, 0) + 1
            elif state == State.READING:
                at.setdefault(line.section_id, []).append((line.rank, line.item_id))
        if found := next((at[key] for key in order if key in at), None):
            wanted |= Q(pk=min(found)[1])
            continue
        left = (key for key, part in order.items() if part.own_items > aside.get(key, 0))
        if (section_id := next(left, 0)) != 0:
            first = _not_done(reader).filter(reading_list=list_id, section=section_id)
            wanted |= Q(pk=Subquery(first.order_by("rank", "pk").values("pk")[:1]))
    items = Item.objects.filter(wanted).select_related("page") if wanted else ()
    return {item.reading_list_id: item for item in items}


def _not_done(reader: User) -> QuerySet[Item]:
    theirs = Progress.objects.filter(reader=reader, state__in=LEFT_ASIDE)
    return Item.objects.exclude(Exists(theirs.filter(page=OuterRef("page")))).exclude(
        Exists(theirs.filter(item=OuterRef("pk")))
    )
