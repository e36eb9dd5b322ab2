"""Paths of bookmarks."""

from django.urls import URLPattern, URLResolver

app_name = "bookmarks"
urlpatterns: list[URLPattern | URLResolver] = []
