"""Notes beside a description, which linkding knows and we keep in one text. Pure.

Import `join_notes`, `split_notes`. What stands below the first line of three dashes are the notes.
"""

import re

LINE = "---"
BETWEEN = re.compile(r"(?:\A|\n\n)---(?:\n\n|\Z)")


def join_notes(description: str, notes: str) -> str:
    """Return one text of a description and notes."""
    description, notes = description.strip(), notes.strip()
    if not notes:
        return description
    return "\n\n".join(filter(None, [description, LINE, notes]))


def split_notes(text: str) -> tuple[str, str]:
    """Return the description and the notes in a text."""
    description, *notes = BETWEEN.split(text, maxsplit=1)
    return description, "".join(notes)
