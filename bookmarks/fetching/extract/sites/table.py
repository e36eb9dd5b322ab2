"""The table of known sites; import `read_site`."""

from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites import (
    arxiv,
    books,
    coursera,
    github,
    gitlab,
    hugging_face,
    medium,
    notebooks,
    openreview,
    proceedings,
    semantic_scholar,
    video,
)
from bookmarks.fetching.extract.sites.site import SiteFacts

SITES = (
    *arxiv.SITES,
    *openreview.SITES,
    *proceedings.SITES,
    *semantic_scholar.SITES,
    *github.SITES,
    *gitlab.SITES,
    *hugging_face.SITES,
    *notebooks.SITES,
    *video.SITES,
    *medium.SITES,
    *coursera.SITES,
    *books.SITES,
)


def read_site(page: Page) -> SiteFacts:
    """What the page's own site is known to say, and nothing for all other sites."""
    read = next((one.read for one in SITES if one.serves(page.host)), None)
    return read(page) if read else SiteFacts()
