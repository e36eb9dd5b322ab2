"""What another program shares: words with an address among them. Import `Shared`, `find_shared`.

Pure. Phones put the address where they like: Android sends it in the text, often behind the title
or behind words of the program that shares.
"""

import re
from dataclasses import dataclass

from bookmarks.wording import linked

LONGEST = 70_000
# What is left of a line when its address is taken out: "Read this: ", "(via )".
EMPTIED = re.compile(r"\(\s*(?:via)?\s*\)[.,]?|[\s:–—|-]+$", re.IGNORECASE)


@dataclass(frozen=True)
class Shared:
    """An address, "" if there is none, and what was said with it."""

    url: str
    title: str
    words: str


def find_shared(title: str, text: str, url: str = "") -> Shared:
    """Return what is shared: the address is `url`, else the first in the text or in the title.

    The words are the rest of the text, unless they only repeat the title.
    """
    title, text = title[:LONGEST].strip(), text[:LONGEST].strip()
    url = url.strip() or first_address(text) or first_address(title)
    title, words = without(title, url), without(text, url)
    if words == title:
        words = ""
    if not title and words and "\n" not in words:
        title, words = words, ""
    return Shared(url, title, words)


def first_address(text: str) -> str:
    """Return the first http or https address in a text, or ""."""
    return next((address for _, address in linked(text) if address), "")


def without(text: str, url: str) -> str:
    """Return a text without an address, and without what only led to it."""
    if not url or url not in text:
        return text
    lines = [
        EMPTIED.sub("", line.replace(url, "")).strip() if url in line else line.rstrip()
        for line in text.split("\n")
    ]
    return "\n".join(lines).strip()
