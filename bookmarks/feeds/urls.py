"""The paths of feeds: /feeds/FORM/, perhaps secret:KEY/, then the path of the list's page.

All lead to one view; the named parts say which list. The slash at the end may be left out.
"""

from django.urls import include, re_path

from bookmarks.feeds.views import show_feed

TAGS = r"t:(?P<tags>.+?)"
PERSON = r"u:(?P<username>[A-Za-z0-9_]{2,30})"
SHELF = r"(?P<shelf>public|private|unread|starred|untagged|gone)"
END = r"(?:/(?P<direction>before|after):(?P<place>[^/]+))?/?\Z"

lists = [
    re_path(rf"^recent{END}", show_feed, name="feed_recent"),
    re_path(rf"^(?P<popular>popular){END}", show_feed, name="feed_popular"),
    re_path(rf"^url:(?P<key>[0-9a-f]{{40}}){END}", show_feed, name="feed_page"),
    re_path(rf"^{PERSON}(?:/{TAGS})?(?:/{SHELF})?{END}", show_feed, name="feed_person"),
    re_path(rf"^{TAGS}{END}", show_feed, name="feed_tags"),
]

urlpatterns = [
    re_path(r"^feeds/(?P<form>atom|rss|json)/(?:secret:(?P<feed_key>[^/]*)/)?", include(lists)),
]
