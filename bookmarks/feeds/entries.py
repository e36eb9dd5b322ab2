"""A feed and its entries before they take a form. Import `Feed`, `Entry`, `make_feed`.

For feeds of other things than bookmarks: `fit`, `uri_of`, `text_of`, `author_of`, `tag_uri`.

Names that never change: an entry is `tag:HOST,2026:b:SLUG` and a feed `tag:HOST,2026:PATH`
(RFC 4151), whatever is edited, made private or public, deleted and brought back. HOST is the
host of BASE_URL without its port. A feed that shows private bookmarks has another name than the
public one of the same path, and no name ever holds a key, so that both outlive a new key.

All text in here is fit for XML 1.0, all addresses are URIs that start with http: or https:.
"""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.html import linebreaks

from bookmarks.feeds.asked import Asked
from bookmarks.links import ascii_host
from bookmarks.listing import ListedPage, Shelf
from bookmarks.markup import plain_title
from bookmarks.models import Bookmark
from bookmarks.paths import bookmark_path, list_path

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

# What XML 1.0 (2.2) does not allow, and the C1 controls that it discourages.
UNFIT = re.compile("[^\t\n\r -\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Formulas of an excerpt that are written out in plain characters.
FORMULAS = 40
# When a list without entries last changed.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
SHELVES = {
    Shelf.ALL: "Bookmarks",
    Shelf.PUBLIC: "Public bookmarks",
    Shelf.PRIVATE: "Private bookmarks",
    Shelf.UNREAD: "Unread bookmarks",
    Shelf.STARRED: "Starred bookmarks",
    Shelf.UNTAGGED: "Bookmarks without tags",
    Shelf.GONE: "Bookmarks of pages that are gone",
}


@dataclass(frozen=True)
class Author:
    """Whose words these are."""

    name: str
    url: str


@dataclass(frozen=True)
class Entry:
    """One bookmark. `url` is what is bookmarked, `permalink` its own page on this site.

    Feed readers know no formulas: `title` is plain, `title_tex` as it was written. `words` are what
    the person says, without what the page says.
    """

    id: str
    url: str
    permalink: str
    title: str
    html: str
    text: str
    published: datetime
    updated: datetime
    author: Author
    labels: tuple[str, ...]
    title_tex: str = ""
    words: str = ""


@dataclass(frozen=True)
class Feed:
    """One page of a list. `url` is the feed itself, `page_url` the page with the same list."""

    id: str
    url: str
    page_url: str
    title: str
    subtitle: str
    author: Author
    updated: datetime
    entries: tuple[Entry, ...]
    next_url: str = ""
    previous_url: str = ""
    hub_url: str = ""


def make_feed(asked: Asked, listed: ListedPage, changed_at: datetime | None) -> Feed:
    """Return the feed of a list that was read, with the tags that its reader may see."""
    owner = asked.listing.owner
    return Feed(
        id=tag_uri(f"{'private' if asked.feed_key else ''}{asked.path}"),
        url=asked.url,
        page_url=f"{settings.BASE_URL}{asked.path}",
        title=fit(_title(asked, listed)),
        subtitle=_subtitle(asked),
        author=author_of(owner.username) if owner else Author("Softmarks", f"{settings.BASE_URL}/"),
        updated=changed_at or NEVER,
        entries=tuple(_entry(bookmark, asked.viewer) for bookmark in listed.bookmarks),
        next_url=asked.url_at(listed.earlier) if listed.earlier else "",
        previous_url=asked.url_at(listed.later) if listed.later else "",
        hub_url=asked.hub_url,
    )


def fit(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return UNFIT.sub("", text)


def uri_of(url: str) -> str:
    """Return a saved address as a URI (RFC 3986): what stands in it already as one stays."""
    scheme, _, rest = url.partition("://")
    place = re.split(r"[/?#]", rest, maxsplit=1)[0]
    path, mark, fragment = rest.removeprefix(place).partition("#")
    if not place.isascii():
        host, colon, port = place.partition(":")
        place = f"{ascii_host(host)}{colon}{port}"
    return f"{scheme}://{place}{_quoted(path)}{mark}{_quoted(fragment)}"


def _quoted(text: str) -> str:
    text = re.sub(r"%(?![0-9a-fA-F]{2})", "%25", text)
    return quote(text, safe="%/:?@!$&'()*+,;=-._~")


def _entry(bookmark: Bookmark, viewer: "Viewer") -> Entry:
    name = bookmark.owner.username
    url = uri_of(bookmark.url)
    changes = [bookmark.updated_at, *([bookmark.facts.changed_at] if bookmark.facts else [])]
    description = fit(bookmark.description).strip()
    shown = bookmark.shown
    excerpt = plain_title(fit(shown.excerpt).strip(), most=FORMULAS)
    title = fit(bookmark.title or shown.title).strip()
    return Entry(
        id=tag_uri(f"b:{bookmark.slug}"),
        url=url,
        permalink=f"{settings.BASE_URL}{bookmark_path(name, bookmark.slug)}",
        title=plain_title(title) or url,
        title_tex=title,
        html=html_of(description, excerpt) or linebreaks(url, autoescape=True),
        text=text_of(description, excerpt) or url,
        published=bookmark.saved_at,
        updated=max(changes),
        author=author_of(name),
        labels=tuple(_fit_labels(bookmark.labels_for(viewer))),
        words=description,
    )


def html_of(description: str, excerpt: str) -> str:
    """Return a person's words as paragraphs and the page's as a quotation, all of it escaped."""
    words = linebreaks(description, autoescape=True) if description else ""
    quoted = linebreaks(excerpt, autoescape=True) if excerpt else ""
    return words + (f"<blockquote>{quoted}</blockquote>" if quoted else "")


def text_of(description: str, excerpt: str) -> str:
    """Return a person's words and then the page's, quoted as in mail."""
    quoted = "\n".join(f"> {line}".rstrip() for line in excerpt.splitlines())
    return "\n\n".join(part for part in (description, quoted) if part)


def _fit_labels(labels: Iterable[str]) -> Iterable[str]:
    return filter(None, map(fit, labels))


def author_of(username: str) -> Author:
    """Return a person as an author: their name and where their bookmarks are."""
    return Author(username, f"{settings.BASE_URL}{list_path(username)}")


def _title(asked: Asked, listed: ListedPage) -> str:
    """Return what the list is called. A page is called as its newest public bookmark calls it."""
    listing = asked.listing
    if asked.popular:
        return "Softmarks: popular"
    if listing.page:
        newest = listed.bookmarks[0].shown_title if listed.bookmarks else "a page"
        return f"Softmarks: who saved {plain_title(newest)}"
    if listing.owner is None and not listing.labels:
        return "Softmarks: recent"
    words = SHELVES[listing.shelf]
    if listing.owner:
        words += f" of {listing.owner.username}"
    if listing.labels:
        words += f" tagged {', '.join(listing.labels)}"
    return f"Softmarks: {words}"


def _subtitle(asked: Asked) -> str:
    if asked.feed_key:
        return "Private bookmarks included. Whoever knows the address of this feed can read it."
    if asked.popular:
        return "Pages that several people keep, hottest first."
    return "What people save, newest first."


def tag_uri(name: str) -> str:
    """Return a tag URI (RFC 4151) of this site. An IPv6 address is written as a name for it."""
    host = urlsplit(settings.BASE_URL).hostname or ""
    if ":" in host:
        host = ipaddress.IPv6Address(host).exploded.replace(":", "-")
    return f"tag:{ascii_host(host)},2026:{name}"
