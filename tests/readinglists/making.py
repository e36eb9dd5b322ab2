"""Lists for the tests. Import `make_list`, `add`."""

from typing import Any

from accounts.models import User
from readinglists.drafts import make_item_draft, make_list_draft
from readinglists.items import add_item
from readinglists.lists import create_list
from readinglists.models import Item, ReadingList, Section


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
