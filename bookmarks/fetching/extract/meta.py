"""The meta elements of a page; import `MetaTags`."""

from collections.abc import Iterable

from bookmarks.fetching.extract.body import Tag
from bookmarks.fetching.extract.text import clean

# Open Graph says property, HTML says name, microdata itemprop; pages mix them up freely.
NAMING = ("property", "name", "itemprop", "http-equiv")
# An ld+json or description of more is cut here already, before any regular expression sees it.
LONGEST = 20_000


class MetaTags:
    """The page's meta elements by name, in lower case; empty contents are as good as missing."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self._values: dict[str, list[str]] = {}
        for tag in tags:
            content = clean(tag.get("content")[:LONGEST])
            if not content or "{{" in content:  # a template nobody filled in
                continue
            names = {name for naming in NAMING for name in tag.get(naming).lower().split()}
            for name in names:
                self._values.setdefault(name, []).append(content)

    def first(self, *names: str) -> str:
        """The first content under the first of these names that has one."""
        return next((self._values[name][0] for name in names if name in self._values), "")

    def all(self, *names: str) -> list[str]:
        """All contents under the first of these names that has any."""
        return next((list(self._values[name]) for name in names if name in self._values), [])

    def source(self, *names: str) -> str:
        """Which of these names `first` takes its answer from."""
        return next((name for name in names if name in self._values), "")
