"""Takes a file of Markdown apart into blocks. Import `read_blocks`, `Block`, `Entry`.

Pure. CommonMark with tables, by markdown-it-py; the insides of paragraphs are left to `scan`, which
is fast and lenient. HTML becomes Markdown first. A `#2 Heading` without a blank counts as heading,
as it does to a reader.
"""

import re
import textwrap
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from readinglists.markdown.markup import as_markdown

# Deeper nesting is left as text: nobody writes it, and parsers of Markdown recurse.
MAX_NESTING = 40
LENIENT = re.compile(r"(?m)^(#{1,6})(?=\d|\w+[^\S\n]+\S)(?![^\n]*#\w)")
# A place to link to on a line of its own, at which HTML would go on to the next blank line.
ANCHOR = re.compile(r"(?m)^ {0,3}<a\s+(?:name|id)=[^<>\n]{1,200}>(?:[ \t]*</a>)?[ \t]*$")
TIGHT = re.compile(r"(?m)^( {0,3}\d{1,3}[.)])(?=\[[^\]\n]{1,500}\]\()")
BULLET = re.compile(r" *[-*+] +")
FENCE = re.compile(r"(?m)^ {0,3}(```|~~~)")
TASK = re.compile(r"\[([ xX])\](?=\s|\Z)[ \t]*")
DETAILS = re.compile(
    r"<details[^<>]{0,500}>|<summary[^<>]{0,500}>((?:(?!<summary).){0,2000}?)</summary>|(</details>)",
    re.I | re.S,
)
_PARSER = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
_PARSER.core.ruler.enableOnly(["normalize", "block"])


@dataclass
class Block:
    """A block of the file. `kind` is heading, paragraph, list, table, quote, code, rule, comment,
    open or close (of HTML details).

    `text` is the source of a heading or paragraph without its marks; `source` the block as it
    stands in the file.
    """

    kind: str
    line: int
    text: str = ""
    source: str = ""
    level: int = 0
    entries: list["Entry"] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    row_lines: list[int] = field(default_factory=list)
    blocks: list["Block"] = field(default_factory=list)


@dataclass
class Entry:
    """An entry of a list: the number an ordered list gives it, its box, what stands in it."""

    line: int
    number: str = ""
    expected: str = ""
    done: bool | None = None
    blocks: list[Block] = field(default_factory=list)


def read_blocks(text: str) -> tuple[list[Block], dict[str, str]]:
    """Return the blocks of a text, and its link references by folded label."""
    text = _lenient(text)
    environment: dict[str, object] = {}
    tokens = _PARSER.parse(_joined_html(text), environment)
    found = environment.get("references", {})
    references = {
        " ".join(name.split()).casefold(): str(one["href"])
        for name, one in (found.items() if isinstance(found, dict) else ())
    }
    return _Reader(text.split("\n"), 0).read(tokens), references


def _lenient(text: str) -> str:
    """Put the blank into `#2 Heading` and `10.[Title]`, take anchors off headings; not in code.

    Bullets that stand a blank further in than those above are below them to a person, though not to
    CommonMark: where one of the two has the links and the other the words. No line is added.
    """
    pieces = FENCE.split(text)
    pieces[::4] = [_nested(LENIENT.sub(r"\1 ", ANCHOR.sub("", one))) for one in pieces[::4]]
    return "".join(pieces)


def _nested(text: str) -> str:
    """Indent bullets as far as CommonMark wants it for what is meant to be below another."""
    lines = TIGHT.sub(r"\1 ", text).split("\n")
    above: tuple[int, int, bool] | None = None
    inside = shift = 0
    for place, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        bullet = BULLET.match(line)
        if not line.strip():
            continue
        if inside and indent >= inside:
            lines[place] = " " * shift + line
            continue
        inside = 0
        if not bullet:
            above = above if indent else None
            continue
        linked = "](" in line or "http" in line
        if above and above[0] < indent < above[1] and linked != above[2]:
            inside, shift = indent, above[1] - indent
            lines[place] = " " * shift + line
        else:
            above = (indent, bullet.end(), linked)
    return "\n".join(lines)


def _joined_html(text: str) -> str:
    """Fill blank lines inside of HTML tables and lists, at which Markdown would end them."""
    if not re.search(r"<(table|ul|ol)\b", text, re.I):
        return text
    lines, inside = text.split("\n"), ""
    for place, line in enumerate(lines):
        opened = re.match(r"\s*<(table|ul|ol)\b", line, re.I)
        if not inside and opened:
            inside = opened[1].lower()
        if inside and not line.strip():
            lines[place] = "<!---->"
        if inside and f"</{inside}>" in line.lower():
            inside = ""
    return "\n".join(lines)


class _Reader:
    """Turns the flat tokens of the parser into blocks."""

    def __init__(self, lines: list[str], offset: int) -> None:
        self.lines, self.offset = lines, offset

    def read(self, tokens: list[Token]) -> list[Block]:  # noqa: PLR0912 - one a kind
        top: list[Block] = []
        into: list[list[Block]] = [top]
        lists: list[Block] = []
        for place, token in enumerate(tokens):
            kind = token.type
            if kind in ("bullet_list_open", "ordered_list_open"):
                block = self.block("list", token)
                block.level = int(token.attrs.get("start", 1) or 0)
                into[-1].append(block)
                lists.append(block)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                lists.pop()
            elif kind == "list_item_open":
                into.append(self.entry(token, lists[-1]).blocks)
            elif kind == "blockquote_open":
                block = self.block("quote", token)
                into[-1].append(block)
                into.append(block.blocks)
            elif kind in ("list_item_close", "blockquote_close"):
                into.pop()
            elif kind in ("paragraph_open", "heading_open"):
                into[-1].append(self.words(token, tokens[place + 1]))
            elif kind == "table_open":
                into[-1].append(self.block("table", token))
            elif kind in ("th_open", "td_open"):
                into[-1][-1].rows[-1].append(tokens[place + 1].content)
            elif kind == "tr_open":
                into[-1][-1].rows.append([])
                into[-1][-1].row_lines.append(self.line(token))
            elif kind in ("fence", "code_block"):
                into[-1].append(self.block("code", token))
            elif kind == "hr":
                into[-1].append(self.block("rule", token))
            elif kind == "html_block":
                into[-1] += self.html(token)
        return top

    def line(self, token: Token) -> int:
        return (token.map[0] if token.map else 0) + self.offset + 1

    def block(self, kind: str, token: Token) -> Block:
        first, last = token.map or (0, 0)
        source = textwrap.dedent("\n".join(self.lines[first:last])).strip("\n")
        return Block(kind, self.line(token), source=source)

    def words(self, token: Token, inline: Token) -> Block:
        kind = "heading" if token.type == "heading_open" else "paragraph"
        block = self.block(kind, token)
        block.text = inline.content
        block.level = int(token.tag[1]) if kind == "heading" else 0
        return block

    def entry(self, token: Token, block: Block) -> Entry:
        place = len(block.entries)
        number = token.info if block.source.lstrip()[:1].isdigit() else ""
        entry = Entry(self.line(token), number, str(block.level + place) if number else "")
        block.entries.append(entry)
        return entry

    def html(self, token: Token) -> list[Block]:
        """Return the blocks of a piece of HTML."""
        source, line = token.content, self.line(token)
        blocks, place, at = list[Block](), 0, line
        for found in [*DETAILS.finditer(source), None]:
            part = source[place : found.start() if found else None]
            if part.strip():
                blocks += _of_html(part, at)
            if found is None:
                break
            at += part.count("\n")
            if found[1] is not None:
                words = re.sub(r"<[^>]{0,500}>", " ", found[1])
                blocks.append(Block("open", at, " ".join(words.split()), found[0]))
            elif found[2]:
                blocks.append(Block("close", at, source=found[0]))
            place = found.end()
            at += found[0].count("\n")
        return blocks


def _of_html(source: str, line: int) -> list[Block]:
    text = as_markdown(source)
    if not text.strip():
        words = re.sub(r"<!--|-->", "", source).strip()
        comment = source.lstrip().startswith("<!--") and re.search(r"\w", words)
        return [Block("comment", line, words, source)] if comment else []
    tokens = _PARSER.parse(text)
    blocks = _Reader(text.split("\n"), 0).read([t for t in tokens if t.type != "html_block"])
    _move(blocks, line)
    return blocks


def _move(blocks: list[Block], line: int) -> None:
    """Give all of these blocks the line of the HTML they came from."""
    for block in blocks:
        block.line, block.row_lines = line, [line] * len(block.row_lines)
        _move(block.blocks, line)
        for entry in block.entries:
            entry.line = line
            _move(entry.blocks, line)
