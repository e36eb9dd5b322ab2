"""Pages of linkding's that its clients open, each leading to ours."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest, signed_in
from bookmarks.api.linkding.notes import join_notes
from bookmarks.api.linkding.query import BadQuery, parse_query
from bookmarks.listing import Shelf
from bookmarks.models import Bookmark
from bookmarks.paths import bookmark_path, list_path

TAGS_AT_MOST = 3


@require_safe
@signed_in
def search(request: SignedInRequest, archived: str = "") -> HttpResponse:
    """Lead to one's own list, narrowed down by the tags and states in `q`."""
    try:
        query = parse_query(request.GET.get("q", "")[:1000])
    except BadQuery:
        query = parse_query("")
    shelf = Shelf.ARCHIVED if archived else Shelf.ALL
    if not archived and (query.unread or query.untagged):
        shelf = Shelf.UNREAD if query.unread else Shelf.UNTAGGED
    labels = query.labels[:TAGS_AT_MOST]
    return redirect(list_path(request.user.username, labels, shelf.value))


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
