"""Text of a page to a tree, within bounds whatever the page tries; import `parse`."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

# More than this is never needed for facts about a page, and parsing time grows with it.
MAX_CHARACTERS = 2_000_000
MAX_TAGS = 60_000
MAX_DEPTH = 250
MAX_ATTRIBUTES = 500
# Only a tag this long can hold so many attributes; others are not looked into.
LONG_TAG = 4_000

# HTML standard, 13.1.2: elements without content, and elements whose end tag may be left out so
# that a run of them does not nest.
_NOT_NESTING = """
area base br col embed hr img input link meta source track wbr param frame
p li dt dd option optgroup tr td th tbody thead tfoot rp rt html head body
"""
NOT_NESTING = frozenset(_NOT_NESTING.split())
# HTML standard, 13.2.5: what stands inside these is no markup until their own end tag.
RAW_TEXT = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noframes"))

# It says nothing that was not known before decoding, and Beautiful Soup warns of it.
XML_DECLARATION = re.compile(r"<\?xml\b[^>]{0,1000}>", re.IGNORECASE)

TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,40})|<!--")
ATTRIBUTE = re.compile(r"[\s\"'/][^\s\"'=<>/]+")


def parse(text: str) -> BeautifulSoup:
    """The page as a tree; of hostile nesting the tags are dropped and the text stays."""
    bounded = "".join(_bounded(XML_DECLARATION.sub("", text[:MAX_CHARACTERS])))
    # The line break keeps Beautiful Soup from taking a short text for the name of a file. Values
    # of class and rel stay plain strings: one type to handle, and less to build.
    return BeautifulSoup(bounded + "\n", "lxml", multi_valued_attributes=None)


def attribute(tag: Tag, name: str) -> str:
    """The value of an attribute, "" when it is missing."""
    value = tag.get(name)
    return value if isinstance(value, str) else ""


def _bounded(text: str) -> Iterator[str]:
    """Pieces of the page without the tags that would nest too deep or carry too much."""
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
        close = text.find(">", found.end())
        if too_deep:
            yield text[kept : found.start()]
            kept = close + 1 if close >= 0 else len(text)
        elif close - found.end() > LONG_TAG and _overloaded(text[found.end() : close]):
            yield text[kept : found.end()]
            kept = close
    yield text[kept:]


def _overloaded(attributes: str) -> bool:
    return len(ATTRIBUTE.findall(attributes)) > MAX_ATTRIBUTES


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
        closer = "-->" if name == "!--" else f"</{name}"
        raw = name == "!--" or (name in RAW_TEXT and not found[1])
        if raw and closer not in missing:
            after = _find(text, closer, position)
            if after < 0:
                missing.add(closer)
            position = max(position, after)


def _find(text: str, closer: str, position: int) -> int:
    """Where an end tag starts, in lower case as almost always or in any other."""
    exact = text.find(closer, position)
    if exact >= 0 or closer == "-->":
        return exact
    found = re.compile(re.escape(closer), re.IGNORECASE).search(text, position)
    return found.start() if found else -1
