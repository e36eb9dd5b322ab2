"""Bookmark files are read by others: by readers written here after how other programs read, which
share nothing with our own.
"""

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from bs4 import BeautifulSoup

from bookmarks.formats.writing import netscape
from bookmarks.formats.writing.entry import Entry

pytestmark = pytest.mark.once
DAY = datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)
TEXTS = (
    "Plain",
    "",
    "A \"title\" & <b>'bold'</b> --> </A></DL><p><H3>x</H3><script>",
    "&amp;lt; &copy &#65; \U0001f389 日本語 \u200f",
    "<DD>1 < 2 > 1 <!-- <![CDATA[",
)
Seen = tuple[str, str, int, str, str, str, str]


def entries() -> Iterator[Entry]:
    """Yield bookmarks that say everything, in words that are like markup."""
    for number, text in enumerate(TEXTS):
        yield Entry(
            f"https://example.org/{number}?a=(1)&copy;=\"2\"&lt='3'#<b>",
            text or "https://example.org/",
            DAY.replace(day=number + 1),
            DAY,
            description=f"{text}\n\n{text}".strip(),
            labels=("C++", ".d&gt", "é\"'"),
            private=number % 2 == 1,
            unread=number % 2 == 0,
        )


def by_line(text: str) -> Iterator[Seen]:
    """Read as Chrome does: each line by itself, which is an entry by how it begins and ends."""
    found: list[Any] = []
    for line in text.split("\n"):
        if line.startswith("<DT><A ") and "</A>" in line:
            end = line.rfind("</A>")
            opened = line.rfind(">", 0, end)
            said = dict(re.findall(r'([A-Z_]+)="([^"]*)"', line[:opened]))
            found.append([said, line[opened + 1 : end], ""])
        elif line.startswith("<DD>") and found:
            found[-1][2] = line.removeprefix("<DD>")
        elif found and not line.startswith("</DL>"):
            found[-1][2] += f"\n{line}"
    for said, title, words in found:
        values = {name.lower(): html.unescape(value) for name, value in said.items()}
        yield seen(values, html.unescape(title), html.unescape(words))


def by_event(text: str) -> Iterator[Seen]:
    """Read as programs do that hear of each tag, such as linkding."""
    reader = Listening()
    reader.feed(text)
    reader.close()
    for said, texts in reader.found:
        yield seen(said, texts["a"], texts["dd"])


class Listening(HTMLParser):
    """Notes entries, and the texts after the tags that begin them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[dict[str, str], dict[str, str]]] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an entry or its words."""
        assert tag in ("meta", "title", "h1", "dl", "p", "dt", "a", "dd")
        self.within = tag
        if tag == "a":
            said = {name: value or "" for name, value in attrs}
            self.found.append((said, {"a": "", "dd": ""}))

    def handle_endtag(self, _tag: str) -> None:
        """End what was said."""
        self.within = ""

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if self.within in ("a", "dd"):
            self.found[-1][1][self.within] += data


def by_tree(text: str) -> Iterator[Seen]:
    """Read as programs do that have a tree made of the file, such as buku."""
    tree = BeautifulSoup(text, "lxml")
    for link in tree.find_all("a"):
        words = link.find_next(["dd", "a"])
        told = words.find(string=True, recursive=False) if words and words.name == "dd" else ""
        yield seen({name: str(value) for name, value in link.attrs.items()}, link.text, told or "")


def seen(said: dict[str, str], title: str, words: str) -> Seen:
    """Return what a reader saw of an entry."""
    flags = (said["tags"], said["private"], said["toread"])
    return said["href"], title, int(said["add_date"]), *flags, words.strip()


@pytest.mark.parametrize("read", [by_line, by_event, by_tree])
def test_other_readers_see_all_that_a_bookmark_file_says(
    read: Callable[[str], Iterator[Seen]],
) -> None:
    wanted = [
        (
            *(entry.url, entry.title, int(entry.saved_at.timestamp()), ",".join(entry.labels)),
            *("1" if entry.private else "0", "1" if entry.unread else "0", entry.description),
        )
        for entry in entries()
    ]
    assert list(read("".join(netscape.write(entries(), "ada")))) == wanted
