"""A page laid open: everything the sources of facts read from; import `Page` and `open_page`."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from bookmarks.fetching.extract.body import Body, read_body
from bookmarks.fetching.extract.document import attribute, parse
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
    soup: BeautifulSoup
    meta: MetaTags
    data: LinkedData
    body: Body

    @cached_property
    def base_url(self) -> str:
        """The address that relative URLs in the page start from (HTML standard, 4.2.3)."""
        for tag in self.soup.find_all("base"):
            href = attribute(tag, "href").strip()
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
        titles = [tag for tag in self.soup.find_all("title") if not tag.find_parent("svg")]
        heads = [tag for tag in titles if tag.parent is not None and tag.parent.name == "head"]
        for tag in heads + titles:
            text = clean(tag.get_text()[:20_000])
            if text:
                return text
        return ""


def open_page(text: str, url: str) -> Page:
    """Parse a page within bounds and read its head, its linked data and its visible lines."""
    soup = parse(text)
    body = read_body(soup)
    mark_asides(body)
    return Page(url, soup, MetaTags(soup), LinkedData(soup), body)


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
    """A reference made absolute, or "" when it is no http or https URL."""
    try:
        url = urljoin(base, reference.strip())
    except ValueError:
        return ""
    parts = split(url)
    usable = parts.scheme in ("http", "https") and parts.hostname and len(url) <= 8192
    return url if usable else ""
