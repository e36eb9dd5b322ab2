"""Looks in listings for words and states. Import `Wanted`, `Order`, `Candidate`, `find_bookmarks`.

What an index tells is read from it, whatever the size of the list. For words and for the order of
titles bookmarks themselves are read: the newest 10,000 that fit the rest, and no more. What changed
lately is found by when it changed, where that is no more.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from django.db.models import Exists, OuterRef, Q, QuerySet

from bookmarks.keyset import Place
from bookmarks.listing import Listing, Shelf, count_bookmarks, key_of, source_of
from bookmarks.models import Bookmark, OwnerCount, TaggedBookmark
from bookmarks.tag_names import fold_tag, is_private_tag

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

    Source = QuerySet[Bookmark] | QuerySet[TaggedBookmark]

LOOKED_AT = 10_000
READ_AT_ONCE = 500
COUNTED_AT_MOST = 10_000


class Order(Enum):
    """The orders a list can be read in."""

    ADDED_ASC = "added_asc"
    ADDED_DESC = "added_desc"
    MODIFIED_ASC = "modified_asc"
    MODIFIED_DESC = "modified_desc"
    TITLE_ASC = "title_asc"
    TITLE_DESC = "title_desc"

    @property
    def descends(self) -> bool:
        """Tell whether the greatest comes first."""
        return self.value.endswith("_desc")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a test sees of a bookmark: its words, its tags and its states, as the viewer may."""

    text: str
    names: frozenset[str]
    unread: bool


@dataclass(frozen=True)
class Wanted:
    """What is looked for in a listing; None stands for either. `test` is passed by what fits.

    `since` times are exclusive. Whether another's bookmark is unread or archived nobody learns:
    theirs count as neither.
    """

    listing: Listing
    archived: bool | None = None
    unread: bool | None = None
    private: bool | None = None
    added_since: datetime | None = None
    modified_since: datetime | None = None
    test: Callable[[Candidate], bool] | None = None
    order: Order = Order.ADDED_DESC


@dataclass(frozen=True)
class Found:
    """A part of what was found: ids in order, whether there is more, and how many there are.

    `count` is exact up to 10,000, and at least what is shown.
    """

    ids: Sequence[int]
    more: bool
    count: int


def find_bookmarks(wanted: Wanted, viewer: "Viewer", offset: int, limit: int) -> Found:
    """Return `limit` bookmarks of what is wanted that the viewer may see, from the `offset`-th."""
    source = source_of(wanted.listing, viewer)
    if source is None:
        return Found([], more=False, count=0)
    rule = _rule(wanted, viewer)
    plain = not rule
    if rule and source.model is Bookmark:
        source = source.filter(rule)
    elif rule:
        fits = Bookmark.objects.filter(rule, pk=OuterRef("content_object"))
        source = source.filter(Exists(fits))
    column = _column(wanted, source)
    lately = _changed_lately(wanted, source) if column != "updated_at" else None
    if wanted.test or lately is not None or not column:
        if lately is None:
            lately = _newest(source)
        ids = _looked_through(lately, wanted, viewer)
        part = ids[offset : offset + limit]
        return Found(part, more=len(ids) > offset + limit, count=len(ids))
    sign, key = "-" if wanted.order.descends else "", key_of(source)
    ordered = source.order_by(f"{sign}{column}", f"{sign}{key}").values_list(key, flat=True)
    ids = list(ordered[offset : offset + limit + 1])
    more = len(ids) > limit
    count = _counted(wanted, viewer, plain)
    if count is None:
        count = len(source.order_by().values_list(key)[:COUNTED_AT_MOST])
    seen = offset + len(ids) if ids else 0
    return Found(ids[:limit], more=more, count=max(count, seen))


def _rule(wanted: Wanted, viewer: "Viewer") -> Q:
    """Return what the bookmarks themselves must say."""
    rule, own = Q(), wanted.listing.is_own(viewer)
    for name in ("archived", "unread"):
        value = getattr(wanted, name)
        if value is None:
            continue
        if own:
            rule &= Q(**{name: value})
        elif value:  # those of others count as neither
            rule &= Q(**{name: True}, owner=viewer.pk or 0)
        elif viewer.pk:
            rule &= ~Q(**{name: True}, owner=viewer.pk)
    if wanted.private is not None:
        rule &= Q(private=wanted.private)
    if wanted.added_since:
        rule &= Q(saved_at__gt=wanted.added_since)
    if wanted.modified_since:
        rule &= Q(updated_at__gt=wanted.modified_since)
    return rule


def _column(wanted: Wanted, source: "Source") -> str:
    """Return the column whose index has the list in the wanted order, "" where none has."""
    if wanted.order in (Order.ADDED_ASC, Order.ADDED_DESC):
        return "saved_at"
    modified = wanted.order in (Order.MODIFIED_ASC, Order.MODIFIED_DESC)
    return "updated_at" if modified and source.model is Bookmark and wanted.listing.owner else ""


def _counted(wanted: Wanted, viewer: "Viewer", plain: bool) -> int | None:
    """Return how many there are from counters, None where none counts this."""
    listing = wanted.listing
    if plain:
        count = count_bookmarks(listing, viewer)
        return None if count.or_more else count.number
    states = (wanted.unread, wanted.private, wanted.added_since, wanted.modified_since)
    if any(state is not None for state in states) or listing.labels:
        return None
    if not listing.is_own(viewer) or listing.shelf is not Shelf.ALL:
        return None
    counts = OwnerCount.objects.filter(owner=listing.owner).first() or OwnerCount()
    return counts.archived if wanted.archived else counts.total - counts.archived


def _newest(source: "Source") -> list[int]:
    """Return the ids of the newest that are looked at."""
    key = key_of(source)
    return list(source.order_by("-saved_at", f"-{key}").values_list(key, flat=True)[:LOOKED_AT])


def _changed_lately(wanted: Wanted, source: "Source") -> list[int] | None:
    """Return the ids of what is wanted of one person's since a change, newest first.

    Their index by change tells who they are, so that few are found without a look at all others.
    None where it is not asked for, or where so many changed that they are everywhere.
    """
    if wanted.modified_since is None or wanted.listing.owner is None:
        return None
    changed = Bookmark.objects.filter(
        owner=wanted.listing.owner, updated_at__gt=wanted.modified_since
    ).order_by("-updated_at", "-id")
    ids = list(changed.values_list("pk", flat=True)[: LOOKED_AT + 1])
    if len(ids) > LOOKED_AT:
        return None
    key = key_of(source)
    places: list[Place] = []
    for start in range(0, len(ids), READ_AT_ONCE):
        some = source.filter(**{f"{key}__in": ids[start : start + READ_AT_ONCE]})
        places += some.order_by().values_list("saved_at", key)
    return [pk for _, pk in sorted(places, reverse=True)]


def _looked_through(ids: list[int], wanted: Wanted, viewer: "Viewer") -> list[int]:
    """Return which of these, the newest first, pass the test, in the wanted order."""
    order = wanted.order
    if wanted.test is None and order in (Order.ADDED_ASC, Order.ADDED_DESC):
        return ids if order.descends else ids[::-1]
    rows = _read(ids, viewer)
    kept = [row for row in rows if wanted.test is None or wanted.test(row.candidate)]
    if order in (Order.TITLE_ASC, Order.TITLE_DESC):
        kept.sort(key=lambda row: (row.title, row.pk), reverse=order.descends)
    elif order in (Order.MODIFIED_ASC, Order.MODIFIED_DESC):
        kept.sort(key=lambda row: (row.updated_at, row.pk), reverse=order.descends)
    elif order is Order.ADDED_ASC:
        kept.reverse()
    return [row.pk for row in kept]


class _Columns(NamedTuple):
    """What is read of a bookmark to look at it."""

    pk: int
    owner_id: int
    url: str
    title: str
    description: str
    labels_text: str
    unread: bool
    own_facts: dict[str, Any] | None
    facts_at: datetime | None
    page__title: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class _Row:
    """A bookmark that was looked at, with what it is sorted by."""

    pk: int
    title: str
    updated_at: datetime
    candidate: Candidate


def _read(ids: Sequence[int], viewer: "Viewer") -> Iterator[_Row]:
    """Yield what is looked at of the bookmarks of some ids, a batch at a time, in their order."""
    for start in range(0, len(ids), READ_AT_ONCE):
        some = ids[start : start + READ_AT_ONCE]
        rows = Bookmark.objects.filter(pk__in=some).values_list(*_Columns._fields)
        by_id = {row[0]: _Columns._make(row) for row in rows}
        yield from (_seen(by_id[pk], viewer) for pk in some if pk in by_id)


def _seen(row: _Columns, viewer: "Viewer") -> _Row:
    """Return what the viewer may see of a bookmark."""
    own = row.owner_id == viewer.pk
    labels = [one for one in row.labels_text.split() if own or not is_private_tag(one)]
    found = row.page__title if row.facts_at else ""
    titles = [row.title, (row.own_facts or {}).get("title", ""), found]
    text = folded("\n".join([row.url, row.description, *titles]))
    candidate = Candidate(text, frozenset(map(fold_tag, labels)), row.unread and own)
    title = next(filter(None, titles), row.url)
    return _Row(row.pk, title.casefold(), row.updated_at, candidate)


def folded(text: str) -> str:
    """Return a text as words are compared in it: composed and without case."""
    return normalize("NFC", text).casefold()
