"""Sites whose pages have a kind but no identifiers: books, Papers with Code; import `SOURCES`."""

from bookmarks.identities.address import Address
from bookmarks.identities.recognised import Kind, Recognised, path_pattern, plain, source

# Books that are read on the web, with the host each calls its own.
BOOKS = {
    "d2l.ai": "d2l.ai",
    "deeplearningbook.org": "www.deeplearningbook.org",
    "probml.github.io": "probml.github.io",
}
CATALOGUE = "paperswithcode.com"
CATALOGUE_PAGE = path_pattern(r"/(?P<type>paper|dataset)/[^/]+", any_case=False)
CATALOGUE_KINDS: dict[str, Kind] = {"paper": "paper", "dataset": "dataset"}


def recognise_book(address: Address) -> Recognised:
    """A book or a chapter of one."""
    return plain(address, BOOKS[address.host], "book")


def recognise_catalogue(address: Address) -> Recognised | None:
    """A paper or a data set as Papers with Code listed it, until it closed in 2025."""
    match = CATALOGUE_PAGE.match(address.path)
    return plain(address, CATALOGUE, CATALOGUE_KINDS[match["type"]]) if match else None


SOURCES = (source(recognise_book, *BOOKS), source(recognise_catalogue, CATALOGUE))
