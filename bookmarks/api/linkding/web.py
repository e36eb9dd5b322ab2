"""Pages of linkding's that its clients open, each leading to ours; and what a search finds."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest, signed_in
from bookmarks.api.linkding.query import BadQuery, Query, parse_query
from bookmarks.finding import Wanted, find_bookmarks
from bookmarks.formats.linkding_notes import join_notes
from bookmarks.links import BadUrl, clean_url
from bookmarks.listing import ENTRIES_A_PAGE, Count, ListedPage, Listing, Shelf, rows_of
from bookmarks.models import Bookmark
from bookmarks.paths import bookmark_path, list_path
from bookmarks.shared_words import first_address
from bookmarks.views.lists import ListPage, show

TAGS_AT_MOST = 3
PASSED_AT_MOST = 10_000


@require_safe
@signed_in
def search(request: SignedInRequest, archived: str = "") -> HttpResponse:
    """Lead to one's own list, narrowed down by the tags and states in `q`.

    An address leads to one's bookmark of it, or to who keeps that page; words are looked for.
    """
    asked = request.GET.get("q", "")[:1000].strip()
    if asked and first_address(asked) == asked:
        return redirect(_place_of(request, asked))
    try:
        query = parse_query(asked)
    except BadQuery:
        query = parse_query("")
    shelf = Shelf.ARCHIVED if archived else Shelf.ALL
    if not archived and (query.unread or query.untagged):
        shelf = Shelf.UNREAD if query.unread else Shelf.UNTAGGED
    labels = query.labels[:TAGS_AT_MOST]
    if query.test:
        return _show_found(request, asked, query, Listing(request.user, labels, shelf))
    return redirect(list_path(request.user.username, labels, shelf.value))


def _place_of(request: SignedInRequest, address: str) -> str:
    """Return the path of one's own bookmark of an address, else of the page about it."""
    try:
        url = clean_url(address)
    except BadUrl:
        return list_path(request.user.username)
    if own := Bookmark.objects.at(request.user, url):
        return bookmark_path(request.user.username, own.slug)
    return f"{reverse('bookmarks:look_up')}?{urlencode({'url': address})}"


def _show_found(
    request: SignedInRequest, asked: str, query: Query, listing: Listing
) -> HttpResponse:
    """Show the newest of one's own bookmarks that have the words; fifty, and a way to more."""
    given = request.GET.get("passed", "")
    passed = min(int(given), PASSED_AT_MOST) if given.isdecimal() and len(given) < 7 else 0
    wanted = Wanted(listing, test=query.test)
    found = find_bookmarks(wanted, request.user, passed, ENTRIES_A_PAGE)
    more = urlencode({"q": asked, "passed": passed + ENTRIES_A_PAGE})
    page = ListPage(
        "found",
        list_path(request.user.username, listing.labels, listing.shelf.value),
        Count(found.count),
        lede=f"What you keep with “{asked}”, the newest first.",
        own=True,
        empty="Nothing of yours has these words.",
        title=asked,
        extra={"feeds": (), "earlier_url": f"{request.path}?{more}" if found.more else ""},
    )
    return show(request, page, ListedPage(rows_of(found.ids)))


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Lead to everybody's public bookmarks, or those of one person."""
    return redirect(list_path(request.GET.get("user", "")))


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Lead to the form, filled in the same way."""
    asked, form = request.GET, QueryDict(mutable=True)
    description = join_notes(asked.get("description", ""), asked.get("notes", ""))
    said = {"description": description, "tags": asked.get("tags") or asked.get("tag_names", "")}
    for name, value in {"url": asked.get("url"), "title": asked.get("title"), **said}.items():
        if value:
            form[name] = value
    if "auto_close" in asked:
        form["jump"] = "close"
    return redirect(f"{reverse('bookmarks:add')}?{form.urlencode()}")


@require_safe
@signed_in
def edit(request: SignedInRequest, pk: str) -> HttpResponse:
    """Lead to the form of one of one's bookmarks."""
    own = Bookmark.objects.visible_to(request.user, request.user).filter(pk=int(pk))
    slug = own.values_list("slug", flat=True).first()
    if slug is None:
        raise Http404("There is no such bookmark, or it is private.")
    return redirect(bookmark_path(request.user.username, slug, "edit"))


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """Lead to the page of settings, where tokens are made."""
    return redirect("accounts:settings")
