"""What a tag is called. Import `split_tags`, `fold_tag`, `is_private_tag`.

Pure. A tag is any text without blanks and commas; it keeps the case it was typed in (its label)
and compares without it (its folded name); with a leading dot only its owner sees it
(https://pinboard.in/faq/ is where these rules come from).
"""

import re
import unicodedata
from collections.abc import Iterable

MAX_TAGS = 100
MAX_TAG_LENGTH = 255

# The joiners U+200C and U+200D are none of these: words of some scripts and emoji need them.
SEPARATORS = re.compile(
    r"[\s,\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+"
)
SURROGATES = re.compile(r"[\ud800-\udfff]")


class BadTags(ValueError):
    """The text cannot be used as tags; `str()` is a sentence for the person."""


def split_tags(text: str | Iterable[str]) -> tuple[str, ...]:
    """Return the labels in `text`, in the order typed, each name once.

    Takes one string with blanks or commas between tags, or several such strings. Raises `BadTags`
    for more than 100 tags and for a tag of more than 255 characters.
    """
    joined = text if isinstance(text, str) else " ".join(text)
    labels: dict[str, str] = {}
    for word in SEPARATORS.split(SURROGATES.sub("", joined)):
        label = unicodedata.normalize("NFC", word)
        if len(label) > MAX_TAG_LENGTH:
            raise BadTags(
                f"The tag “{label[:30]}…” has {len(label)} characters;"
                f" {MAX_TAG_LENGTH} are the most."
            )
        if label.strip("."):
            labels.setdefault(fold_tag(label), label)
    if len(labels) > MAX_TAGS:
        raise BadTags(f"These are {len(labels)} tags; {MAX_TAGS} are the most.")
    return tuple(labels.values())


def fold_tag(label: str) -> str:
    """Return the name under which tags compare: composed and case-folded (Unicode, 3.13)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", label).casefold())


def is_tag_name(name: str) -> bool:
    """Return whether a tag can have this folded name; what comes from a URL may be anything."""
    odd = SEPARATORS.search(name) or SURROGATES.search(name)
    return bool(name.strip(".")) and not odd


def is_private_tag(label: str) -> bool:
    """Return whether only the owner may see this tag."""
    return label.startswith(".")
