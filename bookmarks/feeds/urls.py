"""The paths of feeds: /feeds/FORM/, perhaps secret:KEY/, then the path of the list's page.

All lead to one view; the named parts say which list. The slash at the end may be left out.
Pinboard's own forms are at /rss/ and /json/, with the same paths after them.
"""

from django.urls import include, re_path

from bookmarks.feeds.jsonp import with_callback
from bookmarks.feeds.views import show_feed

TAGS = r"t:(?P<tags>.+?)"
PERSON = r"u:(?P<username>[A-Za-z0-9_]{2,30})"
SHELVES = "public|private|unread|starred|untagged|gone"
SHELF = rf"(?P<shelf>{SHELVES})"
PINBOARDS_SHELF = rf"(?P<shelf>{SHELVES}|toread)"
END = r"(?:/(?P<direction>before|after):(?P<place>[^/]+))?/?\Z"
KEY = r"(?:secret:(?P<feed_key>[^/]*)/)?"

lists = [
    re_path(rf"^recent{END}", show_feed, name="feed_recent"),
    re_path(rf"^(?P<popular>popular){END}", show_feed, name="feed_popular"),
    re_path(rf"^url:(?P<key>[0-9a-f]{{40}}){END}", show_feed, name="feed_page"),
    re_path(rf"^{PERSON}(?:/{TAGS})?(?:/{SHELF})?{END}", show_feed, name="feed_person"),
    re_path(rf"^{TAGS}{END}", show_feed, name="feed_tags"),
]

PINBOARDS_LISTS = (
    rf"recent{END}",
    rf"(?P<popular>popular){END}",
    rf"{PERSON}(?:/{TAGS})?(?:/{PINBOARDS_SHELF})?{END}",
    rf"{PERSON}/{PINBOARDS_SHELF}/{TAGS}{END}",
    rf"{TAGS}{END}",
)

urlpatterns = [
    re_path(rf"^feeds/(?P<form>atom|rss|json)/{KEY}", include(lists)),
    *(
        re_path(rf"^rss/{KEY}{path}", show_feed, {"form": "pinboard_rss"})
        for path in PINBOARDS_LISTS
    ),
    *(
        re_path(rf"^json/{KEY}{path}", with_callback(show_feed), {"form": "pinboard_json"})
        for path in PINBOARDS_LISTS
    ),
]
