"""Lists of links in Markdown: our own export, buku's, awesome-lists, tables, lists of what to read.

Line by line, not by CommonMark's whole grammar: a bookmark is a link on a line. Every link of a
line becomes a row, the first with the words beside it. Headings are folders, as are bullets without
a link above bullets that have one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from bookmarks.formats import plain_text
from bookmarks.formats.line_pieces import head_lines, text_lines
from bookmarks.formats.markdown_pieces import Line, Link, parse, plain
from bookmarks.formats.rows import BadFile, Row

LABEL = "list of links (Markdown)"
LONGEST_LINE = 1_000_000
MOST_NAMES = 50_000
LONGEST_WORDS = 200_000
BULLET = re.compile(r"(\s*)(?:[-*+]|\d{1,9}[.)])\s+(?:\[([ xX])\]\s+)?(?=\S)")
HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+(.*?))??(?:\s+#+)?\s*\Z")
UNDERLINE = re.compile(r"\s{0,3}(?:(=+)|-{2,})\s*\Z")
BOLD = re.compile(r"(?:\*\*|__)([^*_]+)(?:\*\*|__):?\s*\Z")
FENCE = re.compile(r"\s*(`{3,}|~{3,})")
DEFINITION = re.compile(r"\s{0,3}\[([^\[\]]{1,200})\]:\s+<?([^\s<>]+)>?")
LINKED = re.compile(r"\]\((?:<?https?://|www\.)|\]\[|\]:\s+<?https?://", re.IGNORECASE)
BULLET_ADDRESS = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+<?https?://", re.IGNORECASE)
RULE = re.compile(r"[\s|:=+-]*\Z")
# Labels that say what a link is, not what it is about.
GENERIC = frozenset(
    {"pdf", "paper", "code", "github", "project", "website", "web", "link", "here", "video"}
    | {"slides", "arxiv", "html", "blog", "article", "demo", "dataset", "page", "homepage", "site"}
    | {"url", "source", "talk", "poster", "notebook", "colab", "repo"}
)
NAMED = (re.compile(r"\*\*([^*]+)\*\*"), re.compile(r"[\"“]([^\"”]+)[\"”]"))
SHORTEST_TITLE = 4
STARS = re.compile(r":star\d?:")
EDGES = " \t-–—:·|,;•"
EMPTY = re.compile(r"[(\[]\s*[,;|/&]*\s*[)\]]")
PICTURE = "A picture with a link, as badges are."
PLACE = "A place in this file, not a page."
BESIDE = "A file beside this one, not a page."
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|www\.", re.IGNORECASE)


def looks_like(head: bytes) -> bool:
    """Tell by a link as Markdown has it, or by bullets before addresses."""
    lines = head_lines(head)
    linked = any(LINKED.search(line) or BULLET_ADDRESS.match(line) for line in lines)
    return linked and not plain_text.looks_like(head)


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each link; raises BadFile where there is none.

    The first heading, if it is the only one of its kind, is the title of the file. Links may be
    told by names whose addresses stand at the end: the file is read twice.
    """
    begin = file.tell()
    titled, named = _survey(file)
    file.seek(begin)
    walk = MarkdownWalk(named, titled)
    count = 0
    for number, line in text_lines(file, LONGEST_LINE):
        for row in walk.take(number, line):
            count += 1
            yield row
    for row in walk.end():
        count += 1
        yield row
    if not count:
        raise BadFile("There are no links in this file.")


def _survey(file: BinaryIO) -> tuple[bool, dict[str, str]]:
    """Return whether the first heading is the title of the file, and addresses by their names."""
    named: dict[str, str] = {}
    levels: list[int] = []
    walk = MarkdownWalk({}, titled=False)
    for _, line in text_lines(file, LONGEST_LINE):
        if walk.is_outside(line):
            continue
        if (found := DEFINITION.match(line)) and len(named) < MOST_NAMES:
            named.setdefault(" ".join(found[1].lower().split()), found[2])
        level = walk.level_of(line)
        if level == 1 or (level and not levels):
            levels = [*levels, level][:2]
        walk.before = line
    return levels == [1], named


@dataclass
class _Item:
    """An entry that is being read: its first line, its links, and the words about the first."""

    line: int
    indent: int
    text: str
    found: Line
    words: list[str]
    # How many links are in the first line.
    first: int = 0
    unread: bool | None = None
    folders: tuple[str, ...] = ()
    length: int = 0
    blank: bool = False
    is_bullet: bool = True


@dataclass
class MarkdownWalk:
    """Where the reading of a file is: below which headings and bullets, on which entry."""

    named: dict[str, str]
    titled: bool
    headings: list[tuple[int, str]] = field(default_factory=list)
    bullets: list[tuple[int, str]] = field(default_factory=list)
    item: _Item | None = None
    fence: str = ""
    comment: bool = False
    front: bool | None = None
    before: str = ""

    def is_outside(self, line: str) -> bool:
        """Tell whether a line is of the front matter, of code or of a comment of many lines."""
        if self.front is None and line.strip():
            self.front = line.rstrip() == "---"
            outside = self.front
        elif self.front:
            self.front, outside = line.rstrip() not in ("---", "..."), True
        elif self.comment:
            self.comment, outside = "-->" not in line, True
        else:
            outside = False
        fence = None if outside else FENCE.match(line)
        if self.fence and not outside:
            ended = fence and fence[1].startswith(self.fence)
            self.fence, outside = "" if ended else self.fence, True
        elif fence:
            self.fence, outside = fence[1], True
        elif not outside and line.lstrip().startswith("<!--") and "-->" not in line:
            self.comment = outside = True
        return outside

    def level_of(self, line: str) -> int:
        """Return the level of the heading that a line is, or ends; 0 for other lines."""
        if found := HEADING.match(line):
            return len(found[1])
        under = UNDERLINE.match(line)
        text = self.before.strip()
        if not (under and text) or BULLET.match(self.before) or text[0] in "|#>":
            return 0
        return 1 if under[1] else 2

    def take(self, number: int, line: str) -> Iterator[Row]:
        """Go on by a line; yield the rows of the entry that ended with it."""
        if self.is_outside(line) or DEFINITION.match(line):
            return
        level, before = self.level_of(line), self.before
        self.before = line
        if not line.strip():
            if self.item:
                self.item.words.append("")
                self.item.blank = True
        elif level:
            found = HEADING.match(line)
            yield from self._heading(number, level, (found[2] or "") if found else before)
        elif bullet := BULLET.match(line):
            indent = len(bullet[1].expandtabs(4))
            if self._is_note(line, indent):
                self._note(line[bullet.end() :], indent, line)
            else:
                yield from self._begin(number, indent, line, bullet)
        elif self._goes_on(line):
            self._go_on(line)
        elif bold := BOLD.match(line):
            yield from self._heading(number, 7, bold[1])
        elif not RULE.match(line):
            yield from self._begin(number, 0, line, None)

    def _goes_on(self, line: str) -> bool:
        """Tell whether a line belongs to the entry that is open."""
        if self.item is None or line.lstrip().startswith("|"):
            return False
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        return self.item.is_bullet and (indent > self.item.indent or not self.item.blank)

    def _is_note(self, line: str, indent: int) -> bool:
        """Tell whether a bullet only has words, below a bullet with a link."""
        item = self.item
        below = item is not None and item.is_bullet and indent > item.indent
        return below and bool(item and item.found.links) and not parse(line, self.named).links

    def _note(self, text: str, indent: int, line: str) -> None:
        """Take a bullet as words of the entry that is open, and as a folder of what is below it."""
        self._go_on(line)
        while self.bullets and self.bullets[-1][0] >= indent:
            self.bullets.pop()
        if name := plain(text).strip(EDGES):
            self.bullets.append((indent, " ".join(name.split())[:500]))

    def leave(self, level: int) -> None:
        """Leave the headings of a level and of those below it; nothing may be open."""
        self.bullets.clear()
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()

    def _go_on(self, line: str) -> None:
        item = self.item
        if item is None or item.length > LONGEST_WORDS:
            return
        found = parse(line, self.named)
        links = item.found.links
        links += [link for link in found.links if link.marked or not links]
        item.found.tags += found.tags
        item.words.append(line if links else found.words)
        item.length += len(line)

    def _heading(self, number: int, level: int, text: str) -> Iterator[Row]:
        yield from self.end()
        self.leave(level)
        found = parse(text, self.named)
        if found.links:
            self.item = self._item(number, 0, text, found, None)
            yield from self.end()
            self.bullets.clear()
        if not (self.titled and level == 1):
            labels = [link.label for link in found.links if not link.is_picture]
            self.headings.append((level, plain(" ".join([*labels, found.words]))))

    def _begin(
        self, number: int, indent: int, line: str, bullet: re.Match[str] | None
    ) -> Iterator[Row]:
        """End the entry that is open and begin another."""
        yield from self.end()
        while self.bullets and (self.bullets[-1][0] >= indent or not bullet):
            self.bullets.pop()
        text = line[bullet.end() :] if bullet else line
        self.item = self._item(number, indent, text, parse(text, self.named), bullet)

    def _item(
        self, number: int, indent: int, text: str, found: Line, bullet: re.Match[str] | None
    ) -> _Item:
        path = [name for _, name in (*self.headings, *self.bullets) if name]
        ticked = bullet[2] if bullet else None
        return _Item(
            number,
            indent,
            text,
            found,
            [found.words],
            first=len(found.links),
            unread=None if ticked is None else ticked == " ",
            folders=tuple(path),
            is_bullet=bullet is not None,
        )

    def end(self) -> Iterator[Row]:
        """Yield the rows of the entry that is open; one without links may be a folder."""
        item, self.item = self.item, None
        if item is None:
            return
        if not item.found.links:
            if item.is_bullet and (name := plain(item.words[0]).strip(EDGES)):
                self.bullets.append((item.indent, " ".join(name.split())[:500]))
            return
        yield from _rows(item)


def _rows(item: _Item) -> Iterator[Row]:
    """Yield the row of each link, the first that is a page with the words of the entry."""
    links = item.found.links
    skips = [_why_skipped(link) for link in links]
    main = next((at for at, why in enumerate(skips) if not why), 0)
    title = _title(item, links[main])
    rest = _rest(item, links[main], title)
    words = "\n".join([rest, *(plain(line.strip()) for line in item.words[1:])])
    for at, link in enumerate(links):
        label = _label(link)
        beside = f"{title} ({label.strip(' []()')})" if _is_generic(label) and title else label
        yield Row(
            item.line,
            url=link.url,
            title=title if at == main else beside,
            description=words.strip() if at == main else "",
            tags=item.found.tags,
            folders=item.folders,
            unread=item.unread,
            skipped=skips[at],
        )


def _label(link: Link) -> str:
    if link.is_picture:
        return " ".join(re.findall(r"!\[([^\]]*)\]", link.label))
    return " ".join(plain(link.label).split())


def _is_generic(label: str) -> bool:
    return label.strip(" []()").lower() in GENERIC


def _title(item: _Item, link: Link) -> str:
    """Return the title of an entry: the label of its link, or else what stands out in the line."""
    label = _label(link)
    if label and not _is_generic(label):
        return label
    for pattern in NAMED:
        for found in pattern.findall(item.words[0] if label else ""):
            name = " ".join(plain(found).strip(" .,").split())
            if len(name) >= SHORTEST_TITLE:
                return name
    end = link.start if link in item.found.links[: item.first] else None
    before = plain(parse(item.text[:end], {}).words).strip(EDGES + "([")
    return " ".join(before.split()) or label


def _rest(item: _Item, main: Link, title: str) -> str:
    """Return what a line says beside its links; in running text links are words of it."""
    shown = dict.fromkeys(item.found.comments, "")
    for link in item.found.links[: item.first]:
        label = "" if link is main and item.is_bullet else link.label or link.url
        shown[link.start, link.end] = "" if link.is_picture or _is_generic(label) else label
    parts, place = [], 0
    for (start, end), label in sorted(shown.items()):
        if place <= start:
            parts += [item.text[place:start], label]
            place = end
    text = STARS.sub("", " ".join("".join([*parts, item.text[place:]]).split()))
    if item.text.lstrip().startswith("|"):
        cells = (plain(cell).strip(EDGES) for cell in text.split("|"))
        return " ".join(cell for cell in cells if cell and cell != title)
    return EMPTY.sub("", plain(text)).strip(EDGES).strip()


def _why_skipped(link: Link) -> str:
    if link.is_picture:
        return PICTURE
    if link.url.startswith("#"):
        return PLACE
    return "" if SCHEME.match(link.url) or link.url.startswith("//") else BESIDE
