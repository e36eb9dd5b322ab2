"""arXiv and the sites that show its papers; import `SOURCES`.

Identifiers: https://info.arxiv.org/help/arxiv_identifier.html. Facts are always read from the abs
page: arXiv's own HTML, ar5iv and the readers have no citation tags.
"""

import re

from bookmarks.identities.address import Address
from bookmarks.identities.recognised import Recognised, Recogniser, known, path_pattern, source

NEW = r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}"
# The subject class ("math.GT/0309136") is accepted and dropped, as arXiv itself does.
ARCHIVE = r"(?P<archive>[a-z]+(?:-[a-z]+)*)"
NUMBER = r"(?P<number>\d\d(?:0[1-9]|1[0-2])\d{3})"
OLD = rf"{ARCHIVE}(?:\.[a-z]{{2}})?/{NUMBER}"
VERSION = r"(?P<version>v[1-9]\d{0,3})?"
ARXIV = rf"(?:arxiv:)?(?:(?P<new>{NEW})|{OLD}){VERSION}"

FORMATS = "abs|pdf|html|format|ps|src|e-print|bibtex"
# A query glued on with "&" comes from Google's redirects.
PAGE = path_pattern(rf"/(?:{FORMATS})/{ARXIV}(?:\.pdf)?(?:&.*)?")
FTP = path_pattern(
    rf"/ftp/(?:arxiv/papers/\d{{4}}/(?P<new>{NEW})"
    rf"|{ARCHIVE}/papers/\d{{4}}/{NUMBER}){VERSION}(?:\.pdf)?"
)
AR5IV = path_pattern(rf"/(?:html|abs|pdf)/{ARXIV}")
ALPHAXIV = path_pattern(
    rf"(?:/[a-z]{{2}}(?:-[a-z]{{2,4}})?)?/(?:abs|pdf|overview|resources|replicate|audio|html)/{ARXIV}(?:\.pdf)?"
)
PAPERS = path_pattern(rf"/papers/{ARXIV}")
SCIRATE = path_pattern(rf"/arxiv/{ARXIV}")
ALONE = path_pattern(ARXIV)


def arxiv_paper(match: re.Match[str]) -> Recognised:
    """The paper whose identifier is in the groups of `match`."""
    found = match.groupdict(default="")
    identifier = found["new"] or f"{found['archive']}/{found['number']}".lower()
    url = f"https://arxiv.org/abs/{identifier}"
    return known(f"arxiv:{identifier}", url, "paper", version=found["version"].lower())


def arxiv_paper_named(identifier: str) -> Recognised | None:
    """The paper with this identifier, given alone, as in `?arxivid=` and in arXiv's DOIs."""
    match = ALONE.match(identifier)
    return arxiv_paper(match) if match else None


def _at(*patterns: re.Pattern[str]) -> Recogniser:
    def recognise(address: Address) -> Recognised | None:
        matches = (pattern.match(address.path) for pattern in patterns)
        return next((arxiv_paper(match) for match in matches if match), None)

    return recognise


SOURCES = (
    # export., browse., and the mirrors of countries: de.arxiv.org.
    source(_at(PAGE, FTP), "arxiv.org", ".arxiv.org", "xxx.lanl.gov"),
    source(_at(AR5IV), "ar5iv.org", "ar5iv.labs.arxiv.org"),
    source(_at(ALPHAXIV), "alphaxiv.org"),
    source(_at(PAPERS), "huggingface.co", "hf.co", "arxiv-vanity.com"),
    source(_at(SCIRATE), "scirate.com"),
)
