"""Which identities a page gives itself; import `find_identifiers`."""

from collections.abc import Iterator

from bookmarks.fetching.extract.page import Page, resolve
from bookmarks.identities import recognise

MAX_IDENTIFIERS = 20
# Tags with another address of the very paper.
ADDRESS_TAGS = (
    "citation_pdf_url",
    "citation_abstract_html_url",
    "citation_fulltext_html_url",
    "citation_public_url",
)


def find_identifiers(page: Page, canonical_url: str, doi: str) -> tuple[tuple[str, ...], str]:
    """The identities of the page's own tags, links and data, the surest first, and their sources.

    Only what says "this is it" counts: neither what the text links to nor the address asked for.
    """
    found: dict[str, str] = {}
    for source, url in _addresses(page, canonical_url, doi):
        known = recognise(url) if url else None
        if known and known.has_identifier and len(found) < MAX_IDENTIFIERS:
            found.setdefault(known.identity, source)
    return tuple(found), ", ".join(dict.fromkeys(found.values()))


def _addresses(page: Page, canonical_url: str, doi: str) -> Iterator[tuple[str, str]]:
    for value in page.meta.all("citation_arxiv_id"):
        yield "citation_arxiv_id", "https://arxiv.org/abs/" + value.removeprefix("arXiv:")
    if doi:
        yield "doi", f"https://doi.org/{doi}"
    if canonical_url != page.url:
        yield "canonical", canonical_url
    if own := page.meta.first("og:url"):
        yield "og:url", resolve(page.base_url, own)
    for name in ADDRESS_TAGS:
        for value in page.meta.all(name)[:5]:
            yield name, resolve(page.base_url, value)
    for thing in (page.data.articles + page.data.works)[:5]:
        same = thing.get("sameAs")
        for address in same[:20] if isinstance(same, list) else [same]:
            if isinstance(address, str):
                yield "json-ld sameAs", address
