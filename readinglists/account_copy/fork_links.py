"""Ties a fork that is taken in to what it is of, on this site. Import `link_fork`."""

from typing import Any

from django.utils import timezone

from bookmarks.account_copy import Record
from bookmarks.account_copy.fields import past, things, word
from readinglists.account_copy.references import list_named
from readinglists.items import AT_ONCE, MAX_ITEMS
from readinglists.models import ForkedItem, Item, ReadingList, Section

DIGEST = 24
RANKS = 2**62


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
    upstream = list_named(said, fork.owner)
    if upstream is None or upstream.pk == fork.pk:
        return fields
    _tie_sections(upstream, sections)
    theirs = set(Item.objects.filter(reading_list=upstream).values_list("pk", flat=True))
    rows: list[ForkedItem] = []
    taken: set[tuple[str, int]] = set()
    for one in things(record, "forked", 2 * MAX_ITEMS):
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
