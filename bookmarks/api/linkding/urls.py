"""Paths of linkding's API, made of its routes; a slash at the end may be left out."""

import re

from django.urls import URLPattern, re_path

from bookmarks.api.linkding.openapi import document
from bookmarks.api.linkding.operations import nowhere, view_of
from bookmarks.api.linkding.routes import ROUTES


def _pattern(path: str) -> str:
    """Return the regular expression of a path: ids are numbers that a database can hold."""
    ids_read = re.sub(r"{(\w+)}", r"(?P<\1>[0-9]{1,18})", path.rstrip("/"))
    return f"^{ids_read}/?$"


urlpatterns: list[URLPattern] = [
    re_path(r"^openapi\.json$", document, name="openapi"),
    *(re_path(_pattern(path), view_of(operations)) for path, operations in ROUTES.items()),
    re_path(r"", nowhere),
]
