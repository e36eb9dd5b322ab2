"""Reads what stands below one heading: items, words about them, and what is no part of the list.
Import `read_body`, `Body`.

Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from readinglists.drafts import MAX_NOTE
from readinglists.markdown.blocks import TASK, Block, Entry
from readinglists.markdown.entry import Context, Link, external, read_entry
from readinglists.markdown.entry_lists import (
    LONGEST,
    is_contents_list,
    is_entry_list,
    own_words,
    whole_words,
    words_below,
)
from readinglists.markdown.labels import is_back_to_top, is_generic, plain_words, without_links
from readinglists.markdown.prose import (
    is_bare_link,
    is_headline,
    is_led_by_links,
    is_links_alone,
    is_told_by_date,
)
from readinglists.markdown.said import number_in
from readinglists.markdown.scan import Run
from readinglists.markdown.tables import read_table
from readinglists.markdown.tree import Dropped, ReadItem, Unparsed

LONGEST_LABEL, LONGEST_WORD = 12, 60
# Nothing but a label in brackets: [[Python Reference]](https://…).
BESIDE = re.compile(r"\s*\[\[[^\[\]\n]{1,60}\](?:\]\([^\s]{1,2000}\)|\([^\s]{1,2000}\)\])[\s.,]*")
QUOTED_TITLE = re.compile(r"[\"“]\**[^\"“”]{4,400}[\"”]")


@dataclass
class Group:
    """Bullets below a bullet that has no link: a small section."""

    title: str
    line: int
    items: list[ReadItem]


@dataclass
class Body:
    """What was read; `notes` are Markdown as it stands in the file, `foot` what of it came last."""

    items: list[ReadItem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    foot: list[Block] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    unparsed: list[Unparsed] = field(default_factory=list)


def read_body(
    blocks: list[Block],
    title: str,
    context: Context,
    *,
    before_all: bool = False,
    words: bool = False,
) -> Body:
    """Return what the blocks below a heading say; `title` is for links that name nothing.

    What stands before all headings of a list lists less than what is below them; with `words`,
    nothing is listed at all.
    """
    body, behind = Body(), False
    blocks = list(_mended(blocks, context, titled=not (before_all or words)))
    bare = [] if before_all or words else _bare(blocks, context)
    for block in blocks:
        if block.kind in ("list", "table"):
            body.foot = []
        count = len(body.items)
        if len(block.text) > LONGEST:
            body.unparsed.append(Unparsed(block.line, f"{block.text[:200]}…"))
        elif words and block.kind in ("list", "table"):
            body.notes.append(block.source)
        elif block.kind == "list":
            _list(block, title, context, body, before_all=before_all)
        elif block.kind == "table":
            items = read_table(block, context)
            _take(body, items, block)
        elif block in bare:
            body.items.append(read_entry(block.text, block.line, context))
        elif block.kind == "paragraph":
            _paragraph(block, title, context, body)
        elif block.kind == "comment":
            body.dropped.append(Dropped(block.line, block.text, "a comment"))
        elif block.kind == "quote" and behind:
            last = body.items[-1]
            note = f"{last.draft.note}\n\n{block.source}".strip()[:MAX_NOTE]
            body.items[-1] = replace(last, draft=replace(last.draft, note=note))
        elif block.kind in ("quote", "code"):
            body.notes.append(block.source)
        behind = block.kind == "paragraph" and len(body.items) > count
    return body


def _bare(blocks: list[Block], context: Context) -> list[Block]:
    """Return the paragraphs that list something by being one link each, with no list beside."""
    if any(block.kind in ("list", "table") for block in blocks):
        return []
    told = [block for block in blocks if block.kind not in ("comment", "rule")]
    bare = [b for b in told if b.kind == "paragraph" and is_bare_link(b.text, context)]
    return bare if len(bare) > 1 or bare == told else []


def _take(body: Body, items: list[ReadItem] | None, block: Block) -> None:
    if items is None:
        body.notes.append(block.source)
    else:
        body.items += items


def _mended(blocks: list[Block], context: Context, *, titled: bool) -> Iterator[Block]:
    """Yield the blocks; a paragraph that is the second half of an entry goes into it.

    With `titled`, one of links alone goes into a title in bold above it.
    """
    last: Entry | None = None
    headline: Block | None = None
    for block in blocks:
        words = block.kind == "paragraph"
        if headline is not None:
            alone = words and is_links_alone(block.text, context)
            yield _joined(headline, block) if alone else headline
            headline = None
            if alone:
                continue
        if titled and words and is_headline(block.text, context):
            headline, last = block, None
        elif words and last is not None and _continues(last, block, context):
            last.blocks.append(block)
        else:
            last = block.entries[-1] if block.kind == "list" and block.entries else None
            yield block
    if headline is not None:
        yield headline


def _joined(first: Block, second: Block) -> Block:
    text, source = f"{first.text}\n{second.text}", f"{first.source}\n{second.source}"
    return replace(first, text=text, source=source)


def _continues(entry: Entry, block: Block, context: Context) -> bool:
    if context.links(own_words(entry)) or not block.text.startswith(("*", "[", "_")):
        return False
    links = context.links(block.text)
    return bool(links) and all(is_generic(link.label) for link in links)


def _list(
    block: Block, title: str, context: Context, body: Body, *, before_all: bool = False
) -> None:
    owns = [own_words(entry) for entry in block.entries]
    sentences = before_all and not is_led_by_links(owns, context)
    if is_contents_list(block, context):
        body.dropped.append(Dropped(block.line, block.source, "a table of contents"))
    elif not is_entry_list(block, context) or sentences or is_told_by_date(title, owns):
        body.notes.append(block.source)
    else:
        groups = _groups(block, context)
        for entry in block.entries:
            items = list(_entry_items(entry, title, context, body, group=entry in groups))
            if entry in groups and len(items) > 1 and not items[0].draft.url:
                name = items[0].draft.title
                body.groups.append(Group(name, entry.line, items[1:]))
            else:
                body.items += _below_label(items) if _is_label(entry, items) else items


def _groups(block: Block, context: Context) -> list[Entry]:
    """Return the entries that are headings of others, if no plain entry follows any of them."""
    heads = [
        not context.links(own_words(entry))
        and any(
            one.kind == "list" and is_entry_list(one, context) and not _all_generic(one, context)
            for one in entry.blocks
        )
        for entry in block.entries
    ]
    if True not in heads or not all(heads[heads.index(True) :]):
        return []
    return [entry for entry, head in zip(block.entries, heads, strict=True) if head]


def _is_label(entry: Entry, items: list[ReadItem]) -> bool:
    """Tell whether an entry is nothing but a short word above those below it."""
    first = items[0] if items else None
    return (
        first is not None
        and len(items) > 1
        and first.done is None
        and not (first.draft.url or first.draft.alternates or first.draft.note)
        and len(own_words(entry)) <= LONGEST_WORD
    )


def _below_label(items: list[ReadItem]) -> list[ReadItem]:
    """Return items without the first, whose words go before the notes of the others."""
    lead = items[0].draft.title
    return [
        replace(one, draft=replace(one.draft, note=f"{lead}: {one.draft.note}".removesuffix(": ")))
        for one in items[1:]
    ]


def _all_generic(block: Block, context: Context) -> bool:
    for words in words_below(block):
        links = context.links(words)
        plain = all(is_generic(link.label) for link in links) or BESIDE.fullmatch(words)
        if links and not plain and not _is_labelled(words, links):
            return False
    return True


def _entry_items(
    entry: Entry, title: str, context: Context, body: Body, *, group: bool = False
) -> Iterator[ReadItem]:
    """Yield the item of an entry, then those of the bullets below it that are items themselves."""
    own, more, below = own_words(entry), list[str](), list[Entry]()
    linked = bool(context.links(own))
    for block in entry.blocks:
        if block.kind == "list":
            for sub in block.entries:
                if _is_item(sub, context, linked=linked or not (group or own)):
                    below.append(sub)
                elif context.links(own_words(sub)) and len(own) < LONGEST:
                    own = f"{own}\n{own_words(sub)}"
                    more += [one.source for one in sub.blocks if one.kind == "list"]
                else:
                    lines = "\n".join(_lines(one) for one in sub.blocks)
                    more.append(f"- {lines}".replace("\n", "\n  "))
        elif block.kind not in ("paragraph", "heading"):
            more.append(block.source)
    box = TASK.match(own)
    words = own[box.end() :] if box else own
    if words.strip() and not _is_only_back(words, context):
        yield read_entry(
            words,
            entry.line,
            context,
            number=entry.number if entry.number != entry.expected else "",
            done=box[1] in "xX" if box else None,
            title=title,
            more_note="\n".join(more),
        )
        body.dropped += _bad_links(words, entry.line, context)
    if cut := whole_words(entry)[LONGEST:]:
        body.unparsed.append(Unparsed(entry.line, f"{cut[:200]}…"))
    for sub in below:
        yield from _entry_items(sub, title, context, body)


def _is_labelled(source: str, links: list[Link]) -> bool:
    """Tell whether a line is a bare address behind a short label, as in "Site: https://…"."""
    one = links[0].run
    label = source[: one.start].strip()
    return (
        len(links) == 1
        and one.text == one.href
        and label.endswith((":", "："))
        and len(label) <= LONGEST_LABEL
    )


def _lines(block: Block) -> str:
    """Return what stands in a block; of a paragraph without the bullet before it."""
    return block.text if block.kind in ("paragraph", "heading") else block.source


def _is_item(entry: Entry, context: Context, *, linked: bool) -> bool:
    """Tell whether a bullet below another is an item: one that leads with a link."""
    source = own_words(entry)
    links = context.links(source)
    below = any(one.kind == "list" and is_entry_list(one, context) for one in entry.blocks)
    if not links:
        return below or (TASK.match(source) is not None and not linked)
    if BESIDE.fullmatch(source) or _is_labelled(source, links):
        return False
    if all(is_generic(link.label) for link in links) and not below:
        words = plain_words(without_links(source))
        return not linked and len(words) > 12 and links[0].run.start > 3
    return not linked or len(plain_words(source[: links[0].run.start])) <= 12


def _is_only_back(words: str, context: Context) -> bool:
    links = [run for run in context.runs(words) if run.kind == "link"]
    return bool(links) and all(
        is_back_to_top(run.text) and context.target(run).fragment for run in links
    )


def _bad_links(words: str, line: int, context: Context) -> Iterator[Dropped]:
    """Yield the links that lead nowhere on the web."""
    for run in context.runs(words):
        if run.kind == "link" and (reason := context.target(run).reason):
            yield Dropped(line, words[run.start : run.end], reason)


def _paragraph(block: Block, title: str, context: Context, body: Body) -> None:
    runs = context.runs(block.text)
    links = external(runs, context)
    if not links and not plain_words("".join(r.text for r in runs if r.kind != "image")):
        body.dropped.append(Dropped(block.line, block.source, "a picture"))
    elif not plain_words("".join(run.text for run in runs if not run.src)) and _pictured(runs):
        body.dropped.append(Dropped(block.line, block.source, "badges"))
    elif not links and _is_inside(runs, context):
        body.dropped.append(Dropped(block.line, block.source, "links inside of the file"))
    elif pieces := list(_pieces(block, context)):
        for piece, line in pieces:
            body.items.append(
                read_entry(piece, line, context, title=title if len(pieces) == 1 else "")
            )
            body.dropped += _bad_links(piece, line, context)
    else:
        body.notes.append(block.source)
        body.foot.append(block)


def _pictured(runs: list[Run]) -> bool:
    """Tell whether a paragraph of pictures is nothing but badges: none says what a paper is."""
    links = [run for run in runs if run.kind == "link"]
    return all(run.src and run.src != "code" for run in links)


def _is_inside(runs: list[Run], context: Context) -> bool:
    """Tell whether a paragraph is nothing but links to places in the file."""
    fragments = [run for run in runs if run.kind == "link" and context.target(run).fragment]
    if not fragments:
        return False
    words = plain_words("".join(run.text for run in runs if run.kind not in ("link", "mark")))
    return len(words) <= 3 * len(fragments) or all(is_back_to_top(run.text) for run in fragments)


def _pieces(block: Block, context: Context) -> Iterator[tuple[str, int]]:
    """Yield the entries that a paragraph consists of: one, or one a line."""
    lines = re.split(r"\n|<br ?/?>", block.text)
    if len(lines) > 1 and all(is_entry(line, context) for line in lines if line.strip()):
        for place, line in enumerate(lines):
            if line.strip():
                yield line.rstrip("\\ "), block.line + place
    elif is_entry(block.text, context):
        yield block.text, block.line


def is_entry(text: str, context: Context) -> bool:
    """Tell whether a paragraph is an entry: numbered, or a title with links such as [pdf]."""
    runs = context.runs(text)
    links = external(runs, context)
    if not links:
        return False
    if number_in(text)[0]:
        return True
    if not any(is_generic(link.label) for link in links):
        return False
    first = next(
        (run for run in runs if run.kind not in ("mark", "tag", "image") and plain_words(run.text)),
        None,
    )
    if first is None:
        return False
    titled = (first.bold and first.kind == "text") or QUOTED_TITLE.search(text) is not None
    named = first.kind == "link" and not is_generic(first.text)
    bracketed = re.search(r"[\[(]\s*\[[^\[\]\n]*\]\(|\[\[[^\[\]\n]*\]\]\(", text) is not None
    return (titled or named) and (bracketed or len(plain_words(_outside(runs))) < 200)


def _outside(runs: list[Run]) -> str:
    return "".join(run.text for run in runs if run.kind == "text" and not run.bold)
