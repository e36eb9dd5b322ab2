r"""Reads back what `write` wrote, without guessing. Pure. Import `read_exact`, `claims_exact`.

A file that somebody edited since may hold what that grammar does not know; then this reader says so
and the file is read like any other.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from readinglists.drafts import AlternateDraft, Invalid, ItemDraft, make_item_draft, role_of
from readinglists.markdown.write import (
    LINK_WORD,
    NAMELESS,
    OWN_KEYS,
    STAR,
    VERSION,
    Head,
    Heading,
    write_list,
)

CLAIM = re.compile(rf"---\nsoftmarks: {VERSION}\n")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
ENTRY = re.compile(r'((?:[A-Za-z][A-Za-z0-9_-]*)|"(?:[^"\\]|\\.)*"): (.*)\Z')
HEADING = re.compile(r"(#{1,4}) (.*)\Z")
LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.)*)\]\(")
ANGLE = re.compile(r"<([^<>]*)>")
ROLE = re.compile(r' "([a-z]+)"')
BOLD = re.compile(r"\*\*((?:[^\\*]|\\.)+)\*\*")
FACTS = re.compile(r" \*((?:[^\\*]|\\.)+)\*(?= |\Z)")
STARS = re.compile(rf" ((?:{STAR}){{1,5}})(?= |\Z)")
TAG = re.compile(r" (`+)(?!`)( ?)(\S+?)\2(?<!`)\1(?!`)(?= |\Z)")
LEADS = {"no.": "number", "by": "authors_text", "in": "venue", "to": "reading_pass"}
NEEDS = ("required", "optional", "background")
LEVELS = ("intro", "core", "advanced")


class Strange(ValueError):
    """A line that is not of the grammar."""


def claims_exact(text: str) -> bool:
    """Tell whether a text says of itself that it was written here."""
    return CLAIM.match(text.replace("\r\n", "\n")) is not None


def read_exact(text: str) -> tuple[Head, list[Heading | ItemDraft]] | None:
    """Return the list that was written as this text; None where any of it is something else."""
    text = text.replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n")
    try:
        front, place = _front(lines)
        head, parts = _list(front, _blocks(lines[place:]))
    except (Strange, Invalid):
        return None
    # The proof: it is written again as it stands. Else it means more than was understood.
    return (head, parts) if "".join(write_list(head, parts)) == text else None


def _front(lines: list[str]) -> tuple[dict[str, Any], int]:
    if lines[:2] != ["---", f"softmarks: {VERSION}"]:
        raise Strange(lines[0])
    found: dict[str, Any] = {}
    for place, line in enumerate(lines[2:], start=2):
        if line == "---":
            return found, place + 1
        entry = ENTRY.match(line)
        if not entry:
            raise Strange(line)
        try:
            key = json.loads(entry[1]) if entry[1].startswith('"') else entry[1]
            found[key] = json.loads(entry[2])
        except (ValueError, RecursionError):
            raise Strange(line) from None
    raise Strange("---")


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield headings, items and the words between, each with its lines, blank ones around cut."""
    kind, block = "", list[str]()
    for line in [*lines, "# "]:
        heading = HEADING.match(line)
        if heading or line.startswith("- ") or (kind == "#" and block):
            if kind and any(block):
                yield kind, _trimmed(block)
            kind, block = ("#" if heading else "-" if line.startswith("- ") else "words"), []
        elif kind == "-" and line and not line.startswith("  "):
            raise Strange(line)
        block.append(line)


def _trimmed(block: list[str]) -> list[str]:
    while block and not block[-1]:
        block = block[:-1]
    while block and not block[0]:
        block = block[1:]
    return block


def _list(
    front: dict[str, Any], blocks: Iterator[tuple[str, list[str]]]
) -> tuple[Head, list[Heading | ItemDraft]]:
    title, note = "", ""
    parts: list[Heading | ItemDraft] = []
    for kind, lines in blocks:
        if kind == "-":
            parts.append(_item(lines))
        elif kind == "#":
            marks, words = lines[0].split(" ", 1)
            if (len(marks) == 1) != (not title):
                raise Strange(lines[0])
            if len(marks) == 1:
                title = _unescaped(words)
            else:
                parts.append(Heading(_unescaped(words), len(marks) - 1))
        elif not parts:
            note = _words(lines)
        elif isinstance(parts[-1], Heading):
            parts[-1] = Heading(parts[-1].title, parts[-1].level, _words(lines))
    if not title:
        raise Strange("no title")
    tags = front.get("tags", [])
    if not (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)):
        raise Strange("tags")
    more = {key: value for key, value in front.items() if key not in OWN_KEYS}
    return Head(title, note, tuple(tags), more), parts


def _words(lines: list[str]) -> str:
    if lines[0].startswith(">"):
        if not all(line == ">" or line.startswith("> ") for line in lines):
            raise Strange(lines[0])
        return "\n".join(line[2:] for line in lines)
    return "\n".join(lines)


def _item(lines: list[str]) -> ItemDraft:
    """Return the item of a bullet; raises Strange and Invalid."""
    line = lines[0][2:]
    said, place = _name(line)
    alternates, place = _alternates(line, place)
    if facts := FACTS.match(line, place):
        said |= _facts(facts[1])
        place = facts.end()
    if stars := STARS.match(line, place):
        said["stars"] = len(stars[1]) // len(STAR)
        place = stars.end()
    tags = []
    while tag := TAG.match(line, place):
        tags.append(tag[3])
        place = tag.end()
    first = line[place:]
    if first and not first.startswith(" - "):
        raise Strange(line)
    note = "\n".join([first[3:], *(line[2:] for line in lines[1:])])
    return make_item_draft(**said, tags=" ".join(tags), note=note, alternates=alternates)


def _name(line: str) -> tuple[dict[str, Any], int]:
    """Return the title and address at the beginning of a line, and where they end."""
    if label := LABEL.match(line):
        url, place = _destination(line, label.end())
        if not line.startswith(")", place):
            raise Strange(line)
        return {"title": _unescaped(label[1]), "url": url}, place + 1
    if angle := ANGLE.match(line):
        return {"url": angle[1]}, angle.end()
    if bold := BOLD.match(line):
        return {"title": _unescaped(bold[1])}, bold.end()
    if line.startswith(NAMELESS):
        return {}, len(NAMELESS)
    raise Strange(line)


def _destination(line: str, place: int) -> tuple[str, int]:
    if angle := ANGLE.match(line, place):
        return _unescaped(angle[1]), angle.end()
    depth, start = 0, place
    while place < len(line) and not line[place].isspace():
        depth += {"(": 1, ")": -1}.get(line[place], 0)
        if depth < 0:
            break
        place += 1
    return _unescaped(line[start:place]), place


def _alternates(line: str, place: int) -> tuple[list[AlternateDraft], int]:
    found = []
    while line.startswith(" ([", place) and (label := LABEL.match(line, place + 2)):
        url, place = _destination(line, label.end())
        word, role = _unescaped(label[1]), ROLE.match(line, place)
        place = role.end() if role else place
        if not line.startswith("))", place):
            raise Strange(line)
        place += 2
        known = role[1] if role else role_of(word, url)
        plain = LINK_WORD if known == "other" else known
        found.append(AlternateDraft(url, known, "" if word == plain else word))
    return found, place


def _facts(text: str) -> dict[str, Any]:
    """Return what the words in italics say, by the names of an item's fields."""
    said: dict[str, Any] = {}
    for part in re.findall(r"(?:[^\\;]|\\.)+", text):
        words = part.strip()
        lead, _, rest = words.partition(" ")
        if words.isdigit():
            said["year"] = words
        elif lead in LEADS and rest:
            said[LEADS[lead]] = _unescaped(rest)
        elif lead.isdigit() and rest == "min":
            said["minutes"] = lead
        elif words in NEEDS or words in LEVELS:
            said["need" if words in NEEDS else "level"] = words
        else:
            raise Strange(words)
    return said


def _unescaped(text: str) -> str:
    return ESCAPE.sub(r"\1", text)
