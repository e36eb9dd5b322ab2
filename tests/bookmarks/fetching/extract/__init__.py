"""Tests of page understanding; `read` is what they share."""

from bookmarks.fetching.extract import PageFacts, extract

URL = "https://site.example/blog/how-to-train-a-small-model"

LOREM = (
    "A model learns from examples, and the examples decide what it can learn from them. "
    "We show with three experiments how little data is enough."
)


def read(html: str | bytes, url: str = URL, content_type: str = "text/html") -> PageFacts:
    """The facts of a page given by its source; text goes out as UTF-8 and says so."""
    if isinstance(html, bytes):
        return extract(html, url, content_type)
    return extract(html.encode("utf-8", "surrogatepass"), url, f"{content_type}; charset=utf-8")
