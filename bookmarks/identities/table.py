"""The table of sources, in the order they are asked; import `recognise`."""

from functools import lru_cache

from bookmarks.identities import (
    arxiv,
    courses,
    doi,
    github,
    gitlab,
    hugging_face,
    kaggle,
    notebooks,
    openreview,
    pages,
    posts,
    proceedings,
    semantic_scholar,
    video,
)
from bookmarks.identities.address import read_address
from bookmarks.identities.recognised import Recognised, Source

# Order matters where a host serves two sources: arXiv's papers at Hugging Face come before
# the models there.
SOURCES = (
    *arxiv.SOURCES,
    *openreview.SOURCES,
    *proceedings.SOURCES,
    *doi.SOURCES,
    *semantic_scholar.SOURCES,
    *github.SOURCES,
    *gitlab.SOURCES,
    *hugging_face.SOURCES,
    *kaggle.SOURCES,
    *notebooks.SOURCES,
    *video.SOURCES,
    *courses.SOURCES,
    *posts.SOURCES,
    *pages.SOURCES,
)


def recognise(url: str) -> Recognised | None:
    """Return what `url` names, by its form alone, or None where no source knows it.

    Takes any text and never raises; time grows linearly with its length. The canonical URL of
    what is recognised is recognised as the same, with itself as canonical URL.
    """
    address = read_address(url)
    if address is None:
        return None
    answers = (source.recognise(address) for source in _sources_of(address.host))
    return next((answer for answer in answers if answer), None)


@lru_cache(maxsize=1024)
def _sources_of(host: str) -> tuple[Source, ...]:
    return tuple(source for source in SOURCES if source.serves(host))
