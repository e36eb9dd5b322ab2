"""Where the code of a paper, a model or a text is; import `find_code_url`."""

import re
from collections.abc import Iterator

from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.page import Found, Page, resolve
from bookmarks.identities import recognise

# What a link to the code is called where it is one of several beside a paper.
LABEL = re.compile(
    r"\W*(?:(?:source |official |our |view |get |the )?(?:code|implementation|software|repository)"
    r"(?: (?:on|at) github)?|github(?: (?:repo|repository|code|page))?)\W*",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\"<>]+|\b(?:github|gitlab)\.com/[^\s\"<>]+", re.IGNORECASE
)
MAX_LINKS = 3_000


def find_code_url(page: Page, *texts: str) -> Found:
    """The repository that linked data name, that `texts` mention, or that a link calls the code."""
    named = first_text(page.data.works + page.data.articles, "codeRepository")
    if url := repository(resolve(page.base_url, named) if named else ""):
        return Found(url, "json-ld codeRepository")
    for text in texts:
        for address in ADDRESS.findall(text):
            if url := repository(address):
                return Found(url, "text")
    return next((Found(url, "link") for url in _labelled(page)), Found())


def _labelled(page: Page) -> Iterator[str]:
    for number, element in enumerate(page.body.named("a")):
        if number >= MAX_LINKS:
            return
        href = element.get("href")
        if "git" not in href or element.aside:
            continue
        if LABEL.fullmatch(page.body.text(element)) and (url := repository(href)):
            yield url


def repository(address: str) -> str:
    """The address of the repository that `address` leads to; "" when it leads to none."""
    known = recognise(address) if address else None
    if known and known.identity.startswith(("github:", "gitlab:")):
        return known.canonical_url
    return ""
