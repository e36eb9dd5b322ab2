"""What is written of one bookmark. Import `Entry`; for writers the rest."""

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bookmarks.wording import machine_time

# What XML 1.0 (2.2) cannot hold; JSON could, but many of its readers stumble over it.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
BLANKS = {ord("\t"): "&#9;", ord("\n"): "&#10;", ord("\r"): "&#13;"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A bookmark as its reader may see it; times are aware.

    `title` is what to call it, of the page if the person gave none; `own_title` what they typed.
    """

    url: str
    title: str
    saved_at: datetime
    updated_at: datetime
    description: str = ""
    labels: tuple[str, ...] = ()
    private: bool = False
    unread: bool = False
    starred: bool = False
    own_title: str = ""
    archived: bool = False
    source: str = ""
    own_facts: Mapping[str, Any] = field(default_factory=dict)


def clean(text: str) -> str:
    """Return the text without characters that files cannot hold."""
    return UNWRITABLE.sub("", text)


def one_line(text: str) -> str:
    """Return the clean text with each run of blanks and line breaks as one blank."""
    return " ".join(clean(text).split())


def quoted(text: str) -> str:
    """Return the text as the value of an attribute of XML, in quotes; line breaks stay."""
    return f'"{html.escape(clean(text)).translate(BLANKS)}"'


def seconds(moment: datetime) -> int:
    """Return the whole seconds since 1970."""
    return int(moment.timestamp() // 1)


def url_hash(url: str) -> str:
    """Return the `hash` of a post in Pinboard's files: MD5 of the address."""
    return _md5(clean(url))


def change_hash(entry: Entry) -> str:
    """Return the `meta` of a post in Pinboard's files, which is another after each change."""
    said = (entry.title, entry.description, entry.labels, entry.private, entry.unread)
    return _md5(f"{entry.url} {said} {machine_time(entry.saved_at)}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
