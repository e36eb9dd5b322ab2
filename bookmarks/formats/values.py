"""What fields of files mean, whatever type they have. Import `text`, `flag`, `names`, `listed`,
`bracketed`, `paragraphs`, `quoted`, `facts`.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bookmarks.formats.moments import moment_of

QUOTED = re.compile(r"'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"")
YES = frozenset({"1", "true", "yes", "y", "on", "x"})


def text(said: Mapping[str, Any], *fields: str) -> str:
    """Return the first of some fields that says something, as text."""
    for field in fields:
        value = said.get(field)
        if isinstance(value, str):
            if value := value.strip():
                return value
        elif value is not None and type(value) in (int, float):
            return str(value)
    return ""


def flag(said: Mapping[str, Any], *fields: str) -> bool | None:
    """Return whether the first of some fields that says anything says yes."""
    for field in fields:
        value = said.get(field)
        if isinstance(value, bool | int | float):
            return bool(value)
        if isinstance(value, str) and value.strip():
            return value.strip().lower() in YES
    return None


def names(value: Any) -> tuple[str, ...]:
    """Return the names in a list of texts or of objects that have one; of a text, its parts."""
    if isinstance(value, str):
        return tuple(listed(value))
    found = []
    for one in value if isinstance(value, list) else ():
        name = text(one, "name", "label", "title", "slug") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            found.append(name.strip())
    return tuple(found)


def listed(value: str, signs: str = ",;|") -> list[str]:
    """Return the parts of a text between signs, which may have blanks inside."""
    return [part for one in re.split(f"[{re.escape(signs)}]", value) if (part := one.strip())]


def bracketed(value: str) -> list[str]:
    """Return the parts of a list as JSON or Python has it; of another text those between signs."""
    if not value.strip().startswith("["):
        return listed(value)
    found = (one[0] or one[1] for one in QUOTED.findall(value))
    return [part for one in found if (part := re.sub(r"\\(.)", r"\1", one).strip())]


def paragraphs(*parts: str) -> str:
    """Return texts one below the other, each once."""
    said = dict.fromkeys(part.strip() for part in parts)
    return "\n\n".join(part for part in said if part)


def quoted(highlights: Any, words: Iterable[str], notes: Iterable[str] = ()) -> str:
    """Return what was marked in a page as quotations, each with the note on it.

    Takes a list of objects that have it under one of the fields `words` and `notes`, or of texts.
    """
    found = []
    for one in highlights if isinstance(highlights, list) else ():
        said = one if isinstance(one, dict) else {"": one}
        words_of_page = text(said, *words, "")
        lines = [f"> {line}" for line in words_of_page.splitlines()]
        found.append("\n".join([*lines, *filter(None, [text(said, *notes)])]))
    return paragraphs(*found)


def facts(**found: Any) -> dict[str, Any]:
    """Return facts of a page by their names, without the empty; a time becomes its day."""
    kept = {name: value for name, value in found.items() if value}
    if "published" in kept:
        moment = moment_of(kept.pop("published"))
        kept |= {"published": moment.date().isoformat()} if moment else {}
    if isinstance(kept.get("authors"), str):
        kept["authors"] = [kept["authors"]]
    if isinstance(count := kept.get("word_count"), str):
        kept["word_count"] = int(count) if re.fullmatch(r"[0-9]{1,9}", count) else 0
    return kept
