"""Ties a fork that is taken in to what it is of, on this site. Import `link_fork`, `Places`,
`places_in`, `standing_of`, `GONE`.

Somebody else's list is named by its owner and name, and what is in it by ids. One's own list is in
the same file and gets other ids when it is taken in, so what is in it is named by its place there.
"""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from bookmarks.account_copy import Record
from bookmarks.account_copy.fields import number, past, things, word
from readinglists.account_copy.references import list_named
from readinglists.exporting import walk
from readinglists.items import AT_ONCE, MAX_ITEMS
from readinglists.models import ForkedItem, Item, ReadingList, Section

DIGEST = 24
RANKS = 2**62
# The place of a section that is gone, and an id that no section has.
GONE, NO_SECTION = -1, RANKS - 1


@dataclass(frozen=True)
class Places:
    """The numbers that a list's record gives to its items and sections, by their ids.

    Items are numbered from 1; the section of number 0 is what comes before all sections.
    """

    items: dict[int, int]
    sections: dict[int, int]

    def turned(self) -> "Places":
        """Return the ids by the numbers."""
        items = {number: pk for pk, number in self.items.items()}
        return Places(items, {number: pk for pk, number in self.sections.items()})


def places_in(reading_list: ReadingList) -> Places:
    """Return what is in a list as it stands, numbered as its record numbers it."""
    parts = list(walk(reading_list, with_top=True))
    items = [part for part in parts if isinstance(part, Item)]
    sections = [part for part in parts if not isinstance(part, Item)]
    return Places(
        {item.pk: number for number, item in enumerate(items, 1)},
        {section.pk: number for number, section in enumerate(sections) if section},
    )


def standing_of(upstream: ReadingList) -> dict[str, Any]:
    """Return how a record names a list of the same file, and what tells whether it stands so."""
    at = upstream.updated_at.isoformat()
    return {"list": upstream.slug, "list_updated_at": at, "list_items": upstream.item_count}


def _own_named(said: Record, owner: User) -> ReadingList | None:
    """Return the own list that a record names, if it stands as it did when that was written."""
    at, count = past(said, "list_updated_at"), number(said, "list_items", range(MAX_ITEMS + 1), -1)
    mine = ReadingList.objects.filter(owner=owner, slug=word(said, "list", 80))
    return mine.filter(updated_at=at, item_count=count).first() if at else None


def link_fork(
    fork: ReadingList,
    record: Record,
    sections: list[tuple[Section, Record]],
    made: dict[int, Item],
) -> dict[str, Any]:
    """Tell a fork what it has seen of the list it is of, and return what the list itself is to say.

    Without that list, or where its owner may not read it, it is a fork of something gone.
    """
    said = record.get("fork")
    forked_at = past(said, "forked_at") if isinstance(said, dict) else None
    if not isinstance(said, dict) or forked_at is None:
        return {}
    fields = {"forked_at": forked_at, "upstream_slug": word(said, "slug_then", 80)}
    own = "owner" not in said
    upstream = _own_named(said, fork.owner) if own else list_named(said, fork.owner)
    if upstream is None or upstream.pk == fork.pk:
        return fields
    every = things(record, "forked", 2 * MAX_ITEMS)
    if own:
        there = places_in(upstream).turned()
        sections = [(section, _section_by_id(one, there)) for section, one in sections]
        every = [_item_by_id(one, there) for one in every]
    _tie_sections(upstream, sections)
    theirs = set(Item.objects.filter(reading_list=upstream).values_list("pk", flat=True))
    rows: list[ForkedItem] = []
    taken: set[tuple[str, int]] = set()
    for one in every:
        row = _forked(fork, one, made)
        if row.upstream_id not in theirs:
            row.upstream_id = None  # gone there
        ids = {("item", row.item_id or 0), ("upstream", row.upstream_id or 0)}
        ids -= {("item", 0), ("upstream", 0)}
        if ids and not ids & taken:
            taken |= ids
            rows.append(row)
    ForkedItem.objects.bulk_create(rows, batch_size=AT_ONCE)
    seen_at = past(said, "seen_at") or forked_at
    return fields | {"upstream": upstream, "upstream_seen_at": seen_at}


def _item_by_id(said: Record, ids: Places) -> Record:
    number = said.get("upstream")
    pk = ids.items.get(number) if type(number) is int else None
    return {**said, "upstream": pk, "section": _section_id(said, "section", ids)}


def _section_by_id(said: Record, ids: Places) -> Record:
    return {**said, "upstream": _section_id(said, "upstream", ids)}


def _section_id(said: Record, name: str, ids: Places) -> int | None:
    number = said.get(name)
    if number == GONE:
        return NO_SECTION
    return ids.sections.get(number) if type(number) is int else None


def _forked(fork: ReadingList, said: Record, made: dict[int, Item]) -> ForkedItem:
    number, rank = said.get("item"), said.get("rank")
    return ForkedItem(
        reading_list=fork,
        item=made.get(number) if type(number) is int else None,
        upstream_id=_id(said, "upstream"),
        section_id=_id(said, "section"),
        rank=rank if type(rank) is int and abs(rank) < RANKS else 0,
        changed_at=past(said, "changed_at") or timezone.now(),
        digests=_digests(said.get("digests")),
    )


def _tie_sections(upstream: ReadingList, sections: list[tuple[Section, Record]]) -> None:
    theirs = set(Section.objects.filter(reading_list=upstream).values_list("pk", flat=True))
    tied = []
    for section, said in sections:
        if (of := _id(said, "upstream")) in theirs:
            section.upstream_id, section.seen = of, _digests(said.get("seen"))
            tied.append(section)
    Section.objects.bulk_update(tied, ["upstream", "seen"], batch_size=AT_ONCE)


def _id(said: Record, name: str) -> int | None:
    value = said.get(name)
    return value if type(value) is int and 0 < value < RANKS else None


def _digests(said: Any) -> dict[str, str]:
    """Return digests by the names of fields, as they are kept: short hexadecimal numbers."""
    return {
        name: value
        for name, value in (said.items() if isinstance(said, dict) else ())
        if name.isidentifier()
        and len(name) <= DIGEST
        and isinstance(value, str)
        and len(value) <= DIGEST
        and not set(value) - set("0123456789abcdef")
    }
