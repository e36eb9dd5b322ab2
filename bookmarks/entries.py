"""Bookmarks as they are shown on pages. Import `Entry`, `entry_of`, `entries_of`, `archive_of`.

Pure presentation, without a query: all that a template would have to work out is worked out
here, so that it only puts strings in their places.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone

from bookmarks.fetch_words import Told, fetch_words
from bookmarks.links import site_of
from bookmarks.markup import cut_outside_math
from bookmarks.models import Bookmark
from bookmarks.own_facts import ShownFacts
from bookmarks.paths import bookmark_path, list_path, page_path
from bookmarks.tag_names import is_private_tag
from bookmarks.wording import (
    counted,
    cut_at_word,
    linked,
    machine_time,
    reading_time,
    relative_time,
    time_stamp,
)

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

DESCRIPTION_LENGTH = 500
# Where somebody said more than this about a page, less of the page itself is quoted.
TELLING = 200
EXCERPT_LENGTH, SHORT_EXCERPT_LENGTH = 320, 160
AUTHORS_NAMED = 3
# Kinds that most pages are of, and that only a guess tells apart, are not worth a word.
PLAIN_KINDS = frozenset({"article", "collection", "listing", "product", "service"})
# The doors of this site itself; where else a bookmark came from is told.
OWN_DOORS = frozenset({"form", "bookmarklet", "share"})
ARCHIVE = "https://web.archive.org/web/"
# What may stand in a query as it is; the fewer escapes, the lighter the page.
SAFE = "/:@!$'()*,;~"


@dataclass(frozen=True, slots=True)
class Entry:
    """One bookmark, ready for its template. Empty strings stand for what is not shown.

    `mine` is whether its buttons are shown, `told` how fetching its page stands, `to_list_path`
    where it is put on a list, for who is logged in.
    `archive` is where to look for a copy of a page that is gone, `read_path` where its text is.
    The `_cut` ones say that a "[more]" is due.
    """

    slug: str
    path: str
    page_path: str
    copy_path: str
    to_list_path: str
    url: str
    title: str
    kind: str
    site: str
    facts: str
    description: str
    description_parts: tuple[tuple[str, str], ...]
    description_cut: bool
    excerpt: str
    excerpt_cut: bool
    tags: list[tuple[str, str]]
    when: str
    stamp: str
    time: str
    by: str
    source: str
    others: str
    private: bool
    unread: bool
    starred: bool
    archived: bool
    mine: bool
    told: Told
    read_path: str
    archive: str

    # Templates try entry["title"] before entry.title; this spares them a TypeError each time.
    __getitem__ = object.__getattribute__

    @property
    def by_path(self) -> str:
        """Where the list of whom it is by is: what its own path begins with."""
        return self.path.rpartition("b:")[0]

    @property
    def copies(self) -> str:
        """Where all copies of a page that is gone are listed."""
        return archive_of(self.url, "*")


def entries_of(
    bookmarks: Iterable[Bookmark],
    viewer: "Viewer",
    *,
    own: bool = False,
    by_owner: bool | None = None,
) -> list[Entry]:
    """Return the entries of a list; see `entry_of`."""
    now = timezone.now()
    return [entry_of(each, viewer, own=own, by_owner=by_owner, now=now) for each in bookmarks]


def entry_of(  # noqa: PLR0913 - each says one thing about the page it stands on
    bookmark: Bookmark,
    viewer: "Viewer",
    *,
    own: bool = False,
    by_owner: bool | None = None,
    whole: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Return how a bookmark (with its page and owner) is shown to `viewer`.

    `own` pages are the viewer's own: they have buttons and tell what became of fetching. On pages
    `by_owner` (as one's own are) tags lead to the owner's list, on others to everyone's.
    """
    now, owner, facts = now or timezone.now(), bookmark.owner.username, bookmark.shown
    scope = owner if (own if by_owner is None else by_owner) else ""
    description, description_cut = _shortened(bookmark.description, DESCRIPTION_LENGTH, whole)
    excerpt, excerpt_cut = _quoted(facts, len(description), whole)
    return Entry(
        slug=bookmark.slug,
        path=bookmark_path(owner, bookmark.slug),
        page_path=page_path(bookmark.page.key),
        copy_path=_copy_path(bookmark, viewer),
        to_list_path="" if viewer.pk is None else f"{_to_lists()}?b={bookmark.slug}",
        url=safe_href(bookmark.url),
        title=bookmark.title or facts.title or bookmark.url,
        kind="" if facts.kind in PLAIN_KINDS else facts.kind,
        site=_site(bookmark.url),
        facts=_facts_line(facts),
        description=description,
        description_parts=tuple(linked(description)) if "://" in description else (),
        description_cut=description_cut,
        excerpt=excerpt,
        excerpt_cut=excerpt_cut,
        tags=[(label, list_path(scope, (label,))) for label in _labels(bookmark, viewer, scope)],
        when=relative_time(bookmark.saved_at, now),
        stamp=time_stamp(bookmark.saved_at),
        time=machine_time(bookmark.saved_at),
        by="" if own else owner,
        source="" if bookmark.source in OWN_DOORS else bookmark.source,
        others=_others(bookmark),
        private=bookmark.private,
        unread=bookmark.unread and own,
        starred=bookmark.starred and own,
        archived=bookmark.archived and own,
        mine=own and viewer.pk == bookmark.owner_id,
        told=fetch_words(bookmark, now, whole=whole) if own else Told(),
        read_path=_read_path(bookmark) if own else "",
        archive=archive_of(bookmark.url) if bookmark.gone_at else "",
    )


def _labels(bookmark: Bookmark, viewer: "Viewer", scope: str) -> list[str]:
    """Return the tags to show: private ones to their owner, and only where they lead somewhere."""
    labels = bookmark.labels_for(viewer)
    return labels if scope else [label for label in labels if not is_private_tag(label)]


def safe_href(url: str) -> str:
    """Return an address to link to, or "#" for anything but http and https.

    Addresses are checked when they are saved; this is the second lock, at the way out.
    """
    return url if url[:8].lower().startswith(("http://", "https://")) else "#"


def archive_of(url: str, at: str = "2") -> str:
    """Return where the Wayback Machine shows its copy of a page; "*" for a list of all copies.

    It takes the address as it is behind a moment, of which "2" is enough to get the newest.
    """
    href = safe_href(url)
    return "" if href == "#" else f"{ARCHIVE}{at}/{href.partition('#')[0]}"


def _copy_path(bookmark: Bookmark, viewer: "Viewer") -> str:
    """Return where somebody else saves the same page."""
    if viewer.pk == bookmark.owner_id:
        return ""
    return f"/add?url={quote(safe_href(bookmark.url), safe=SAFE)}"


@cache
def _to_lists() -> str:
    return reverse("readinglists:add")


def _read_path(bookmark: Bookmark) -> str:
    """Return where the text of the page is read, "" when none is kept.

    Whoever keeps a text counts its single characters too, be there none.
    """
    facts = bookmark.facts
    if facts is None or not facts.word_count or facts.cjk_count is None:
        return ""
    return bookmark_path(bookmark.owner.username, bookmark.slug, "text")


def _others(bookmark: Bookmark) -> str:
    others = bookmark.page.public_saves - (not bookmark.private)
    return counted(others, "other") if others > 0 else ""


def _quoted(facts: ShownFacts, described: int, whole: bool) -> tuple[str, bool]:
    """Return the excerpt to show, shorter where the person's own words say much."""
    paragraphs = facts.excerpt
    length = SHORT_EXCERPT_LENGTH if described > TELLING else EXCERPT_LENGTH
    return _shortened(paragraphs if whole else paragraphs.replace("\n\n", "\n"), length, whole)


def _shortened(text: str, length: int, whole: bool) -> tuple[str, bool]:
    shown = text if whole else cut_at_word(text, length)
    if len(shown) < len(text):
        shown = shown[: cut_outside_math(text, len(shown))].rstrip()
    return shown, shown != text


def _facts_line(facts: ShownFacts) -> str:
    """Return who wrote it, when, and how long it takes: "Ada, Grace · 2016 · 9 min"."""
    names = ", ".join(str(name) for name in facts.authors[:AUTHORS_NAMED])
    if len(facts.authors) > AUTHORS_NAMED:
        names += " et al."
    year = facts.published[:4] if facts.published[:4].isdecimal() else ""
    time = reading_time(facts.word_count, facts.cjk_count or 0) if facts.word_count else ""
    return " · ".join(filter(None, (names, year, time)))


def _site(url: str) -> str:
    return _site_at("/".join(url.split("/", 3)[:3]))


@lru_cache(maxsize=4096)
def _site_at(origin: str) -> str:
    try:
        return site_of(origin)
    except ValueError:
        return ""
