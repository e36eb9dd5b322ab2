"""What kind of page it is; import `find_kind` and `is_marked_article`."""

import re

from bookmarks.fetching.extract.body import Element
from bookmarks.fetching.extract.page import Found, Page, split
from bookmarks.fetching.extract.text import words
from bookmarks.fetching.extract.works import find_work

FORUM_TYPES = frozenset(("DiscussionForumPosting", "QAPage"))
ARTICLE_TYPES = re.compile(r"Article$|Posting$|Report$")
LISTING_TYPES = frozenset(("CollectionPage", "ItemList", "SearchResultsPage", "OfferCatalog"))
# A firm that describes itself or what it does for people; its articles are marked as such.
BUSINESS_TYPES = frozenset(("LocalBusiness", "ProfessionalService", "Service"))
PRODUCT_TYPES = frozenset(("Product", "ProductGroup"))

FORUM_ENGINES = re.compile(r"phpbb|vbulletin|xenforo|discourse|mybb|\bsmf\b|flarum|invision")
FORUM_HOST = re.compile(r"(?:^|\.)(?:forums?|community|discuss\w*|boards?)\.|stackexchange")
FORUM_PATH = re.compile(
    r"/(?:forums?|threads?|viewtopic|showthread|questions/\d|topics?/\d|discussions?/\d)"
    r"|/t/[\w-]+/\d|/r/\w+/comments/"
)
FORUM_QUERY = re.compile(r"(?:^|&)(?:topic|thread|showtopic|tid)=\d")
MANUAL_ENGINES = re.compile(
    r"docusaurus|sphinx|docutils|mkdocs|gitbook|mediawiki|vitepress|mdbook|antora|doxygen|javadoc"
)
MANUAL_HOST = re.compile(r"(?:^|\.)(?:docs?|developers?|wiki|help|support|api|kb)\.|readthedocs")
MANUAL_PATH = re.compile(
    r"/(?:docs?|documentation|reference|manual|api|wiki|help|support|kb|man-pages|man\d|book)(?:/|$)"
)
COLLECTION_PATH = re.compile(
    r"/(?:collections?|shop|store|catalog|product-category|c)(?:/[^/]+)*/?$"
)
PRODUCT_PATH = re.compile(r"/(?:products?|dp|item|p)/[^/]+")
LISTING_PATH = re.compile(
    r"/(?:tags?|topics?|archives?|lists?|search|directory|jobs|events|listings?|categor(?:y|ies)|"
    r"blog|news|articles|issues|shows|page/\d+)/?$|/(?:tag|topic|category|author|search|shows)/"
)
SERVICE_PATH = re.compile(
    r"/(?:services?|solutions?|pricing|features?|about|platform|contact|company|industries|"
    r"products?)(?:/|\.|$)"
)
ARTICLE_PATH = re.compile(
    r"/(?:blog|news|articles?|posts?|story|stories|insights?|guides?|p)/[^/]+|/(?:19|20)\d\d/"
)

# Tags that only an article carries; og:type says "article" on the plain pages of many sites.
ARTICLE_TAGS = (
    "article:published_time",
    "parsely-pub-date",
    "parsely-author",
    "sailthru.date",
    "citation_title",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "datepublished",
    "pubdate",
    "byl",
)
# So many words in the last segment are a title, not a name of a section.
TITLE_IN_PATH = 4
LINKED_HEADINGS = 8
BLOG_HOST = re.compile(r"(?:^|\.)(?:blog|news)\.|\.blog$")
LONG_PARAGRAPH, MANY_PARAGRAPHS, MOSTLY = 200, 8, 0.7


def is_marked_article(page: Page) -> bool:
    """Whether the page itself says that it is an article, and not only looks like one."""
    return (
        any(map(ARTICLE_TYPES.search, _types(page)))
        or bool(page.meta.source(*ARTICLE_TAGS))
        or _says_so_twice(page)
    )


def _says_so_twice(page: Page) -> bool:
    """Whether the head names a type or an author and the body has the one article it is about.

    Each alone stands on plain pages of many sites.
    """
    named = page.meta.first("og:type").lower() == "article" or page.meta.first("author")
    return bool(named) and not page.is_home and len(list(page.body.named("article"))) == 1


def find_kind(page: Page) -> Found:
    """The page's kind, by what it says of itself, by its engine and by the form of its address."""
    if work := find_work(page):
        return work
    host, path, query = page.host, page.path.lower(), split(page.url).query
    engine = page.meta.first("generator").lower()
    if FORUM_TYPES & _types(page):
        return Found("forum", "schema.org")
    if FORUM_ENGINES.search(engine):
        return Found("forum", "generator")
    if FORUM_HOST.search(host) or FORUM_PATH.search(path) or FORUM_QUERY.search(query):
        return Found("forum", "address")
    if MANUAL_ENGINES.search(engine) or MANUAL_HOST.search(host) or MANUAL_PATH.search(path):
        return Found("documentation", "address")
    return _shop_kind(page, path) or _reading_kind(page, path)


def _types(page: Page) -> frozenset[str]:
    """The schema.org types of the page, in linked data and in microdata."""
    return frozenset(page.data.types | page.item_types)


def _shop_kind(page: Page, path: str) -> Found:
    products = len(page.data.products)
    if is_marked_article(page):
        return Found()
    if COLLECTION_PATH.search(path) and not PRODUCT_PATH.search(path):
        return Found("collection", "address")
    if products > 3:
        return Found("collection", "json-ld")
    if PRODUCT_TYPES & _types(page) or page.meta.first("og:type").lower().endswith("product"):
        return Found("product", "schema.org")
    return Found("product", "address") if PRODUCT_PATH.search(path) else Found()


def _reading_kind(page: Page, path: str) -> Found:
    if page.is_home:
        return Found("listing" if _is_front_page(page) else "service", "address")
    titled = len(words(path.strip("/").rpartition("/")[2])) >= TITLE_IN_PATH
    marked = is_marked_article(page)
    if marked and titled:
        return Found("article", "markup")
    for kind, pattern in (("service", SERVICE_PATH), ("listing", LISTING_PATH)):
        if pattern.search(path):
            return Found(kind, "address")
    return Found("article", "markup") if marked else _by_form(page, path, titled)


def _by_form(page: Page, path: str, titled: bool) -> Found:
    found = _by_types(page, path)
    if found:
        return found
    if not titled and _is_front_page(page):
        return Found("listing", "headings")
    if ARTICLE_PATH.search(path) or _is_mostly_prose(page):
        return Found("article", "address")
    if page.meta.first("og:type").lower() == "website" and not any(page.body.named("time")):
        return Found("service", "og:type")  # no type at all is no hint
    plain = path.strip("/").count("/") <= 1 and not split(page.url).query
    return Found("service" if plain and not titled else "article", "address")


def _by_types(page: Page, path: str) -> Found:
    if BUSINESS_TYPES & _types(page) and not ARTICLE_PATH.search(path):
        return Found("service", "schema.org")
    return Found("listing", "schema.org") if LISTING_TYPES & _types(page) else Found()


def _is_mostly_prose(page: Page) -> bool:
    """Whether most of the text stands in long paragraphs, as an essay's does."""
    lines = [len(line.text) for line in page.body.lines if not line.block.aside]
    long = [size for size in lines if size >= LONG_PARAGRAPH]
    return len(long) >= MANY_PARAGRAPHS and sum(long) > sum(lines) * MOSTLY


def _is_front_page(page: Page) -> bool:
    """Whether a front page lists articles: a blog's, a newspaper's."""
    if page.is_home and BLOG_HOST.search(page.host):
        return True
    headings = [one for one in page.body.named("h2", "h3", "h4", "h5") if not one.aside]
    linked = [one for one in headings if _is_linked(page, one)]
    return len(linked) >= LINKED_HEADINGS


def _is_linked(page: Page, heading: Element) -> bool:
    """Whether a heading is a link: one is inside it, or around it."""
    if any(one.name == "a" for one in page.body.inside(heading)):
        return True
    above = heading.parent
    while above is not None and above.name != "a":
        above = above.parent
    return above is not None
