"""Paths of a list as other sites take it."""

from django.urls import re_path

from readinglists.urls.patterns import LIST
from readinglists.views import sharing

urlpatterns = [
    re_path(rf"^{LIST}list\.json$", sharing.list_json, name="json"),
    re_path(rf"^{LIST}embed/$", sharing.embed, name="embed"),
]
