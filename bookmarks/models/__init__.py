"""What is stored: pages, bookmarks, tags, their counters, fetch jobs, imports
and notes."""

from bookmarks.models.bookmark import Bookmark, BookmarkQuerySet, DeletedBookmark, new_slug
from bookmarks.models.bundle import Bundle
from bookmarks.models.counters import OwnerCount, OwnerTagCount, SiteCount, TagCount, shard_of
from bookmarks.models.host import FetchHost
from bookmarks.models.imports import ImportJob, ImportRow
from bookmarks.models.job import FetchJob
from bookmarks.models.mail import SavedMail
from bookmarks.models.note import Note
from bookmarks.models.page import Alternate, Page, PageText
from bookmarks.models.ping import FeedPing
from bookmarks.models.tag import Tag, TaggedBookmark

__all__ = [
    "Alternate",
    "Bookmark",
    "BookmarkQuerySet",
    "Bundle",
    "DeletedBookmark",
    "FeedPing",
    "FetchHost",
    "FetchJob",
    "ImportJob",
    "ImportRow",
    "Note",
    "OwnerCount",
    "OwnerTagCount",
    "Page",
    "PageText",
    "SavedMail",
    "SiteCount",
    "Tag",
    "TagCount",
    "TaggedBookmark",
    "new_slug",
    "shard_of",
]
