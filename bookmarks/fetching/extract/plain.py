"""Plain text and Markdown files as pages; import `extract_plain`."""

import re

from bookmarks.fetching.extract.excerpt import make_excerpt
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.extract.main_text import LONGEST_TEXT, MainText
from bookmarks.fetching.extract.text import clean, count_cjk, count_words, cut

MARKDOWN_HEADING = re.compile(r"^#{1,3}\s+(.+?)\s*#*$", re.MULTILINE)
BLANK_LINES = re.compile(r"\n[ \t]*\n+")
MAX_TITLE = 200
PROSE = 60


def extract_plain(text: str, url: str, charset: str) -> PageFacts:
    """The facts of a text file: its first heading or line is its title, its prose the excerpt."""
    heading = MARKDOWN_HEADING.search(text[:5_000])
    first = next((line for line in text[:20_000].splitlines() if line.strip()), "")
    title = clean(heading[1] if heading else first)
    blocks = [clean(block) for block in BLANK_LINES.split(text[: LONGEST_TEXT * 2])]
    paragraphs = tuple(block for block in blocks if len(block) >= PROSE and block != title)
    excerpt = make_excerpt("", MainText(paragraphs))
    return PageFacts(
        title=cut(title, MAX_TITLE),
        excerpt=excerpt.value,
        canonical_url=url,
        kind="article",
        word_count=count_words(text),
        cjk_count=count_cjk(text),
        text=cut("\n\n".join(filter(None, blocks)), LONGEST_TEXT),
        charset=charset,
        sources={"title": "heading" if heading else "first line", "excerpt": excerpt.source},
    )
