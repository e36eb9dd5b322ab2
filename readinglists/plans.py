"""What an import does, in order. Import `plan_of`, `bare_sections`, `Planned`,
`identity_of`, `section_for`.

A plan follows from the text and the corrections alone, so that a worker can go on with what another
began.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bookmarks.links import BadUrl, page_key
from readinglists.lists import add_section
from readinglists.markdown.tree import ReadItem, ReadMarkdown, ReadSection
from readinglists.models import ReadingList, Section
from readinglists.models.item import MAX_DEPTH
from readinglists.models.reading_list import MAX_TITLE

# Between the titles of sections that are deeper than a list can have them.
BELOW = " › "


@dataclass(frozen=True)
class Planned:
    """An item with its number in the file and that of its section, 0 before all sections."""

    place: int
    section: int
    item: ReadItem


def plan_of(read: ReadMarkdown, choices: Mapping[str, Any]) -> list[Planned]:
    """Return the items to import, without those that were left out in the preview."""
    without_sections = set(choices.get("without_sections", []))
    without_items = set(choices.get("without_items", []))
    plan, place = [], 0
    for number, section in enumerate(read.top.walk()):
        for item in section.items:
            if number not in without_sections and place not in without_items:
                plan.append(Planned(place, number, item))
            place += 1
    return plan


def bare_sections(read: ReadMarkdown, choices: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the sections that have no items, nor any below them.

    Somebody wrote their headings into the list: they come in all the same, but those left out.
    """
    without = set(choices.get("without_sections", []))
    return [
        number
        for number, section in enumerate(read.top.walk())
        if section.level and number not in without and not any(s.items for s in section.walk())
    ]


def identity_of(url: str, title: str) -> str:
    """Return by what an item is known again: its page, else its title."""
    try:
        return page_key(url) if url else f"title {' '.join(title.split()).casefold()}"
    except BadUrl:
        return url


def section_for(
    read: ReadMarkdown,
    number: int,
    reading_list: ReadingList,
    made: dict[str, int],
    found: dict[int, Section],
) -> Section | None:
    """Return the section of that number in the list, made now with those above it if need be.

    A list has sections three deep at most: deeper ones stand beside the third and are called after
    it too, "Third › Fourth". A section that the list had under that title at that place is taken
    as it is. `made` has what was made before, and what is known to be another's continuation.
    """
    if known := found.get(made.get(str(number), 0)):
        return known
    line: list[Section] = []
    for at, section in _trail(read, number)[1:]:
        known = found.get(made.get(str(at), 0))
        if known is None:
            title = section.title[:MAX_TITLE]
            if line and line[-1].depth >= MAX_DEPTH:
                title = f"{line[-1].title}{BELOW}{title}"
                title = title if len(title) <= MAX_TITLE else section.title[:MAX_TITLE]
            parents = [one for one in line if one.depth < MAX_DEPTH]
            known = _section(reading_list, title, section, parents, made)
            made[str(at)] = known.pk
            found[known.pk] = known
        line.append(known)
    return line[-1] if line else None


def _section(
    reading_list: ReadingList,
    title: str,
    section: ReadSection,
    parents: list[Section],
    made: dict[str, int],
) -> Section:
    parent = parents[-1] if parents else None
    there = Section.objects.filter(reading_list=reading_list, parent=parent, title=title)
    same = there.exclude(pk__in=made.values()).order_by("rank").first()
    return same or add_section(reading_list, title, note=section.note, parent=parent)


def _trail(read: ReadMarkdown, number: int) -> list[tuple[int, ReadSection]]:
    """Return a section after those it is in, each with its number."""
    trail: list[tuple[int, ReadSection]] = []
    for at, section in enumerate(read.top.walk()):
        while trail and trail[-1][1].level >= section.level:
            trail.pop()
        trail.append((at, section))
        if at == number:
            break
    return trail
