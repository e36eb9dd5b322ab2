"""How long an item takes to read. Import `minutes_of`, `estimate`, `in_words`."""

from readinglists.models import Item

WORDS_A_MINUTE = 230
CJK_A_MINUTE = 450
# Papers are dense. Minutes a page of one, by how thoroughly it is read (Keshav's three passes).
MINUTES_A_PAGE = {"skim": 1, "read": 5, "study": 15}
PAPER_PAGES = 10
WORDS_A_PAGE = 500


def minutes_of(item: Item) -> int | None:
    """Return the minutes an item takes, as its editor says or as estimated; None if unknown."""
    if item.minutes:
        return item.minutes
    facts = item.facts
    if facts is None:
        return None
    return estimate(
        facts.kind,
        item.reading_pass,
        facts.word_count,
        facts.cjk_count,
        facts.details.get("duration"),
        facts.details.get("page_count"),
    )


def estimate(  # noqa: PLR0913, PLR0917 - columns of a row
    kind: str,
    reading_pass: str,
    word_count: int | None,
    cjk_count: int | None,
    duration: float | str | None,
    page_count: int | str | None,
) -> int | None:
    """Return the minutes that a page takes by its facts; None if they do not tell.

    A video takes its duration, a paper its pages by the pass it is meant for, anything else its
    words at 230 a minute and its Chinese, Japanese and Korean characters at 450.
    """
    if duration:
        return max(1, round(int(duration) / 60))
    if kind == "paper":
        pages = int(page_count) if page_count else _pages(word_count or 0)
        return pages * MINUTES_A_PAGE[reading_pass or "read"]
    if not word_count:
        return None
    cjk = cjk_count or 0
    return max(1, round((word_count - cjk) / WORDS_A_MINUTE + cjk / CJK_A_MINUTE))


def _pages(words: int) -> int:
    # The word count of a paper's landing page is that of its abstract: no measure of the paper.
    return round(words / WORDS_A_PAGE) if words >= 4 * WORDS_A_PAGE else PAPER_PAGES


def in_words(minutes: int) -> str:
    """Return a time as a reader plans with it: "9 min", "3 h 40", "12 h"."""
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02}" if rest and hours < 10 else f"{hours} h"
