"""The other addresses of an item as a person types them, one a line. Pure.

Import `read_alternates`, `write_alternates`. A line says what is found there, what it is called,
and where it is: "pdf https://…", "code PyTorch version https://…", or the address alone.
"""

from collections.abc import Iterable

from readinglists.drafts import ROLES, AlternateDraft, Invalid

MAX_LENGTH = 50_000


def read_alternates(text: str) -> list[dict[str, str]]:
    """Return role, label and URL of each line, as make_item_draft takes them; raises Invalid."""
    if len(text) > MAX_LENGTH:
        raise Invalid({"alternates": "That is too long."})
    lines = ((number, line.split()) for number, line in enumerate(text.splitlines(), 1))
    return [_read_line(number, words) for number, words in lines if words]


def _read_line(number: int, words: list[str]) -> dict[str, str]:
    *before, url = words
    if "." not in url and "://" not in url:
        sentence = f"Line {number} does not end in an address: “{' '.join(words)[:80]}”."
        raise Invalid({"alternates": sentence})
    role = before.pop(0).lower() if before and before[0].lower() in ROLES else ""
    return {"role": role, "label": " ".join(before), "url": url}


def write_alternates(alternates: Iterable[AlternateDraft]) -> str:
    """Return the lines that `read_alternates` reads as these."""
    return "\n".join(" ".join(filter(None, (one.role, one.label, one.url))) for one in alternates)
