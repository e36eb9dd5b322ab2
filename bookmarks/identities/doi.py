"""DOIs, and the publishers whose addresses hold one or a number: ACM, IEEE; import `SOURCES`.

A DOI does not depend on case (https://www.doi.org/doi-handbook/HTML/case-sensitivity.html) and
may hold parentheses, semicolons and angle brackets.
"""

import re

from bookmarks.identities.address import Address, quote_path
from bookmarks.identities.arxiv import arxiv_paper_named
from bookmarks.identities.recognised import Recognised, known, path_pattern, source

# arXiv registers a DOI for each of its papers under its own prefix.
ARXIV = "10.48550/arxiv."
DOI = r"(?P<doi>10\.\d{4,9}/\S+)"
DOI_PATH = path_pattern(rf"/(?:doi:)?{DOI}")
ACM_PATH = path_pattern(rf"/doi/(?:abs/|full/|fullhtml/|pdf/|epdf/)?{DOI}")
IEEE_PATH = path_pattern(r"/(?:abstract/)?document/0*(?P<number>[1-9]\d{0,12})(?:/.*)?")
IEEE_VIEWERS = ("/stamp/stamp.jsp", "/stamppdf/getpdf.jsp", "/xpl/articledetails.jsp")
IEEE_NUMBER = re.compile(r"0*([1-9][0-9]{0,12})\Z")


def recognise_doi(address: Address) -> Recognised | None:
    """Whatever has a DOI, as the resolver's address."""
    return _with_doi(DOI_PATH.match(address.path))


def recognise_acm(address: Address) -> Recognised | None:
    """A paper in the ACM's library, by its DOI."""
    return _with_doi(ACM_PATH.match(address.path))


def recognise_ieee(address: Address) -> Recognised | None:
    """A paper in IEEE Xplore, by its number."""
    match = IEEE_PATH.match(address.path)
    if match:
        return _ieee(match["number"])
    if address.path.lower() in IEEE_VIEWERS:
        match = IEEE_NUMBER.match(address.parameter("arnumber"))
        return _ieee(match[1]) if match else None
    return None


def _with_doi(match: re.Match[str] | None) -> Recognised | None:
    if not match:
        return None
    doi = match["doi"]
    paper = arxiv_paper_named(doi[len(ARXIV) :]) if doi.lower().startswith(ARXIV) else None
    return paper or known(f"doi:{doi.lower()}", f"https://doi.org/{quote_path(doi)}", "paper")


def _ieee(number: str) -> Recognised:
    return known(f"ieee:{number}", f"https://ieeexplore.ieee.org/document/{number}", "paper")


SOURCES = (
    source(recognise_doi, "doi.org", "dx.doi.org"),
    source(recognise_acm, "dl.acm.org"),
    source(recognise_ieee, "ieeexplore.ieee.org"),
)
