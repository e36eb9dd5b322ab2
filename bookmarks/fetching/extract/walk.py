"""One walk through the body of a page, tag by tag as the parser meets them; import `Walk`."""

import re
from collections.abc import Mapping

from bookmarks.fetching.extract.body import INLINE, Body, Element, Snippet, Tag, lines_of

# Elements whose text no reader sees, or sees only as a control.
_UNSEEN = """
head title script style noscript template svg select option textarea iframe object canvas audio
video datalist map meter progress button dialog
"""
UNSEEN = frozenset(_UNSEEN.split())
# Elements that speak of the page and often stand in the wrong place.
TELLING = frozenset(("html", "title", "meta", "link", "base", "script"))
TOLD_BY_TEXT = frozenset(("title", "script"))
MOST_TELLING = 5_000
# What every page has around its body, written or not.
FRAME = frozenset(("html", "body"))

# The paragraph sign that manuals put after each heading, to link to it.
ANCHOR_HINT = re.compile(r"headerlink|heading-?anchor|anchor-?link|hash-link|header-?anchor")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Walk:
    """The target of a parser (lxml calls `start`, `data`, `end`) and the state of the walk.

    `body` holds what is visible, `tags` what speaks of the page; `depth` is how deep it goes.
    """

    def __init__(self, unseen: frozenset[str]) -> None:
        self.body = Body()
        self.tags: list[Tag] = []
        self.noscript = False
        self.depth = 0
        self._unseen = unseen
        root = Element("body", {}, None, 0, 0)
        self.body.elements.append(root)
        # The open elements, each with the block its text belongs to.
        self._open = [(root, root)]
        self._hidden: list[str] = []  # the open elements from the first one on that is not seen
        self._text: list[str] = []
        self._told: Tag | None = None
        self._told_text: list[str] = []
        self._gap = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take a start tag."""
        if name in TELLING:
            self._tell(name, attributes)
        if self._hidden:
            self._hidden.append(name)
            self.depth = max(self.depth, len(self._hidden))
            return
        if self._text:
            self._flush()
        if name == "br":
            self._gap = "\n" if self._gap in ("br", "\n") else "br"
        elif name in self._unseen or (attributes and _is_hidden(name, attributes)):
            self._hidden.append(name)
            self.noscript = self.noscript or name == "noscript"
        elif name not in FRAME:
            self._enter(name, attributes)

    def _tell(self, name: str, attributes: Mapping[str, str]) -> None:
        if len(self.tags) >= MOST_TELLING or "svg" in self._hidden:
            return
        if name == "script" and "ld+json" not in attributes.get("type", "").lower():
            return
        tag = Tag(name, attributes)
        self.tags.append(tag)
        if name in TOLD_BY_TEXT:
            self._told = tag

    def _enter(self, name: str, attributes: Mapping[str, str]) -> None:
        parent, block = self._open[-1]
        body = self.body
        element = Element(name, attributes, parent, len(body.snippets), len(body.elements))
        if attributes:
            element.hint = hint_of(attributes)
        body.elements.append(element)
        if name in INLINE:
            self._open.append((element, block))
        else:
            self._gap = self._gap or " "
            self._open.append((element, element))
        self.depth = max(self.depth, len(self._open))

    def data(self, text: str) -> None:
        """Take a piece of text; the parser hands over one text in several."""
        if not self._hidden:
            self._text.append(text)
        elif self._told is not None:
            self._told_text.append(text)

    def end(self, name: str) -> None:
        """Take an end tag; the parser sees to it that every start tag has one."""
        if self._told is not None and name == self._told.name:
            self._told.text = "".join(self._told_text)
            self._told_text.clear()
            self._told = None
        if self._hidden:
            self._hidden.pop()
        elif name != "br" and name not in FRAME:
            if self._text:
                self._flush()
            self._leave()

    def close(self) -> Body:
        """Close what is still open and put the lines together; this is the end of the page."""
        if self._text:
            self._flush()
        while self._open:
            self._leave()
        self.body.lines = list(lines_of(self.body))
        return self.body

    def _leave(self) -> None:
        element, _ = self._open.pop()
        element.end = len(self.body.snippets)
        element.last = len(self.body.elements)
        if element.name not in INLINE:
            self._gap = self._gap or " "

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if text.isspace():
            self._gap = self._gap or " "
            return
        gap = " " if self._gap == "br" else self._gap
        element, block = self._open[-1]
        self.body.snippets.append(Snippet(text, element, block, gap))
        self._gap = ""


def hint_of(attributes: Mapping[str, str]) -> str:
    """What the page calls an element: its class and id."""
    hint = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return hint.lower().strip()


def _is_hidden(name: str, attributes: Mapping[str, str]) -> bool:
    if name == "a" and ANCHOR_HINT.search(hint_of(attributes)):
        return True
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or ("style" in attributes and HIDDEN_STYLE.search(attributes["style"]) is not None)
    )
