"""A page laid open: everything the sources of facts read from; import `Page` and `open_page`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from bookmarks.fetching.extract.body import Body, Tag
from bookmarks.fetching.extract.document import Document, open_document
from bookmarks.fetching.extract.jsonld import LinkedData
from bookmarks.fetching.extract.meta import MetaTags
from bookmarks.fetching.extract.regions import mark_asides
from bookmarks.fetching.extract.text import clean


@dataclass(frozen=True)
class Found:
    """A value and the place in the page it came from."""

    value: str = ""
    source: str = ""

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True)
class Page:
    """The parsed page with its address; every source of facts is a function of this."""

    url: str
    document: Document
    meta: MetaTags
    data: LinkedData
    body: Body

    @cached_property
    def base_url(self) -> str:
        """The address that relative URLs in the page start from (HTML standard, 4.2.3)."""
        for tag in self.tags("base"):
            href = tag.get("href").strip()
            if href and not href.startswith(("data:", "javascript:")):
                return resolve(self.url, href) or self.url
        return self.url

    @cached_property
    def host(self) -> str:
        return (split(self.url).hostname or "").removeprefix("www.")

    @cached_property
    def path(self) -> str:
        return split(self.url).path

    @cached_property
    def is_home(self) -> bool:
        """Whether this is the site's front page."""
        return not self.path.strip("/") and not split(self.url).query

    @cached_property
    def title_element(self) -> str:
        """The text of the page's own title element, not of one inside a drawing."""
        texts = (clean(tag.text[:20_000]) for tag in self.tags("title"))
        return next(filter(None, texts), "")

    @cached_property
    def item_types(self) -> frozenset[str]:
        """The schema.org types of what the page shows, by its microdata."""
        values = {
            one.attributes["itemtype"] for one in self.body.elements if "itemtype" in one.attributes
        }
        return frozenset(value.rpartition("/")[2] for value in values) - {""}

    def tags(self, name: str) -> Iterator[Tag]:
        """The page's elements of one name that speak of it, those of the head first."""
        return self.document.named(name)


def open_page(text: str, url: str) -> Page:
    """Parse a page within bounds and read its head, its linked data and its visible lines."""
    document = open_document(text)
    mark_asides(document.body)
    meta, data = MetaTags(document.named("meta")), LinkedData(document.named("script"))
    return Page(url, document, meta, data, document.body)


def split(url: str) -> "SplitURL":
    """The parts of a URL; none at all for what is not a URL, such as "http://["."""
    try:
        parts = urlsplit(url)
        return SplitURL(parts.scheme, parts.hostname or "", parts.path, parts.query)
    except ValueError:
        return SplitURL("", "", "", "")


@dataclass(frozen=True)
class SplitURL:
    scheme: str
    hostname: str
    path: str
    query: str


def resolve(base: str, reference: str) -> str:
    """A reference made absolute, or "" when it is no http or https URL; none leads nowhere."""
    reference = reference.strip()
    if not reference:
        return ""
    try:
        url = urljoin(base, reference)
    except ValueError:
        return ""
    parts = split(url)
    usable = parts.scheme in ("http", "https") and parts.hostname and len(url) <= 8192
    return url if usable else ""
