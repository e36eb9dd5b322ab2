"""Hugging Face: models, data sets, Spaces, collections and pages of papers."""

import re

from bookmarks.fetching.extract.body import Element
from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, called, site
from bookmarks.identities import recognise

# The forms of its titles; the first that fits is taken.
TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"^Paper page - (?P<title>.+)$",
        r"^(?P<title>.+?) · Datasets? at Hugging Face$",
        r"^(?P<title>.+?) - a Hugging Face Space by .+$",
        r"^(?P<title>.+?) - an? \S+ Collection$",
        r"^(?P<title>.+?) · Hugging Face$",
        r"^(?P<title>.+? · \S+/\S+) at \S+$",
    )
)
HUB = ("hf-model:", "hf-dataset:", "hf-space:", "hf-collection:")
LICENCE_LINK = re.compile(r"[?&]license=(?:license(?::|%3[aA]))?(?P<name>[\w.-]+)")
ARXIV_TAG = re.compile(r"arxiv(?::|%3[aA])(?P<id>\d{4}\.\d{4,5})")
# Papers that a template of a card names, whatever the model: on its emission of carbon.
OF_TEMPLATES = frozenset(("arxiv:1910.09700",))


def read_hugging_face(page: Page) -> SiteFacts:
    """A page of the hub; posts of the blog and lessons follow the conventions."""
    facts = SiteFacts()
    facts.tell("site_name", "Hugging Face", "host")
    known = recognise(page.url)
    if known is None or not known.identity.startswith((*HUB, "arxiv:")):
        return facts
    found = next(filter(None, (one.match(page.title_element) for one in TITLES)), None)
    facts.tell("title", found["title"] if found else "", "title")
    facts.deny("description")
    if known.identity.startswith("arxiv:"):
        facts.authors = _authors(page)
        return facts
    facts.deny("published")
    links = [
        one for one in page.body.named("a") if "%3" in one.get("href") or ":" in one.get("href")
    ]
    facts.tell("licence", _licence(links), "link")
    facts.related = _papers(links)
    return facts


def _licence(links: list[Element]) -> str:
    found = (LICENCE_LINK.search(one.get("href")) for one in links)
    return next((one["name"] for one in found if one), "")


def _papers(links: list[Element]) -> tuple[str, ...]:
    """The paper in the tags, when it is the only one besides those of templates."""
    found = (ARXIV_TAG.search(one.get("href")) for one in links if "other=" in one.get("href"))
    papers = dict.fromkeys(f"arxiv:{one['id']}" for one in found if one)
    own = tuple(paper for paper in papers if paper not in OF_TEMPLATES)
    return own if len(own) == 1 else ()


def _authors(page: Page) -> tuple[str, ...]:
    """The authors of a paper, each in an element of its own."""
    names = (page.body.text(one).strip(" ,") for one in called(page, "author"))
    return tuple(dict.fromkeys(name for name in names if 2 < len(name) <= 60))


SITES = (site(read_hugging_face, "huggingface.co", "hf.co"),)
