"""The page of a URL: who saved it publicly, and with which tags."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from bookmarks.links import BadUrl, clean_url, page_key, page_url
from bookmarks.listing import Count, Listing, list_bookmarks
from bookmarks.models import Bookmark, Page
from bookmarks.paths import page_path
from bookmarks.tags import tags_of
from bookmarks.views.lists import ListPage, cloud_of, cursor_in, show
from bookmarks.wording import month_of

NOBODY = "Nobody has saved this page publicly."


def savers(request: HttpRequest, key: str, direction: str = "", place: str = "") -> HttpResponse:
    """Show who saved a page publicly. Pages saved only in private are as unknown as any other."""
    page = Page.objects.filter(public_saves__gt=0).at(key)
    if page is None:
        raise Http404(NOBODY)
    if page.key != key:  # what was another page once
        return redirect(page_path(page.key))
    listing = Listing(page=page, cursor=cursor_in(direction, place))
    listed = list_bookmarks(listing, request.user)
    bookmarks = Bookmark.objects.public().filter(page=page).select_related("owner", "page")
    first = bookmarks.order_by("saved_at", "id").first()
    newest = bookmarks.order_by("-saved_at", "-id").first()
    if first is None or newest is None:  # made private this moment
        raise Http404(NOBODY)
    shown = ListPage(
        # By what somebody's public bookmark shows: the page's own row may know more from a
        # private one.
        newest.shown_title,
        page_path(key),
        Count(page.public_saves),
        cloud=cloud_of(tags_of(listed.bookmarks), ()),
        cloud_title="Tags people gave it",
        extra={
            "page_id": page.pk,
            "first": first,
            "first_month": month_of(first.saved_at),
            "address": page_url(newest.url),
        },
    )
    return show(request, shown, listed, "bookmarks/page.html")


def look_up(request: HttpRequest) -> HttpResponse:
    """Lead from a URL in `?url=` to the page about it."""
    try:
        url = clean_url(request.GET.get("url", ""))
    except BadUrl as error:
        raise Http404(str(error)) from None
    return redirect(page_path(page_key(url)))
