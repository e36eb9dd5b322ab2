"""One's lists as records, one each. Import `write_lists`,
`progress_record`, `others_in`, `SAID`.

Items are numbered within their list. Of other people stand there those who added or suggested an
item and who edit the list, under a seal.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from accounts.models import User
from bookmarks.account_copy import Record
from bookmarks.formats.writing.full_json import ordered
from readinglists.account_copy.fork_links import GONE, Places, places_in, standing_of
from readinglists.account_copy.references import name_of, seal
from readinglists.exporting import walk
from readinglists.forking import upstream_of
from readinglists.models import (
    ForkedItem,
    Item,
    ListEditor,
    ListReading,
    Progress,
    ReadingList,
    Section,
)

Numbers = dict[int, int]
NAMES = ("added_by", "suggested_by")
# Names in the file of what an item says, and its attributes.
SAID = {
    "url": "url",
    "title": "title",
    "authors": "authors_text",
    "venue": "venue",
    "year": "year",
    "note": "note",
    "tags": "labels",
    "stars": "stars",
    "number": "number",
    "need": "need",
    "level": "level",
    "pass": "reading_pass",
    "minutes": "minutes",
}


def write_lists(owner: User) -> Iterator[dict[str, Any]]:
    """Yield a record for each list of a person, the oldest first; one list is in memory."""
    ids = ReadingList.objects.filter(owner=owner).order_by("created_at", "pk")
    for pk in list(ids.values_list("pk", flat=True)):
        if reading_list := ReadingList.objects.select_related("owner").filter(pk=pk).first():
            yield _record(reading_list)


def _record(reading_list: ReadingList) -> dict[str, Any]:
    owner = reading_list.owner
    parts = list(walk(reading_list, with_top=True))
    items = [part for part in parts if isinstance(part, Item)]
    numbers = {item.pk: number for number, item in enumerate(items, 1)}
    upstream = upstream_of(reading_list, owner)
    places = places_in(upstream) if upstream and upstream.owner_id == owner.pk else None
    progress = _progress(owner, reading_list)
    record: dict[str, Any] = {
        "list": reading_list.slug,
        "title": reading_list.title,
        "description": reading_list.description,
        "visibility": reading_list.visibility,
        "tags": reading_list.labels,
        "front_matter": ordered(reading_list.front_matter),
        "created_at": reading_list.created_at.isoformat(),
        "updated_at": reading_list.updated_at.isoformat(),
        **_fork(reading_list, upstream, numbers, places),
        "sections": [],
    }
    for part in parts:
        if isinstance(part, Item):
            fields = _item(part, numbers, owner)
            record["sections"][-1]["items"].append(fields | progress.get(part.pk, {}))
        else:
            record["sections"].append(_section(part, places, is_fork=upstream is not None))
    record |= _people(reading_list, items, numbers)
    reading = ListReading.objects.filter(reader=owner, reading_list=reading_list).first()
    return record | ({"read_last_at": reading.last_at.isoformat()} if reading else {})


def _section(section: Section | None, places: Places | None, *, is_fork: bool) -> dict[str, Any]:
    if section is None:
        return {"title": "", "level": 0, "note": "", "items": []}
    record: dict[str, Any] = {"title": section.title, "level": section.depth, "note": section.note}
    of = section.upstream_id if is_fork else None
    if of and places:
        of = places.sections.get(of)
    if of:
        record |= {"upstream": of, "seen": ordered(section.seen)}
    return record | {"items": []}


def _item(item: Item, numbers: Numbers, owner: User) -> dict[str, Any]:
    """Return what an item says, empty fields left out."""
    values = {name: getattr(item, attribute) for name, attribute in SAID.items()}
    record: dict[str, Any] = {name: value for name, value in values.items() if value}
    alternates = [
        {"url": one.url, "role": one.role, "label": one.label} for one in item.alternates.all()
    ]
    after = sorted(numbers[link.earlier_id] for link in item.prerequisites.all())
    rest = {"alternates": alternates, "after": after}
    return {
        "id": numbers[item.pk],
        **record,
        **{name: value for name, value in rest.items() if value},
        "added_at": item.added_at.isoformat(),
        "changed_at": item.changed_at.isoformat(),
        **_names(item, owner),
    }


def _names(item: Item, owner: User) -> dict[str, Any]:
    """Return who added and who suggested an item, but for its owner; "" for who is gone."""
    people = {"added_by": item.added_by, "suggested_by": item.credit}
    names = {name: one.username for name, one in people.items() if one and one.pk != owner.pk}
    return names | ({"added_by": ""} if item.added_by_id is None else {})


def others_in(items: Iterable[Record]) -> list[list[Any]]:
    """Return what a seal is on: the numbers of items with those whom they name."""
    named = [[one.get("id"), *(one.get(name) for name in NAMES)] for one in items]
    return [one for one in named if one[1:] != [None, None]]


def _people(reading_list: ReadingList, items: list[Item], numbers: Numbers) -> dict[str, Any]:
    """Return who may edit a list too, and the seal on these and on who added what."""
    owner = reading_list.owner
    found = ListEditor.objects.filter(reading_list=reading_list).order_by("user__username")
    editors = list(found.values_list("user__username", flat=True))
    others = others_in([_names(item, owner) | {"id": numbers[item.pk]} for item in items])
    if not (editors or others):
        return {}
    at = reading_list.created_at.isoformat()
    return {"editors": editors, "people_seal": seal(owner, at, editors, others)}


def _progress(owner: User, reading_list: ReadingList) -> dict[int, dict[str, Any]]:
    """Return how far a person is with the items that are words alone, by their ids."""
    rows = Progress.objects.filter(reader=owner, item__reading_list=reading_list)
    return {one.item_id or 0: {"progress": progress_record(one)} for one in rows}


def progress_record(progress: Progress) -> dict[str, Any]:
    """Return a state and its times."""
    read_at = progress.read_at.isoformat() if progress.read_at else None
    at = progress.changed_at.isoformat()
    return {"state": progress.state, "changed_at": at, "read_at": read_at}


def _fork(
    reading_list: ReadingList,
    upstream: ReadingList | None,
    numbers: Numbers,
    places: Places | None,
) -> dict[str, Any]:
    """Return what a fork is of and what it has seen there, for a list that is one.

    `places` are those of a list of the same owner, which is in the same file.
    """
    if reading_list.forked_at is None:
        return {}
    fork: dict[str, Any] = {"slug_then": reading_list.upstream_slug}
    fork["forked_at"] = reading_list.forked_at.isoformat()
    if upstream is None:
        return {"fork": fork}
    seen_at = reading_list.upstream_seen_at
    fork |= standing_of(upstream) if places else name_of(upstream)
    fork["seen_at"] = seen_at.isoformat() if seen_at else None
    rows = ForkedItem.objects.filter(reading_list=reading_list)
    forked = [_forked(row, numbers, places) for row in rows]
    forked = [one for one in forked if one["item"] or one["upstream"]]
    forked.sort(key=lambda one: (one["upstream"] or 0, one["item"] or 0))
    return {"fork": fork, "forked": forked}


def _forked(row: ForkedItem, numbers: Numbers, places: Places | None) -> dict[str, Any]:
    of, section = row.upstream_id, row.section_id
    if places:
        of = places.items.get(of or 0)
        section = places.sections.get(section, GONE) if section else None
    return {
        "item": numbers.get(row.item_id or 0),
        "upstream": of,
        "section": section,
        "rank": row.rank,
        "changed_at": row.changed_at.isoformat(),
        "digests": ordered(row.digests),
    }
