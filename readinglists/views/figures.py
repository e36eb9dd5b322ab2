"""The parts of a list's page that tell how much there is and how far its reader is, for scripts.

Import `figures_of`, `ItemProgress`.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from readinglists.models import ReadingList
from readinglists.outline import Outline, Totals, read_outline
from readinglists.paths import path_of
from readinglists.views.access import reader_of


@dataclass(frozen=True)
class ItemProgress:
    """An item as far as its buttons need it."""

    id: int
    path: str
    state: str


@dataclass(frozen=True)
class PartProgress:
    """A section as far as its bar needs it."""

    id: int
    totals: Totals


def figures_of(
    request: HttpRequest,
    reading_list: ReadingList,
    section_ids: Collection[int | None],
    entry: ItemProgress | None = None,
) -> HttpResponse:
    """Answer with the figures of a list, of these sections and those around them, and an item's."""
    outline = read_outline(reading_list, reader_of(request), bare=True)
    context = {
        "entry": entry,
        "parts": _parts_around(outline, section_ids),
        "totals": outline.totals,
        "next_up": outline.next_up,
        "head": {"path": path_of(reading_list)},
    }
    return render(request, "readinglists/_noted.html", context)


def _parts_around(outline: Outline, section_ids: Collection[int | None]) -> list[PartProgress]:
    """Return these sections and those around them, each once."""
    parts = {part.section.pk: part for part in outline.top.walk() if part.section}
    around: dict[int, PartProgress] = {}
    for section_id in section_ids:
        while section_id and section_id not in around and (part := parts.get(section_id)):
            around[section_id] = PartProgress(section_id, part.totals)
            section_id = part.section.parent_id if part.section else None  # noqa: PLW2901 - upwards
    return list(around.values())
