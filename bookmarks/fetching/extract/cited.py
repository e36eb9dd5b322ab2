"""Names of authors in citation tags, in their order; import `cited`."""

import re
from collections.abc import Iterable

from bookmarks.fetching.extract.names import ADDRESS, NO_ONE
from bookmarks.fetching.extract.text import clean

# Papers of large groups name several hundred people.
MAX_AUTHORS = 500
MAX_NAME = 100

SUFFIX = re.compile(r"(?:jr|sr|i{2,3}|iv|v)\.?", re.IGNORECASE)
INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]?){1,4}")
AND = re.compile(r"\s+(?:and|&)\s+")
# A family name of several words begins with one of these.
_PARTICLES = "al bin da de del della den der di dos du el la le st st. van von"
PARTICLES = frozenset(_PARTICLES.split())


def cited(values: Iterable[str]) -> list[str]:
    """The names in citation tags, "Last, First" turned round, each once.

    Takes the contents of Highwire or Dublin Core tags: one name in each, or all in one, joined
    by semicolons, by commas or by "and" as BibTeX has it.
    """
    parts = [part for value in values for part in re.split(r"\s*;\s*", clean(value)) if part]
    names = (_in_order(part) for one in parts for part in _parted(one, alone=len(parts) == 1))
    once: dict[str, str] = {}
    for name in names:
        if len(once) < MAX_AUTHORS and _is_cited(name):
            once.setdefault(name.casefold(), name)
    return list(once.values())


def _is_cited(name: str) -> bool:
    return 1 < len(name) <= MAX_NAME and not NO_ONE.search(name) and not ADDRESS.search(name)


def _parted(text: str, *, alone: bool) -> list[str]:
    """The names in the content of one tag; only a tag that is `alone` can hold several."""
    if not alone:
        return [text]
    joined = AND.split(text)
    if len(joined) > 1 and len({part.count(",") for part in joined} | {1}) == 1:
        return joined  # "Last, First and Last, First"
    pieces = [piece for part in joined for piece in re.split(r"\s*,\s*", part) if piece]
    if len(joined) == 1 and len(pieces) in (2, 3) and _is_one_name(pieces):
        return [text]
    firsts, seconds = pieces[::2], pieces[1::2]
    if len(firsts) == len(seconds) and all(map(INITIALS.fullmatch, seconds)):
        return [f"{last}, {first}" for last, first in zip(firsts, seconds, strict=True)]
    return pieces


def _is_one_name(pieces: list[str]) -> bool:
    """Whether "A, B" is one name turned round: two names of two words each are two people."""
    if len(pieces) == 3:
        return SUFFIX.fullmatch(pieces[2]) is not None
    last, first = (piece.split() for piece in pieces)
    return len(last) == 1 or len(first) == 1 or last[0].lower() in PARTICLES


def _in_order(name: str) -> str:
    """ "Last, First Suffix" and "Last, First, Suffix" as they are spoken."""
    last, *rest = (piece.strip() for piece in name.split(","))
    if not rest:
        return last
    first, suffix = rest[0], rest[1] if len(rest) > 1 and SUFFIX.fullmatch(rest[1]) else ""
    given, _, end = first.rpartition(" ")
    if given and len(end.rstrip(".")) > 1 and SUFFIX.fullmatch(end):
        first, suffix = given, end
    return " ".join(part for part in (first, last, suffix) if part)
