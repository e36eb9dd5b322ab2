"""Puts the lists of the sample site into the database. Import `fill_lists`.

They go through the same doors as any others; only their times are set back afterwards, in the order
in which things happened. Nothing is fetched for them.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from accounts.models import User
from bookmarks.sample_data.reading import age_of
from readinglists.drafts import make_item_draft, make_list_draft
from readinglists.following import follow
from readinglists.forking import fork_list
from readinglists.items import add_item, delete_item, edit_item, set_prerequisites
from readinglists.lists import add_section, create_list, edit_section
from readinglists.models import Item, ListReading, Progress, ReadingList, Section, Suggestion
from readinglists.ordering import move_item
from readinglists.progress import set_progress
from readinglists.sample_data.meeting import fill_group
from readinglists.suggesting import merged, suggest_change, suggest_item

FILE = Path(__file__).parent / "lists.toml"
Row = dict[str, Any]
# Items were added one after another, over a third of the time that their list has been there.
ADDED_WITHIN = 3


@dataclass
class Filling:
    """What is put in so far: lists and items by their names in the file."""

    people: Mapping[str, User]
    now: datetime
    lists: dict[str, ReadingList] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)

    def before(self, ago: str, seed: str) -> datetime:
        """Return the time so long ago."""
        return self.now - age_of(ago, seed)


def fill_lists(people: Mapping[str, User], now: datetime) -> str:
    """Give the sample people their lists, and say in a sentence what they have.

    One of SAMPLE_DATA_STEPS. Where the first person has lists already nothing is done.
    """
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    filling = Filling(_without_fetches(people), now)
    if ReadingList.objects.filter(owner=people[rows["list"][0]["by"]]).exists():
        return ""
    for row in rows["list"]:
        _fill_list(filling, row)
    fork = _fill_fork(filling, rows["fork"])
    for row in rows["suggestion"]:
        _fill_suggestion(filling, row)
    group = fill_group(
        filling.people, filling.lists[rows["group"]["list"]], rows["group"], filling.now
    )
    for row in rows["list"]:
        filling.lists[row["name"]].refresh_from_db()
        _fill_progress(filling, row)
    return (
        f"{len(filling.lists) + 1} reading lists have {len(filling.items):,} items; one is a fork,"
        f" “{fork.title}”, and one is read together in “{group.title}”."
    )


def _without_fetches(people: Mapping[str, User]) -> dict[str, User]:
    """Return the people as those who wish no fetches, so that no page is asked for."""
    for user in people.values():
        user.fetch_pages = False  # not saved
    return dict(people)


def _fill_list(filling: Filling, row: Row) -> None:
    owner, made_at = filling.people[row["by"]], filling.before(row["ago"], row["title"])
    draft = make_list_draft(
        row["title"],
        description=row["description"],
        tags=row["tags"],
        visibility=row.get("visibility", "public"),
    )
    made = filling.lists[row["name"]] = create_list(owner, draft)
    items = [_fill_item(filling, made, None, one) for one in row.get("items", ())]
    above: list[Section] = []
    for part in row.get("section", ()):
        depth = part.get("depth", 1)
        parent = above[depth - 2] if depth > 1 else None
        section = add_section(made, part["title"], note=part.get("note", ""), parent=parent)
        above[depth - 1 :] = [section]
        items += [_fill_item(filling, made, section, one) for one in part.get("items", ())]
    for reader in row.get("followers", ()):
        follow(filling.people[reader], made)
    _set_back(made, items, made_at, filling.now)


def _fill_item(filling: Filling, made: ReadingList, section: Section | None, row: Row) -> Item:
    owner = filling.people[made.owner.username]
    said = {name: row[name] for name in _SAID if name in row}
    draft = make_item_draft(**said, reading_pass=row.get("pass", ""))
    item = add_item(made, draft, owner, section=section)
    if "id" in row:
        filling.items[row["id"]] = item
    if "after" in row:
        set_prerequisites(item, [filling.items[name].pk for name in row["after"]])
    return item


_SAID = ("url", "title", "note", "need", "level", "minutes", "stars", "alternates")


def _set_back(
    reading_list: ReadingList, items: Iterable[Item], made_at: datetime, now: datetime
) -> None:
    """Write when a list was made and its items were added, one after another."""
    items = list(items)
    step = (now - made_at) / ADDED_WITHIN / max(1, len(items))
    for place, item in enumerate(items):
        at = made_at + place * step
        Item.objects.filter(pk=item.pk).update(added_at=at, changed_at=at)
    last = made_at + len(items) * step
    ReadingList.objects.filter(pk=reading_list.pk).update(created_at=made_at, updated_at=last)


def _fill_progress(filling: Filling, row: Row) -> None:
    """Note how far people are with a list, "read" where only an age is given."""
    parts = [row, *row.get("section", ())]
    for one in (item for part in parts for item in part.get("items", ())):
        item = Item.objects.get(pk=filling.items[one["id"]].pk) if one.get("read") else None
        for reader, said in one.get("read", {}).items():
            *state, ago = said.split()
            at = filling.before(ago, f"{reader} {one['id']}")
            if item:
                _note(filling.people[reader], item, state[0] if state else "read", at)


def _note(reader: User, item: Item, state: str, at: datetime) -> None:
    progress = set_progress(reader, item, state)
    read_at = at if state == Progress.State.READ else None
    Progress.objects.filter(pk=progress.pk if progress else 0).update(
        changed_at=at, read_at=read_at
    )
    reading = ListReading.objects.filter(reader=reader, reading_list=item.reading_list_id)
    earlier = Progress.objects.filter(reader=reader, page__items__reading_list=item.reading_list_id)
    newest = earlier.order_by("-changed_at").values_list("changed_at", flat=True).first()
    reading.update(last_at=newest or at)


def _fill_fork(filling: Filling, row: Row) -> ReadingList:
    """Fork a list, then let its owner go on with the original."""
    upstream, owner = filling.lists[row["of"]], filling.people[row["by"]]
    forked_at = filling.before(row["ago"], row["title"])
    draft = make_list_draft(row["title"], description=row["description"])
    fork = fork_list(upstream, owner, draft)
    ReadingList.objects.filter(pk=fork.pk).update(
        created_at=forked_at, updated_at=forked_at, forked_at=forked_at, upstream_seen_at=forked_at
    )
    author = filling.people[upstream.owner.username]
    for name, note in row["changed"].items():
        item = filling.items[name]
        edit_item(item, merged(item, {"note": note}), author)
    for title, note in row["reworded"].items():
        edit_section(
            Section.objects.get(reading_list=upstream, title=title), title=title, note=note
        )
    moved = filling.items[row["to_top"]]
    move_item(moved, moved.section)
    delete_item(filling.items.pop(row["removed"]))
    section = Section.objects.get(reading_list=upstream, title=row["section"])
    added = _fill_item(filling, upstream, section, row["added"])
    changed_at = filling.now - timedelta(days=2)
    Item.objects.filter(pk=added.pk).update(added_at=changed_at)
    ReadingList.objects.filter(pk=upstream.pk).update(updated_at=changed_at)
    return fork


def _fill_suggestion(filling: Filling, row: Row) -> None:
    by, reading_list = filling.people[row["by"]], filling.lists[row["list"]]
    if "item" in row:
        item = filling.items[row["item"]]
        made = suggest_change(item, by, row["said"], why=row["why"])
    else:
        section = Section.objects.get(reading_list=reading_list, title=row["section"])
        made = suggest_item(reading_list, by, row["said"], why=row["why"], section=section)
    made_at = filling.before(row["ago"], row["why"])
    Suggestion.objects.filter(pk=made.pk).update(made_at=made_at)
