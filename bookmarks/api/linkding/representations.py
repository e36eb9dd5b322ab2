"""How things look in answers: their shapes, and what fills them. Import `BOOKMARK`,
`as_bookmark` and the like."""

from datetime import UTC
from typing import TYPE_CHECKING, Any

from bookmarks.api.linkding.answers import told
from bookmarks.api.linkding.values import (
    Choice,
    Flag,
    Kind,
    Many,
    Moment,
    Nothing,
    Shape,
    Text,
    Whole,
)
from bookmarks.drafts import MAX_DESCRIPTION_LENGTH
from bookmarks.entries import archive_of
from bookmarks.finding import Order
from bookmarks.formats.linkding_notes import split_notes
from bookmarks.links import MAX_URL_LENGTH
from bookmarks.models import Bookmark, Bundle, Page
from bookmarks.own_tags import OwnTag
from bookmarks.tag_names import MAX_TAG_LENGTH, MAX_TAGS, fold_tag

if TYPE_CHECKING:
    from bookmarks.models.bookmark import Viewer

ID = Whole(0, 10**18 - 1)
ADDRESS = Text(format="uri")
NEVER = Nothing()
FILTER = Choice(tuple(Bundle.Filter.values))
SORT = Choice(tuple(order.value for order in Order))

BOOKMARK = Shape(
    "Bookmark",
    {
        "id": ID,
        "url": ADDRESS,
        "title": Text(),
        "description": Text(),
        "notes": Text(),
        "web_archive_snapshot_url": ADDRESS,
        "favicon_url": NEVER,
        "preview_image_url": NEVER,
        "is_archived": Flag(),
        "unread": Flag(),
        "shared": Flag(),
        "tag_names": Many(Text()),
        "date_added": Moment(),
        "date_modified": Moment(),
        "website_title": NEVER,
        "website_description": NEVER,
    },
)
BOOKMARK_SENT = Shape(
    "BookmarkSent",
    {
        "url": Text(most=MAX_URL_LENGTH, least=1, format="uri"),
        "title": Text(),
        "description": Text(most=MAX_DESCRIPTION_LENGTH),
        "notes": Text(most=MAX_DESCRIPTION_LENGTH),
        "is_archived": Flag(),
        "unread": Flag(),
        "shared": Flag(),
        "tag_names": Many(Text(most=MAX_TAG_LENGTH), most=MAX_TAGS),
        "date_added": Moment(),
        "date_modified": Moment(),
    },
    required=frozenset({"url"}),
)
METADATA = Shape(
    "Metadata",
    {
        "url": Text(),
        "title": Nothing(Text()),
        "description": Nothing(Text()),
        "preview_image": NEVER,
    },
)
TAG = Shape("Tag", {"id": ID, "name": Text(), "date_added": Moment()})
_SEARCH: dict[str, Kind] = {
    "name": Text(most=256, least=1),
    "search": Text(most=1000),
    "any_tags": Text(most=1000),
    "all_tags": Text(most=1000),
    "excluded_tags": Text(most=1000),
    "filter_unread": FILTER,
    "filter_shared": FILTER,
    "order": Whole(),
}
BUNDLE = Shape("Bundle", {"id": ID, **_SEARCH, "date_created": Moment(), "date_modified": Moment()})
BUNDLE_SENT = Shape("BundleSent", _SEARCH, required=frozenset({"name"}))
ASSET = Shape(
    "Asset",
    {
        "id": ID,
        "bookmark": ID,
        "date_created": Moment(),
        "file_size": Whole(),
        "asset_type": Choice(("snapshot", "upload")),
        "content_type": Text(),
        "display_name": Text(),
        "status": Choice(("pending", "complete", "failure")),
    },
)
PROFILE = Shape(
    "Profile",
    {
        "theme": Choice(("auto", "light", "dark")),
        "bookmark_date_display": Choice(("relative", "absolute", "hidden")),
        "bookmark_link_target": Choice(("_blank", "_self")),
        "web_archive_integration": Choice(("disabled", "enabled")),
        "tag_search": Choice(("strict", "lax")),
        "enable_sharing": Flag(),
        "enable_public_sharing": Flag(),
        "enable_favicons": Flag(),
        "display_url": Flag(),
        "permanent_notes": Flag(),
        "search_preferences": Shape(
            "SearchPreferences", {"sort": SORT, "shared": FILTER, "unread": FILTER}
        ),
        "version": Text(),
    },
)


def as_bookmark(bookmark: Bookmark, viewer: "Viewer") -> dict[str, Any]:
    """Return a bookmark as the viewer may see it: whether it is unread is its owner's affair."""
    own = bookmark.owner_id == viewer.pk
    description, notes = split_notes(bookmark.description)
    saved_at = bookmark.saved_at.astimezone(UTC)
    stamp = f"{saved_at.year:04}{saved_at:%m%d%H%M%S}"
    return {
        "id": bookmark.pk,
        "url": bookmark.url,
        "title": bookmark.title or bookmark.shown.title,
        "description": description,
        "notes": notes,
        "web_archive_snapshot_url": archive_of(bookmark.url, stamp),
        "favicon_url": None,
        "preview_image_url": None,
        "is_archived": bookmark.archived and own,
        "unread": bookmark.unread and own,
        "shared": not bookmark.private,
        "tag_names": sorted(bookmark.labels_for(viewer), key=fold_tag),
        "date_added": told(bookmark.saved_at),
        "date_modified": told(bookmark.updated_at),
        "website_title": None,
        "website_description": None,
    }


def as_metadata(url: str, title: str, description: str) -> dict[str, Any]:
    """Return what is known of a page."""
    said = {"url": url, "title": title or None, "description": description or None}
    return {**said, "preview_image": None}


def as_tag(tag: OwnTag) -> dict[str, Any]:
    """Return a tag of a person."""
    return {"id": tag.pk, "name": tag.label, "date_added": told(tag.added_at)}


def as_bundle(bundle: Bundle) -> dict[str, Any]:
    """Return a search that is kept."""
    said = {name: getattr(bundle, name) for name in _SEARCH}
    times = {"date_created": told(bundle.created_at), "date_modified": told(bundle.updated_at)}
    return {"id": bundle.pk, **said, **times}


def known_of(page: Page) -> tuple[str, str]:
    """Return title and excerpt of a page, where what was found there is public."""
    shown = Bookmark.objects.shows_facts_of(page)
    return (page.title, page.excerpt) if shown else ("", "")
