"""Paths of Pinboard's API, with and without a slash at the end: clients follow no redirects."""

from django.urls import re_path

from bookmarks.api.pinboard import posts

urlpatterns = [
    re_path(r"^posts/update/?$", posts.update),
    re_path(r"^posts/add/?$", posts.add),
    re_path(r"^posts/delete/?$", posts.delete),
    re_path(r"^posts/get/?$", posts.get),
    re_path(r"^posts/recent/?$", posts.recent),
    re_path(r"^posts/all/?$", posts.everything),
    re_path(r"^posts/dates/?$", posts.dates),
]
