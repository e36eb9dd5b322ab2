"""What a reader sees of a page, as lines in order with their place in it; import `Body`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from bookmarks.fetching.extract.document import attribute
from bookmarks.fetching.extract.text import clean

# Elements whose text no reader sees, or sees only as a control.
_UNSEEN = """
head script style noscript template svg select option textarea iframe object canvas audio video
datalist map meter progress button dialog
"""
UNSEEN = frozenset(_UNSEEN.split())
# A page with less text than this needs scripts to show anything.
ALMOST_EMPTY = 500

# Elements that run along in a line of text; everything else breaks it.
_INLINE = """
a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark math mi mn mo
msub msup mrow q rp rt ruby s samp small span strike strong sub sup time tt u var wbr input nobr
picture source amp-img
"""
INLINE = frozenset(_INLINE.split())

# The paragraph sign that manuals put after each heading, to link to it.
ANCHOR_HINT = re.compile(r"headerlink|heading-?anchor|anchor-?link|hash-link|header-?anchor")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Element:
    """A visible element: its tag, its parent, and the span of `Body.snippets` inside it."""

    tag: Tag
    parent: "Element | None"
    start: int
    end: int = 0
    aside: bool = False
    hint: str = ""  # class and id in lower case

    @property
    def name(self) -> str:
        return self.tag.name

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
        return clean("".join(one.gap + one.text for one in self.snippets[start:end]))

    def named(self, *names: str) -> Iterator[Element]:
        return (element for element in self.elements if element.name in names)


def read_body(soup: BeautifulSoup) -> Body:
    """What is visible of the page; of one that is empty without scripts, what it shows then."""
    body = _walked(soup, UNSEEN)
    if sum(len(one.text) for one in body.snippets) < ALMOST_EMPTY and soup.find("noscript"):
        return _walked(soup, UNSEEN - {"noscript"})
    return body


def _walked(soup: BeautifulSoup, unseen: frozenset[str]) -> Body:
    """Walk the tree once, without recursion, and note what is visible."""
    body = Body()
    root = Element(soup.body or soup, None, 0)
    walk = _Walk(body, unseen)
    walk.enter(root, root)
    while walk.stack:
        element, block, children = walk.stack[-1]
        node = next(children, None)
        if node is None:
            walk.leave()
        elif isinstance(node, Tag):
            walk.tag(node, element, block)
        elif type(node) is NavigableString:
            walk.string(node, element, block)
    body.lines = list(_lines(body))
    return body


class _Walk:
    """The state of one walk through the tree."""

    def __init__(self, body: Body, unseen: frozenset[str]) -> None:
        self.body = body
        self.unseen = unseen
        self.stack: list[tuple[Element, Element, Iterator[PageElement]]] = []
        self.gap = ""

    def enter(self, element: Element, block: Element) -> None:
        self.body.elements.append(element)
        self.stack.append((element, block, iter(element.tag.contents)))

    def leave(self) -> None:
        element, _, _ = self.stack.pop()
        element.end = len(self.body.snippets)
        if element.name not in INLINE:
            self.gap = self.gap or " "

    def tag(self, tag: Tag, parent: Element, block: Element) -> None:
        if tag.name == "br":
            self.gap = "\n" if self.gap.startswith("br") or self.gap == "\n" else "br"
            return
        if tag.name in self.unseen or _is_hidden(tag):
            return
        element = Element(tag, parent, len(self.body.snippets), hint=hint_of(tag))
        inline = tag.name in INLINE
        if not inline:
            self.gap = self.gap or " "
        self.enter(element, block if inline else element)

    def string(self, text: str, element: Element, block: Element) -> None:
        if text.isspace():
            self.gap = self.gap or " "
            return
        gap = " " if self.gap == "br" else self.gap
        self.body.snippets.append(Snippet(text, element, block, gap))
        self.gap = ""


def hint_of(tag: Tag) -> str:
    """What the page calls an element: its class and id."""
    return f"{attribute(tag, 'class')} {attribute(tag, 'id')}".lower().strip()


def _is_hidden(tag: Tag) -> bool:
    if not tag.attrs:
        return False
    if tag.name == "a" and ANCHOR_HINT.search(hint_of(tag)):
        return True
    return (
        "hidden" in tag.attrs
        or attribute(tag, "aria-hidden") == "true"
        or ("style" in tag.attrs and HIDDEN_STYLE.search(attribute(tag, "style")) is not None)
    )


def _lines(body: Body) -> Iterator[Line]:
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
                yield Line(
                    text, snippets[start].block, start, position, _linked(body, start, position)
                )
            start = position


def _linked(body: Body, start: int, end: int) -> int:
    return sum(len(one.text) for one in body.snippets[start:end] if _in_link(one))


def _in_link(snippet: Snippet) -> bool:
    element: Element | None = snippet.element
    while element is not None and element.name in INLINE:
        if element.name == "a":
            return True
        element = element.parent
    return False
