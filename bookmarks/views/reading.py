"""The text of a page to be read here: by the owner of a bookmark alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bookmarks.entries import entry_of
from bookmarks.models import Bookmark
from bookmarks.texts import text_of
from bookmarks.views.bookmark import NOT_HERE
from bookmarks.views.lists import owner_named
from bookmarks.wording import counted, reading_time

NO_TEXT = "The text of this page was not kept."
# Written from right to left (the scripts of these languages run so).
RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
)


@require_safe
def text(request: HttpRequest, username: str, slug: str) -> HttpResponse:
    """Show the text that was kept of a bookmark's page; to all but its owner there is none."""
    owner = owner_named(username)
    mine = Bookmark.objects.filter(owner=owner, slug=slug) if owner == request.user else None
    bookmark = mine.select_related("page", "owner").first() if mine is not None else None
    if bookmark is None:
        raise Http404(NOT_HERE)
    kept = text_of(bookmark.page) if bookmark.facts else ""
    if not kept:
        raise Http404(NO_TEXT)
    shown = bookmark.shown
    words = shown.word_count
    context = {
        "bookmark": bookmark,
        "entry": entry_of(bookmark, request.user, own=True),
        "authors": ", ".join(map(str, shown.authors)),
        "published": shown.published[:10],
        "length": f"{counted(words, 'word')}, {reading_time(words, shown.cjk_count or 0)}"
        if words
        else "",
        "language": shown.language,
        "direction": _direction(shown.language),
        "paragraphs": _without_title(kept, shown.title),
    }
    return render(request, "bookmarks/text.html", context)


def _without_title(text: str, title: str) -> list[str]:
    """Return the paragraphs of a text; the title, which stands above them, is left out."""
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    return paragraphs[1:] if paragraphs[0].strip() == title else paragraphs


def _direction(language: str) -> str:
    """Return the direction a language is written in, "auto" where none is known."""
    if not language:
        return "auto"
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
