"""Names of authors taken apart, as citations need them. Pure. Import `Name`, `read_name`,
`split_authors`.

The rules are those of BibTeX: "First von Last", "von Last, First" and "von Last, Jr, First", where
words in small letters before the last one belong to the family's name. A firm or a group has one
name that is never turned round.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Suffixes of persons; "V" is left out, since it is an initial more often.
SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?\Z", re.IGNORECASE)
# Words that begin the name of a family although they are written with a capital now and then.
_PARTICLES = "af al bin da das de del dela della den der des di dos du el la le ten ter van vom von"
PARTICLES = frozenset((*_PARTICLES.split(), "zu", "zur"))
# Words that no person is called.
GROUP = re.compile(
    r"\b(?:team|group|research|labs?|laborator(?:y|ies)|institutes?|university|universität|inc\.?"
    r"|ltd\.?|gmbh|corp(?:oration)?|company|foundation|consortium|collaboration|contributors"
    r"|community|authors|developers|project|department|association|academy|society|committee"
    r"|press|ai|center|centre|council|organi[sz]ation)\b",
    re.IGNORECASE,
)
OTHERS = re.compile(r"[,;]?\s*\b(?:et\.? al\b\.?|and others|u\. ?a\.)\s*\Z", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:;|,?\s+and\s|\s&\s)\s*")
INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s-]?){1,4}\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """An author: a person's family and given name, or the `literal` name of anything else.

    Particles belong to the family ("van der Maaten"); `suffix` is "Jr." and the like.
    """

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def sorted(self) -> str:
        """The name as lists are sorted: "van der Maaten, Laurens"."""
        return self.literal or ", ".join(filter(None, (self.family, self.given, self.suffix)))


def read_name(text: str) -> Name:
    """Return the parts of one name, whichever way round; one word, or a group, is literal."""
    words = " ".join(text.split())
    if "," in words:
        pieces = [piece.strip() for piece in words.split(",") if piece.strip()]
        if 2 <= len(pieces) <= 3 and not GROUP.search(words):
            return _turned(pieces)
        return Name(literal=words)
    parts = words.split(" ")
    if len(parts) == 1 or GROUP.search(words) or " and " in f" {words.lower()} ":
        return Name(literal=words)
    suffix = parts.pop() if len(parts) > 2 and SUFFIX.match(parts[-1]) else ""
    start = len(parts) - 1
    small = [place for place in range(1, start) if _is_particle(parts[place])]
    start = small[0] if small else start
    return Name(" ".join(parts[start:]), " ".join(parts[:start]), suffix)


def split_authors(text: str) -> tuple[list[Name], bool]:
    """Return the authors in a line of text in order, and whether it says that there are others.

    Between names stand semicolons, "and" or commas; "Last, F., Last, F." is understood too.
    """
    named = OTHERS.sub("", text.strip())
    pieces = [piece for piece in BETWEEN.split(named) if piece.strip(" ,")]
    if ";" in named:
        return [read_name(piece) for piece in pieces], named != text.strip()
    parts = [part.strip() for piece in pieces for part in piece.split(",") if part.strip()]
    return [read_name(one) for one in _joined(parts)], named != text.strip()


def _joined(parts: list[str]) -> Iterable[str]:
    """Yield the names between commas, initials and suffixes joined to the name before."""
    firsts, seconds = parts[::2], parts[1::2]
    if len(firsts) == len(seconds) and seconds and all(map(INITIALS.match, seconds)):
        return [f"{last}, {first}" for last, first in zip(firsts, seconds, strict=True)]
    names: list[str] = []
    for part in parts:
        if names and SUFFIX.match(part):
            names[-1] += f" {part}"
        else:
            names.append(part)
    return names


def _turned(pieces: list[str]) -> Name:
    """Return the name of "Last, First", "Last, Jr, First", "Last, First, Jr"."""
    family, *rest = pieces
    suffix = next((one for one in rest if SUFFIX.match(one)), "")
    given = " ".join(one for one in rest if one != suffix)
    first, _, last = given.rpartition(" ")
    if first and not suffix and SUFFIX.match(last):  # as arXiv has it: "King, Martin Luther Jr."
        given, suffix = first, last
    return Name(family, given, suffix)


def _is_particle(word: str) -> bool:
    return word.islower() or word.lower() in PARTICLES
