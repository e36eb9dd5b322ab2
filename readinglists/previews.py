"""What a person sees of a list before it is imported. Import `preview_of`, `Preview`."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from accounts.models import User
from bookmarks.links import BadUrl, page_key
from bookmarks.models import Bookmark, Page
from readinglists.importing import list_draft, read_of
from readinglists.markdown.tree import ReadItem, ReadMarkdown, ReadSection
from readinglists.models import ListImport, Progress
from readinglists.newer import Newer, newer_of
from readinglists.plans import identity_of

AT_ONCE = 500


@dataclass
class PreviewItem:
    """An item as it would come in; `place` is its number, `new` false if the list has it."""

    place: int
    item: ReadItem
    twice: bool = False
    kept: bool = True
    new: bool = True


@dataclass
class PreviewSection:
    """A section as it would come in; `number` is by what it is left out."""

    number: int
    section: ReadSection
    kept: bool = True
    items: list[PreviewItem] = field(default_factory=list)


@dataclass
class Preview:
    """A list as it would come in, with what is known of it to the person already."""

    read: ReadMarkdown
    title: str
    sections: list[PreviewSection]
    items: int = 0
    alternates: int = 0
    duplicates: int = 0
    have: int = 0
    have_read: int = 0
    known: int = 0
    new: int = 0
    newer: Newer = field(default_factory=Newer)

    @property
    def headings(self) -> int:
        """How many sections have a heading."""
        return sum(1 for one in self.sections if one.section.level and one.kept)


def preview_of(row: ListImport) -> Preview:
    """Return the preview of an import; a few queries, however long the list is."""
    read = read_of(row)
    without_sections = set(row.choices.get("without_sections", []))
    without_items = set(row.choices.get("without_items", []))
    newer = newer_of(row.reading_list, read)
    seen: Counter[str] = Counter()
    sections, place = [], 0
    for number, section in enumerate(read.top.walk()):
        shown = PreviewSection(number, section, number not in without_sections)
        for item in section.items:
            identity = identity_of(item.draft.url, item.draft.title)
            seen[identity] += 1
            kept = shown.kept and place not in without_items
            new = place not in newer.known
            shown.items.append(PreviewItem(place, item, seen[identity] > 1, kept, new))
            place += 1
        if section.level or section.items:
            sections.append(shown)
    title = row.reading_list.title if row.reading_list else list_draft(row, read).title
    preview = Preview(read, title, sections, newer=newer)
    kept_items = [one for section in sections for one in section.items if one.kept]
    preview.new = sum(one.new for one in kept_items)
    preview.known = len(kept_items) - preview.new
    preview.items = len(kept_items)
    preview.alternates = sum(len(one.item.draft.alternates) for one in kept_items)
    preview.duplicates = sum(one.twice for one in kept_items)
    preview.have, preview.have_read = _known_to(row.owner, kept_items)
    return preview


def _known_to(owner: User, items: list[PreviewItem]) -> tuple[int, int]:
    """Return how many of these pages the person has bookmarked, and how many they have read."""
    urls = {one.item.draft.url for one in items if one.item.draft.url}
    page_keys = set[str]()
    for url in urls:
        with suppress(BadUrl):
            page_keys.add(page_key(url))
    have = have_read = 0
    for keys in _parts(sorted(page_keys)):
        pages = Page.objects.filter(key__in=keys)
        have += (
            Bookmark.objects.filter(owner=owner, page__in=pages).values("page").distinct().count()
        )
        theirs = Progress.objects.filter(reader=owner, page__in=pages)
        have_read += theirs.filter(state=Progress.State.READ).count()
    return have, have_read


def _parts(keys: list[str]) -> list[list[str]]:
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
