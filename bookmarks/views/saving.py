"""Saving a page: the form at `/add`, the bookmarklets that lead to it, tag suggestions."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.destinations import safe_destination
from accounts.http import SignedInRequest, signed_in
from bookmarks.bookmarklets import bookmarklets_for
from bookmarks.carried import BadPayload, check_carried, read_carried
from bookmarks.duplicates import bookmark_of_page, related_bookmark
from bookmarks.entries import entry_of
from bookmarks.forms import BookmarkForm, values_of
from bookmarks.links import BadUrl, clean_url, page_key
from bookmarks.models import Bookmark, Page
from bookmarks.paths import list_path
from bookmarks.saving import save_bookmark
from bookmarks.shared_words import find_shared
from bookmarks.storing import Stored, set_flags
from bookmarks.tags import suggest_tags, top_tags
from bookmarks.views.lists import cloud_of
from bookmarks.views.sources import source_of

YES = frozenset({"yes", "1", "on", "true"})
# What a visitor asked for comes back through the address of the log-in page, where it is encoded
# a second time; what is longer waits in the session under this name.
CARRIED_LENGTH = 800
ASKED = "asked_of_the_form"
# What a bookmarklet posts that the address of the form can say too.
PLAIN = ("url", "title", "description", "jump", "source", "showtags", "tolist")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the form, filled from the address, or save what it says."""
    if not request.user.is_authenticated:
        form = request.POST if request.method == "POST" else request.GET
        return _log_in_first(request, form)
    return _add(request)


@signed_in
def _add(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        return _save(request)
    if ASKED in request.session and not request.GET:
        request.GET = QueryDict(request.session.pop(ASKED))
    if request.GET.get("later") in YES:
        return _ask_to_read_later(request)
    return _show_filled(request, request.GET)


@never_cache
@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Show the form with what a phone shares (the share target of config.manifest)."""
    given = (request.GET.get(name, "") for name in ("title", "text", "url"))
    found = find_shared(*given)
    asked = QueryDict(mutable=True)
    asked.update({"url": found.url, "title": found.title, "description": found.words})
    asked["source"] = "share"
    if not request.user.is_authenticated:
        return _log_in_first(request, asked)
    return _show_shared(request, asked)


@signed_in
def _show_shared(request: SignedInRequest, asked: QueryDict) -> HttpResponse:
    return _show_filled(request, asked)


@never_cache
@csrf_exempt  # it shows a form and changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
def carried(request: HttpRequest) -> HttpResponse:
    """Show the form, filled from what a bookmarklet posts from the tab of another site.

    Such a request bears no cookie (SameSite=Lax), so the first answer is a page of ours that
    sends the same once more; then it is known who asks. Nothing is kept of it before the form is
    sent. Who is not logged in does so first, and then has the form without what was carried.
    """
    asked = request.POST
    if request.method != "POST":
        return redirect(f"{reverse('bookmarks:add')}?{request.GET.urlencode()}")
    try:
        check_carried(asked.get("carried", ""))
        if request.user.is_authenticated:
            return _show_carried(request)
    except BadPayload as error:
        context = {"asked": _plain(asked), "error": str(error)}
        status = 413 if error.too_large else 422
        return render(request, "bookmarks/carried.html", context, status=status)
    if "again" in asked:
        return _log_in_first(request, _plain(asked))
    context = {"asked": _plain(asked) | {"carried": asked.get("carried", ""), "again": "yes"}}
    return render(request, "bookmarks/carried.html", context)


@signed_in
def _show_carried(request: SignedInRequest) -> HttpResponse:
    seen = read_carried(request.POST.get("carried", ""))
    more = {"carried": request.POST.get("carried", "")}
    return _show_filled(request, request.POST, more | ({"title": seen.title} if seen.title else {}))


def _plain(asked: QueryDict) -> dict[str, str]:
    """Return what the form can be asked for by its address."""
    return {name: str(asked[name]) for name in PLAIN if name in asked}


def _show_filled(
    request: SignedInRequest, asked: QueryDict, more: dict[str, str] | None = None
) -> HttpResponse:
    """Show the form with what is asked for, or with what is stored of that address already."""
    existing = Bookmark.objects.at(request.user, asked.get("url", ""))
    initial = _asked_for(request, asked) | (more or {})
    if existing:
        initial |= _kept(existing, asked.get("description", ""))
    return _show_form(request, BookmarkForm(initial=initial), existing)


def _log_in_first(request: HttpRequest, form: Mapping[str, str]) -> HttpResponse:
    """Lead to the log-in page and back to the form with all that was asked for.

    What is too long for an address waits in the session.
    """
    add_path = reverse("bookmarks:add")
    asked = urlencode({name: form[name] for name in form if name != "csrfmiddlewaretoken"})
    if len(asked) <= CARRIED_LENGTH:
        return redirect_to_login(f"{add_path}?{asked}" if asked else add_path)
    request.session[ASKED] = asked
    return redirect_to_login(add_path)


def _asked_for(request: SignedInRequest, asked: QueryDict) -> dict[str, Any]:
    """Return what the address of the form asks to fill in (Pinboard's parameters)."""
    return {
        "url": asked.get("url", ""),
        "title": asked.get("title", ""),
        "description": asked.get("description", ""),
        "tags": asked.get("tags", ""),
        "private": asked.get("private") in YES or request.user.private_by_default,
        "toread": asked.get("toread") in YES,
        "next": asked.get("next", ""),
        "showtags": asked.get("showtags", ""),
        "jump": asked.get("jump", ""),
        "source": asked.get("source")
        or ("bookmarklet" if asked.get("next") or asked.get("jump") else ""),
    }


def _kept(existing: Bookmark, selected: str) -> dict[str, Any]:
    """Return what is stored already; words selected on the page are added, not lost."""
    values, selected = values_of(existing), selected.strip()
    if selected and selected not in values["description"]:
        values["description"] = f"{values['description']}\n\n{selected}".strip()
    return values


def _what_is_there(request: SignedInRequest, url: str) -> dict[str, Any]:
    """Return one's bookmark of the same page under another address, else of what it belongs to."""
    try:
        key = page_key(clean_url(url))
    except BadUrl:
        return {}
    if bookmark := bookmark_of_page(request.user, key):
        return {"same_page": entry_of(bookmark, request.user, own=True)}
    related = related_bookmark(request.user, key)
    if related is None:
        return {}
    return {"related": entry_of(related.bookmark, request.user, own=True), "role": related.role}


def _show_form(
    request: SignedInRequest, form: BookmarkForm, existing: Bookmark | None, status: int = 200
) -> HttpResponse:
    show_tags = form["showtags"].value() in YES
    tags = top_tags(request.user, viewer_is_owner=True) if show_tags else []
    url = str(form["url"].value() or "")
    context = {
        "form": form,
        "existing": existing,
        **({} if existing else _what_is_there(request, url)),
        "popup": bool(form["jump"].value()),
        "cloud": cloud_of(tags, (), request.user.username),
        "suggested": suggest_tags(request.user, "", _page_at(url)) if url else [],
    }
    answer = render(request, "bookmarks/add.html", context, status=status)
    if form["next"].value():
        # The answer to this form leads back to the page that is saved; browsers apply the policy
        # for forms to where their answers lead.
        answer.headers["Content-Security-Policy"] = settings.CONTENT_SECURITY_POLICY.replace(
            "form-action 'self'", "form-action 'self' http: https:"
        )
    return answer


def _page_at(url: str) -> Page | None:
    try:
        return Page.objects.filter(public_saves__gt=0).at(page_key(clean_url(url)))
    except BadUrl:
        return None


def _ask_to_read_later(request: SignedInRequest) -> HttpResponse:
    """Show one button: an address alone never writes (RFC 9110, 9.2.1)."""
    asked = _asked_for(request, request.GET) | {"toread": True}
    try:
        asked["url"] = clean_url(asked["url"])
    except BadUrl:
        return _show_form(request, BookmarkForm(asked), None, status=422)
    existing = Bookmark.objects.at(request.user, asked["url"])
    context = {"asked": asked, "existing": existing, "form": BookmarkForm(initial=asked)}
    return render(request, "bookmarks/confirm_later.html", context)


def _save(request: SignedInRequest) -> HttpResponse:
    form = BookmarkForm(request.POST)
    existing = Bookmark.objects.at(request.user, request.POST.get("url", ""))
    if request.POST.get("later") in YES and existing:
        with suppress(Bookmark.DoesNotExist):  # deleted this moment: then it is saved anew
            return _after(request, set_flags(existing, unread=True))
    if not form.is_valid():
        return _show_form(request, form, existing, status=422)
    draft = replace(form.draft, source=source_of(request, form.draft.source))
    stored = save_bookmark(request.user, draft)
    _tell(request, stored, form.draft.notices)
    for step in settings.SAVE_STEPS:
        if sentence := import_string(step)(request.user, stored.bookmark, request.POST):
            messages.info(request, sentence)
    return _after(request, stored.bookmark)


def _tell(request: SignedInRequest, stored: Stored, notices: tuple[str, ...]) -> None:
    messages.success(request, "Saved." if stored.created else "Updated what you had saved.")
    for notice in notices:
        messages.warning(request, notice)


def _after(request: SignedInRequest, bookmark: Bookmark) -> HttpResponse:
    """Lead to where the door that was used wants to end (Pinboard's `next` and `jump`)."""
    if request.POST.get("jump") == "close":
        entry = entry_of(bookmark, request.user, own=True)
        return render(request, "bookmarks/saved.html", {"bookmark": bookmark, "entry": entry})
    wanted = request.POST.get("next", "")
    if wanted in ("same", bookmark.url):
        return HttpResponseRedirect(bookmark.url)
    if wanted:
        return redirect(safe_destination(wanted))
    return redirect(list_path(request.user.username))


@require_safe
@signed_in
def tag_suggestions(request: SignedInRequest) -> JsonResponse:
    """Answer with tags that start with `q`, one's own first."""
    page = _page_at(request.GET.get("url", ""))
    return JsonResponse({"tags": suggest_tags(request.user, request.GET.get("q", "")[:255], page)})


@require_safe
def bookmarklets(request: HttpRequest) -> HttpResponse:
    """Show the bookmarklets, to be dragged to the bookmarks bar."""
    address = request.build_absolute_uri("/add")
    offered = bookmarklets_for(address)
    context = {"bookmarklets": offered, "same_window": offered[-1], "address": address}
    return render(request, "bookmarks/bookmarklets.html", context)
