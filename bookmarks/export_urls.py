"""Paths of one's own bookmarks as files: the path of a list, then `export/`, then the format."""

from django.urls import re_path

from bookmarks.views import exporting

OWN = (
    r"^u:(?P<username>[^/]+)/(?:t:(?P<tags>.+?)/)?"
    r"(?:(?P<shelf>public|private|unread|starred|untagged|gone|archived)/)?export/"
)

urlpatterns = [
    re_path(rf"{OWN}$", exporting.offer, name="export"),
    re_path(rf"{OWN}(?P<form>[a-z_-]+)$", exporting.download, name="export_file"),
]
