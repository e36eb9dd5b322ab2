"""What a newer version of a file says that a list made of it does not. Import `newer_of`, `Newer`.

Only what is new is added. What a list's people wrote stays as it is, and what the file calls
otherwise, or has no more, is told.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from readinglists.items import MAX_ITEMS
from readinglists.markdown.tree import ReadItem, ReadMarkdown
from readinglists.models import Item, ReadingList, Section
from readinglists.plans import identity_of

# A shorter title is that of many things.
LONG_TITLE = 12


@dataclass
class Newer:
    """How a file compares with a list.

    `known` has the items of the list by their number in the file; `renamed` their titles in the
    list and in the file, where these differ; `gone` those of the list that the file has not;
    `sections` the list's sections, by number, that go on as others in the file.
    """

    known: dict[int, Item] = field(default_factory=dict)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    gone: list[Item] = field(default_factory=list)
    sections: dict[str, int] = field(default_factory=dict)


def newer_of(reading_list: ReadingList | None, read: ReadMarkdown) -> Newer:
    """Return how what was read compares with a list; with none, all is new. Two queries."""
    if reading_list is None:
        return Newer()
    items = list(reading_list.items.select_related("page").order_by("rank", "pk")[:MAX_ITEMS])
    newer = Newer(known=_known(items, read.items()))
    told = {one.pk for one in newer.known.values()}
    newer.gone = [one for one in items if one.pk not in told]
    for place, entry in enumerate(read.items()):
        title, own = entry.draft.title, newer.known.get(place)
        if own is not None and own.title and _folded(own.title) != _folded(title):
            newer.renamed.append((own.title, title))
    newer.sections = _sections(reading_list, read, newer.known)
    return newer


def _known(items: list[Item], entries: list[ReadItem]) -> dict[int, Item]:
    """Return the items that entries are: of the same page, else with the same long title."""
    known: dict[int, Item] = {}
    by_page: dict[str, list[Item]] = defaultdict(list)
    for item in reversed(items):
        by_page[identity_of(item.url, item.title)].append(item)
    for place, entry in enumerate(entries):
        if same := by_page[identity_of(entry.draft.url, entry.draft.title)]:
            known[place] = same.pop()
    titles = Counter(_folded(entry.draft.title) for entry in entries)
    left = [item for rest in by_page.values() for item in rest]
    often = Counter(_folded(item.title) for item in items)
    by_title = {_folded(item.title): item for item in left if often[_folded(item.title)] == 1}
    for place, entry in enumerate(entries):
        title = _folded(entry.draft.title)
        telling = place not in known and len(title) >= LONG_TITLE and titles[title] == 1
        if telling and title in by_title:
            known[place] = by_title.pop(title)
    return known


def _sections(
    reading_list: ReadingList, read: ReadMarkdown, known: dict[int, Item]
) -> dict[str, int]:
    """Return which sections of the list are called otherwise in the file: by what is in them.

    One whose title the file still has is not among them.
    """
    titles = {_folded(section.title) for section in read.top.walk()}
    own = Section.objects.filter(reading_list=reading_list).values_list("pk", "title")
    strange = {pk for pk, title in own if _folded(title.rpartition(" › ")[2]) not in titles}
    there = {_folded(title) for _, title in own}
    found: dict[str, int] = {}
    place = 0
    for number, section in enumerate(read.top.walk()):
        here = [known[at] for at in range(place, place + len(section.items)) if at in known]
        place += len(section.items)
        counts = Counter(item.section_id for item in here if item.section_id in strange)
        if section.level and counts and _folded(section.title) not in there:
            pk, most = counts.most_common(1)[0]
            if most * 2 > len(here) and pk not in found.values():
                found[str(number)] = int(pk or 0)
    return found


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
