"""Paths of Pinboard's API, with and without a slash at the end: clients follow no redirects."""

from django.urls import re_path

from bookmarks.api.pinboard import notes, person, posts, tags
from bookmarks.api.pinboard.methods import unknown

urlpatterns = [
    re_path(r"^posts/update/?$", posts.update),
    re_path(r"^posts/add/?$", posts.add),
    re_path(r"^posts/delete/?$", posts.delete),
    re_path(r"^posts/get/?$", posts.get),
    re_path(r"^posts/recent/?$", posts.recent),
    re_path(r"^posts/all/?$", posts.everything),
    re_path(r"^posts/dates/?$", posts.dates),
    re_path(r"^posts/suggest/?$", posts.suggest),
    re_path(r"^tags/get/?$", tags.get),
    re_path(r"^tags/delete/?$", tags.delete),
    re_path(r"^tags/rename/?$", tags.rename),
    re_path(r"^user/secret/?$", person.secret),
    re_path(r"^user/api_token/?$", person.api_token),
    re_path(r"^notes/list/?$", notes.listed),
    re_path(r"^notes/(?P<key>[0-9A-Fa-f]{20})/?$", notes.one),
    re_path(r"^(?P<path>.*)$", unknown),
]
