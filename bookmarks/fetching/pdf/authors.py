"""Who wrote a PDF, by its metadata; import `find_authors`."""

import re

from bookmarks.fetching.extract.cited import cited
from bookmarks.fetching.extract.names import is_login, people
from bookmarks.fetching.pdf.document import Document

# Accounts, programs and machines that sign what somebody else wrote.
NOBODY = re.compile(
    r"\b(?:microsoft|adobe|acrobat|latex|pdftex|windows|office|apple|user|owner|admin\w*|unknown|"
    r"anonymous|author|hewlett|dell|lenovo|printer|scanner|default|overleaf|sharelatex|quark\w*|"
    r"word|canon|xerox|ricoh|postscript|ghostscript|\w+\.(?:docx?|tex|pdf))\b|\d|[\\/@]",
    re.IGNORECASE,
)
AND = re.compile(r",?\s+(?:and|und|et|y|&)\s+", re.IGNORECASE)


def find_authors(document: Document) -> tuple[tuple[str, ...], str]:
    """The authors in order and the place they come from; none where that names a program."""
    listed = document.xmp_authors
    if len(listed) > 1 and (names := _real([name for one in listed for name in _split(one)])):
        return names, "xmp"
    for values, source in ((document.info_author,), "pdf info"), (listed, "xmp"):
        if names := _real([name for value in values for name in _split(value)]):
            return names, source
    return (), ""


def _split(value: str) -> list[str]:
    """The names in one value, which people write in every way there is."""
    if ";" in value:
        return cited(value.split(";"))
    parts = [part.strip() for part in AND.sub(",", value).split(",") if part.strip()]
    if len(parts) == 2 and " " not in parts[0] and not AND.search(value):
        return cited([value])  # "Lovelace, Ada"
    if len(parts) > 2 and not len(parts) % 2 and all(" " not in last for last in parts[::2]):
        return people(f"{first} {last}" for last, first in zip(*[iter(parts)] * 2, strict=True))
    return people(parts)


def _real(names: list[str]) -> tuple[str, ...]:
    return tuple(name for name in names if not NOBODY.search(name) and not is_login(name))
