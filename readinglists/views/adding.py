"""The door by which a page comes into a list from elsewhere: a choice among one's lists."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, signed_in
from bookmarks.models import Bookmark
from readinglists.adding import FIELD, ListChoice, lists_to_choose, put_on_list
from readinglists.drafts import Invalid, make_item_draft
from readinglists.paths import item_path, place_in_list

ASKED = ("url", "title", "note")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add_to_list(request: SignedInRequest) -> HttpResponse:
    """Show the lists one may change, the last used first, or put something on one of them.

    What it is stands in the address (`url`, `title`, `note`), or is the bookmark `b`: one's own, or
    a public one of others.
    """
    said = request.POST if request.method == "POST" else request.GET
    asked = {name: said.get(name, "") for name in ASKED}
    heading = asked["title"] or asked["url"]
    if request.method != "POST" and (kept := _bookmark(request, said.get("b", ""))):
        asked |= {"url": kept.url, "title": kept.title}
        heading = kept.shown_title
    context: dict[str, Any] = {"asked": asked, "heading": heading, "field": FIELD}
    if request.method == "POST":
        try:
            return _add(request, asked)
        except Invalid as error:
            context["errors"] = list(error.errors.values())
    lists = lists_to_choose(request.user, asked["url"])
    free = [one for one in lists if not one.item_id]
    query = urlencode({name: value for name, value in asked.items() if value})
    context |= {
        "lists": [_shown(one, query) for one in lists],
        "free": free,
        "chosen": said.get(FIELD, free[0].last if free else ""),
    }
    status = 422 if "errors" in context else 200
    return render(request, "readinglists/add.html", context, status=status)


def _add(request: SignedInRequest, asked: dict[str, str]) -> HttpResponse:
    """Put it there, and lead to it; raises Invalid."""
    draft = make_item_draft(url=asked["url"], title=asked["title"], note=asked["note"])
    reading_list, item = put_on_list(request.user, request.POST.get(FIELD, ""), draft)
    owner, slug = reading_list.owner.username, reading_list.slug
    if item is None:
        raise Invalid({"": f"“{reading_list.title}” has this page already."})
    messages.success(request, f"Added to “{reading_list.title}”.")
    return redirect(place_in_list(owner, slug, item.section_id or 0, item.pk))


def _bookmark(request: SignedInRequest, slug: str) -> Bookmark | None:
    """Return the bookmark of a slug that the person may see."""
    if not (slug.isascii() and slug.isalnum()):
        return None
    seen = Bookmark.objects.filter(Q(owner=request.user) | Q(private=False), slug=slug)
    return seen.filter(owner__is_active=True).select_related("page").first()


def _shown(choice: ListChoice, query: str) -> tuple[ListChoice, str, str]:
    """Return a list, its form filled in, and the item there that is of the page already, or ""."""
    one = choice.reading_list
    _, _, section = choice.last.partition("-")
    more = f"&section={section}" if section else ""
    there = item_path(one.owner.username, one.slug, choice.item_id) if choice.item_id else ""
    return choice, f"{choice.path}add/?{query}{more}", there
