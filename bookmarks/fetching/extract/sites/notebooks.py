"""Kaggle and Colab: drawn by scripts, so the page says little and the address more."""

import re
from urllib.parse import unquote

from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, site

NOTEBOOK = re.compile(r"/([^/]+)\.ipynb$", re.IGNORECASE)
COLAB_TITLES = frozenset(("google colab", "google colaboratory", "colab", "colaboratory", ""))
KAGGLE_DESCRIPTION = re.compile(
    r"^(?:Explore and run (?:machine learning|AI) code with Kaggle|Kaggle is the world)", re.I
)


def read_colab(page: Page) -> SiteFacts:
    """A notebook is called by its file; one on somebody's drive only if its title says so."""
    facts = SiteFacts()
    named = NOTEBOOK.search(unquote(page.path))
    title = page.title_element.removesuffix(" - Colab").removesuffix(" - Colaboratory")
    if title.lower() in COLAB_TITLES:
        title = named[1].replace("_", " ").strip() if named else ""
    else:
        title = re.sub(r"\.ipynb$", "", title)
    if title:
        facts.tell("title", title, "address")
        facts.deny("description")
    elif not page.is_home:
        facts.tell("obstacle", "script_only", "title")
    facts.tell("site_name", "Google Colab", "title")
    return facts


def read_kaggle(page: Page) -> SiteFacts:
    """A data set, notebook or competition; the description is mostly the site's."""
    facts = SiteFacts()
    if KAGGLE_DESCRIPTION.search(page.meta.first("og:description", "description")):
        facts.deny("description")
    title = page.meta.first("og:title") or page.title_element
    title = re.sub(r"\s*\|\s*Kaggle$", "", title)
    facts.tell("title", "" if title.startswith("Kaggle") else title, "og:title")
    facts.tell("site_name", "Kaggle", "title")
    return facts


SITES = (site(read_colab, "colab.research.google.com"), site(read_kaggle, "kaggle.com"))
