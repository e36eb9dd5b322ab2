"""The pictures of a list's plan: boxes, bars and columns. Import `in_order`, `weeks_of`,
`graph_of`, `columns_of`. What each shows stands beside it in words as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bookmarks.markup import plain_title
from readinglists.entries import title_of
from readinglists.estimates import in_words
from readinglists.graph import Picture, lay_out
from readinglists.lines import Line, lines_of
from readinglists.models import Item, Prerequisite, ReadingList
from readinglists.outline import Outline
from readinglists.paths import item_path
from readinglists.planning import Plan, Week, count_by_week

WEEKS_SHOWN = 52
ITEMS_NAMED = 12  # of each week
WEEKS_BACK = 26
LABEL = 24  # letters of a title that fit into its box
BAR = 400  # the length of a full week
COLUMN, TALLEST = 14, 80


@dataclass(frozen=True)
class PlannedWeek:
    """A week as it is shown; `bars` are the places and lengths of what is read in it."""

    number: int
    starts: date
    time: str
    bars: Sequence[tuple[int, int, str]]
    items: Sequence[tuple[str, str, str]]
    more: int


@dataclass(frozen=True)
class Column:
    """A past week: how many were read, and its column in the picture."""

    starts: date
    count: int
    x: int
    y: int
    height: int


def in_order(outline: Outline) -> list[Line]:
    """Return the lines of a list in the order in which its page shows them."""
    places = {
        part.section.pk if part.section else None: place
        for place, part in enumerate(outline.top.walk())
    }
    return sorted(
        lines_of(outline.reading_list),
        key=lambda line: (places.get(line.section_id, 0), line.rank, line.item_id),
    )


def weeks_of(reading_list: ReadingList, plan: Plan, hours: int) -> list[PlannedWeek]:
    """Return the first weeks of a plan, with the titles of what is read in them; one query."""
    shown = plan.weeks[:WEEKS_SHOWN]
    named = {one.item_id for week in shown for one in week.slices[:ITEMS_NAMED]}
    items = Item.objects.select_related("page").in_bulk(named)
    return [_planned(reading_list, week, items, hours) for week in shown]


def _planned(
    reading_list: ReadingList, week: Week, items: dict[int, Item], hours: int
) -> PlannedWeek:
    bars, names, at = [], [], 0
    for one in week.slices[:ITEMS_NAMED]:
        item = items.get(one.item_id)
        title = title_of(item) if item else ""
        length = max(1, BAR * one.minutes // (60 * hours))
        bars.append((at, length, plain_title(title)))
        at += length
        path = item_path(reading_list.owner.username, reading_list.slug, one.item_id)
        part = "" if one.begins and one.ends else "begin" if one.begins else "go on"
        part = "finish" if one.ends and not one.begins else part
        names.append((title, path, part))
    more = len(week.slices) - len(names)
    return PlannedWeek(week.number, week.starts, in_words(week.minutes), bars, names, more)


def graph_of(
    reading_list: ReadingList, lines: Sequence[Line]
) -> tuple[Picture, list[tuple[str, str]]] | None:
    """Return the picture of what is read after what with a sentence for each line; None without.

    The sentences say the same for those who do not see the picture.
    """
    links = Prerequisite.objects.filter(item__reading_list=reading_list)
    edges = list(links.values_list("earlier_id", "item_id"))
    tied = {one for edge in edges for one in edge}
    items = Item.objects.filter(reading_list=reading_list).select_related("page").in_bulk(tied)
    titles = {
        line.item_id: plain_title(title_of(items[line.item_id]))
        for line in lines
        if line.item_id in items
    }
    picture = lay_out(titles, edges)
    if picture is None:
        return None
    drawn = {box.id for box in picture.boxes}
    order = {item_id: place for place, item_id in enumerate(titles)}
    rows = sorted(
        ((later, earlier) for earlier, later in edges if {earlier, later} <= drawn),
        key=lambda row: (order[row[0]], order[row[1]]),
    )
    return picture, [(titles[later], titles[earlier]) for later, earlier in rows]


def columns_of(times: Iterable[datetime], today: date) -> list[Column]:
    """Return the last weeks with how many items were read in each; none if nothing was."""
    counts = count_by_week([at.date() for at in times], today, WEEKS_BACK)
    most = max((count for _, count in counts), default=0)
    if not most:
        return []
    heights = [TALLEST * count // most for _, count in counts]
    return [
        Column(starts, count, COLUMN * place, TALLEST - height, height)
        for place, ((starts, count), height) in enumerate(zip(counts, heights, strict=True))
    ]
