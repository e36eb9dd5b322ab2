"""Lists as they are shown on pages. Import `ListHead`, `head_of`, `PartEntry`, `parts_of`,
`ItemEntry`, `entry_of`, `title_of`, `note_html`.

Pure presentation, without a query: all that a template would have to work out is worked out here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from accounts.models import User
from bookmarks.entries import AUTHORS_NAMED, PLAIN_KINDS, safe_href
from bookmarks.links import site_of
from bookmarks.markup import Html, markdown, plain_title
from bookmarks.models import Page
from bookmarks.paths import list_path as bookmarks_path
from bookmarks.wording import cut_at_word
from readinglists.estimates import in_words, minutes_of
from readinglists.models import Item, ReadingList
from readinglists.outline import WINDOW, Outline, Part, Totals
from readinglists.paths import item_path, list_path, section_path

WORDS_OF_NOTE = 80
# Letters of a title in the label of a button.
LABELLED = 60


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One item, ready for its template. Empty strings stand for what is not shown.

    `href` is empty for words alone, `state` is the reader's own, `chips` are need, level and pass,
    `after` the titles and places of what it is best read after, `short` the title for labels.
    Ids are text: there are many on a page, and templates would look up how to write each number.
    """

    id: str
    number: str
    own_number: bool
    path: str
    href: str
    title: str
    kind: str
    site: str
    facts: str
    time: str
    note: Html
    alternates: list[tuple[str, str, str]]
    chips: list[str]
    after: list[tuple[str, str]]
    stars: int
    tags: list[tuple[str, str]]
    credit: str
    state: str
    next_up: bool
    short: str

    # Templates try entry["title"] before entry.title; this spares them a TypeError each time.
    __getitem__ = object.__getattribute__


@dataclass(frozen=True, slots=True)
class PartEntry:
    """A section, or what stands before all (`id` 0). `items` is None where they are not loaded.

    `number` is its place among the sections ("2.1"), `level` that of its heading, `count` how many
    items it has itself, `totals` what is in it and below. Of a long section a window is loaded:
    `earlier` and `more` are how many items stand before and behind it, and the query that shows
    them; what stands behind is named by the rank it is behind, as items may leave meanwhile.
    """

    id: str
    number: str
    level: str
    title: str
    note: Html
    path: str
    open_url: str
    items: list[ItemEntry] | None
    count: int
    totals: Totals
    earlier: tuple[int, str] | None
    more: tuple[int, str] | None

    __getitem__ = object.__getattribute__


def note_html(text: str) -> Html:
    """Return a note in Markdown as HTML."""
    return markdown(text)


def title_of(item: Item) -> str:
    """Return what an item is called: by its list, by its page, by its address, by its note."""
    facts = item.facts
    words = item.note.strip().partition("\n")[0][:WORDS_OF_NOTE]
    return item.title or (facts.title if facts else "") or item.url or words


def parts_of(outline: Outline, only: int | None = None) -> list[PartEntry]:
    """Return the parts of a list in order, what stands before all sections first.

    With `only`, just the section of that id.
    """
    loaded = {_id_of(part) for part in outline.top.walk() if part.items is not None}
    shown, first = [], 1
    for place in _numbered(outline.top):
        if only is None or _id_of(place[0]) == only:
            shown.append(_part_entry(outline, place, first, loaded))
        first += place[0].own_items
    return shown


def _numbered(top: Part, number: str = "", level: int = 1) -> Iterator[tuple[Part, str, int]]:
    """Yield a part and all below it, each with its number and the level of its heading."""
    yield top, number, level
    for place, part in enumerate(top.parts, 1):
        inner = f"{number}.{place}" if number else f"{place}"
        yield from _numbered(part, inner, level + 1)


def _id_of(part: Part) -> int:
    return part.section.pk if part.section else 0


def _part_entry(
    outline: Outline, place: tuple[Part, str, int], first: int, loaded: set[int]
) -> PartEntry:
    part, number, level = place
    reading_list, section = outline.reading_list, part.section
    owner, part_id = reading_list.owner.username, _id_of(part)
    items, end = None, part.own_items
    if part.items is not None:
        end = part.start + len(part.items)
        items = [
            entry_of(item, outline, order, loaded)
            for order, item in enumerate(part.items, first + part.start)
        ]
    return PartEntry(
        id=str(part_id),
        number=number,
        level=str(level),
        title=section.title if section else "",
        # That of a section whose items wait comes with them.
        note=note_html(section.note if section and items is not None else ""),
        path=section_path(owner, reading_list.slug, part_id),
        open_url=f"{list_path(owner, reading_list.slug)}?open={part_id}#s-{part_id}",
        items=items,
        count=part.own_items,
        totals=part.totals,
        earlier=_window(part_id, part.start, f"from={max(0, part.start - WINDOW)}"),
        more=_window(part_id, part.own_items - end, f"past={_last_rank(part)}"),
    )


def _last_rank(part: Part) -> int:
    return part.items[-1].rank if part.items else 0


def _window(part_id: int, left: int, place: str) -> tuple[int, str] | None:
    """Return how many items are left on a side, and the query of the list that begins there."""
    return (left, f"?open={part_id}&{place}") if left > 0 else None


def entry_of(item: Item, outline: Outline, place: int, loaded: set[int]) -> ItemEntry:
    """Return an item as it is shown at its place; `loaded` are the sections on the same page."""
    reading_list, facts = outline.reading_list, item.facts
    owner = reading_list.owner.username
    minutes, title = minutes_of(item), title_of(item)
    return ItemEntry(
        id=str(item.pk),
        own_number=bool(item.number),
        number=item.number or str(place),
        path=item_path(owner, reading_list.slug, item.pk),
        href=safe_href(item.url) if item.url else "",
        title=title,
        kind="" if facts is None or facts.kind in PLAIN_KINDS else facts.kind,
        site=_site_at("/".join(item.url.split("/", 3)[:3])) if item.url else "",
        facts=_facts_line(item, facts),
        time=in_words(minutes) if minutes else "",
        # An item of a note alone has that for its title, whole.
        note=note_html(item.note),
        alternates=[
            (other.label or other.get_role_display(), safe_href(other.url), other.role)
            for other in item.alternates.all()
        ],
        chips=_chips(item),
        after=_after(item, reading_list, loaded),
        stars=item.stars,
        tags=[(label, bookmarks_path(labels=(label,))) for label in item.labels],
        credit=item.credit.username if item.credit else "",
        state=outline.states.get(item.pk, ""),
        next_up=outline.next_up is not None and outline.next_up.pk == item.pk,
        short=cut_at_word(plain_title(title), LABELLED),
    )


def _chips(item: Item) -> list[str]:
    chips = [item.get_need_display() if item.need else "", item.level]
    chips.append(f"{item.reading_pass} it" if item.reading_pass else "")
    return [chip for chip in chips if chip]


def _after(item: Item, reading_list: ReadingList, loaded: set[int]) -> list[tuple[str, str]]:
    owner, slug = reading_list.owner.username, reading_list.slug
    return [
        (
            title_of(one.earlier),
            f"#i-{one.earlier_id}"
            if (one.earlier.section_id or 0) in loaded
            else item_path(owner, slug, one.earlier_id),
        )
        for one in item.prerequisites.all()
    ]


def _facts_line(item: Item, facts: Page | None) -> str:
    """Return who wrote it, when and where: "Ada, Grace · 2016 · ICML"; the list's words first."""
    names, year, venue = item.authors_text, str(item.year or ""), item.venue
    if facts:
        if not names:
            names = ", ".join(str(name) for name in facts.authors[:AUTHORS_NAMED])
            names += " et al." if len(facts.authors) > AUTHORS_NAMED else ""
        published = facts.published[:4]
        year = year or (published if published.isdecimal() else "")
        venue = venue or str(facts.details.get("venue") or "")
    return " · ".join(filter(None, (names, year, venue)))


@lru_cache(maxsize=4096)
def _site_at(origin: str) -> str:
    try:
        return site_of(origin)
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class ListHead:
    """What stands above the items of a list, and who may do what with it."""

    title: str
    path: str
    description: Html
    owner: str
    owner_path: str
    editors: list[tuple[str, str]]
    tags: list[tuple[str, str]]
    visibility: str
    items: int
    sections: int
    followers: int
    editable: bool
    owned: bool


def head_of(
    reading_list: ReadingList, editors: Sequence[User], viewer: User | None, sections: int = 0
) -> ListHead:
    """Return the head of a list; `editors` are its co-editors, `viewer` who looks at it."""
    owner = reading_list.owner.username
    owned = viewer is not None and viewer.pk == reading_list.owner_id
    return ListHead(
        title=reading_list.title,
        path=list_path(owner, reading_list.slug),
        description=note_html(reading_list.description),
        owner=owner,
        owner_path=bookmarks_path(owner),
        editors=[(one.username, bookmarks_path(one.username)) for one in editors],
        tags=[(label, bookmarks_path(labels=(label,))) for label in reading_list.labels],
        visibility=reading_list.visibility,
        items=reading_list.item_count,
        sections=sections,
        followers=reading_list.follower_count,
        editable=owned or (viewer is not None and viewer.pk in {one.pk for one in editors}),
        owned=owned,
    )
