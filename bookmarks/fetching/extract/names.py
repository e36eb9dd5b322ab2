"""Names of people from the ways bylines write them; import `people` and `handles`."""

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
    r"auteur|authors?|author name|thread starter)\b\s*:?\s+",
    re.IGNORECASE,
)
# ... and where it ends: a date, a role, a degree, a publication.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
END = re.compile(
    rf"\s[|•·–—/»]\s|\s-\s|\s+{_MONTH}\s+\d"
    r"|\bon\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\w+\.? \d)"
    r"|\s\(|\s*\b\d|,?\s+\b(?:updated|published|posted|last updated)\b"
    r"|,?\s+\b(?:is|was) (?:a|an|the)\b|\s+@|\sat\s\d"
    r"|,\s*(?:staff|senior|managing|associate|assistant|contributing|deputy|chief|special|editor|"
    r"reporter|correspondent|ph\.?\s?d|m\.?d\b|mba|cfa|esq|contributor|professor|director|head|"
    r"vice|founder|co-founder|ceo|cto|cfo|president|author|writer|dr\b|rn\b|university|inc)\b",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s*(?:;|\||,|/|&|\+|\b(?:and|und|et|y|with)\b)\s+", re.IGNORECASE)

NO_ONE = re.compile(
    r"^(?:admin\w*|authors?|staff|editors?|editorial(?: team| staff| board)?|redaktion|unknown|"
    r"anonymous|guest|null|none|undefined|n/?a|by|website|webmaster|user|team|the team|contributor|"
    r"moderator|super user|root|test|profile|follow|share|home|about|read more|more|menu|login|"
    r"comments?|views?|written|published|posted|updated|condé nast|january|february|march|april|"
    r"may|june|july|august|september|october|november|december|today|yesterday|\W*)$"
    r"|https?:|www\.|@|[{}<>|=]|\b(?:posts?|articles?) by\b",
    re.IGNORECASE,
)
NOT_A_PERSON = re.compile(r"\.(?:com|org|net|de|io)\b|\d{2}", re.IGNORECASE)
# The name somebody logs in with, left by a publishing system where a name should be.
LOGIN = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
ADDRESS = re.compile(r"https?:|www\.|@\w+\.")


def people(values: Iterable[str]) -> list[str]:
    """The names in some byline texts, in order, each once, without roles, dates and addresses."""
    names = (name for value in values for name in _names_in(value))
    return _each_once(name for name in names if not NOT_A_PERSON.search(name))


def handles(values: Iterable[str]) -> list[str]:
    """The names under which people write in a forum; "user3080392" and "Noah_B" are such names."""
    names = (LEAD.sub("", clean(value)).strip(" .,:-–|·@") for value in values)
    return _each_once(name for name in names if is_name(name))


def is_login(name: str) -> bool:
    """Whether a name is one to log in with, such as "brandon-peaktwo", and none to be known by."""
    return LOGIN.fullmatch(name) is not None


def is_name(text: str) -> bool:
    """Whether a text can be somebody's name: short, few words, and not a role or an address."""
    return 2 < len(text) <= MAX_NAME and len(text.split()) <= MAX_WORDS and not NO_ONE.search(text)


def _names_in(value: str) -> list[str]:
    value = clean(value)
    if ADDRESS.search(value):
        return []
    value = END.split(LEAD.sub("", value), maxsplit=1)[0]
    parts = (part.strip(" .,:-–|·\"'“”()") for part in SPLIT.split(value))
    return [part for part in parts if is_name(part)]


def _each_once(names: Iterable[str]) -> list[str]:
    once: dict[str, str] = {}
    for name in names:
        if len(once) < MAX_NAMES:
            once.setdefault(name.casefold(), name)
    return list(once.values())
