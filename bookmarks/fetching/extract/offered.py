"""What a site offers beside its page: feeds and an icon; import `find_feeds` and `find_icon`."""

import re

from bookmarks.fetching.extract.body import Tag
from bookmarks.fetching.extract.page import Found, Page, resolve

MAX_FEEDS = 10
FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
)
SIZE = re.compile(r"(\d{1,4})x\d{1,4}", re.IGNORECASE)
# The size icons are shown at; a smaller one would be blown up.
WANTED = 32
TOUCH = frozenset(("apple-touch-icon", "apple-touch-icon-precomposed"))


def find_feeds(page: Page) -> tuple[str, ...]:
    """The feeds the page links to for readers of feeds, absolute, at most ten, each once."""
    urls = (resolve(page.base_url, tag.get("href")) for tag in page.tags("link") if _is_feed(tag))
    return tuple(dict.fromkeys(url for url in urls if url))[:MAX_FEEDS]


def _is_feed(tag: Tag) -> bool:
    relations = tag.get("rel").lower().split()
    media_type = tag.get("type").partition(";")[0].strip().lower()
    return "feed" in relations or ("alternate" in relations and media_type in FEED_TYPES)


def find_icon(page: Page) -> Found:
    """The site's icon that is nearest to the size shown and no drawing, as an absolute URL."""
    found = [
        (rank, url, source)
        for tag in page.tags("link")
        if (source := _icon_relation(tag))
        and (url := resolve(page.base_url, tag.get("href")))
        and (rank := _icon_rank(tag, url, source)) is not None
    ]
    if not found:
        return Found()
    _, url, source = min(found, key=lambda one: one[0])
    return Found(url, f"link {source}")


def _icon_relation(tag: Tag) -> str:
    relations = set(tag.get("rel").lower().split())
    return "icon" if "icon" in relations else "apple-touch-icon" if relations & TOUCH else ""


def _icon_rank(tag: Tag, url: str, source: str) -> tuple[bool, bool, int]:
    """Pictures before drawings, large enough before too small, near before far."""
    drawing = "svg" in tag.get("type").lower() or url.partition("?")[0].lower().endswith(".svg")
    sizes = [int(size) for size in SIZE.findall(tag.get("sizes"))]
    enough = [size for size in sizes if size >= WANTED]
    size = min(enough) if enough else max(sizes, default=180 if source != "icon" else WANTED + 1)
    return drawing, size < WANTED, abs(size - WANTED)
