"""Paths of bookmarks; Pinboard's scheme (bookmarks.paths builds them)."""

from django.urls import include, path, re_path

from bookmarks.views import bookmark, duplicates, lists, page, reading, saving, staff

app_name = "bookmarks"

CURSOR = r"(?:(?P<direction>before|after):(?P<place>[^/]+)/)?"
OWNER = r"u:(?P<username>[^/]+)/"
TAGS = r"t:(?P<tags>.+?)/"
SHELF = r"(?P<shelf>public|private|unread|starred|untagged|gone|archived)/"
BOOKMARK = rf"{OWNER}b:(?P<slug>[0-9a-f]{{12}})/"
ACTION = r"(?P<action>star|unstar|read|unread|publish|hide|fetch|archive|unarchive)/"

urlpatterns = [
    path("", lists.home, name="home"),
    re_path(rf"^recent/{CURSOR}$", lists.recent, name="recent"),
    re_path(rf"^popular/{CURSOR}$", lists.popular, name="popular"),
    path("toread/", lists.unread, name="unread"),
    re_path(r"^add/?$", saving.add, name="add"),
    path("add/carried", saving.carried, name="carried"),
    path("add/shared", saving.shared, name="shared"),
    path("add/tags", saving.tag_suggestions, name="tag_suggestions"),
    path("bookmarklets/", saving.bookmarklets, name="bookmarklets"),
    path("url/", page.look_up, name="look_up"),
    re_path(rf"^url:(?P<key>[0-9a-f]{{40}})/{CURSOR}$", page.savers, name="page"),
    re_path(rf"^{BOOKMARK}$", bookmark.permalink, name="bookmark"),
    re_path(rf"^{BOOKMARK}text/$", reading.text, name="text"),
    re_path(rf"^{BOOKMARK}edit/$", bookmark.edit, name="edit"),
    re_path(rf"^{BOOKMARK}delete/$", bookmark.delete, name="delete"),
    re_path(rf"^{BOOKMARK}restore/$", bookmark.restore, name="restore"),
    re_path(rf"^{BOOKMARK}{ACTION}$", bookmark.act, name="act"),
    re_path(rf"^{OWNER}duplicates/$", duplicates.duplicates, name="duplicates"),
    path("", include("bookmarks.export_urls")),
    path("", include("bookmarks.note_urls")),
    path("import/", include("bookmarks.import_urls")),
    re_path(rf"^{OWNER}{CURSOR}$", lists.by_owner, name="owner"),
    re_path(rf"^{OWNER}{SHELF}{CURSOR}$", lists.by_owner, name="shelf"),
    re_path(rf"^{OWNER}{TAGS}{SHELF}{CURSOR}$", lists.by_owner, name="owner_tags_shelf"),
    re_path(rf"^{OWNER}{TAGS}{CURSOR}$", lists.by_owner, name="owner_tags"),
    re_path(rf"^{TAGS}{CURSOR}$", lists.by_tags, name="tags"),
    path("staff/fetches/", staff.fetches, name="fetches"),
    path("staff/fetches/wake/", staff.wake, name="wake"),
    path("", include("bookmarks.feeds.urls")),
]
