"""Reads the files of the sample site. Import `read_sample`. Pure.

How long ago something was saved is written as people say it: "3h", "2d", "8w", "5mo", "7y". The
rest, from 0 to one unit, is drawn from the name and the address, so that it is always the same.
"""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bookmarks.drafts import Draft, make_draft
from bookmarks.identities import recognise
from bookmarks.links import site_of

FOLDER = Path(__file__).parent
UNITS = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "mo": timedelta(days=30),
    "y": timedelta(days=365),
}


@dataclass(frozen=True)
class SampleSave:
    """One person's bookmark of a sample page; its draft has no time yet."""

    by: str
    age: timedelta
    draft: Draft


@dataclass(frozen=True)
class SamplePage:
    """What a worker would have read on a page, and who saved it."""

    url: str
    facts: dict[str, Any]
    saves: tuple[SampleSave, ...]


@dataclass(frozen=True)
class Sample:
    """The whole sample site. The first person is the one to look around as."""

    people: tuple[str, ...]
    pages: tuple[SamplePage, ...]

    def saves(self) -> list[SampleSave]:
        """Return all bookmarks, the oldest first."""
        saves = [save for page in self.pages for save in page.saves]
        return sorted(saves, key=lambda save: save.age, reverse=True)


def read_sample() -> Sample:
    """Return the sample site as its files tell it."""
    people = _load(FOLDER / "people.toml")["person"]
    sites = _load(FOLDER / "sites.toml")
    pages = (
        _page(row, sites)
        for place in sorted((FOLDER / "pages").glob("*.toml"))
        for row in _load(place)["page"]
    )
    return Sample(tuple(person["name"] for person in people), tuple(pages))


def age_of(text: str, seed: str) -> timedelta:
    """Return an age such as "8w", with a fraction of a unit that depends on the seed."""
    number, unit = re.fullmatch(r"(\d+)([a-z]+)", text, re.ASCII).groups()  # type: ignore[union-attr]  # a test reads them all
    fraction = int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16) / 2**32
    return (int(number) + fraction) * UNITS[unit]


def _load(place: Path) -> dict[str, Any]:
    return tomllib.loads(place.read_text(encoding="utf-8"))


def _page(row: dict[str, Any], sites: dict[str, str]) -> SamplePage:
    facts = {
        "title": row["title"],
        "excerpt": row["excerpt"],
        "authors": row.get("authors", []),
        "site_name": sites.get(site_of(row["url"]), ""),
        "published": row.get("published", ""),
        "language": "en",
        "kind": row.get("kind") or _kind_of(row["url"]),
        "word_count": row.get("words"),
    }
    return SamplePage(row["url"], facts, tuple(_save(row, save) for save in row["saves"]))


def _kind_of(url: str) -> str:
    recognised = recognise(url)
    return (recognised.kind if recognised else "") or "article"


def _save(row: dict[str, Any], save: dict[str, Any]) -> SampleSave:
    draft = make_draft(
        row["url"],
        title=row["title"],
        description=save.get("note", ""),
        tags=save["tags"],
        private=save.get("private", False),
        unread=save.get("unread", False),
        starred=save.get("starred", False),
        source=save.get("via", "form"),
    )
    return SampleSave(save["by"], age_of(save["ago"], f"{save['by']} {row['url']}"), draft)
