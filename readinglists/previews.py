"""What a person sees of a list before it is imported. Import `preview_of`, `Preview`."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from accounts.models import User
from bookmarks.links import BadUrl, page_key
from bookmarks.models import Bookmark, Page
from bookmarks.wording import counted
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
    def counts(self) -> str:
        """What would come in, in words; what there is none of is left out."""
        named = sum(1 for one in self.sections if one.kept and one.section.level)
        inside = f" in {_counted(named, 'section')}" if named else ""
        more = [
            _counted(self.alternates, "other link"),
            f"{self.duplicates:,} listed twice" if self.duplicates else "",
        ]
        return ", ".join(
            filter(None, [f"{_counted(self.items, 'item') or 'no items'}{inside}", *more])
        )

    @property
    def had(self) -> str:
        """What of it the person has already, in words; "" for nothing."""
        have = f"You already have {self.have:,} of them" if self.have else ""
        read = f"you have read {self.have_read:,}" if self.have_read else ""
        words = " and ".join(filter(None, [have, read]))
        return words[:1].upper() + words[1:]

    @property
    def left_out(self) -> str:
        """What of the file does not come in, in words; "" for nothing."""
        dropped, unparsed = len(self.read.dropped), len(self.read.unparsed)
        were = "was" if unparsed == 1 else "were"
        words = [
            f"{_counted(dropped, 'part')} of the file left out" if dropped else "",
            f"{_counted(unparsed, 'line')} {were} not understood" if unparsed else "",
        ]
        return ", ".join(filter(None, words))


def _counted(number: int, word: str) -> str:
    """Return "1 item", "2 items"; "" for none."""
    return counted(number, word) if number else ""


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
