"""One's own bookmarks as files, and the page that offers them.

A file is written as it is read from the database; nobody but the owner has any.
"""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import PRIVATE, SignedInRequest, signed_in
from bookmarks.exporting import export_bookmarks, formats
from bookmarks.listing import Listing, Shelf
from bookmarks.paths import list_path
from bookmarks.views.lists import labels_in, owner_named


@require_safe
@signed_in
def offer(request: SignedInRequest, username: str, tags: str = "", shelf: str = "") -> HttpResponse:
    """Show in which formats one's bookmarks, with tags, on a shelf, can be had."""
    listing = _own(request, username, tags, shelf)
    name = request.user.username
    context = {
        "title": " · ".join([name, *listing.labels, *([shelf] if shelf else [])]),
        "back": list_path(name, listing.labels, shelf),
        "formats": formats(),
    }
    return render(request, "bookmarks/export.html", context)


@require_safe
@signed_in
def download(
    request: SignedInRequest, username: str, form: str, tags: str = "", shelf: str = ""
) -> StreamingHttpResponse:
    """Answer with the file; raises Http404 for a format that is none."""
    listing = _own(request, username, tags, shelf)
    if form not in formats():
        raise Http404(f"There is no format “{form[:40]}”. There are: {', '.join(formats())}.")
    one = formats()[form]
    name = f"{request.user.username}-bookmarks.{one.ending}"
    pieces = export_bookmarks(form, listing, request.user)
    response = StreamingHttpResponse(
        (piece.encode() for piece in pieces),
        content_type=f"{one.content_type}; charset=utf-8",
        headers=PRIVATE,  # a copy of one moment
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _own(request: SignedInRequest, username: str, tags: str, shelf: str) -> Listing:
    """Return the listing that a path names; raises Http404 where it is not the reader's own."""
    owner = owner_named(username)
    if owner.pk != request.user.pk:
        raise Http404(f"Only {owner.username} can export these bookmarks.")
    return Listing(owner, labels_in(tags) if tags else (), Shelf(shelf))
