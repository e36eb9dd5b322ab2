"""The door by which a page comes into a list from elsewhere: a choice among one's lists."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest, signed_in
from bookmarks.models import Bookmark
from readinglists.models import ReadingList
from readinglists.paths import list_path

MOST = 200


@require_safe
@signed_in
def add_to_list(request: SignedInRequest) -> HttpResponse:
    """Show the lists one may change, the last changed first; each leads to its form, filled in.

    What is filled in stands in the address (`url`, `title`, `note`), or is one's bookmark `b`.
    """
    asked = {name: request.GET.get(name, "") for name in ("url", "title", "note")}
    slug = request.GET.get("b", "")
    if slug.isascii() and slug.isalnum():
        kept = Bookmark.objects.filter(owner=request.user, slug=slug).first()
        if kept:
            asked |= {"url": kept.url, "title": kept.title}
    query = urlencode({name: value for name, value in asked.items() if value})
    lists = ReadingList.objects.editable_by(request.user).select_related("owner")
    context = {
        "asked": asked,
        "lists": [
            (one, f"{list_path(one.owner.username, one.slug, 'add')}?{query}")
            for one in lists.order_by("-updated_at", "-pk")[:MOST]
        ],
    }
    return render(request, "readinglists/add.html", context)
