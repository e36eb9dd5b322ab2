"""The text of a page to elements, within bounds whatever the page tries; import `open_document`.

The head goes through Beautiful Soup, which keeps what a tree would lose. The body, a hundred times
as long, is never made into a tree: libxml2 reports its tags as they come, and one walk with state
notes what is visible (bookmarks.fetching.extract.walk).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer
from lxml import etree

from bookmarks.fetching.extract.body import Body, Tag
from bookmarks.fetching.extract.walk import TOLD_BY_TEXT, UNSEEN, Walk

# More than this is never needed for facts about a page, and parsing time grows with it.
MAX_CHARACTERS = 2_000_000
MAX_HEAD = 500_000
MAX_TAGS = 60_000
MAX_DEPTH = 250
# A page as deep as this is cut to size; lists and tables count several times here.
TOO_DEEP = 500
# So many characters are read before it is looked whether the page nests or runs on too much.
STEP = 64 * 1024
# A page with less text than this needs scripts to show anything.
ALMOST_EMPTY = 500

# HTML standard, 13.1.2: elements without content, and elements whose end tag may be left out so
# that a run of them does not nest.
_NOT_NESTING = """
area base br col embed hr img input link meta source track wbr param frame
p li dt dd option optgroup tr td th tbody thead tfoot rp rt html head body
"""
NOT_NESTING = frozenset(_NOT_NESTING.split())
# HTML standard, 13.2.5: what stands inside these is no markup until their own end tag.
RAW_TEXT = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noframes"))
# Those of the head, and two whose content is markup but nothing that is shown.
RAW_IN_HEAD = frozenset(("script", "style", "title", "noscript", "template"))

# It says nothing that was not known before decoding, and Beautiful Soup warns of it.
XML_DECLARATION = re.compile(r"<\?xml\b[^>]{0,1000}>", re.IGNORECASE)

TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,40})|<!--")
# What may stand in a head (HTML standard, 13.2.6.4.4); anything else begins the body.
HEAD_PIECE = re.compile(
    r"\s+|<!--|<[!?][^>]*>"
    r"|<(/?(?:html|head|title|meta|link|base|script|style|noscript|template))(?![\w-])"
    r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>",
    re.IGNORECASE,
)
TOLD = ("html", "title", "meta", "link", "base", "script")


@dataclass(frozen=True)
class Document:
    """A page in two parts: the tags that speak of it, wherever they stand, and what it shows."""

    tags: list[Tag]
    body: Body

    def named(self, name: str) -> Iterator[Tag]:
        return (tag for tag in self.tags if tag.name == name)


def open_document(text: str) -> Document:
    """Read a page; of hostile nesting the tags are dropped and the text stays."""
    text = XML_DECLARATION.sub("", text[:MAX_CHARACTERS])
    end = head_end(text)
    walk = _walked(text[end:])
    return Document(_head_tags(text[:end]) + walk.tags, walk.body)


def head_end(text: str) -> int:
    """Where the head of a page ends, and with it all that need not be looked at for text."""
    position = 0
    while piece := HEAD_PIECE.match(text, position):
        name = (piece[1] or "").lower()
        position = piece.end()
        if name == "/head" or position > MAX_HEAD:
            break
        comment = piece[0] == "<!--"
        if comment or name in RAW_IN_HEAD:
            position = text.find("-->", position) if comment else _find_end(text, name, position)
            if position < 0:  # it is never closed: the walk knows what to do with that
                return piece.start()
            position += 3 if comment else 0
    return position


def _head_tags(head: str) -> list[Tag]:
    """The telling elements of the head; one type for them and for their values."""
    if not head:
        return []
    # The line break keeps Beautiful Soup from taking a short text for the name of a file. Values
    # of class and rel stay plain strings: one type to handle, and less to build.
    soup = BeautifulSoup(
        head + "\n", "lxml", parse_only=SoupStrainer(TOLD), multi_valued_attributes=None
    )
    return [
        Tag(
            one.name,
            {key: str(value) for key, value in one.attrs.items()},
            one.get_text() if one.name in TOLD_BY_TEXT else "",
        )
        for one in soup.find_all(TOLD)
    ]


def _walked(text: str) -> Walk:
    """The walk through a body; of one that is empty without scripts, through what it shows then."""
    walk = _bounded_walk(text, UNSEEN)
    if sum(len(one.text) for one in walk.body.snippets) < ALMOST_EMPTY and walk.noscript:
        return _bounded_walk(text, UNSEEN - {"noscript"})
    return walk


def _bounded_walk(text: str, unseen: frozenset[str]) -> Walk:
    """Almost every page is read as it is; only one that nests too deep is cut to size first."""
    walk = _walk(text, unseen, TOO_DEEP)
    return walk if walk.depth <= TOO_DEEP else _walk("".join(_bounded(text)), unseen)


def _walk(text: str, unseen: frozenset[str], deepest: int = MAX_CHARACTERS) -> Walk:
    walk = Walk(unseen)
    # The stubs ask for comment() and pi() too, which would cost a call for each comment.
    parser = etree.HTMLParser(target=walk, encoding="utf-8", huge_tree=True)  # type: ignore[call-overload]
    for start in range(0, len(text), STEP):
        parser.feed(text[start : start + STEP].encode("utf-8", "replace"))
        if walk.depth > deepest or len(walk.body.elements) > MAX_TAGS:
            break
    try:
        parser.close()
    except etree.XMLSyntaxError:  # there was not one element, or nothing at all
        walk.close()
    return walk


def _bounded(text: str) -> Iterator[str]:
    """Pieces of the page without the tags that would nest too deep."""
    depth = kept = 0
    for count, found in enumerate(_tags(text)):
        end, name = found[1], found[2].lower()
        nests = name not in NOT_NESTING
        too_deep = nests and depth > MAX_DEPTH
        if nests:
            depth = max(0, depth - 1) if end else depth + 1
        if count >= MAX_TAGS:
            yield text[kept : found.start()]
            return
        if too_deep:
            yield text[kept : found.start()]
            close = text.find(">", found.end())
            kept = close + 1 if close >= 0 else len(text)
    yield text[kept:]


def _tags(text: str) -> Iterator[re.Match[str]]:
    """The tags of a page in order; comments and the insides of raw text elements are skipped.

    An end that was looked for in vain is not looked for again: that would take quadratic time.
    """
    position = 0
    missing: set[str] = set()
    while found := TAG.search(text, position):
        position = found.end()
        name = found[2].lower() if found[2] else "!--"
        if name != "!--":
            yield found
        raw = name == "!--" or (name in RAW_TEXT and not found[1])
        if raw and name not in missing:
            comment = name == "!--"
            after = text.find("-->", position) if comment else _find_end(text, name, position)
            if after < 0:
                missing.add(name)
            position = max(position, after)


def _find_end(text: str, name: str, position: int) -> int:
    """Where the end tag of an element starts, in whatever case it is written; -1 without one."""
    while (position := text.find("</", position)) >= 0:
        if text[position + 2 : position + 2 + len(name)].lower() == name:
            return position
        position += 2
    return -1
