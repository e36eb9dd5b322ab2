"""How long an item takes to read. Import `minutes_of`, `in_words`."""

from bookmarks.models import Page
from readinglists.models import Item

WORDS_A_MINUTE = 230
CJK_A_MINUTE = 450
# Papers are dense. Minutes a page of one, by how thoroughly it is read (Keshav's three passes).
MINUTES_A_PAGE = {"skim": 1, "read": 5, "study": 15}
PAPER_PAGES = 10
WORDS_A_PAGE = 500


def minutes_of(item: Item) -> int | None:
    """Return the minutes an item takes, as its editor says or as estimated; None if unknown.

    A video takes its duration, a paper its pages by the pass it is meant for, anything else its
    words at 230 a minute and its Chinese, Japanese and Korean characters at 450.
    """
    if item.minutes:
        return item.minutes
    facts = item.facts
    if facts is None:
        return None
    if duration := facts.details.get("duration"):
        return max(1, round(int(duration) / 60))
    if facts.kind == "paper":
        return _pages(facts) * MINUTES_A_PAGE[item.reading_pass or "read"]
    if not facts.word_count:
        return None
    cjk = facts.cjk_count or 0
    return max(1, round((facts.word_count - cjk) / WORDS_A_MINUTE + cjk / CJK_A_MINUTE))


def _pages(facts: Page) -> int:
    if pages := facts.details.get("page_count"):
        return int(pages)
    # The word count of a paper's landing page is that of its abstract: no measure of the paper.
    words = facts.word_count or 0
    return round(words / WORDS_A_PAGE) if words >= 4 * WORDS_A_PAGE else PAPER_PAGES


def in_words(minutes: int) -> str:
    """Return a time as a reader plans with it: "9 min", "3 h 40", "12 h"."""
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02}" if rest and hours < 10 else f"{hours} h"
