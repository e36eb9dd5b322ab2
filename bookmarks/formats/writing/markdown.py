"""A list of links in Markdown (CommonMark), with tags in comments as buku has them."""

import re
from collections.abc import Iterable, Iterator

from bookmarks.formats.writing.entry import Entry, clean, one_line

MARKS = re.compile(r"([\\`*_\[\]<>&~|])")
SIGNS = re.compile(r"([<>&\\])")
ESCAPED = r"\\\1"
ODD = re.compile(r"[()\s<>\\&]")


def write(entries: Iterable[Entry], owner: str) -> Iterator[str]:
    """Yield the file in pieces."""
    yield f"# Bookmarks of {_escaped(owner)}\n\n"
    for entry in entries:
        title = _escaped(one_line(entry.title)) or _escaped(entry.url)
        yield f"- [{title}]({_target(entry.url)}){_tags(entry)}\n{_words(entry.description)}"


def _escaped(text: str) -> str:
    return MARKS.sub(ESCAPED, clean(text))


def _target(url: str) -> str:
    """Return an address as the target of a link, within angle brackets where it has odd signs."""
    url = clean(url)
    return f"<{SIGNS.sub(ESCAPED, url)}>" if ODD.search(url) else url


def _tags(entry: Entry) -> str:
    """Return the tags as a comment, which no tag can end."""
    tags = clean(",".join(entry.labels)).replace(">", "&gt;")
    return f" <!-- TAGS: {tags} -->" if tags else ""


def _words(text: str) -> str:
    """Return a description as paragraphs of the list's item, its signs being signs."""
    lines = [_line(line.strip()) for line in clean(text).strip().splitlines()]
    return "".join(f"  {line}\n" if line else "\n" for line in ["", *lines, ""]) if lines else ""


def _line(line: str) -> str:
    """Return a line that is no heading, rule or list."""
    if number := re.match(r"\d{1,9}(?=[.)])", line):
        return f"{number[0]}\\{_escaped(line[number.end() :])}"
    return re.sub(r"^([#+=-])", ESCAPED, _escaped(line))
