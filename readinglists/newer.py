"""What a newer version of a file says that a list made of it does not. Import `newer_of`, `Newer`.

Only what is new is added. What a list's people wrote stays as it is, and what the file calls
otherwise, or has no more, is told.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from readinglists.items import MAX_ITEMS
from readinglists.markdown.tree import ReadItem, ReadMarkdown, ReadSection
from readinglists.models import Item, ReadingList, Section
from readinglists.plans import BELOW, identity_of
from readinglists.sequences import moved

# A shorter title is that of many things.
LONG_TITLE = 12


@dataclass
class Newer:
    """How a file compares with a list.

    `known` has the items of the list by their number in the file; `renamed` their titles in the
    list and in the file, where these differ; `gone` those of the list that the file has not;
    `moved` those that it has in another section, or in another order; `sections` the list's
    sections, by number, that go on as others in the file.
    """

    known: dict[int, Item] = field(default_factory=dict)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    gone: list[Item] = field(default_factory=list)
    moved: list[Item] = field(default_factory=list)
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
    titles = dict(Section.objects.filter(reading_list=reading_list).values_list("pk", "title"))
    newer.sections = _sections(titles, read, newer.known)
    newer.moved = _moved(titles, read, newer)
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
    own: Mapping[int, str], read: ReadMarkdown, known: Mapping[int, Item]
) -> dict[str, int]:
    """Return which sections of the list are called otherwise in the file: by what is in them.

    One whose title the file still has is not among them.
    """
    titles = {_folded(section.title) for section in read.top.walk()}
    strange = {pk for pk, title in own.items() if _named(title) not in titles}
    there = {_folded(title) for title in own.values()}
    found: dict[str, int] = {}
    for number, (section, here) in enumerate(_known_in(read, known)):
        counts = Counter(item.section_id for item in here if item.section_id in strange)
        if section.level and counts and _folded(section.title) not in there:
            pk, most = counts.most_common(1)[0]
            if most * 2 > len(here) and pk not in found.values():
                found[str(number)] = int(pk or 0)
    return found


def _moved(own: Mapping[int, str], read: ReadMarkdown, newer: Newer) -> list[Item]:
    """Return the items that the file has elsewhere: as few as make its order of the list's."""
    named: dict[str, set[int | None]] = defaultdict(set)
    for pk, title in own.items():
        named[_named(title)].add(pk)
    found: list[Item] = []
    for number, (section, here) in enumerate(_known_in(read, newer.known)):
        homes: set[int | None] = named[_folded(section.title)] if section.level else {None}
        if str(number) in newer.sections:
            homes = {newer.sections[str(number)]}
        counts = Counter(item.section_id for item in here if item.section_id in homes)
        home = counts.most_common(1)[0][0] if counts else 0
        ranks = {item.pk: item.rank for item in here if item.section_id == home}
        gone_over = moved(ranks, list(ranks))
        found += [item for item in here if item.pk not in ranks or item.pk in gone_over]
    return found


def _known_in(
    read: ReadMarkdown, known: Mapping[int, Item]
) -> Iterator[tuple[ReadSection, list[Item]]]:
    """Yield each section of the file with what the list knows of its items, in order."""
    place = 0
    for section in read.top.walk():
        end = place + len(section.items)
        yield section, [known[at] for at in range(place, end) if at in known]
        place = end


def _named(title: str) -> str:
    """Return the title of a section of a list as the file has it, which may be deeper there."""
    return _folded(title.rpartition(BELOW)[2])


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
