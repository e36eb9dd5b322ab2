"""How far a reader is with several lists at once. Import `read_summaries`, `Summary`,
`lists_in_progress`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from readinglists.lines import known_of, marks_of
from readinglists.models import Item, ListReading, ReadingList, Section
from readinglists.outline import Totals, arrange, next_up


@dataclass(frozen=True)
class Summary:
    """A list with how far the reader is; `next_up` is what to read now, None when all is done."""

    reading_list: ReadingList
    totals: Totals
    next_up: Item | None


def lists_in_progress(reader: User, most: int) -> list[ReadingList]:
    """Return the lists in which a reader noted progress, the last one first, with their owners.

    Lists that were made private meanwhile are left out; `most` are looked at.
    """
    readings = ListReading.objects.filter(reader=reader).order_by("-last_at", "-pk")[:most]
    ids = list(readings.values_list("reading_list_id", flat=True))
    readable = ReadingList.objects.readable_by(reader).select_related("owner").in_bulk(ids)
    return [readable[pk] for pk in ids if pk in readable]


def read_summaries(lists: Sequence[ReadingList], reader: User) -> list[Summary]:
    """Return a summary of each list, in the given order; five queries however many."""
    known = known_of(lists)
    marks = marks_of(reader, known)
    sections: dict[int, list[Section]] = defaultdict(list)
    for section in Section.objects.filter(reading_list__in=list(known)).order_by("rank", "pk"):
        sections[section.reading_list_id].append(section)
    tops = {pk: arrange(sections[pk], one.counts, marks[pk]) for pk, one in known.items()}
    items = next_up(reader, tops, marks)
    return [Summary(one, tops[one.pk].totals, items.get(one.pk)) for one in lists]
