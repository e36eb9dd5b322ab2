"""Tells lists of entries from tables of contents and from sentences. Import `is_entry_list`,
`is_contents_list`, `own_words`, `whole_words`, `words_below`, `LONGEST`.

Pure.
"""

from collections.abc import Iterator

from readinglists.markdown.blocks import TASK, Block, Entry
from readinglists.markdown.entry import Context, external
from readinglists.markdown.labels import is_back_to_top, plain_words
from readinglists.markdown.scan import Run

# More words than any entry has; what is behind them is told to be not understood.
LONGEST = 20_000


def own_words(entry: Entry) -> str:
    """Return the source of an entry's own words, as many as are read."""
    return whole_words(entry)[:LONGEST]


def whole_words(entry: Entry) -> str:
    """Return the source of an entry's own words."""
    words = [one.text for one in entry.blocks if one.kind in ("paragraph", "heading")]
    return "\n\n".join(words)


def words_below(block: Block) -> Iterator[str]:
    """Yield the words of all entries of a list, nested ones too."""
    for entry in block.entries:
        yield own_words(entry)
        for below in entry.blocks:
            if below.kind == "list":
                yield from words_below(below)


def is_contents_list(block: Block, context: Context) -> bool:
    """Tell whether a list leads to places in the file more than to the web."""
    inside = outside = 0
    for words in words_below(block):
        for run in context.runs(words):
            if run.kind == "link":
                target = context.target(run)
                inside += bool(target.fragment) and not is_back_to_top(run.text)
                outside += bool(target.url)
    return inside > outside


def is_entry_list(block: Block, context: Context) -> bool:
    """Tell whether the entries of a list are items, and not sentences."""
    if is_contents_list(block, context):
        return False
    entries = block.entries
    if entries and all(TASK.match(own_words(entry)) for entry in entries):
        return True
    linked = leading = 0
    for entry in entries:
        runs = context.runs(own_words(entry))
        links = external(runs, context)
        below = any(
            context.links(words)
            for one in entry.blocks
            if one.kind == "list"
            for words in words_below(one)
        )
        linked += bool(links) or below
        leading += below or _is_lead(links[0].run, own_words(entry)) if links or below else 0
    return (
        (linked * 2 >= len(entries) and linked > 0) or leading > 1 or (leading == 1 == len(entries))
    )


def _is_lead(run: Run, source: str) -> bool:
    return len(plain_words(source[: run.start])) <= 40
