"""Kinds of single works: paper, book, course, video, code, dataset, model; import `find_work`."""

import re

from bookmarks.fetching.extract.jsonld import types_of
from bookmarks.fetching.extract.page import Found, Page
from bookmarks.identities import recognise

# What an address alone names, in the words of PageFacts; a demo or a competition is a service.
BY_ADDRESS = {
    "paper": "paper",
    "code": "code",
    "notebook": "code",
    "model": "model",
    "dataset": "dataset",
    "demo": "service",
    "competition": "service",
    "list": "listing",
    "post": "article",
    "course": "course",
    "video": "video",
    "book": "book",
}
# A page with a title for citing and one of these is a paper; news sites set the title alone.
PAPER_TAGS = (
    "citation_author",
    "citation_authors",
    "citation_doi",
    "citation_pdf_url",
    "citation_arxiv_id",
    "citation_conference_title",
    "citation_journal_title",
    "citation_inbook_title",
    "citation_dissertation_institution",
    "citation_technical_report_institution",
)
PAPER_TYPES = frozenset(("ScholarlyArticle", "MedicalScholarlyArticle", "Thesis"))
# Of these there is one on a page that is about it, and several on a list of them.
SINGLE = {
    "Course": "course",
    "Dataset": "dataset",
    "SoftwareSourceCode": "code",
    "Book": "book",
}
OPEN_GRAPH = re.compile(r"^(?:og:)?(?P<type>video|book)s?(?:[.:]|$)")
PRODUCT_TYPES = frozenset(("Product", "ProductGroup", "Offer"))
PERSON_TYPES = frozenset(("Person", "ProfilePage"))
ARTICLE_TYPE = re.compile(r"Article$|Posting$|Report$|^Product")
PERSONAL_HOST = re.compile(r"[^.]+\.(?:github|gitlab)\.io$")
PERSONAL_PATH = re.compile(r"/~[^/]+/?(?:index\.html?)?$")


def find_work(page: Page) -> Found:
    """The kind of a page that is about one work, or somebody's own front page; else nothing."""
    known = recognise(page.url)
    if known and known.kind:
        return Found(BY_ADDRESS[known.kind], "identity")
    return _paper(page) or _described(page) or _home(page)


def _paper(page: Page) -> Found:
    if page.meta.first("citation_title") and (source := page.meta.source(*PAPER_TAGS)):
        return Found("paper", source)
    return Found("paper", "schema.org") if PAPER_TYPES & page.data.types else Found()


def _described(page: Page) -> Found:
    """A work by the schema.org type of the one thing described, or by Open Graph."""
    types = page.data.types | page.item_types
    if any(map(ARTICLE_TYPE.search, types)):
        return Found()
    graph = OPEN_GRAPH.match(page.meta.first("og:type").lower())
    if graph and not page.is_home:
        return Found(graph["type"], "og:type")
    if page.data.things and "VideoObject" in types_of(page.data.things[0]):
        return Found("video", "schema.org")
    for name in SINGLE.keys() & types if not PRODUCT_TYPES & types else ():
        if sum(name in types_of(one) for one in page.data.things) == 1:
            return Found(SINGLE[name], "schema.org")
    return Found()


def _home(page: Page) -> Found:
    """Somebody's own front page, when it says so or stands where people have theirs."""
    if PERSONAL_PATH.search(page.path):
        return Found("home", "address")
    if not page.is_home:
        return Found()
    if PERSONAL_HOST.match(page.host):
        return Found("home", "address")
    first = page.data.things[:1]
    if any(PERSON_TYPES.intersection(types_of(one)) for one in first):
        return Found("home", "schema.org")
    return Found("home", "og:type") if page.meta.first("og:type").lower() == "profile" else Found()
