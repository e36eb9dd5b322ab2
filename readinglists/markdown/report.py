"""What is told of a list that was read. Import `report_of`, `section_count`."""

from typing import Any

from readinglists.markdown.tree import ReadItem, ReadMarkdown


def report_of(read: ReadMarkdown) -> dict[str, Any]:
    """Return the report of a list: what is in it, what was dropped, what could not be read."""
    sections, items = read.sections(), read.items()
    return {
        "title": read.title,
        "description": read.description,
        "counts": {
            "sections": section_count(read),
            "items": len(items),
            "alternates": sum(len(item.draft.alternates) for item in items),
            "dropped": len(read.dropped),
            "unparsed": len(read.unparsed),
        },
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "note": section.note,
                "items": [_item(item) for item in section.items],
            }
            for section in sections
        ],
        "dropped": [
            {"line": one.line, "text": one.text, "reason": one.reason} for one in read.dropped
        ],
        "unparsed": [{"line": one.line, "text": one.text} for one in read.unparsed],
    }


def section_count(read: ReadMarkdown) -> int:
    """Return how many sections a person counts: those with a name, or one for a bare list."""
    named = sum(1 for section in read.top.walk() if section.level and not section.continued)
    return named or int(bool(read.top.items))


def _item(item: ReadItem) -> dict[str, Any]:
    draft = item.draft
    return {
        "title": draft.title,
        "url": draft.url,
        "note": draft.note,
        "tags": list(draft.labels),
        "alternates": [
            {"url": one.url, "role": one.role, "label": one.label} for one in draft.alternates
        ],
    }
