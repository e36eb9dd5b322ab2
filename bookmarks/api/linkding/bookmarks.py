"""The operations at `/api/bookmarks/`: the caller's bookmarks, and public ones.

For what is below a bookmark import `own_bookmark`.
"""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase

from bookmarks.api.linkding import answers
from bookmarks.api.linkding.answers import ERROR, MISSING, Problem, page_of, to_json
from bookmarks.api.linkding.operations import Call, operation
from bookmarks.api.linkding.representations import (
    BOOKMARK,
    BOOKMARK_SENT,
    METADATA,
    as_bookmark,
    as_metadata,
    known_of,
)
from bookmarks.api.linkding.searching import SEARCH, SHARED_SEARCH, listed
from bookmarks.api.linkding.values import Many, Nothing, Shape, Text
from bookmarks.drafts import Draft, InvalidDraft, make_draft
from bookmarks.formats.linkding_notes import join_notes, split_notes
from bookmarks.links import BadUrl, clean_url, page_key
from bookmarks.models import Bookmark, Page
from bookmarks.saving import change_bookmark, delete_bookmark, save_bookmark, set_flags
from bookmarks.storing import AlreadySaved, lock_owner
from bookmarks.tag_names import SEPARATORS, fold_tag

SOURCE = "api"
TAKEN = "A bookmark with this URL already exists."
DISABLED = "Snapshots and uploads are not kept here."
CHECKED = Shape(
    "Checked", {"bookmark": Nothing(BOOKMARK), "metadata": METADATA, "auto_tags": Many(Text())}
)
CHECK = Shape("", {"url": Text(most=10_000), "ignore_cache": Text()}, required=frozenset({"url"}))
# A draft's names of what is wrong, and this API's.
NAMES = {"tags": "tag_names"}


@operation({200: page_of(BOOKMARK), 400: None}, query=SEARCH)
def index(call: Call) -> HttpResponseBase:
    """List one's bookmarks that are not archived."""
    return listed(call, archived=False)


@operation({200: page_of(BOOKMARK), 400: None}, query=SEARCH)
def archived(call: Call) -> HttpResponseBase:
    """List one's archived bookmarks."""
    return listed(call, archived=True)


@operation({200: page_of(BOOKMARK), 400: None}, query=SHARED_SEARCH, for_visitors=True)
def shared(call: Call) -> HttpResponseBase:
    """List everybody's public bookmarks, or those of one person."""
    return listed(call, shared=True)


@operation({200: BOOKMARK})
def retrieve(call: Call, id: int) -> HttpResponseBase:
    """Show one of one's bookmarks."""
    return to_json(as_bookmark(own_bookmark(call, id), call.user))


@operation({200: CHECKED, 400: None}, query=CHECK)
def check(call: Call) -> HttpResponseBase:
    """Tell whether one has an address, and what is known of its page; nothing is fetched."""
    url = call.asked["url"]
    bookmark = Bookmark.objects.at(call.user, url)
    said: dict[str, Any] = {"bookmark": None, "metadata": None, "auto_tags": []}
    if bookmark:
        shown = bookmark.shown
        said["bookmark"] = as_bookmark(bookmark, call.user)
        title = shown.title or bookmark.title
        said["metadata"] = as_metadata(bookmark.url, title, shown.excerpt)
    else:
        said["metadata"] = as_metadata(url, *_known_at(url))
    return to_json(said)


@operation({201: BOOKMARK, 400: None}, body=BOOKMARK_SENT, writes=True)
def create(call: Call) -> HttpResponseBase:
    """Save an address. One that is there is updated, and keeps what is not sent."""
    with transaction.atomic():
        lock_owner(call.user)
        existing = Bookmark.objects.at(call.user, call.sent["url"])
        draft = _draft(call.sent | {"url": existing.url} if existing else call.sent, existing)
        stored = save_bookmark(call.user, draft)
    return to_json(as_bookmark(stored.bookmark, call.user), 201)


@operation({200: BOOKMARK, 400: None}, body=BOOKMARK_SENT, writes=True)
def update(call: Call, id: int) -> HttpResponseBase:
    """Change a bookmark; what is not sent stays."""
    try:
        with transaction.atomic():
            lock_owner(call.user)
            bookmark = own_bookmark(call, id)
            stored = change_bookmark(bookmark, _draft(call.sent, bookmark))
    except Bookmark.DoesNotExist:
        raise Problem(404, MISSING) from None
    except AlreadySaved:
        raise Problem(400, {"url": [TAKEN]}) from None
    return to_json(as_bookmark(stored.bookmark, call.user))


patch = replace(update, partly=True)


@operation({204: None}, writes=True)
def delete(call: Call, id: int) -> HttpResponseBase:
    """Delete a bookmark; it can be restored on the site for a while."""
    try:
        delete_bookmark(own_bookmark(call, id))
    except Bookmark.DoesNotExist:
        raise Problem(404, MISSING) from None
    return answers.empty()


@operation({204: None}, writes=True)
def archive(call: Call, id: int) -> HttpResponseBase:
    """Put a bookmark into the archive."""
    return _set_archived(call, id, archived=True)


@operation({204: None}, writes=True)
def unarchive(call: Call, id: int) -> HttpResponseBase:
    """Take a bookmark out of the archive."""
    return _set_archived(call, id, archived=False)


@operation({403: ERROR}, writes=True)
def singlefile(_call: Call) -> HttpResponseBase:
    """Refuse a snapshot: none are kept here."""
    raise Problem(403, {"error": DISABLED})


def _set_archived(call: Call, pk: int, *, archived: bool) -> HttpResponseBase:
    try:
        set_flags(own_bookmark(call, pk), archived=archived)
    except Bookmark.DoesNotExist:
        raise Problem(404, MISSING) from None
    return answers.empty()


def own_bookmark(call: Call, pk: int) -> Bookmark:
    """Return one of the caller's bookmarks; raises `Problem` for all others, known or not."""
    own = Bookmark.objects.visible_to(call.user, call.user)
    bookmark = own.filter(pk=pk).select_related("page", "owner").first()
    if bookmark is None:
        raise Problem(404, MISSING)
    return bookmark


def _known_at(url: str) -> tuple[str, str]:
    """Return the title and excerpt that everyone may know of the page at an address."""
    try:
        page = Page.objects.at(page_key(clean_url(url)))
    except BadUrl:
        page = None
    return known_of(page) if page else ("", "")


def _draft(sent: dict[str, Any], existing: Bookmark | None) -> Draft:
    """Return what was sent over what is there. A new bookmark is private unless it is shared."""
    description, notes = split_notes(existing.description) if existing else ("", "")
    private = existing.private if existing else True
    try:
        draft = make_draft(
            sent.get("url") or (existing.url if existing else ""),
            title=sent.get("title", existing.title if existing else ""),
            description=join_notes(sent.get("description", description), sent.get("notes", notes)),
            tags=_labels(sent.get("tag_names"), existing),
            private=not sent["shared"] if "shared" in sent else private,
            unread=sent.get("unread", bool(existing and existing.unread)),
            saved_at=sent.get("date_added"),
            source=SOURCE,
        )
    except InvalidDraft as error:
        wrong = {NAMES.get(name, name): [text] for name, text in error.errors.items()}
        raise Problem(400, wrong) from None
    return replace(draft, archived=sent.get("is_archived"))


def _labels(names: list[str] | None, existing: Bookmark | None) -> list[str]:
    """Return the tags of a bookmark: those that stay in their order, then the new ones.

    Answers tell tags by name, so that their order would be lost whenever a client sends them back.
    """
    old = existing.labels if existing else []
    if names is None:
        return old
    wanted: dict[str, str] = {}
    for name in (one for text in names for one in text.split(",")):
        label = "-".join(filter(None, SEPARATORS.split(name)))
        wanted.setdefault(fold_tag(label), label)
    kept = [fold_tag(label) for label in old if fold_tag(label) in wanted]
    return [wanted[name] for name in dict.fromkeys([*kept, *wanted])]
