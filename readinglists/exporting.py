"""Lists on their way out. Import `export_list`, `export_citations`, `export_bookmarks`,
`bullet_of`, `draft_of`, `LIST_FORMATS`, `CITATION_FORMATS`.

Everything is written as it is read: a few hundred items are in memory at a time. BIBTEX, BIBLATEX,
RIS and CSL_JSON cite one's own bookmarks; EXPORT_FORMATS names them to bookmarks.exporting.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from bookmarks.exporting import ListingFormat
from bookmarks.listing import Listing, walk_bookmarks
from readinglists.citation_keys import keyed_records
from readinglists.citations.bibtex import write_biblatex, write_bibtex
from readinglists.citations.csl import write_csl
from readinglists.citations.record import CitationRecord
from readinglists.citations.ris import write_ris
from readinglists.citations.works import cited_bookmark, cited_item
from readinglists.drafts import AlternateDraft, ItemDraft
from readinglists.markdown.write import Head, Heading, bullet, write_list
from readinglists.models import Item, ReadingList, Section

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

BATCH = 200
# Bookmarks with a tag that anybody may cite; their owner may all of them.
MOST_BOOKMARKS = 5000

CITATION_FORMATS: dict[str, Callable[[Iterable[CitationRecord]], Iterator[str]]] = {
    "bibtex": write_bibtex,
    "biblatex": write_biblatex,
    "ris": write_ris,
    "csl-json": write_csl,
}
LIST_FORMATS = ("markdown", "json", *CITATION_FORMATS)
# The media type of each and the ending of its files; what citations are called and good for.
TYPES = {
    "markdown": ("text/markdown", "md"),
    "json": ("application/json", "json"),
    "bibtex": ("application/x-bibtex", "bib"),
    "biblatex": ("application/x-bibtex", "bib"),
    "ris": ("application/x-research-info-systems", "ris"),
    "csl-json": ("application/vnd.citationstyles.csl+json", "json"),
}
CITATION_NAMES = {
    "bibtex": ("BibTeX", "for LaTeX, whatever the style"),
    "biblatex": ("BibLaTeX", "for LaTeX with biblatex"),
    "ris": ("RIS", "for EndNote, Mendeley and most others"),
    "csl-json": ("CSL-JSON", "for Zotero and Pandoc; the fullest"),
}


def export_list(form: str, reading_list: ReadingList) -> Iterator[str]:
    """Yield a list in one of LIST_FORMATS."""
    whole = {"markdown": export_markdown, "json": export_json}
    return whole[form](reading_list) if form in whole else export_citations(form, reading_list)


def export_markdown(reading_list: ReadingList) -> Iterator[str]:
    """Yield a list as Markdown (readinglists.markdown.write tells its grammar)."""
    head = Head(
        reading_list.title,
        reading_list.description,
        tuple(reading_list.labels),
        reading_list.front_matter,
    )
    return write_list(head, map(_part_of, walk(reading_list)))


def export_json(reading_list: ReadingList) -> Iterator[str]:
    """Yield a list as one JSON object: its sections in order, each with its own items.

    What stands before all sections is a section without a title, of level 0. `id` numbers an item
    within the file, and `after` names by it what an item is best read after.
    """
    about = {
        "title": reading_list.title,
        "description": reading_list.description,
        "tags": reading_list.labels,
    }
    yield f'{json.dumps(about, ensure_ascii=False)[:-1]}, "sections": ['
    before = "\n"
    for part in walk(reading_list, with_top=True):
        if isinstance(part, Item):
            yield f"{before}  {json.dumps(_item_fields(part), ensure_ascii=False)}"
            before = ",\n"
            continue
        title, level, note = ("", 0, "") if part is None else (part.title, part.depth, part.note)
        fields = {"title": title, "level": level, "note": note}
        yield "" if part is None else "\n]},"
        yield f'\n{json.dumps(fields, ensure_ascii=False)[:-1]}, "items": ['
        before = "\n"
    yield "\n]}\n]}\n"


def export_citations(
    form: str,
    reading_list: ReadingList,
    *,
    section: Section | None = None,
    item: Item | None = None,
) -> Iterator[str]:
    """Yield what a list cites, or one section with those below it, or one item."""
    private = reading_list.visibility == ReadingList.Visibility.PRIVATE
    parts = [item] if item else walk(reading_list, section)
    works = (cited_item(part, private=private) for part in parts if isinstance(part, Item))
    return CITATION_FORMATS[form](keyed_records(reading_list.owner, works))


def export_bookmarks(
    form: str, listing: Listing, viewer: "Viewer", most: int | None = None
) -> Iterator[str]:
    """Yield what the bookmarks of a listing cite that the viewer may see, the newest first.

    They stand under the keys of the listing's owner, whom it must have.
    """
    if listing.owner is None:
        raise ValueError("only what is somebody's has keys")
    works = (cited_bookmark(one, viewer) for one in walk_bookmarks(listing, viewer))
    return CITATION_FORMATS[form](keyed_records(listing.owner, islice(works, most)))


def _offered(form: str) -> ListingFormat:
    return ListingFormat(
        *CITATION_NAMES[form], *TYPES[form], export=partial(export_bookmarks, form)
    )


BIBTEX, BIBLATEX, RIS, CSL_JSON = map(_offered, CITATION_FORMATS)


def bullet_of(item: Item) -> str:
    """Return an item as a bullet of Markdown."""
    return bullet(draft_of(item))


def draft_of(item: Item) -> ItemDraft:
    """Return an item as it would be asked for anew; its title is that of its page if need be."""
    facts = item.facts
    return ItemDraft(
        url=item.url,
        title=item.title or (" ".join(facts.title.split()) if facts and item.url else ""),
        authors_text=item.authors_text,
        venue=item.venue,
        year=item.year,
        note=item.note,
        labels=tuple(item.labels),
        stars=item.stars,
        number=item.number,
        need=item.need,
        level=item.level,
        reading_pass=item.reading_pass,
        minutes=item.minutes,
        alternates=tuple(
            AlternateDraft(one.url, one.role, one.label) for one in item.alternates.all()
        ),
    )


def walk(
    reading_list: ReadingList, within: Section | None = None, *, with_top: bool = False
) -> Iterator[Section | Item | None]:
    """Yield sections and items as a reader meets them; with `within`, of that section alone.

    Items are read in batches. With `with_top`, None comes before what stands before all sections.
    """
    order = dict(_sections(reading_list, within))
    ids: dict[int | None, list[int]] = {}
    items = Item.objects.filter(reading_list=reading_list).order_by("rank", "pk")
    for pk, section_id in items.values_list("pk", "section_id"):
        ids.setdefault(section_id, []).append(pk)
    places: list[Section | int | None] = []
    for within_id, one in order.items():
        if one or with_top:
            places.append(one)
        places.extend(ids.get(within_id, []))
    waiting = iter(places)
    while batch := list(islice(waiting, BATCH)):
        loaded = (
            Item.objects.select_related("page", "added_by", "credit")
            .prefetch_related("alternates", "prerequisites")
            .in_bulk([place for place in batch if isinstance(place, int)])
        )
        for place in batch:
            if not isinstance(place, int):
                yield place
            elif place in loaded:  # else deleted meanwhile
                yield loaded[place]


def _sections(
    reading_list: ReadingList, within: Section | None
) -> Iterator[tuple[int | None, Section | None]]:
    """Yield the sections by id in the order they are read, at first None for what has none."""
    below: dict[int | None, list[Section]] = {}
    for one in Section.objects.filter(reading_list=reading_list).order_by("-rank", "-pk"):
        below.setdefault(one.parent_id, []).append(one)
    waiting: list[Section | None] = [within]
    while waiting:
        section = waiting.pop()
        pk = section.pk if section else None
        yield pk, section
        waiting.extend(below.get(pk, []))


def _part_of(part: Section | Item | None) -> Heading | ItemDraft:
    if isinstance(part, Section):
        return Heading(part.title, part.depth, part.note)
    if part is None:
        raise AssertionError("asked for without what stands before all sections")
    return draft_of(part)


def _item_fields(item: Item) -> dict[str, Any]:
    """Return what an item says, empty fields left out but title, URL and note."""
    draft = draft_of(item)
    fields: dict[str, Any] = {"id": item.pk, "title": draft.title, "url": draft.url or None}
    fields |= {"note": draft.note, "tags": list(draft.labels)}
    fields["alternates"] = [
        {"url": one.url, "role": one.role, "label": one.label} for one in draft.alternates
    ]
    rest = {
        "authors": draft.authors_text,
        "venue": draft.venue,
        "year": draft.year,
        "stars": draft.stars,
        "number": draft.number,
        "need": draft.need,
        "level": draft.level,
        "pass": draft.reading_pass,
        "minutes": draft.minutes,
        "after": sorted(link.earlier_id for link in item.prerequisites.all()),
    }
    people = {"added_by": item.added_by, "suggested_by": item.credit}
    rest |= {name: user.username for name, user in people.items() if user}
    fields["added_at"] = item.added_at.isoformat(timespec="seconds")
    return fields | {name: value for name, value in rest.items() if value}
