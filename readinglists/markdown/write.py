r"""Writes a reading list as an awesome-list. Pure.

Import `write_list`, `bullet`, `Head`, `Heading`.

What is written reads well on GitHub and is read back as it was: writing what was read gives the
same text. The grammar, a line each, blank lines between blocks::

    list     = front, "# " TITLE, [note], items, {section}
    front    = "---", "softmarks: 1", "title: " JSON, ["tags: " JSON list], {key ": " JSON}, "---"
    section  = "##" to "####", " ", TITLE, [note], items, {deeper section}
    note     = paragraphs as they are, if every line is one of a paragraph without links,
               else each line behind "> " (">" where it is empty)
    item     = "- ", name, {" (", link, ")"}, [" *", facts, "*"], [" ", stars],
               {" ", tag in backticks}, [" - ", first line of its note],
               {"  ", further line of its note}
    name     = "[" TITLE "](" URL ")", or "<" URL ">" without a title, "**" TITLE "**" without a
               URL, "…" without either
    link     = "[" LABEL or role "](" URL [" " role in double quotes, unless label and URL tell] ")"
    facts    = joined by "; ": "no. " NUMBER, "by " AUTHORS, "in " VENUE, year, need, level,
               "to " skim, read or study, MINUTES " min"
    stars    = ":star:" once to five times

Words in capitals are escaped by backslashes; in facts semicolons too. A note that begins with
something else than a paragraph (a list, a quotation, code) starts two lines further down. Notes are
Markdown themselves and stand as they are, indented by two blanks, so that all of a note is inside
its bullet. What an item comes after, and who added it, is told by JSON alone.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from readinglists.drafts import AlternateDraft, ItemDraft, role_of
from readinglists.markdown.inline import code_span, destination, escaped, is_paragraph

VERSION = 1
OWN_KEYS = frozenset({"softmarks", "title", "description", "tags", "visibility"})
NAMELESS = "…"
LINK_WORD = "link"
STAR = ":star:"
PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")


@dataclass(frozen=True)
class Head:
    """What stands above a list. `more` is front matter of an imported file that we do not know."""

    title: str
    description: str = ""
    labels: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Heading:
    """The beginning of a section, one to three levels deep; its items follow."""

    title: str
    level: int
    note: str = ""


def write_list(head: Head, parts: Iterable[Heading | ItemDraft]) -> Iterator[str]:
    """Yield the text of a list in pieces, each of whole lines."""
    yield from _front(head)
    yield f"\n# {escaped(head.title)}\n"
    yield from _note(head.description)
    in_items = False
    for part in parts:
        if isinstance(part, Heading):
            yield f"\n{'#' * (part.level + 1)} {escaped(part.title)}\n"
            yield from _note(part.note)
        else:
            yield f"{'' if in_items else chr(10)}{bullet(part)}\n"
        in_items = isinstance(part, ItemDraft)


def bullet(item: ItemDraft) -> str:
    """Return an item as a bullet of one line or more, without a line end."""
    parts = [_name(item), *(f"({_link(one)})" for one in item.alternates)]
    if facts := "; ".join(_facts(item)):
        parts.append(f"*{facts}*")
    if item.stars:
        parts.append(STAR * item.stars)
    parts += map(code_span, item.labels)
    line = f"- {' '.join(parts)}"
    if not item.note:
        return line
    first, *rest = item.note.split("\n")
    if is_paragraph([first]) and not (rest and _underlines(rest[0])):
        return "\n".join([f"{line} - {first}", *map(_indented, rest)])
    return "\n".join([line, "", *map(_indented, (first, *rest))])


def _underlines(line: str) -> bool:
    """Tell whether a second line makes a heading or a table of the first."""
    return bool(line.strip()) and not line.strip().strip("=-:| ")


def _indented(line: str) -> str:
    return f"  {line}" if line.strip() else ""


def _front(head: Head) -> Iterator[str]:
    yield f"---\nsoftmarks: {VERSION}\ntitle: {_json(head.title)}\n"
    if head.labels:
        yield f"tags: {_json(list(head.labels))}\n"
    for key, value in head.more.items():
        if key not in OWN_KEYS:
            yield f"{key if PLAIN_KEY.match(key) else _json(key)}: {_json(value)}\n"
    yield "---\n"


def _json(value: Any) -> str:
    """Return a value as JSON, which is YAML too."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _note(note: str) -> Iterator[str]:
    """Yield the words below a heading, quoted where they could be taken for parts of the list."""
    lines = note.split("\n") if note else []
    if not lines:
        return
    yield "\n"
    plain = is_paragraph(lines) and "](" not in note and "http" not in note
    for line in lines:
        text = line if line.strip() else ""
        yield f"{text if plain else f'> {text}' if text else '>'}\n"


def _name(item: ItemDraft) -> str:
    title = escaped(item.title)
    if item.url:
        return f"[{title}]({destination(item.url)})" if title else f"<{item.url}>"
    return f"**{title}**" if title else NAMELESS


def _link(alternate: AlternateDraft) -> str:
    """Return another link of an item; its role is told unless label and address tell it."""
    word = alternate.label or (LINK_WORD if alternate.role == "other" else alternate.role)
    told = role_of(word, alternate.url) == alternate.role
    role = "" if told else f' "{alternate.role}"'
    return f"[{escaped(word)}]({destination(alternate.url)}{role})"


def _facts(item: ItemDraft) -> Iterator[str]:
    """Yield what the list says of an item besides its note, in the order of the grammar."""
    for word, text in (("no.", item.number), ("by", item.authors_text), ("in", item.venue)):
        if text:
            yield f"{word} {escaped(text).replace(';', chr(92) + ';')}"
    if item.year:
        yield str(item.year)
    yield from filter(None, (item.need, item.level))
    if item.reading_pass:
        yield f"to {item.reading_pass}"
    if item.minutes:
        yield f"{item.minutes} min"
