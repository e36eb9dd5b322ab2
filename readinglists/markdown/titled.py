"""Lists in which each heading is an item. Import `read_titled`.

Pure. A title as heading, then paragraphs and bullets that are its excerpt, then its address on a
line of its own; some have none. What stands between is the item's note, as it was written.
"""

import re

from bookmarks.drafts import clean_text
from bookmarks.links import BadUrl, clean_url
from readinglists.drafts import MAX_ITEM_TITLE, MAX_NOTE, ItemDraft
from readinglists.markdown.tree import ReadItem

ADDRESS = re.compile(r"\s*<?(https?://[^\s<>]+)>?\s*\Z")
FENCE = re.compile(r"\s{0,3}(```|~~~)")


def read_titled(text: str) -> tuple[str, list[ReadItem]] | None:
    """Return what stands before the first title, and the items; None for other files."""
    before, parts = _split(text.split("\n"))
    addressed = sum(any(ADDRESS.match(line) for line in lines) for _, _, lines in parts)
    if len(parts) < 2 or addressed * 2 < len(parts) or text.count("](") > 3 * len(parts):
        return None
    return "\n".join(before).strip(), [_item(title, line, lines) for title, line, lines in parts]


def _split(lines: list[str]) -> tuple[list[str], list[tuple[str, int, list[str]]]]:
    before: list[str] = []
    parts: list[tuple[str, int, list[str]]] = []
    fenced = False
    for number, line in enumerate(lines, 1):
        fenced ^= FENCE.match(line) is not None
        if line.startswith("# ") and not fenced:
            parts.append((line[2:].strip().rstrip("#").strip(), number, []))
        else:
            (parts[-1][2] if parts else before).append(line)
    return before, parts


def _item(title: str, line: int, lines: list[str]) -> ReadItem:
    """Return the item of a title; the last address on a line of its own is its own."""
    url = ""
    for place in range(len(lines) - 1, -1, -1):
        found = ADDRESS.match(lines[place])
        if not found:
            continue
        try:
            url = clean_url(found[1])
        except BadUrl:
            continue
        lines = lines[:place] + lines[place + 1 :]
        break
    note = clean_text("\n".join(lines))[:MAX_NOTE]
    return ReadItem(
        line, ItemDraft(url=url, title=" ".join(title.split())[:MAX_ITEM_TITLE], note=note)
    )
