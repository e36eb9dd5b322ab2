"""Bookmarks: saving, fetching and reading back what people keep."""

from django.apps import AppConfig


class BookmarksConfig(AppConfig):
    """The app of bookmarks, pages and tags."""

    name = "bookmarks"
