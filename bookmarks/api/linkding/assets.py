"""The operations at `/api/bookmarks/ID/assets/`: the text of a bookmark's page, where it is kept.

It is the one asset a bookmark has here, under the bookmark's own id.
"""

from typing import NamedTuple

from django.http import HttpResponse, HttpResponseBase

from bookmarks.api.linkding import answers
from bookmarks.api.linkding.answers import DETAIL, ERROR, MISSING, Problem, page_of, to_json, told
from bookmarks.api.linkding.bookmarks import DISABLED, own_bookmark
from bookmarks.api.linkding.operations import Call, operation
from bookmarks.api.linkding.representations import ASSET
from bookmarks.api.linkding.searching import PAGE, limits_of
from bookmarks.models import Bookmark, PageText
from bookmarks.texts import text_of

KEPT = "The text of a page is kept for all who saved it."


class Kept(NamedTuple):
    """A bookmark, and the text of its page."""

    bookmark: Bookmark
    text: bytes


@operation({200: page_of(ASSET)}, query=PAGE)
def index(call: Call, id: int) -> HttpResponseBase:
    """List the assets of a bookmark: the text of its page, where there is one."""
    offset, limit = limits_of(call)
    kept = _kept(own_bookmark(call, id))
    results = [_as_asset(kept)] if kept and not offset else []
    return answers.page(
        call.request, results, count=1 if kept else 0, more=False, offset=offset, limit=limit
    )


@operation({200: ASSET})
def retrieve(call: Call, id: int, asset: int) -> HttpResponseBase:
    """Show what is known of an asset."""
    return to_json(_as_asset(_asset(call, id, asset)))


@operation({200: None}, content_type="text/plain")
def download(call: Call, id: int, asset: int) -> HttpResponseBase:
    """Send the text."""
    kept = _asset(call, id, asset)
    response = HttpResponse(kept.text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{kept.bookmark.slug}.txt"'
    return response


@operation({403: ERROR}, writes=True)
def upload(call: Call, id: int) -> HttpResponseBase:
    """Refuse a file: none are kept here."""
    own_bookmark(call, id)
    raise Problem(403, {"error": DISABLED})


@operation({403: DETAIL}, writes=True)
def delete(call: Call, id: int, asset: int) -> HttpResponseBase:
    """Refuse to delete a text, which others may read too."""
    _asset(call, id, asset)
    raise Problem(403, KEPT)


def _asset(call: Call, pk: int, asset: int) -> Kept:
    kept = _kept(own_bookmark(call, pk)) if asset == pk else None
    if kept is None:
        raise Problem(404, MISSING)
    return kept


def _kept(bookmark: Bookmark) -> Kept | None:
    """Return the text kept of a bookmark's page, once it is this person's to read."""
    text = text_of(bookmark.page) if bookmark.facts else ""
    return Kept(bookmark, text.encode()) if text else None


def _as_asset(kept: Kept) -> dict[str, object]:
    pk = kept.bookmark.pk
    at = PageText.objects.values_list("updated_at", flat=True).get(page_id=kept.bookmark.page_id)
    return {
        "id": pk,
        "bookmark": pk,
        "date_created": told(at),
        "file_size": len(kept.text),
        "asset_type": "snapshot",
        "content_type": "text/plain",
        "display_name": "Text of the page",
        "status": "complete",
    }
