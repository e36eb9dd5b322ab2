"""What kind of page it is; import `find_kind` and `is_marked_article`."""

import re

from bookmarks.fetching.extract.page import Found, Page, split

FORUM_TYPES = frozenset(("DiscussionForumPosting", "QAPage", "Question"))
ARTICLE_TYPES = re.compile(r"Article$|Posting$|Report$")
LISTING_TYPES = frozenset(("CollectionPage", "ItemList", "SearchResultsPage", "OfferCatalog"))

FORUM_ENGINES = re.compile(r"phpbb|vbulletin|xenforo|discourse|mybb|smf|flarum|vanilla|invision")
FORUM_HOST = re.compile(r"(?:^|\.)(?:forums?|community|discuss\w*|boards?|talk)\.|stackexchange")
FORUM_PATH = re.compile(
    r"/(?:forums?|threads?|viewtopic|showthread|questions/\d|topics?/\d|discussions?/\d)"
    r"|/t/[\w-]+/\d|/r/\w+/comments/"
)
MANUAL_ENGINES = re.compile(r"docusaurus|sphinx|mkdocs|gitbook|mediawiki|vitepress|mdbook|antora")
MANUAL_HOST = re.compile(
    r"(?:^|\.)(?:docs?|developers?|wiki|help|support|api|learn|kb)\.|readthedocs"
)
MANUAL_PATH = re.compile(
    r"/(?:docs?|documentation|reference|manual|api|guides?|wiki|help|support|kb|man\d?)(?:/|$)"
)
COLLECTION_PATH = re.compile(
    r"/(?:collections?|shop|store|catalog|product-category|c)(?:/[^/]+)*/?$"
)
PRODUCT_PATH = re.compile(r"/(?:products?|dp|item|p)/[^/]+")
LISTING_PATH = re.compile(
    r"/(?:tags?|topics?|archives?|lists?|search|directory|jobs|events|listings?|categor(?:y|ies)|"
    r"blog|news|articles|page/\d+)/?(?:$|\?)|/(?:tag|topic|category|author|search)/"
)
SERVICE_PATH = re.compile(
    r"/(?:services?|solutions?|pricing|features?|about|platform|contact|company|industries)(?:/|$)"
)
ARTICLE_PATH = re.compile(
    r"/(?:blog|news|articles?|posts?|story|stories|insights?|p)/[^/]+|/(?:19|20)\d\d/"
)

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


def is_marked_article(page: Page) -> bool:
    """Whether the page itself says that it is an article, and not only looks like one."""
    types = any(map(ARTICLE_TYPES.search, page.data.types))
    return types or page.meta.first("og:type") == "article" or bool(page.meta.source(*ARTICLE_TAGS))


def find_kind(page: Page) -> Found:
    """The page's kind, by what it says of itself, by its engine and by the form of its address."""
    host, path = page.host, page.path.lower()
    engine = page.meta.first("generator").lower()
    if FORUM_TYPES & page.data.types:
        return Found("forum", "json-ld")
    if FORUM_ENGINES.search(engine) or FORUM_HOST.search(host) or FORUM_PATH.search(path):
        return Found("forum", "address")
    if MANUAL_ENGINES.search(engine) or MANUAL_HOST.search(host) or MANUAL_PATH.search(path):
        return Found("documentation", "address")
    return _shop_kind(page, path) or _reading_kind(page, path)


def _shop_kind(page: Page, path: str) -> Found:
    products = len(page.data.products)
    if COLLECTION_PATH.search(path) and not PRODUCT_PATH.search(path):
        return Found("collection", "address")
    if products > 3:
        return Found("collection", "json-ld")
    if products or page.meta.first("og:type").lower().endswith("product"):
        return Found("product", "json-ld" if products else "og:type")
    return Found("product", "address") if PRODUCT_PATH.search(path) else Found()


def _reading_kind(page: Page, path: str) -> Found:
    home = not path.strip("/")
    if is_marked_article(page) and not home:
        return Found("article", "markup")
    if LISTING_PATH.search(path) or LISTING_TYPES & page.data.types:
        return Found("listing", "address")
    if ARTICLE_PATH.search(path) or split(page.url).query:
        return Found("article", "address")
    if home or SERVICE_PATH.search(path) or path.strip("/").count("/") <= 1:
        return Found("service", "address")
    return Found("article", "default")
