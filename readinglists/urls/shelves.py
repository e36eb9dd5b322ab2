"""Paths of pages of lists."""

from django.urls import re_path

from readinglists.urls.patterns import OWNER
from readinglists.views import shelves

CURSOR = r"(?:(?P<direction>before|after):(?P<place>[^/]+)/)?"

urlpatterns = [
    re_path(rf"^lists/{CURSOR}$", shelves.all_lists, name="all"),
    re_path(
        r"^lists/followed/(?:(?P<direction>from|upto):(?P<place>[^/]+)/)?$",
        shelves.followed_lists,
        name="most",
    ),
    re_path(rf"^{OWNER}lists/{CURSOR}$", shelves.lists_by, name="by"),
]
