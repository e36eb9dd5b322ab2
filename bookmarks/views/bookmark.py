"""One bookmark: its permalink, its edit form, and the buttons beside it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.destinations import safe_destination
from accounts.http import SignedInRequest, signed_in
from bookmarks.entries import entry_of
from bookmarks.fact_words import alternates_in_words, facts_in_words
from bookmarks.fetch_words import ASKED_AGAIN, Told
from bookmarks.forms import BookmarkForm, EditForm
from bookmarks.models import Bookmark, DeletedBookmark
from bookmarks.open_graph import graph_of_bookmark
from bookmarks.paths import bookmark_path, list_path
from bookmarks.saving import (
    change_bookmark,
    delete_bookmark,
    fetch_again,
    set_flags,
    undo_delete,
)
from bookmarks.storing import AlreadySaved
from bookmarks.views.lists import feeds_of, owner_named

NOT_HERE = "There is no such bookmark, or it is private."

ACTIONS: dict[str, Callable[[Bookmark], object]] = {
    "star": partial(set_flags, starred=True),
    "unstar": partial(set_flags, starred=False),
    "read": partial(set_flags, unread=False),
    "unread": partial(set_flags, unread=True),
    "publish": partial(set_flags, private=False),
    "hide": partial(set_flags, private=True),
    "archive": partial(set_flags, archived=True),
    "unarchive": partial(set_flags, archived=False),
    "fetch": fetch_again,
}


def permalink(request: HttpRequest, username: str, slug: str) -> HttpResponse:
    """Show one bookmark with all that is known of its page."""
    bookmark = _visible(request, username, slug)
    own = bookmark.owner_id == request.user.pk
    entry = entry_of(bookmark, request.user, own=own, whole=True)
    if _wants_fragment(request):
        return render(request, "bookmarks/_entry.html", {"entry": entry, "own": own})
    context = {
        "bookmark": bookmark,
        "entry": entry,
        "own": own,
        "title": bookmark.shown_title,
        "facts": facts_in_words(bookmark),
        "alternates": alternates_in_words(bookmark),
        "graph": graph_of_bookmark(bookmark),
        "feeds": feeds_of(entry.by_path, bookmark.owner.username),
    }
    return render(request, "bookmarks/bookmark.html", context)


@signed_in
def edit(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show the edit form of one's own bookmark, or change it as the form says."""
    bookmark = _own(request, username, slug)
    if request.method != "POST":
        form = EditForm(bookmark=bookmark, more={"next": request.GET.get("next", "")})
        return _show_form(request, form, bookmark)
    form = EditForm(request.POST, bookmark=bookmark)
    if not form.is_valid():
        return _show_form(request, form, bookmark, status=422)
    try:
        stored = change_bookmark(bookmark, form.draft)
    except Bookmark.DoesNotExist:
        raise Http404(NOT_HERE) from None
    except AlreadySaved as error:
        form.add_error("url", f"You have this address already, as “{error.bookmark}”.")
        return _show_form(request, form, bookmark, status=422)
    for notice in form.draft.notices:
        messages.warning(request, notice)
    return _answer(request, stored.bookmark)


@require_POST
@signed_in
def act(request: SignedInRequest, username: str, slug: str, action: str) -> HttpResponse:
    """Star, mark read, hide and the like, as one button says."""
    bookmark = _own(request, username, slug)
    try:
        done = ACTIONS[action](bookmark)
    except Bookmark.DoesNotExist:
        raise Http404(NOT_HERE) from None
    asked = ASKED_AGAIN if action == "fetch" and done else ""
    return _answer(request, _own(request, username, slug), asked)


@require_POST
@signed_in
def delete(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Delete one's own bookmark; it can be brought back for a week."""
    bookmark = _own(request, username, slug)
    try:
        deleted = delete_bookmark(bookmark)
    except Bookmark.DoesNotExist:
        raise Http404(NOT_HERE) from None
    if _wants_fragment(request):
        path = bookmark_path(request.user.username, slug)
        context = {"deleted": deleted, "title": bookmark.shown_title, "path": path}
        return render(request, "bookmarks/_deleted.html", context)
    messages.info(request, "Deleted.", extra_tags=f"undo {deleted.slug}")
    return redirect(_next(request, username, gone=bookmark_path(username, slug)))


@require_POST
@signed_in
def restore(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Bring a deleted bookmark back."""
    deleted = DeletedBookmark.objects.filter(owner=request.user, slug=slug).first()
    if deleted is None or username.lower() != request.user.username:
        raise Http404(NOT_HERE)
    stored = undo_delete(deleted)
    return _answer(request, _own(request, username, stored.bookmark.slug))


def _visible(request: HttpRequest, username: str, slug: str) -> Bookmark:
    """Return a bookmark the reader may see; to others a private one is as unknown as any."""
    owner = owner_named(username)
    visible = Bookmark.objects.visible_to(request.user, owner).select_related("page", "owner")
    bookmark = visible.filter(slug=slug).first()
    if bookmark is None:
        raise Http404(NOT_HERE)
    return bookmark


def _own(request: SignedInRequest, username: str, slug: str) -> Bookmark:
    bookmark = _visible(request, username, slug)
    if bookmark.owner_id != request.user.pk:
        raise Http404(NOT_HERE)
    return bookmark


def _wants_fragment(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _answer(request: SignedInRequest, bookmark: Bookmark, asked: str = "") -> HttpResponse:
    """Answer with the entry alone where a script asked, else lead back to where the button was.

    `asked` says that the page was just asked for, which the page itself does not know yet.
    """
    if _wants_fragment(request):
        path = bookmark_path(bookmark.owner.username, bookmark.slug)
        on_its_page = request.POST.get("next") == path
        entry = entry_of(bookmark, request.user, own=True, whole=on_its_page)
        if asked:
            entry = replace(entry, told=Told(asked))
        return render(request, "bookmarks/_entry.html", {"entry": entry, "own": True})
    if asked:
        messages.info(request, f"{asked.capitalize()}.")
    return redirect(_next(request, bookmark.owner.username))


def _next(request: SignedInRequest, username: str, gone: str = "") -> str:
    wanted = request.POST.get("next", "")
    if not wanted or (gone and wanted.startswith(gone)):
        return list_path(username)
    return safe_destination(wanted)


def _show_form(
    request: SignedInRequest, form: BookmarkForm, bookmark: Bookmark, status: int = 200
) -> HttpResponse:
    template = "bookmarks/_edit.html" if _wants_fragment(request) else "bookmarks/edit.html"
    wanted = str(form["next"].value() or "")
    context = {
        "form": form,
        "bookmark": bookmark,
        "back": safe_destination(wanted) if wanted else list_path(request.user.username),
    }
    return render(request, template, context, status=status)
