"""Outlines of Org mode (https://orgmode.org/worg/org-syntax.html), buku's among them.

What Org writes in its own way is said as Markdown, which is then read as such: a headline with a
link becomes a bullet, and what stands below it its words; other headlines are folders.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import BinaryIO

from bookmarks.formats.line_pieces import head_lines, text_lines
from bookmarks.formats.markdown import LONGEST_LINE, SCHEME, MarkdownWalk
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import BadFile, Row

LABEL = "outline (Org mode)"
HEADLINE = re.compile(r"(\*+)\s+(?:(TODO|NEXT|WAITING|DONE|CANCELL?ED)\s+)?(?:\[#\w\]\s+)?(.*)\Z")
# An address, and what it is called; in the name brackets may stand, but for two that open.
LINK = re.compile(r"\[\[((?:[^\[\]\\]|\\.)++)\](?:\[((?:[^\[\]]|\[(?!\[)|\](?!\](?!\])))++)\])?\]")
LINKED = re.compile(r"\[\[(?:https?|ftp)://[^\[\]]+\](?:\[|\])", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
# Tags stand between colons at the end of a headline; those of buku may have blanks inside.
TAGS = re.compile(r"(?:\A|\s):(?=\S)([^:\n]++(?::[^:\n]++)*+):\Z")
LONGEST_TAGS = 2_000
FILE_TAGS = re.compile(r"\s*#\+filetags:(.*)\Z", re.IGNORECASE)
COMMENT = re.compile(r"\s*#(?:[\s+]|\Z)")
COOKIE = re.compile(r"\s*\[\d*(?:/\d*|%)\]")
BLOCK = re.compile(r"\s*#\+(begin|end)_(src|example|export|comment)\b", re.IGNORECASE)
DRAWER = re.compile(r"\s*:([\w-]+):\s*\Z")
PROPERTY = re.compile(r"\s*:([\w-]+)\+?:\s+(.*)\Z")
PLANNING = re.compile(r"\s*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):")
STAMP = re.compile(r"[\[<](\d{4}-\d\d-\d\d)(?:\s+[^\W\d]+\.?)?(?:\s+(\d\d?:\d\d))?[^\]>]*[\]>]")
# What Markdown would take for more than it is.
SIGNS = re.compile(r"([\[\]\\<>&*_`])")
CREATED = ("created", "added", "date_added", "captured", "date")
ADDRESSES = ("url", "roam_refs", "link", "source", "website")
DONE = frozenset({"DONE", "CANCELED", "CANCELLED"})


def looks_like(head: bytes) -> bool:
    """Tell by a link as Org has it."""
    return any(map(LINKED.search, head_lines(head)))


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each link; raises BadFile where there is none.

    Tags hold for all below their headline, and those of `#+FILETAGS` for the file.
    """
    outline, count = _Outline(), 0
    for number, line in text_lines(file, LONGEST_LINE):
        for row in outline.take(number, line):
            count += 1
            yield row
    for row in outline.end():
        count += 1
        yield row
    if not count:
        raise BadFile("There are no links in this file.")


@dataclass
class _Headline:
    """A headline that waits for the properties below it."""

    line: int
    level: int
    state: str
    words: str
    said: dict[str, str] = field(default_factory=dict)


@dataclass
class _Outline:
    """Where the reading of a file is: below which headline, with which tags, in which drawer."""

    walk: MarkdownWalk = field(default_factory=lambda: MarkdownWalk({}, titled=False))
    tags: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    headline: _Headline | None = None
    created: datetime | None = None
    begun: int = 0
    is_code: bool = False
    in_drawer: bool = False

    def take(self, number: int, line: str) -> Iterator[Row]:
        """Go on by a line; yield the rows that ended with it."""
        if found := HEADLINE.match(line):
            yield from self.end()
            self._begin(number, found)
        elif block := BLOCK.match(line):
            self.is_code = block[1].lower() == "begin"
        elif not self.is_code and not self._is_kept_aside(line):
            yield from self._told(self._flush())
            inside = "  " if self.begun and line.strip() else ""
            yield from self._told(self.walk.take(number, inside + _as_markdown(line)))

    def _begin(self, number: int, found: re.Match[str]) -> None:
        # A headline ends whatever is open.
        self.is_code = self.in_drawer = False
        level, words = len(found[1]), found[3].strip()
        tags = TAGS.search(words, max(0, len(words) - LONGEST_TAGS))
        words = COOKIE.sub("", words[: tags.start()] if tags else words)
        self.tags = [one for one in self.tags if one[0] < level]
        self.tags.append((level, _names(tags[1].split(":")) if tags else ()))
        self.headline = _Headline(number, level, found[2] or "", words.strip())

    def _is_kept_aside(self, line: str) -> bool:
        """Tell whether a line is no text: of a drawer, a keyword, a comment, a time of planning."""
        if drawer := DRAWER.match(line):
            self.in_drawer = drawer[1].lower() != "end"
            return True
        if self.in_drawer:
            if self.headline and (said := PROPERTY.match(line)):
                self.headline.said[said[1].lower()] = said[2].strip()
            return True
        if keyword := FILE_TAGS.match(line):
            self.tags.append((0, _names(re.split(r"[:\s]", keyword[1]))))
        return COMMENT.match(line) is not None or PLANNING.match(line) is not None

    def _flush(self) -> Iterator[Row]:
        """Say a headline as Markdown, now that its properties are known."""
        told, self.headline = self.headline, None
        if told is None:
            return
        words = told.words
        address = next((told.said[name] for name in ADDRESSES if told.said.get(name)), "")
        if ADDRESS.match(address) and not LINK.search(words):
            words = f"[[{address.split()[0]}][{words}]]"
        if not LINK.search(words) and not ADDRESS.search(words):
            yield from self.walk.take(told.line, f"{'#' * min(told.level, 6)} {words}")
            return
        self.walk.leave(told.level)
        self.begun, self.created = told.line, _moment(told.said)
        box = f"[{'x' if told.state in DONE else ' '}] " if told.state else ""
        yield from self.walk.take(told.line, f"- {box}{_as_markdown(words)}")

    def end(self) -> Iterator[Row]:
        """Yield the rows of what is open."""
        yield from self._told(self._flush())
        yield from self._told(self.walk.end())
        self.begun, self.created = 0, None

    def _told(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            above = (name for _, names in self.tags for name in names)
            tags = tuple(dict.fromkeys((*row.tags, *above)))
            saved_at = self.created if row.line == self.begun else None
            yield replace(row, tags=tags, saved_at=saved_at)


def _names(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for one in parts if (name := one.strip()))


def _as_markdown(line: str) -> str:
    """Return a line with the links that Org has in two brackets as Markdown has them."""
    return LINK.sub(_link, line)


def _link(found: re.Match[str]) -> str:
    url = re.sub(r"[<>]|\\(.)", r"\1", found[1]).strip()
    name = SIGNS.sub(r"\\\1", found[2] or url)
    if url.startswith("file:") or url[:1] in tuple("./~"):
        url = url.removeprefix("file:")
    elif url.startswith("id:") or not SCHEME.match(url):
        url = f"#{url}"  # a place in this file
    return f"[{name}](<{url}>)" if re.search(r"[\s()]", url) else f"[{name}]({url})"


def _moment(said: dict[str, str]) -> datetime | None:
    """Return the time that one of a headline's properties tells."""
    for name in CREATED:
        if stamp := STAMP.search(said.get(name, "")):
            time = f"{stamp[2]:0>5}" if stamp[2] else "00:00"
            return moment_of(f"{stamp[1]}T{time}:00")
        if moment := moment_of(said.get(name, "")):
            return moment
    return None
