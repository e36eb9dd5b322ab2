"""Groups the blocks of a file under its headings. Import `read_parts`, `Part`.

Pure. Beside headings, a paragraph that is all bold above a list begins a part, and so do HTML
details with a summary of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from readinglists.markdown.blocks import Block, Entry
from readinglists.markdown.entry import Context, external
from readinglists.markdown.labels import is_back_to_top, is_contents, plain_words
from readinglists.markdown.markup import as_markdown

SAYS_NOTHING = re.compile(
    r"details?|expand|show \d+ .{0,40}|show( more| all)?|list|(see |view )?(more|list|all)"
    r"|open|papers|toc|full( list)?|click( (here|me|to (expand|show|view|see)))?( .{0,20})?"
    r"|expand (list|all)"
)
LONGEST_LEAD = 100
# Words before the link of a summary, and blocks in details that are one entry.
LONGEST_BEFORE, MOST_INSIDE = 12, 100


@dataclass
class Part:
    """A heading (its words, its source) with the blocks and parts below it.

    `real` says that it is a heading, and no bold line or summary.
    """

    title: str
    level: int
    line: int
    source: str = ""
    real: bool = True
    heading: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)


def read_parts(blocks: list[Block], context: Context) -> Part:
    """Return the whole file as a part of level 0."""
    root = Part("", 0, 1)
    stack, soft, closed = [root], list[Part](), False
    blocks = list(_folded(blocks, context))
    for place, block in enumerate(blocks):
        if block.kind == "heading":
            soft, closed = [], False
            while stack[-1].level >= block.level:
                stack.pop()
            part = _part(block, context)
            stack[-1].parts.append(part)
            stack.append(part)
        elif block.kind == "open":
            if _tells(block.text, stack[-1].title):
                soft = [_below(stack[-1], block)]
        elif block.kind == "close":
            soft, closed = [], closed or bool(soft)
        elif _leads(block, blocks[place + 1 : place + 2], context):
            soft = [_below(stack[-1], Block("bold", block.line, words_of(block.text, context)))]
            soft[0].source = block.source
        else:
            if closed and not soft and block.kind in ("list", "table"):
                # It stands behind the details, and so must what it lists.
                soft = [_below(stack[-1], Block("more", block.line, stack[-1].title or "More"))]
            (soft or stack)[-1].blocks.append(block)
    return root


def _folded(blocks: list[Block], context: Context) -> Iterator[Block]:
    """Yield the blocks; details whose summary begins with a link are one entry of a list."""
    place = 0
    while place < len(blocks):
        block = blocks[place]
        end = _end_of(blocks, place) if block.kind == "open" else 0
        words = as_markdown(block.source).strip() if end else ""
        links = context.links(words)
        if links and len(plain_words(words[: links[0].run.start])) < LONGEST_BEFORE:
            inside = [Block("paragraph", block.line, words, block.source)]
            inside += [one for one in blocks[place + 1 : end] if one.kind not in ("open", "close")]
            entry = Entry(block.line, blocks=inside)
            yield Block("list", block.line, source=block.source, entries=[entry])
            place = end
        else:
            yield block
        place += 1


def _end_of(blocks: list[Block], start: int) -> int:
    """Return where details end that begin at `start`; 0 if a heading comes before that."""
    depth = 0
    for place in range(start, min(len(blocks), start + MOST_INSIDE)):
        kind = blocks[place].kind
        depth += (kind == "open") - (kind == "close")
        if kind == "heading":
            break
        if not depth:
            return place
    return 0


def _part(block: Block, context: Context) -> Part:
    title = words_of(block.text, context)
    return Part(title, block.level, block.line, block.source, heading=block)


def _below(part: Part, block: Block) -> Part:
    below = Part(block.text, part.level + 1, block.line, block.source, real=False)
    part.parts.append(below)
    return below


def words_of(text: str, context: Context) -> str:
    """Return the words of a heading, without marks, pictures and arrows to the top."""
    kept = []
    for run in context.runs(text):
        arrow = run.kind == "link" and run.href.startswith("#") and is_back_to_top(run.text)
        if run.kind not in ("mark", "tag", "image") and not run.src and not arrow:
            kept.append(run.text)
    title = " ".join("".join(kept).split())
    return title.strip(" \t#*_").rstrip(":").strip()[:255]


def _tells(summary: str, title: str) -> bool:
    """Tell whether the summary of details names a part of its own."""
    plain = plain_words(summary).lower()
    return (
        bool(plain)
        and not SAYS_NOTHING.fullmatch(plain)
        and plain != plain_words(title).lower()
        and (not is_contents(summary))
    )


def _leads(block: Block, following: list[Block], context: Context) -> bool:
    """Tell whether a paragraph is a bold line above a list."""
    if block.kind != "paragraph" or len(block.text) > LONGEST_LEAD or not following:
        return False
    if following[0].kind not in ("list", "table") or "**" not in block.text + "**" * (
        "__" in block.text
    ):
        return False
    runs = context.runs(block.text)
    words = [run for run in runs if run.kind in ("text", "code", "link") and plain_words(run.text)]
    return bool(words) and all(run.bold for run in words) and not external(runs, context)
