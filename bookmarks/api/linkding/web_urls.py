"""Paths of the pages and feeds of linkding's, with and without a slash at the end."""

from django.urls import re_path

from bookmarks.api.linkding import web
from bookmarks.api.linkding.feeds import show_feed

urlpatterns = [
    re_path(r"^bookmarks/?$", web.search, name="find"),
    re_path(r"^bookmarks/(?P<archived>archived)/?$", web.search),
    re_path(r"^bookmarks/shared/?$", web.shared),
    re_path(r"^bookmarks/new/?$", web.new),
    re_path(r"^bookmarks/(?P<pk>[0-9]{1,18})/edit/?$", web.edit),
    re_path(r"^feeds/shared/?$", show_feed),
    re_path(
        r"^feeds/(?P<feed_key>[0-9a-fA-F]{20,40})/(?P<name>all|unread|shared|untagged)/?$",
        show_feed,
    ),
    re_path(r"^settings/(?:general|integrations)/?$", web.settings),
]
