"""One's own bookmarks that are of one page, and the button that makes one of them."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, signed_in
from bookmarks.duplicates import BOOKMARKS_A_GROUP, list_duplicates
from bookmarks.entries import entries_of
from bookmarks.models import Bookmark
from bookmarks.saving import merge_bookmarks
from bookmarks.storing import CannotMerge, Merged
from bookmarks.views.lists import owner_named

SLUG = re.compile(r"[0-9a-f]{12}\Z")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def duplicates(request: SignedInRequest, username: str) -> HttpResponse:
    """Show a person what they keep twice, or merge what their form names."""
    owner = owner_named(username)
    if owner.pk != request.user.pk:
        raise Http404(f"Only {owner.username} can see this page.")
    if request.method == "POST":
        return _merge(request)
    found = list_duplicates(owner)
    context = {
        "groups": [entries_of(group, request.user, own=True) for group in found.groups],
        "more": found.more,
    }
    return render(request, "bookmarks/duplicates.html", context)


def _merge(request: SignedInRequest) -> HttpResponse:
    named = request.POST.getlist("bookmark")[:BOOKMARKS_A_GROUP]
    slugs = [slug for slug in named if SLUG.match(slug)]
    mine = Bookmark.objects.filter(owner=request.user, slug__in=slugs)
    chosen = {bookmark.slug: bookmark for bookmark in mine.select_related("owner")}
    kept = chosen.pop(request.POST.get("kept", ""), None)
    try:
        if kept is None or not chosen:
            raise CannotMerge("Choose which one to keep; it may have been deleted meanwhile.")
        _tell(request, merge_bookmarks(kept, list(chosen.values())))
    except CannotMerge as error:
        messages.error(request, str(error))
    return redirect(request.path)


def _tell(request: SignedInRequest, merged: Merged) -> None:
    if merged.hidden:
        messages.warning(request, "It is private now, since one of them was.")
    for deleted in merged.deleted:
        messages.info(
            request,
            f"Merged {deleted.fields['url'][:200]} into “{merged.bookmark}”.",
            extra_tags=f"undo {deleted.slug}",
        )
