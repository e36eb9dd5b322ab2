"""Reading lists: ordered, sectioned, annotated lists of pages."""

from django.apps import AppConfig


class ReadinglistsConfig(AppConfig):
    """The app of reading lists."""

    name = "readinglists"
