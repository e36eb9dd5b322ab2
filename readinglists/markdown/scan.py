r"""Takes a line of Markdown apart: words, links, images, code. Import `scan`, `Run`.

Pure. It is more lenient than CommonMark (blanks in addresses, HTML anchors as links) and goes
over its text once, so that no input makes it slow. Runs know where they stand, so that what is not
used of a line can be kept as it was written.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

# What may begin or end something. The longest of alternatives come first.
SPECIAL = re.compile(
    r"\\[!-/:-@\[-`{-~]|`+|!?\[|\]|<[^<>\n]{1,2000}>|https?://[^\s<>\]|`\"]+|\*+|_+|\n|&#?\w{1,31};"
)
TARGET = re.compile(r"\(((?:[^()\n]|\([^()\n]{0,500}\)){0,2000})\)")
REFERENCE = re.compile(r"\[([^\[\]\n]{0,200})\]")
QUOTED_END = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*\Z""")
ATTRIBUTE = re.compile(r"""\b(href|src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.I)
AUTOLINK = re.compile(r"<(https?://[^<>\s]+|mailto:[^<>\s]+)>\Z", re.I)


@dataclass
class Run:
    """A piece of a line. `kind` is text, link, image, code, mark, tag or break.

    `text` is what a reader sees: the words of a link, what an image says it shows. `href` is where
    a link leads, `src` what an image shows. `start` and `end` are places in the source.
    """

    kind: str
    text: str
    start: int
    end: int
    href: str = ""
    src: str = ""
    bold: bool = False
    italic: bool = False


@dataclass
class _Open:
    """A bracket or an HTML anchor that waits for its end."""

    first: int
    start: int
    image: bool = False
    href: str | None = None


class _Scanner:
    def __init__(self, source: str, references: Mapping[str, str]) -> None:
        self.source, self.references = source, references
        self.runs: list[Run] = []
        self.open: list[_Open] = []
        self.bold = self.italic = False

    def add(self, kind: str, text: str, start: int, end: int, **more: str) -> None:
        self.runs.append(Run(kind, text, start, end, bold=self.bold, italic=self.italic, **more))

    def run(self) -> list[Run]:
        place = 0
        while found := SPECIAL.search(self.source, place):
            start, piece = found.start(), found[0]
            if start > place:
                self.add("text", self.source[place:start], place, start)
            place = self.take(piece, start)
        if place < len(self.source):
            self.add("text", self.source[place:], place, len(self.source))
        return self.runs

    def take(self, piece: str, start: int) -> int:
        """Deal with what begins at `start`; return where to go on."""
        end = start + len(piece)
        if piece[0] == "\\":
            self.add("text", piece[1], start, end)
        elif piece[0] == "`":
            return self.code(piece, start)
        elif piece in ("[", "!["):
            self.open.append(_Open(len(self.runs), start, image=piece == "!["))
            self.add("text", piece, start, end)
        elif piece == "]":
            return self.close(start)
        elif piece[0] == "<":
            self.tag(piece, start)
        elif piece[0] in "*_":
            self.mark(piece, start)
        elif piece == "\n":
            self.add("break", " ", start, end)
        elif piece[0] == "&":
            self.add("text", html.unescape(piece), start, end)
        else:
            return self.bare(piece, start)
        return end

    def code(self, ticks: str, start: int) -> int:
        end = start + len(ticks)
        close = self.source.find(ticks, end, end + 1000)
        if close < 0:
            self.add("text", ticks, start, end)
            return end
        words = self.source[end:close].strip()
        self.add("code", words, start, close + len(ticks))
        return close + len(ticks)

    def close(self, start: int) -> int:
        """End a bracket: a link where an address follows, else a bracket of the text."""
        while self.open and self.open[-1].href is not None:
            self.open.pop()  # an anchor that was never closed
        opened = self.open.pop() if self.open else None
        end, href = self.target(start + 1, self.source[opened.start : start] if opened else "")
        if opened is None or href is None:
            self.add("text", "]", start, start + 1)
            return start + 1
        self.link(opened, end, href)
        return end

    def target(self, place: int, label: str) -> tuple[int, str | None]:
        """Return where the address after a bracket ends, and the address; None if there is none."""
        gap = self.source.startswith((" (http://", " (https://"), place)
        if found := TARGET.match(self.source, place + gap):
            inside = QUOTED_END.sub("", " " + found[1].strip()).strip()
            return found.end(), inside.removeprefix("<").removesuffix(">")
        if found := REFERENCE.match(self.source, place):
            name = found[1] or label.lstrip("![")
            if href := self.references.get(_folded(name)):
                return found.end(), href
        elif len(label) < 1000 and (href := self.references.get(_folded(label.lstrip("![")))):
            return place, href
        return place, None

    def link(self, opened: _Open, end: int, href: str) -> None:
        inside = self.runs[opened.first + 1 :] if opened.href is None else self.runs[opened.first :]
        if not opened.image and any(run.kind == "link" for run in inside):
            return  # links do not nest: the inner ones count (CommonMark, 6.3)
        words = "".join(run.text for run in inside if run.kind != "mark")
        src = next((run.src for run in inside if run.kind == "image"), "")
        bold = self.bold or any(run.bold for run in inside)
        code = bool(inside) and all(run.kind == "code" for run in inside if run.text.strip())
        del self.runs[opened.first :]
        kind = "image" if opened.image else "link"
        run = Run(kind, words, opened.start, end, href, src, bold, self.italic)
        if opened.image:
            run.href, run.src = "", href
        elif code:
            run.src = run.src or "code"
        self.runs.append(run)

    def tag(self, piece: str, start: int) -> None:
        end, name = start + len(piece), piece[1:].lower()
        if found := AUTOLINK.match(piece):
            self.add("link", found[1], start, end, href=found[1])
        elif re.match(r"a[\s>]", name):
            href = _attributes(piece).get("href", "")
            self.open.append(_Open(len(self.runs), start, href=href))
        elif name.startswith("/a>"):
            while self.open and self.open[-1].href is None:
                self.open.pop()
            if self.open and (opened := self.open.pop()).href:
                self.link(opened, end, opened.href or "")
        elif name.startswith("img"):
            said = _attributes(piece)
            self.add("image", said.get("alt", ""), start, end, src=said.get("src", ""))
        elif re.match(r"(br|/?p|/?li|/?div)\b", name):
            self.add("break", " ", start, end)
        elif re.match(r"/?[a-z]|!--", name):
            self.add("tag", "", start, end)
        else:
            self.add("text", piece, start, end)

    def mark(self, piece: str, start: int) -> None:
        end = start + len(piece)
        before = self.source[start - 1 : start] or " "
        after = self.source[end : end + 1] or " "
        inner = piece[0] == "_" and before.isalnum() and after.isalnum()
        if inner or (before.isspace() and after.isspace()) or len(piece) > 3:
            self.add("text", piece, start, end)
            return
        self.add("mark", piece, start, end)
        self.bold ^= len(piece) >= 2
        self.italic ^= len(piece) != 2

    def bare(self, piece: str, start: int) -> int:
        """Take a bare address, without the punctuation behind it (GFM, 6.9)."""
        url = piece.rstrip("?!.,:*_~'\"")
        surplus = url.count(")") - url.count("(")
        while surplus > 0 and url.endswith(")"):
            url, surplus = url[:-1].rstrip(".,;"), surplus - 1
        self.add("link", url, start, start + len(url), href=url)
        return start + len(url)


def scan(source: str, references: Mapping[str, str] | None = None) -> list[Run]:
    """Return the runs of one paragraph; `references` are addresses by folded label."""
    return _Scanner(source, references or {}).run()


def _attributes(piece: str) -> dict[str, str]:
    return {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in ATTRIBUTE.finditer(piece)
    }


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
