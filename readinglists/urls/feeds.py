"""Paths of the feeds of lists and of one's network, as bookmarks.feeds.urls has those of others."""

from django.urls import re_path

from bookmarks.feeds.jsonp import with_callback
from readinglists.feeds.views import feeds_opml, show_list_feed, show_network_feed

FORM = r"feeds/(?P<form>atom|rss|json)/"
KEY = r"secret:(?P<feed_key>[^/]*)/"
PERSON = r"u:(?P<username>[A-Za-z0-9_]{2,30})/"
SLUG = r"l:(?P<slug>[a-z0-9-]{1,80})"
END = r"(?:/before:(?P<place>[^/]+))?/?\Z"

urlpatterns = [
    re_path(rf"^{PERSON}feeds\.opml$", feeds_opml, name="feeds_opml"),
    re_path(rf"^{FORM}(?:{KEY})?{PERSON}{SLUG}{END}", show_list_feed, name="feed_list"),
    re_path(rf"^{FORM}{KEY}{PERSON}network{END}", show_network_feed, name="feed_network"),
    re_path(
        rf"^rss/{KEY}{PERSON}network{END}",
        show_network_feed,
        {"form": "pinboard_rss"},
        name="rss_network",
    ),
    re_path(
        rf"^json/{KEY}{PERSON}network{END}",
        with_callback(show_network_feed),
        {"form": "pinboard_json"},
        name="json_network",
    ),
]
