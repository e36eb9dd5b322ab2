"""Following a list, and what is new in those one follows."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.destinations import safe_destination
from accounts.http import SignedInRequest, signed_in
from bookmarks.views.lists import cursor_in, feeds_of
from readinglists.following import TooMany, follow, followed_by, unfollow
from readinglists.models import ReadingList
from readinglists.newest import read_newest
from readinglists.paths import list_path, network_path
from readinglists.views.access import NOT_HERE, readable


@require_POST
@signed_in
def follow_list(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Follow a list, or with `follow=no` do so no longer; lead back to it, or to `next`."""
    reading_list = readable(request, username, slug)
    try:
        if request.POST.get("follow") == "no":
            unfollow(request.user, reading_list)
        elif follow(request.user, reading_list):
            messages.success(request, "Followed. What is new in it shows in your network.")
    except TooMany as error:
        messages.error(request, str(error))
    except ReadingList.DoesNotExist:
        raise Http404(NOT_HERE) from None
    wanted = request.POST.get("next")
    back = list_path(reading_list.owner.username, slug)
    return redirect(safe_destination(wanted) if wanted else back)


@require_safe
@signed_in
def network(request: SignedInRequest, direction: str = "", place: str = "") -> HttpResponse:
    """Show what is new in the lists one follows, newest first."""
    cursor = cursor_in(direction, place)
    followed = list(followed_by(request.user).values_list("pk", flat=True))
    newest = read_newest(followed, cursor)
    path = network_path()
    feed_path = network_path(request.user.username)
    context = {
        "items": newest.items,
        "follows": len(followed),
        "feeds": feeds_of(feed_path, "Network", request.user.feed_key),
        "earlier_url": f"{path}{newest.earlier}/" if newest.earlier else "",
        "later_url": path if cursor else "",
    }
    return render(request, "readinglists/network.html", context)
