"""Paths of one's own progress, of what one follows and of what is new there."""

from django.urls import path, re_path

from readinglists.urls.patterns import ITEM, LIST
from readinglists.views import following, progress, reading

CURSOR = r"(?:(?P<direction>before):(?P<place>[^/]+)/)?"

urlpatterns = [
    path("lists/reading/", reading.my_reading, name="reading"),
    re_path(rf"^network/{CURSOR}$", following.network, name="network"),
    re_path(rf"^{LIST}follow/$", following.follow_list, name="follow"),
    re_path(rf"^{ITEM}progress/$", progress.note_progress, name="progress"),
]
