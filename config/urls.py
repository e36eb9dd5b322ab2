"""The table of contents: which path goes to which app."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include("bookmarks.urls")),
]

handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
