"""What is read of a Markdown list. Import `ReadMarkdown`, `ReadSection`, `ReadItem`, `Dropped`,
`Unparsed`, `TooMuch`.

Pure. Everything a file says is in one of these: what became part of the list, what was dropped and
why, and the lines that nothing could be made of.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from readinglists.drafts import ItemDraft

MAX_BYTES = 5 * 1024 * 1024
MAX_ITEMS = 5000


class TooMuch(ValueError):
    """The file is larger than can be imported; `str()` is a sentence for the person."""


@dataclass(frozen=True)
class Dropped:
    """Something that belongs to the file and not to the list, and why it was left out."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Unparsed:
    """A line that says something of which nothing could be made."""

    line: int
    text: str


@dataclass(frozen=True)
class ReadItem:
    """An entry. `done` is what its box says (None without one): its importer's, not the list's.

    `repairs` are sentences about what was mended in its links.
    """

    line: int
    draft: ItemDraft
    done: bool | None = None
    repairs: tuple[str, ...] = ()


@dataclass
class ReadSection:
    """A part of the list; `level` 0 is what stands before all headings. `note` is Markdown.

    `continued` says that it holds what stands in the section above it, behind others in that one.
    """

    title: str
    level: int
    line: int
    note: str = ""
    continued: bool = False
    items: list[ReadItem] = field(default_factory=list)
    sections: list["ReadSection"] = field(default_factory=list)

    def walk(self) -> Iterator["ReadSection"]:
        """Yield this section and all below it, in order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@dataclass
class ReadMarkdown:
    """A whole list. `top` has the items that stand before all headings, and the sections."""

    title: str = ""
    description: str = ""
    labels: tuple[str, ...] = ()
    front_matter: dict[str, Any] = field(default_factory=dict)
    top: ReadSection = field(default_factory=lambda: ReadSection("", 0, 1))
    dropped: list[Dropped] = field(default_factory=list)
    unparsed: list[Unparsed] = field(default_factory=list)

    def sections(self) -> list[ReadSection]:
        """Return all sections in order; the items before all headings count as one."""
        first, *others = self.top.walk()
        return [first, *others] if first.items else others

    def items(self) -> list[ReadItem]:
        """Return all items in order."""
        return [item for section in self.top.walk() for item in section.items]
