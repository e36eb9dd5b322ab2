"""The main text of a page; import `find_main_text`."""

from dataclasses import dataclass

from bookmarks.fetching.extract.body import Body, Element, Line
from bookmarks.fetching.extract.text import count_words

# A line this long is prose; shorter ones are labels, menus, captions.
PROSE = 80
# Of a block's worth, so much goes to its parent and grandparent: text stands in wrappers.
SHARES = (1.0, 0.7, 0.35)
MOSTLY_LINKS = 0.5


@dataclass(frozen=True)
class MainText:
    """The paragraphs of the main text in order, and its number of words."""

    paragraphs: tuple[str, ...] = ()
    word_count: int = 0


def find_main_text(body: Body) -> MainText:
    """The block that holds most of the prose, without what is beside the point inside it."""
    root = _main_element(body)
    if root is None:
        return MainText()
    lines = [line for line in body.lines if _belongs(line, root)]
    paragraphs = tuple(line.text for line in lines if _is_prose(line))
    return MainText(paragraphs, sum(count_words(line.text) for line in lines))


def _belongs(line: Line, root: Element) -> bool:
    return not line.block.aside and root.start <= line.start and line.end <= root.end


def _is_prose(line: Line) -> bool:
    return len(line.text) >= PROSE and line.linked < len(line.text) * MOSTLY_LINKS


def _main_element(body: Body) -> Element | None:
    scores: dict[int, float] = {}
    elements: dict[int, Element] = {}
    for line in body.lines:
        if line.block.aside or not _is_prose(line):
            continue
        element: Element | None = line.block.parent or line.block
        for share in SHARES:
            if element is None:
                break
            scores[id(element)] = scores.get(id(element), 0.0) + len(line.text) * share
            elements[id(element)] = element
            element = element.parent
    if not scores:
        return None
    return elements[max(scores, key=scores.__getitem__)]
