"""Lists and their citations as files, and the pages that offer them.

Whoever may read a list may take it along. Answers are written as they are read from the database.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import PRIVATE
from bookmarks.listing import Listing, list_bookmarks
from bookmarks.paths import list_path as bookmarks_path
from bookmarks.views.lists import labels_in, owner_named
from readinglists.entries import title_of
from readinglists.exporting import (
    CITATION_FORMATS,
    CITATION_NAMES,
    MOST_BOOKMARKS,
    TYPES,
    bullet_of,
    export_bookmarks,
    export_citations,
    export_list,
)
from readinglists.lists import slug_of
from readinglists.models import Section
from readinglists.paths import item_path, list_path, place_in_list, section_path
from readinglists.views.access import item_in, readable, section_in, wants_fragment

LIST_NAMES = {
    "markdown": ("Markdown", "an awesome-list for GitHub; imported here, it is the same list"),
    "json": ("JSON", "everything, for programs"),
}
# Sections that are offered by themselves on the page of a list.
MOST_SECTIONS = 300


@require_safe
def offer_list(request: HttpRequest, username: str, slug: str) -> HttpResponse:
    """Show in which formats a list can be had, whole or by section."""
    reading_list = readable(request, username, slug)
    owner = reading_list.owner.username
    sections = Section.objects.filter(reading_list=reading_list, depth=1).order_by("rank", "pk")
    context = {
        "title": reading_list.title,
        "back": list_path(owner, slug),
        "formats": _formats(LIST_NAMES | CITATION_NAMES),
        "sections": [
            (one.title, section_path(owner, slug, one.pk, "export"))
            for one in sections[:MOST_SECTIONS]
        ],
    }
    return render(request, "readinglists/export.html", context)


@require_safe
def offer_section(request: HttpRequest, username: str, slug: str, section_id: str) -> HttpResponse:
    """Show in which formats a section can be cited."""
    reading_list = readable(request, username, slug)
    section = section_in(reading_list, section_id)
    context = {
        "title": section.title,
        "back": place_in_list(reading_list.owner.username, slug, section.pk),
        "formats": _formats(CITATION_NAMES),
    }
    return render(request, "readinglists/export.html", context)


@require_safe
def offer_item(request: HttpRequest, username: str, slug: str, item_id: str) -> HttpResponse:
    """Show an item as a bullet of Markdown and as BibTeX, to be copied; to a script the bullet."""
    reading_list = readable(request, username, slug)
    item = item_in(reading_list, item_id)
    if wants_fragment(request):
        return HttpResponse(bullet_of(item), content_type="text/plain; charset=utf-8")
    context = {
        "title": title_of(item),
        "back": item_path(reading_list.owner.username, slug, item.pk),
        "formats": _formats(CITATION_NAMES),
        "bullet": bullet_of(item),
        "bibtex": "".join(export_citations("bibtex", reading_list, item=item)).strip(),
    }
    return render(request, "readinglists/export.html", context)


@require_safe
def download_list(request: HttpRequest, username: str, slug: str, form: str) -> HttpResponseBase:
    """Answer with a list as a file."""
    reading_list = readable(request, username, slug)
    return _file(form, slug, export_list(form, reading_list))


@require_safe
def download_section(
    request: HttpRequest, username: str, slug: str, section_id: str, form: str
) -> HttpResponseBase:
    """Answer with the citations of a section and of those below it."""
    reading_list = readable(request, username, slug)
    section = section_in(reading_list, section_id)
    name = f"{slug}-{slug_of(section.title)}"
    return _file(form, name, export_citations(form, reading_list, section=section))


@require_safe
def download_item(
    request: HttpRequest, username: str, slug: str, item_id: str, form: str
) -> HttpResponseBase:
    """Answer with the citation of an item."""
    reading_list = readable(request, username, slug)
    item = item_in(reading_list, item_id)
    return _file(form, f"{slug}-{item.pk}", export_citations(form, reading_list, item=item))


@require_safe
def offer_tags(request: HttpRequest, username: str, tags: str) -> HttpResponse:
    """Show in which formats a person's bookmarks with some tags can be cited."""
    listing = _listing(request, username, tags)
    name = listing.owner.username if listing.owner else ""
    context = {
        "title": f"{name} / {' / '.join(listing.labels)}",
        "back": bookmarks_path(name, listing.labels),
        "formats": _formats(CITATION_NAMES),
    }
    return render(request, "readinglists/export.html", context)


@require_safe
def download_tags(request: HttpRequest, username: str, tags: str, form: str) -> HttpResponseBase:
    """Answer with the citations of a person's bookmarks with some tags, the newest first."""
    listing = _listing(request, username, tags)
    owner = owner_named(username)
    name = f"{owner.username}-{slug_of(' '.join(listing.labels))}"
    return _file(form, name, export_bookmarks(form, listing, request.user, MOST_BOOKMARKS))


def _listing(request: HttpRequest, username: str, tags: str) -> Listing:
    """Return the listing of a person's tags; raises Http404 where the reader sees none of it."""
    listing = Listing(owner_named(username), labels_in(tags))
    if not list_bookmarks(replace(listing, size=1), request.user).bookmarks:
        raise Http404("There are no such bookmarks, or they are private.")
    return listing


def _formats(names: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"form": form, "name": name, "about": about, "cites": form in CITATION_FORMATS}
        for form, (name, about) in names.items()
    ]


def _file(form: str, name: str, pieces: Iterator[str]) -> StreamingHttpResponse:
    content_type, ending = TYPES[form]
    encoded = (piece.encode() for piece in pieces)
    response = StreamingHttpResponse(
        encoded, content_type=f"{content_type}; charset=utf-8", headers=PRIVATE
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
