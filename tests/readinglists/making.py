"""Lists for the tests. Import `make_list`, `add`, `fork_of`, `outline_of`."""

from typing import Any

from accounts.models import User
from readinglists.drafts import make_item_draft, make_list_draft
from readinglists.forking import fork_list
from readinglists.items import add_item
from readinglists.lists import create_list
from readinglists.models import Item, ReadingList, Section
from readinglists.outline import read_outline


def make_list(owner: User, title: str = "Learning to rank", **said: Any) -> ReadingList:
    """Return a new, public list of the owner's."""
    return create_list(owner, make_list_draft(title, **said))


def add(
    reading_list: ReadingList,
    title: str = "",
    *,
    section: Section | None = None,
    after: Item | None = None,
    **said: Any,
) -> Item:
    """Return a new item of the list, its owner's doing; without an address it is words alone."""
    draft = make_item_draft(title=title, **said)
    after_id = after.pk if after else None
    item = add_item(reading_list, draft, reading_list.owner, section=section, after=after_id)
    reading_list.refresh_from_db()
    return item


def fork_of(upstream: ReadingList, owner: User, visibility: str = "public") -> ReadingList:
    """Return a fork of the list under the same title."""
    return fork_list(upstream, owner, make_list_draft(upstream.title, visibility=visibility))


def outline_of(reading_list: ReadingList) -> list[tuple[str, list[str]]]:
    """Return section titles with the titles of their items, in order."""
    reading_list.refresh_from_db()
    parts = read_outline(reading_list, None, whole=True).top.walk()
    return [
        (part.section.title if part.section else "", [one.title for one in part.items or []])
        for part in parts
    ]
