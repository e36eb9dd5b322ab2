"""What lists of bookmarks can be asked for. Import `SEARCH`, `SHARED_SEARCH`, `PAGE`, `listed`."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseBase

from accounts.models import User
from bookmarks.api.linkding import answers
from bookmarks.api.linkding.answers import MISSING, Problem
from bookmarks.api.linkding.operations import Call
from bookmarks.api.linkding.query import (
    BadQuery,
    Query,
    Test,
    all_of,
    any_of,
    has_tag,
    inverse,
    parse_query,
)
from bookmarks.api.linkding.representations import FILTER, ID, SORT, as_bookmark
from bookmarks.api.linkding.values import Kind, Moment, Shape, Text, Whole
from bookmarks.finding import Found, Order, Wanted, find_bookmarks
from bookmarks.listing import Listing, Shelf, rows_of
from bookmarks.models import Bundle

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

LIMIT, LIMIT_AT_MOST = 100, 5000
# More than one may have; what lies behind is nothing.
OFFSET_AT_MOST = 200_000
READ_AT_ONCE = 100
FILTERS = {"yes": True, "no": False}

PAGES: dict[str, Kind] = {"limit": Whole(0, LIMIT_AT_MOST), "offset": Whole(0, OFFSET_AT_MOST)}
PAGE = Shape("", PAGES)
_SEARCH: dict[str, Kind] = {
    "q": Text(most=1000),
    **PAGES,
    "sort": SORT,
    "unread": FILTER,
    "shared": FILTER,
    "bundle": ID,
    "added_since": Moment(),
    "modified_since": Moment(),
}
SEARCH = Shape("", _SEARCH)
SHARED_SEARCH = Shape("", {**_SEARCH, "user": Text(most=100)})


def limits_of(call: Call) -> tuple[int, int]:
    """Return offset and limit; 0 for a limit is the usual one."""
    return call.asked.get("offset", 0), call.asked.get("limit", 0) or LIMIT


def listed(call: Call, *, archived: bool | None = None, shared: bool = False) -> HttpResponseBase:
    """Answer with the bookmarks asked for: one's own, or with `shared` public ones."""
    offset, limit = limits_of(call)
    _, found = search(call, offset, limit, archived=archived, shared=shared)
    results = _represented(found.ids, call.viewer)
    return answers.page(
        call.request, results, count=found.count, more=found.more, offset=offset, limit=limit
    )


def search(  # noqa: PLR0913 - what can be asked for
    call: Call,
    offset: int,
    limit: int,
    *,
    archived: bool | None = None,
    shared: bool = False,
    untagged: bool = False,
) -> tuple[Wanted, Found]:
    """Return what is looked for and a part of what is found.

    With `untagged` only those without tags. Raises `Problem` for a search that is too long, a
    bundle that is not the caller's and a person who is not here.
    """
    asked = call.asked
    bundle = _bundle(call)
    query, tests = _asked_words(asked.get("q", ""), bundle, untagged=untagged)
    unread = _filter(asked.get("unread"), bundle.filter_unread if bundle else None)
    public = _filter(asked.get("shared"), bundle.filter_shared if bundle else None)
    owner = _owner(asked.get("user", "")) if shared else call.user
    shelf = Shelf.UNTAGGED if query.untagged and not shared else Shelf.ALL
    if query.untagged and shared:
        tests.append(lambda one: not one.names)
    labels = tuple(dict.fromkeys([*query.labels, *(_words(bundle.all_tags) if bundle else ())]))
    wanted = Wanted(
        Listing(owner, labels, Shelf.PUBLIC if shared and owner else shelf),
        archived=archived,
        unread=True if query.unread else unread,
        private=None if shared or public is None else not public,
        added_since=asked.get("added_since"),
        modified_since=asked.get("modified_since"),
        test=all_of(tests) if tests else None,
        order=Order(asked.get("sort", Order.ADDED_DESC.value)),
    )
    nothing = (query.unread and unread is False) or (shared and public is False)
    if nothing:
        return wanted, Found([], more=False, count=0)
    return wanted, find_bookmarks(wanted, call.viewer, offset, limit)


def _represented(ids: Sequence[int], viewer: "Viewer") -> Iterator[dict[str, Any]]:
    for start in range(0, len(ids), READ_AT_ONCE):
        for bookmark in rows_of(ids[start : start + READ_AT_ONCE]):
            yield as_bookmark(bookmark, viewer)


def _asked_words(text: str, bundle: Bundle | None, *, untagged: bool) -> tuple[Query, list[Test]]:
    """Return what a search asks for, and the tests it and a bundle make besides."""
    try:
        query = parse_query(text)
        kept = parse_query(bundle.search) if bundle else Query()
    except BadQuery as error:
        raise Problem(400, {"q": [str(error)]}) from None
    tests = [test for test in (query.test, kept.test) if test]
    if bundle and (names := _words(bundle.any_tags)):
        tests.append(any_of([has_tag(name) for name in names]))
    if bundle:
        tests += [inverse(has_tag(name)) for name in _words(bundle.excluded_tags)]
    together = Query(
        (*query.labels, *kept.labels),
        unread=query.unread or kept.unread,
        untagged=query.untagged or kept.untagged or untagged,
    )
    return together, tests


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _filter(asked: str | None, kept: str | None) -> bool | None:
    """Return what is asked of a state: by the call, else by the bundle."""
    return FILTERS.get(asked or "", FILTERS.get(kept or ""))


def _bundle(call: Call) -> Bundle | None:
    """Return the search that the call names; raises `Problem` when the caller has none such."""
    pk = call.asked.get("bundle")
    if pk is None:
        return None
    bundle = Bundle.objects.filter(owner=call.viewer.pk, pk=pk).first() if call.viewer.pk else None
    if bundle is None:
        raise Problem(404, MISSING)
    return bundle


def _owner(name: str) -> User | None:
    """Return whose public bookmarks are asked for, None for everybody's."""
    if not name:
        return None
    known = name.isascii() and name.isprintable()
    owner = User.objects.filter(username=name.lower(), is_active=True).first() if known else None
    if owner is None:
        raise Problem(404, "Nobody here is called so.")
    return owner
