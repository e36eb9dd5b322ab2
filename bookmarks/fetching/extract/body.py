"""What a reader sees of a page, as lines in order with their place in it; import `Body`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bookmarks.fetching.extract.text import clean

# Elements that run along in a line of text; everything else breaks it.
_INLINE = """
a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark math mi mn mo
msub msup mrow q rp rt ruby s samp small span strike strong sub sup time tt u var wbr input nobr
picture source amp-img
"""
INLINE = frozenset(_INLINE.split())


@dataclass(slots=True, eq=False)
class Tag:
    """An element that speaks of the page without being shown: a title, a meta, a link, a script."""

    name: str
    attributes: Mapping[str, str]
    text: str = ""

    def get(self, name: str) -> str:
        """The value of an attribute, "" when it is missing."""
        return self.attributes.get(name, "")


@dataclass(slots=True, eq=False)
class Element:
    """A visible element: its attributes, its parent, and what of the body is inside it.

    `start` and `end` are a span of `Body.snippets`, `number` and `last` one of `Body.elements`.
    """

    name: str
    attributes: Mapping[str, str]
    parent: "Element | None"
    start: int
    number: int
    hint: str = ""  # class and id in lower case
    end: int = 0
    last: int = 0
    aside: bool = False

    def get(self, name: str) -> str:
        """The value of an attribute, "" when it is missing."""
        return self.attributes.get(name, "")

    def within(self, other: "Element") -> bool:
        return other.start <= self.start and self.end <= other.end


@dataclass(slots=True, eq=False)
class Snippet:
    """A run of text: the element and the block it stands in, and how it is parted from the last.

    `gap` is "" when it follows on directly, " " after a space or a new block, "\\n" after an empty
    line made of two line breaks.
    """

    text: str
    element: Element
    block: Element
    gap: str


@dataclass(slots=True, eq=False)
class Line:
    """The text of one block, up to the next block: a paragraph, a heading, a list item."""

    text: str
    block: Element
    start: int
    end: int
    linked: int = 0  # characters inside links


@dataclass(slots=True)
class Body:
    """Elements, snippets and lines of the visible page, each in document order."""

    elements: list[Element] = field(default_factory=list)
    snippets: list[Snippet] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def text(self, element: Element) -> str:
        """The visible text of an element on one line."""
        return self.span(element.start, element.end)

    def span(self, start: int, end: int) -> str:
        return clean("".join([one.gap + one.text for one in self.snippets[start:end]]))

    def named(self, *names: str) -> Iterator[Element]:
        return (element for element in self.elements if element.name in names)

    def inside(self, element: Element) -> list[Element]:
        """The elements below one, in document order."""
        return self.elements[element.number + 1 : element.last]


def lines_of(body: Body) -> Iterator[Line]:
    """Neighbouring snippets of one block, joined."""
    start = 0
    snippets = body.snippets
    for position in range(1, len(snippets) + 1):
        if (
            position == len(snippets)
            or snippets[position].block is not snippets[start].block
            or snippets[position].gap == "\n"
        ):
            text = body.span(start, position)
            if text:
                linked = sum(len(one.text) for one in snippets[start:position] if _in_link(one))
                yield Line(text, snippets[start].block, start, position, linked)
            start = position


def _in_link(snippet: Snippet) -> bool:
    element: Element | None = snippet.element
    while element is not None and element.name in INLINE:
        if element.name == "a":
            return True
        element = element.parent
    return False
