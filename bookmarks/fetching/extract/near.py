"""The lines around a headline, where bylines and dates stand; import `lines_near`."""

from bookmarks.fetching.extract.body import Line
from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.text import words

LINES_BEFORE, LINES_AFTER = 8, 30


def lines_near(page: Page, title: str) -> list[Line]:
    """The lines after the headline, then the few before it; the first ones without a headline."""
    lines = page.body.lines
    at = headline_position(page, title)
    if at is None:
        return lines[: LINES_AFTER * 2]
    return lines[at + 1 : at + 1 + LINES_AFTER] + lines[max(0, at - LINES_BEFORE) : at]


def headline_position(page: Page, title: str) -> int | None:
    """Which of the page's lines is the headline: a heading that begins with the title's words."""
    wanted = words(title)
    if not wanted:
        return None
    # A word more than the title has is enough to compare, and a line may be a whole chapter.
    most = len(title) * 2 + 20
    lines = [
        (position, line.block.name)
        for position, line in enumerate(page.body.lines)
        if words(line.text[:most])[: len(wanted)] == wanted
    ]
    for name in ("h1", "h2"):
        for position, block in lines:
            if block == name:
                return position
    return next((position for position, _ in lines), None)
