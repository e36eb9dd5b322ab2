"""Names of people from the ways bylines write them; import `people`."""

import re
from collections.abc import Iterable

from bookmarks.fetching.extract.text import clean

MAX_NAMES = 50
MAX_NAME = 60
MAX_WORDS = 6

# What stands before a name ...
LEAD = re.compile(
    r"^\W*(?:(?:written|posted|published|reported|created|submitted|started|asked|words|text|"
    r"story|article|review(?:ed)?|guest post) )?(?:by|von|par|por|di|door|av|af|autor(?:in|es)?|"
    r"auteur|authors?|author name)\b\s*:?\s+",
    re.IGNORECASE,
)
# ... and where it ends: a date, a role, a degree, a publication.
END = re.compile(
    r"\s[|•·–—/]\s|\s-\s|\bon\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\w+\.? \d)"
    r"|\s\(|\s*\b\d|,?\s+\b(?:updated|published|posted|last updated)\b"
    r"|,?\s+\b(?:is|was) (?:a|an|the)\b|\s+@|\sat\s\d"
    r"|,\s*(?:staff|senior|managing|associate|assistant|contributing|deputy|chief|special|editor|"
    r"reporter|correspondent|ph\.?\s?d|m\.?d\b|mba|cfa|esq|contributor|professor|director|head|"
    r"vice|founder|co-founder|ceo|cto|cfo|president|author|writer|dr\b|rn\b|university|inc)\b",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s*(?:;|\||,|/|&|\+|\b(?:and|und|et|y|with)\b)\s+", re.IGNORECASE)
# "Last, First" of citation tags: two parts, the first one word or a double name.
INVERTED = re.compile(r"^([^,;]{1,40}), ([^,;]{1,40})$")

NO_ONE = re.compile(
    r"^(?:admin\w*|authors?|staff|editors?|editorial(?: team| staff| board)?|redaktion|unknown|"
    r"anonymous|guest|null|none|undefined|n/?a|by|website|webmaster|user|team|the team|contributor|"
    r"moderator|super user|root|test|profile|follow|share|home|about|read more|more|menu|login|"
    r"comments?|views?|written|published|posted|updated|\W*)$"
    r"|https?:|www\.|@|\.(?:com|org|net|de|io)\b|[{}<>|=]|\d{2}|\b(?:posts?|articles?) by\b",
    re.IGNORECASE,
)


def people(values: Iterable[str]) -> list[str]:
    """The names in some byline texts, in order, each once, without roles, dates and addresses."""
    names: list[str] = []
    seen: set[str] = set()
    for value in values:
        for name in _names_in(value):
            if name.casefold() not in seen and len(names) < MAX_NAMES:
                seen.add(name.casefold())
                names.append(name)
    return names


def cited(values: Iterable[str]) -> list[str]:
    """The names in citation tags, "Last, First" turned round; Highwire and Dublin Core use both."""
    parts = [part for value in values for part in re.split(r"\s*;\s*", clean(value))]
    return people(INVERTED.sub(r"\2 \1", part) for part in parts)


def _names_in(value: str) -> list[str]:
    value = clean(value)
    if re.search(r"https?:|www\.|@\w+\.", value):
        return []
    value = LEAD.sub("", value)
    value = END.split(value, maxsplit=1)[0]
    parts = (part.strip(" .,:-–|·\"'“”()") for part in SPLIT.split(value))
    return [part for part in parts if is_name(part)]


def is_name(text: str) -> bool:
    """Whether a text can be somebody's name: short, few words, and not a role or an address."""
    return 2 < len(text) <= MAX_NAME and len(text.split()) <= MAX_WORDS and not NO_ONE.search(text)
