"""Paths of the pages of linkding's that its clients open, with and without a slash at the end."""

from django.urls import re_path

from bookmarks.api.linkding import web

urlpatterns = [
    re_path(r"^bookmarks/?$", web.search, name="find"),
    re_path(r"^bookmarks/(?P<archived>archived)/?$", web.search),
    re_path(r"^bookmarks/shared/?$", web.shared),
    re_path(r"^bookmarks/new/?$", web.new),
    re_path(r"^bookmarks/(?P<pk>[0-9]{1,18})/edit/?$", web.edit),
    re_path(r"^settings/(?:general|integrations)/?$", web.settings),
]
