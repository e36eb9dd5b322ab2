"""The main text of a page; import `find_main_text`."""

import re
from dataclasses import dataclass

from bookmarks.fetching.extract.body import Body, Element, Line
from bookmarks.fetching.extract.text import count_words

# A line this long is prose; shorter ones are labels, menus, captions.
PROSE = 60
MOSTLY_LINKS = 0.5
# Prose has sentences; a long line of names, dates and labels has not.
SENTENCE = re.compile(r"[.!?…](?=[\s\"'”’)\]]|$)|:$|[。！？।؟]")
# The main text is in the smallest element with so much of the prose: less, and a page in parts
# loses some of them; more, and a single stray notice pulls in everything.
SHARE = 0.7


@dataclass(frozen=True)
class MainText:
    """The paragraphs of the main text in order, and its number of words."""

    paragraphs: tuple[str, ...] = ()
    word_count: int = 0


def find_main_text(body: Body) -> MainText:
    """The element that holds most of the prose, without what is beside the point inside it."""
    prose = [line for line in body.lines if _is_prose(line)]
    root = _main_element(prose)
    if root is None:
        return MainText()
    inside = [line for line in body.lines if not line.block.aside and line.block.within(root)]
    paragraphs = tuple(line.text for line in inside if _is_prose(line))
    return MainText(paragraphs, sum(count_words(line.text) for line in inside))


def _is_prose(line: Line) -> bool:
    return (
        not line.block.aside
        and len(line.text) >= PROSE
        and line.linked < len(line.text) * MOSTLY_LINKS
        and SENTENCE.search(line.text) is not None
    )


def _main_element(prose: list[Line]) -> Element | None:
    """The smallest element with `SHARE` of the prose in it."""
    held: dict[int, int] = {}
    elements: dict[int, Element] = {}
    for line in prose:
        element: Element | None = line.block
        while element is not None:
            held[id(element)] = held.get(id(element), 0) + len(line.text)
            elements[id(element)] = element
            element = element.parent
    enough = sum(len(line.text) for line in prose) * SHARE
    holders = [elements[key] for key, size in held.items() if size >= enough]
    return min(holders, key=lambda one: one.end - one.start, default=None)
