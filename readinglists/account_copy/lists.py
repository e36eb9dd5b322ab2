"""Takes lists in from records of them, each whole or not at all. Import `LISTS`.

A list that one has already, by when it was made and what it is called, stays as it is.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from accounts.models import User
from bookmarks.account_copy import Part, Record, Told, Ways
from bookmarks.account_copy.fields import past, texts, things, word
from bookmarks.account_copy.part import created, each, skipped
from bookmarks.formats.values import text
from bookmarks.import_drafts import printable
from readinglists.account_copy.fork_links import link_fork
from readinglists.account_copy.list_records import SAID, others_in, write_lists
from readinglists.account_copy.references import is_sealed
from readinglists.drafts import Invalid, ItemDraft, make_item_draft, make_list_draft
from readinglists.item_pages import show_public_facts
from readinglists.items import AT_ONCE, MAX_ITEMS, MAX_PREREQUISITES, add_items
from readinglists.lists import MAX_EDITORS, MAX_SECTIONS, add_section, create_list, set_editors
from readinglists.models import Item, ListReading, Prerequisite, Progress, ReadingList, Section
from readinglists.models.item import MAX_DEPTH

HERE = "You have this list; it stays as it is."
MAX_FRONT_MATTER = 20_000
SLUG = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
# Attributes of an item that are texts.
TEXTS = ("url", "title", "authors", "venue", "note", "number", "need", "level", "pass")
Made = dict[int, Item]


def restore_list(owner: User, record: Record, ways: Ways) -> Told:
    """Make a list anew; raises Invalid, and Misplaced for too many sections."""
    draft = make_list_draft(
        text(record, "title"),
        description=text(record, "description"),
        visibility="private" if ways.all_private else text(record, "visibility"),
        tags=" ".join(texts(record, "tags")),
    )
    slug, at = word(record, "list", 80), past(record, "created_at") or timezone.now()
    same = ReadingList.objects.filter(owner=owner, created_at=at).values_list("slug", "title")
    if any(slug == one or draft.title == title for one, title in same):
        return skipped(HERE)
    reading_list = create_list(owner, draft)
    if _fits(slug) and not ReadingList.objects.filter(owner=owner, slug=slug).exists():
        reading_list.slug = slug
        reading_list.save(update_fields=["slug"])
    sections, said, left = _fill(reading_list, record, owner, ways)
    made = {number: item for number, item, _ in said}
    _set_people(reading_list, record, said, owner)
    Item.objects.bulk_update(
        made.values(), ["added_at", "changed_at", "added_by", "credit"], batch_size=AT_ONCE
    )
    left += _set_order(said, made)
    _set_progress(reading_list, record, said, owner)
    fields = link_fork(reading_list, record, sections, made)
    fields |= {"created_at": at, "updated_at": past(record, "updated_at") or at}
    fields["front_matter"] = _front_matter(record)
    ReadingList.objects.filter(pk=reading_list.pk).update(**fields)
    return created(left)


def _fits(slug: str) -> bool:
    return not set(slug) - SLUG and all(slug.split("-"))


Said = list[tuple[int, Item, Record]]


def _fill(
    reading_list: ReadingList, record: Record, owner: User, ways: Ways
) -> tuple[list[tuple[Section, Record]], Said, str]:
    """Store sections and items; return both with what is said of them, and what was left out."""
    above: list[Section] = []
    sections, said, left = [], [], 0
    for part in things(record, "sections", MAX_SECTIONS + 1):
        title = word(part, "title")
        if title:
            level = part.get("level")
            level = level if type(level) is int else 1
            above = above[: min(max(level, 1), MAX_DEPTH) - 1]
            parent = above[-1] if above else None
            note = make_list_draft(title, description=text(part, "note")).description
            section = add_section(reading_list, title, note=note, parent=parent)
            above.append(section)
            sections.append((section, part))
        some: list[tuple[ItemDraft, Record]] = []
        for one in things(part, "items", MAX_ITEMS + 1):
            try:
                some.append((item_draft(one), one))
            except Invalid:
                left += 1
        within = above[-1] if title else None
        drafts = [draft for draft, _ in some]
        items = add_items(reading_list, drafts, owner, section=within, ask=ways.fetch)
        for start in range(0, 0 if ways.fetch else len(items), AT_ONCE):
            show_public_facts(items[start : start + AT_ONCE], ask=False)
        said += [(_number(one), item, one) for item, (_, one) in zip(items, some, strict=True)]
    told = f"{left:,} items were left out: they say nothing, or what cannot be kept. "
    return sections, said, told if left else ""


def item_draft(record: Record) -> ItemDraft:
    """Return the draft of an item that a record tells; raises Invalid."""
    said: dict[str, Any] = {SAID[name]: text(record, name) for name in TEXTS}
    said |= {name: record.get(name) for name in ("year", "stars", "minutes")}
    alternates = things(record, "alternates", 100)
    return make_item_draft(**said, tags=" ".join(texts(record, "tags")), alternates=alternates)


def _number(record: Record) -> int:
    number = record.get("id")
    return number if type(number) is int else 0


def _set_people(reading_list: ReadingList, record: Record, said: Said, owner: User) -> None:
    """Write when items were added; by whom, and who edits the list, where this site's seal is on
    that. What is said of others without one is the owner's."""
    editors = texts(record, "editors", MAX_EDITORS)
    parts = things(record, "sections", MAX_SECTIONS + 1)
    every = [one for part in parts for one in things(part, "items", MAX_ITEMS + 1)]
    others = others_in(every)
    sealed = is_sealed(
        text(record, "people_seal"), owner, text(record, "created_at"), editors, others
    )
    names = {*editors, *(name for _, *some in others for name in some if isinstance(name, str))}
    known = User.objects.filter(username__in=names if sealed else (), is_active=True)
    people = {user.username: user for user in known}
    for _, item, one in said:
        item.added_at = past(one, "added_at") or item.added_at
        item.changed_at = past(one, "changed_at") or item.added_at
        if "added_by" in one and sealed:
            item.added_by = people.get(text(one, "added_by"))
        item.credit = people.get(text(one, "suggested_by"))
    set_editors(reading_list, [people[name] for name in editors if name in people])


def _set_order(said: Said, made: Made) -> str:
    """Write what is best read after what; what would go round in circles is left out."""
    wanted: dict[int, set[int]] = {}
    for number, item, one in said:
        said_after = one.get("after")
        after = said_after if isinstance(said_after, list) else []
        known = [n for n in after if type(n) is int and n in made]
        earlier = dict.fromkeys(made[n].pk for n in known if n != number)
        wanted[item.pk] = set(list(earlier)[:MAX_PREREQUISITES])
    circular = _circular(wanted)
    rows = [
        Prerequisite(item_id=item, earlier_id=one)
        for item, earlier in wanted.items()
        for one in sorted(earlier)
        if not (item in circular and one in circular)
    ]
    Prerequisite.objects.bulk_create(rows, batch_size=AT_ONCE)
    return "Items that are to be read one after the other in a circle are not. " if circular else ""


def _circular(wanted: Mapping[int, Iterable[int]]) -> set[int]:
    """Return the items that are in a circle, or between two."""
    stuck = _stuck(wanted)
    later: dict[int, set[int]] = {item: set() for item in stuck}
    for item in stuck:
        for one in stuck.intersection(wanted[item]):
            later[one].add(item)
    return _stuck(later)


def _stuck(wanted: Mapping[int, Iterable[int]]) -> set[int]:
    """Return what is left once whatever comes after nothing is taken away, again and again."""
    left = {item: set(earlier) for item, earlier in wanted.items()}
    later: dict[int, list[int]] = {}
    for item, earlier in left.items():
        for one in earlier:
            later.setdefault(one, []).append(item)
    free = [item for item, earlier in left.items() if not earlier]
    while free:
        done = free.pop()
        left.pop(done)
        for item in later.get(done, ()):
            left[item].discard(done)
            if not left[item]:
                free.append(item)
    return set(left)


def _set_progress(reading_list: ReadingList, record: Record, said: Said, owner: User) -> None:
    """Write how far the owner is with items that are words alone, and when they last read."""
    rows = []
    for _, item, one in said:
        told = one.get("progress")
        if isinstance(told, dict) and item.page_id is None:
            rows += [row for row in [progress_of_record(told)] if row]
            if rows and rows[-1].item_id is None:
                rows[-1].reader, rows[-1].item = owner, item
    Progress.objects.bulk_create(rows, batch_size=AT_ONCE)
    if last_at := past(record, "read_last_at"):
        ListReading.objects.create(reader=owner, reading_list=reading_list, last_at=last_at)


def progress_of_record(record: Record) -> Progress | None:
    """Return a state with its times, not stored, of nothing yet; None where there is none."""
    state = text(record, "state")
    if state not in Progress.State.values:
        return None
    at = past(record, "changed_at") or timezone.now()
    return Progress(state=state, changed_at=at, read_at=past(record, "read_at"))


def _front_matter(record: Record) -> dict[str, Any]:
    said = record.get("front_matter")
    fits = isinstance(said, dict) and len(json.dumps(said)) <= MAX_FRONT_MATTER
    kept: dict[str, Any] = printable(said) if fits else {}
    return kept


LISTS = Part(write_lists, each(restore_list))
