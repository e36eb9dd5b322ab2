"""A BibTeX file cut into entries, as it is read. Import `entries`, `Entry`, `names_in`, `BEGINS`.

The rules are those of BibTeX (https://ctan.org/pkg/btxdoc): what stands outside of entries is no
matter, braces count even behind a backslash, strings are put in by name and joined by "#". An
entry that does not end before the next one begins is broken, and costs only itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

LONGEST_ENTRY = 4_000_000
MOST_STRINGS, LONGEST_STRING = 50_000, 10_000
MOST_FIELDS = 1_000
BEGINS = re.compile(r"@\s*([A-Za-z][\w-]{0,40})\s*([{(])")
# Only so does an entry begin within another that is broken.
BEGINS_LINE = re.compile(
    r"\s{0,8}@\s*[A-Za-z]{2,40}\s*[{(]\s*[^\s,{}()=\"]{1,200}\s*,\s*(?:[\w-]+\s*=|\Z)"
)
ENDS = re.compile(r"[{}()\"]")
FIELD = re.compile(r"[\s,]*+([^\s=,{}\"#()]{1,100}+)\s*+=\s*+")
BARE = re.compile(r"[^\s,#{}\"]++")
BRACE = re.compile(r"[{}]")
QUOTE = re.compile(r"[{}\"]")
JOIN = re.compile(r"\s*+#\s*+")
STRAY = re.compile(r"\s*,?\s*[A-Za-z][\w-]{1,40}\s*=\s*[{\"\d]")
KEY = re.compile(r"\s*+([^,\s]{0,500}+)\s*+(?:,|\Z)")
# Where a value that does not end may have been meant to.
NEXT_FIELD = re.compile(
    r"[}\"]?,?[ \t]*\n\s*[A-Za-z][\w-]{1,40}\s*=\s*[{\"\d]|,\s*[A-Za-z][\w-]{1,40}\s*=\s*[{\"]"
)
MOST_REPAIRS = 3
OPEN = "This entry does not end: a brace or a quotation mark is missing in it."
CLOSED = "This entry ends before its last fields: there is a brace too many in it."
LONG = "This entry is far too long."
SIDE = frozenset({"comment", "preamble", "string"})


@dataclass(slots=True)
class Entry:
    """An entry: its type and fields in small letters, as written; `broken` says what is wrong."""

    line: int
    kind: str
    key: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    broken: str = ""


def entries(lines: Iterable[tuple[int, str]]) -> Iterator[Entry]:
    """Yield the entries among numbered lines, without comments, preambles and strings."""
    strings: dict[str, str] = {}
    waiting: Entry | None = None
    for found in _raw(lines):
        if isinstance(found, str):
            if waiting and STRAY.match(found):
                waiting.broken = waiting.broken or CLOSED
                waiting.fields = {**_fields(found, 0, strings)[0], **waiting.fields}
            continue
        if waiting:
            yield waiting
        waiting = None
        if found.kind == "string":
            named, _ = _fields(found.text(), 0, strings)
            for name, value in named.items():
                if len(strings) < MOST_STRINGS:
                    strings[name] = value[:LONGEST_STRING]
        elif found.kind not in SIDE:
            waiting = _entry(found, strings)
    if waiting:
        yield waiting


@dataclass(slots=True)
class _Raw:
    """An entry as it is being read: what is between its delimiters, and how deep in braces."""

    line: int
    kind: str
    closing: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    depth: int = 0
    quoted: bool = False
    broken: str = ""

    def take(self, line: str, place: int) -> int | None:
        """Go on by a line from a place; return the place behind the end of the entry, or None."""
        for found in ENDS.finditer(line, place):
            sign = found[0]
            if self.depth == 0 and not self.quoted and sign == self.closing:
                self._keep(line[place : found.start()])
                return found.end()
            if sign == "{":
                self.depth += 1
            elif sign == "}":
                self.depth = max(0, self.depth - 1)
            elif sign == '"' and self.depth == 0 and self.closing == ")":
                self.quoted = not self.quoted
        self._keep(line[place:] + "\n")
        return None

    def _keep(self, text: str) -> None:
        self.length += len(text)
        if self.length <= LONGEST_ENTRY:
            self.parts.append(text)
        else:
            self.broken = LONG

    def text(self) -> str:
        return "".join(self.parts)


def _raw(lines: Iterable[tuple[int, str]]) -> Iterator[_Raw | str]:
    """Yield each entry, and lines that belong to none."""
    entry: _Raw | None = None
    for number, line in lines:
        place = 0
        if entry and BEGINS_LINE.match(line):
            entry.broken = entry.broken or OPEN
            yield entry
            entry = None
        while place < len(line) or (entry and not line):
            if entry is None:
                begins = BEGINS.search(line, place)
                if not begins:
                    yield line[place:]
                    break
                closing = "}" if begins[2] == "{" else ")"
                entry = _Raw(number, begins[1].lower(), closing)
                place = begins.end()
            end = entry.take(line, place)
            if end is None:
                break
            yield entry
            entry, place = None, end
    if entry:
        entry.broken = entry.broken or OPEN
        yield entry


def _entry(raw: _Raw, strings: dict[str, str]) -> Entry:
    text = raw.text()
    key = KEY.match(text)
    # Some leave out the key.
    named = key is not None and "=" not in key[1]
    fields, whole = _fields(text, key.end() if key and named else 0, strings)
    broken = raw.broken or ("" if whole else OPEN)
    return Entry(raw.line, raw.kind, key[1] if key and named else "", fields, broken)


def _fields(text: str, place: int, strings: dict[str, str]) -> tuple[dict[str, str], bool]:
    """Return the fields of an entry, the first of a name, and whether all of it was read."""
    found: dict[str, str] = {}
    repairs = 0
    while (match := FIELD.match(text, place)) and len(found) < MOST_FIELDS:
        value, place = _value(text, match.end(), strings)
        if place < 0:
            ends = NEXT_FIELD.search(text, match.end())
            value = text[match.end() + 1 : ends.start()] if ends else value
            place, repairs = ends.start() if ends else len(text), repairs + 1
            place += text[place : place + 1] in ("}", '"')
        found.setdefault(match[1].lower(), value)
        if repairs > MOST_REPAIRS:
            break
    return found, not repairs and not text[place:].strip(", \t\n")


def _value(text: str, place: int, strings: dict[str, str]) -> tuple[str, int]:
    """Return a value with its parts joined, and the place behind it; -1 where it has no end."""
    parts = []
    while place < len(text):
        sign = text[place]
        if sign in '{"':
            end = _end(text, place)
            parts.append(text[place + 1 : end if end >= 0 else len(text)])
            if end < 0:
                return "".join(parts), -1
            place = end + 1
        elif word := BARE.match(text, place):
            # A number, or the name of a string; a name that is not known is what it says.
            parts.append(strings.get(word[0].lower(), word[0]))
            place = word.end()
        join = JOIN.match(text, place)
        if not join:
            break
        place = join.end()
    return "".join(parts), place


def _end(text: str, place: int) -> int:
    """Return where the value that opens at a place is closed, -1 for nowhere."""
    quoted, depth = text[place] == '"', 0
    for found in (QUOTE if quoted else BRACE).finditer(text, place + 1):
        sign = found[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            if not quoted and depth == 0:
                return found.start()
            depth = max(0, depth - 1)
        elif depth == 0:
            return found.start()
    return -1


def names_in(text: str) -> list[str]:
    """Return the names between the words "and" outside of braces."""
    names, depth, begin = [], 0, 0
    for found in re.finditer(r"[{}]|\s+and\s+", text):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            names.append(text[begin : found.start()])
            begin = found.end()
    return [*names, text[begin:]]
