"""Pages of lists: everybody's, newest or most followed first, and one person's."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookmarks.views.lists import cursor_in, owner_named
from readinglists.entries import head_of
from readinglists.paths import lists_path
from readinglists.shelves import Shelf, followed, lists_of, newest
from readinglists.views.access import reader_of

PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,18})\Z", re.ASCII)


@require_safe
def all_lists(request: HttpRequest, direction: str = "", place: str = "") -> HttpResponse:
    """Show everybody's public lists, those changed last first."""
    return _show(request, newest(cursor_in(direction, place)), lists_path(), heading="lists")


@require_safe
def followed_lists(request: HttpRequest, direction: str = "", place: str = "") -> HttpResponse:
    """Show everybody's public lists, the most followed first."""
    match = PLACE.match(place)
    if place and not match:
        raise Http404("There is no such place in this list. Start at its first page.")
    at = (int(match[1]), int(match[2])) if match else None
    shelf = followed(at, later=direction == "upto")
    path = lists_path() + "followed/"
    return _show(request, shelf, path, heading="lists")


@require_safe
def lists_by(
    request: HttpRequest, username: str, direction: str = "", place: str = ""
) -> HttpResponse:
    """Show one person's lists; only themselves those that are not public."""
    owner = owner_named(username)
    own = owner.pk == request.user.pk
    shelf = lists_of(owner, cursor_in(direction, place), own=own)
    return _show(request, shelf, lists_path(owner.username), heading="lists", owner=owner, own=own)


def _show(request: HttpRequest, shelf: Shelf, path: str, **context: object) -> HttpResponse:
    reader = reader_of(request)
    context |= {
        "lists": [(one, head_of(one, (), reader)) for one in shelf.lists],
        "earlier_url": f"{path}{shelf.earlier}/" if shelf.earlier else "",
        "later_url": f"{path}{shelf.later}/" if shelf.later else "",
        "path": path,
    }
    return render(request, "readinglists/lists.html", context)
