"""Citation keys: "vaswani2017attention". Pure. Import `key_base`, `numbered`.

People paste keys into their papers, so a key is made once and kept (readinglists.citation_keys).
"""

import re
import unicodedata
from collections.abc import Iterator

from readinglists.citations.record import CitationRecord
from readinglists.citations.works import first_year

MAX_BASE = 60
# Words that say nothing of a title.
_INSIGNIFICANT = """
a an and are as at by can do does for from how in into is it its of on or the to toward towards via
we what when why with without das der die ein eine la le les un une
"""
INSIGNIFICANT = frozenset(_INSIGNIFICANT.split())
# What is called by its address.
SCHEME = re.compile(r"https?://(?:www\.)?")
# Letters that are not a letter of ASCII with a mark.
LETTERS = {
    **{"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l"},
    **{"đ": "d", "ð": "d", "þ": "th", "ı": "i"},
}


def key_base(record: CitationRecord) -> str:
    """Return surname, year and first significant word of the title, in letters of ASCII.

    The year is that of the first version. Without an author the title has two words; a key begins
    with a letter.
    """
    first = record.authors[0] if record.authors else None
    surname = _folded(first.family or first.literal) if first else ""
    words = list(_significant(SCHEME.sub("", record.title)))
    year = first_year(f"arxiv:{record.arxiv}") or record.year or ""
    lead = surname or "".join(words[:1])
    rest = words[:1] if surname else words[1:2]
    key = f"{lead[:30]}{year}{''.join(rest)[:30]}"[:MAX_BASE]
    # "item17" names an item without a page.
    return key if re.match(r"[a-z]", key) and not re.match(r"item\d", key) else f"ref{key}"


def numbered(base: str, number: int) -> str:
    """Return the key of the nth work of one base: without a letter, then a, b … z, aa …."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return base + letters


def _significant(title: str) -> Iterator[str]:
    """Yield the words of a title that say something; all of them where none does."""
    words = [_folded(word) for word in re.findall(r"[^\W_]+", title)]
    kept = [word for word in words if word and word not in INSIGNIFICANT]
    yield from kept or filter(None, words)


def _folded(text: str) -> str:
    small = "".join(LETTERS.get(letter, letter) for letter in text.lower())
    plain = unicodedata.normalize("NFKD", small).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain)
