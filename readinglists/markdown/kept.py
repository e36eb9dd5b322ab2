"""A list that was read, as text that can be kept beside it. Import `as_text`, `of_text`.

Pure. Reading a long file takes seconds; reading this takes a moment.
"""

import json
from typing import Any

from readinglists.drafts import AlternateDraft, ItemDraft
from readinglists.markdown.tree import (
    MAX_BYTES,
    Dropped,
    ReadItem,
    ReadMarkdown,
    ReadSection,
    Unparsed,
)

# Counted up when what is kept changes; what was kept before is not understood then.
FORM = 1
# Escapes make it longer than the file it comes from.
MAX_KEPT = 4 * MAX_BYTES


def as_text(read: ReadMarkdown) -> str:
    """Return a list as text; "" where that would be too long to be kept."""
    text = json.dumps({"form": FORM, "read": read}, default=_fields)
    return text if len(text) <= MAX_KEPT else ""


def _fields(one: Any) -> Any:
    """Return what is in a part of a list; of a date in front matter how it is written."""
    return vars(one) if hasattr(one, "__dict__") else str(one)


def of_text(text: str) -> ReadMarkdown | None:
    """Return the list that was kept; None where it was kept in another form."""
    kept = json.loads(text) if text else {}
    if kept.get("form") != FORM:
        return None
    read = kept["read"]
    return ReadMarkdown(
        title=read["title"],
        description=read["description"],
        labels=tuple(read["labels"]),
        front_matter=read["front_matter"],
        top=_section(read["top"]),
        dropped=[Dropped(**one) for one in read["dropped"]],
        unparsed=[Unparsed(**one) for one in read["unparsed"]],
    )


def _section(kept: dict[str, Any]) -> ReadSection:
    items = [_item(one) for one in kept.pop("items")]
    sections = [_section(one) for one in kept.pop("sections")]
    return ReadSection(**kept, items=items, sections=sections)


def _item(kept: dict[str, Any]) -> ReadItem:
    draft = kept["draft"]
    draft["labels"] = tuple(draft["labels"])
    draft["alternates"] = tuple(AlternateDraft(**one) for one in draft["alternates"])
    repairs = tuple(kept["repairs"])
    return ReadItem(kept["line"], ItemDraft(**draft), kept["done"], repairs)
