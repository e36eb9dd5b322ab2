"""The summary and the quotable opening of a page; import `find_description` and `make_excerpt`."""

import re

from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.main_text import MainText
from bookmarks.fetching.extract.page import Found, Page
from bookmarks.fetching.extract.text import cut

MAX_DESCRIPTION = 5_000
LONG_ENOUGH = 200
EXCERPT = 1_500
# The end of a summary that a publishing system made by cutting the text off.
CUT_SHORT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])$")
# An og:description shorter than this is a slogan; the plain description may say more.
SLOGAN = 40

DESCRIPTION_TAGS = (
    "citation_abstract",
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
)


def find_description(page: Page, main: MainText) -> Found:
    """The page's own summary, else the first paragraph of its main text."""
    found = Found(page.meta.first(*DESCRIPTION_TAGS), page.meta.source(*DESCRIPTION_TAGS))
    plain = page.meta.first("description")
    if found and len(found.value) < SLOGAN < len(plain):
        found = Found(plain, "description")
    if not found:
        things = page.data.articles + page.data.works + page.data.products + page.data.pages
        found = Found(first_text(things, "description", "abstract"), "json-ld description")
    if not found and main.paragraphs:
        found = Found(main.paragraphs[0], "first paragraph")
    return Found(cut(found.value, MAX_DESCRIPTION), found.source) if found else Found()


def make_excerpt(description: str, main: MainText) -> Found:
    """What to quote under a bookmark: a long description, or the first paragraphs of the text.

    Paragraphs are parted by blank lines. The last one is cut at a word when it would run over.
    """
    if len(description) >= LONG_ENOUGH and not (main.paragraphs and CUT_SHORT.search(description)):
        return Found(description, "description")
    taken: list[str] = []
    room = EXCERPT
    for paragraph in main.paragraphs:
        if room < 80:
            break
        taken.append(cut(paragraph, room))
        room -= len(taken[-1]) + 2
    opening = "\n\n".join(taken)
    if len(opening) > len(description):
        return Found(opening, "main text")
    return Found(description, "description") if description else Found()
