"""Firefox's backup of bookmarks as JSON."""

from collections.abc import Iterator
from typing import BinaryIO

from bookmarks.formats.json_pieces import Said
from bookmarks.formats.json_trees import leaves
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import FEED, SMART, Row
from bookmarks.formats.values import listed, text

LABEL = "Firefox (JSON)"
DESCRIPTION = "bookmarkProperties/description"
# Of a feed that the browser followed what is saved is the page of its site.
SITE, FEED_OF_SITE = "livemark/siteURI", "livemark/feedURI"
TAGS_ROOT = ("tagsFolder", "tags________")


def looks_like(head: bytes) -> bool:
    """Tell by the type of its entries."""
    return head.lstrip()[:1] == b"{" and b'"text/x-moz-place' in head


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each bookmark, numbered from 1; raises BadFile.

    Old backups tell the tags in folders of their own, which have the bookmarks a second time.
    """
    number = 0
    known: tuple[Said, ...] | None = None
    for above, said in leaves(file):
        notes = _annotations(said)
        if text(said, "uri") or SITE in notes or FEED_OF_SITE in notes:
            number += 1
            if above is not known:
                known, folder = above, _folder(above)
            yield _row(number, folder, said, notes)


def _folder(above: tuple[Said, ...]) -> tuple[tuple[str, ...], bool]:
    """Return the path of a folder, and whether it is one of tags."""
    is_tag = any(text(one, name) in TAGS_ROOT for one in above for name in ("root", "guid"))
    return tuple(filter(None, (text(one, "title") for one in above))), is_tag


def _row(
    number: int, folder: tuple[tuple[str, ...], bool], said: Said, notes: dict[str, str]
) -> Row:
    path, is_tag = folder
    page, feed = text(said, "uri") or notes.get(SITE, ""), notes.get(FEED_OF_SITE, "")
    url = page or feed
    smart = SMART if url[:6].lower() == "place:" else ""
    return Row(
        number,
        url=url,
        title=text(said, "title"),
        description=notes.get(DESCRIPTION, ""),
        tags=path[-1:] if is_tag else tuple(listed(text(said, "tags"), ",")),
        folders=() if is_tag else path,
        saved_at=moment_of(text(said, "dateAdded")),
        updated_at=moment_of(text(said, "lastModified")),
        skipped=FEED if feed and url == feed else smart,
    )


def _annotations(said: Said) -> dict[str, str]:
    found = said.get("annos")
    rows = found if isinstance(found, list) else ()
    return {text(one, "name"): text(one, "value") for one in rows if isinstance(one, dict)}
