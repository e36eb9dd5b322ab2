"""The text of a PDF: its paragraphs, its abstract, what it is; import `paragraphs_of` and more."""

import re
from collections.abc import Iterable
from statistics import median

from bookmarks.fetching.extract.language import SCRIPTS
from bookmarks.fetching.pdf.layout import Line

ABSTRACT = re.compile(
    r"(?:abstract|a b s t r a c t|zusammenfassung|résumé|resumen|summary|摘\s?要|要\s?旨|초록)"
    r"\s*(?:[.:—–-]+\s*)?(?P<rest>.*)",
    re.IGNORECASE,
)
# What comes after an abstract.
AFTER_ABSTRACT = re.compile(
    r"(?:(?:\d+|I)\.?\s*)?(?:introduction|einleitung|introducción|引言|はじめに|서론)\b.{0,40}"
    r"|(?:key ?words?|index terms|ccs concepts|categories and subject|general terms|contents|"
    r"table of contents|关键词|キーワード)\b.*",
    re.IGNORECASE,
)
REFERENCES = re.compile(
    r"(?:[\dIVX]+\.?\s+)?(?:references|bibliography|literaturverzeichnis|bibliographie|"
    r"参考文献|참고문헌)",
    re.IGNORECASE,
)
SHORTEST_ABSTRACT, LONGEST_ABSTRACT = 80, 4_000
SENTENCE_END = re.compile(r"[.!?:。！？][\"'”’)\]]*$")
# A last line of a paragraph is that much shorter than the others.
SHORT = 0.8
TALLER = 0.8
# Words that one language uses in every sentence and its neighbours do not.
_COMMON = """
en the of and to in is that for with as we this are by
de der die und das ist nicht mit von den ein eine auf für werden
fr le les des est une dans pour que qui sur par nous avec du
es el los las que una por con para del es se como más en
pt os que uma para com do da em não são por mais como dos
it il di che una per con del della sono nel gli è dei alla
"""
COMMON = {name: frozenset(own) for name, *own in map(str.split, _COMMON.strip().splitlines())}
ENOUGH_WORDS, MANY = 20, 0.12


def paragraphs_of(pages: Iterable[list[Line]]) -> list[str]:
    """The upright text of pages in paragraphs, words that lines part joined again.

    A paragraph ends with a sentence in a short line, and where the letters change their size.
    """
    lines = [line for page in pages for line in page if line.upright]
    usual = median(len(line.text) for line in lines) if lines else 0
    paragraphs: list[str] = []
    before: Line | None = None
    for line in lines:
        goes_on = (
            before is not None
            and abs(before.size - line.size) < TALLER
            and not (SENTENCE_END.search(before.text) and len(before.text) < usual * SHORT)
            and not is_heading(line.text)
            and not is_heading(before.text)
        )
        if goes_on:
            paragraphs[-1] = joined(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
        before = line
    return paragraphs


def joined(text: str, line: str) -> str:
    """A text and the line after it; a hyphen before a small letter parts one word."""
    if len(text) > 1 and text[-1] == "-" and text[-2].isalpha() and line[:1].islower():
        return text[:-1] + line
    return f"{text}{line}" if _unspaced(text[-1:]) and _unspaced(line[:1]) else f"{text} {line}"


def _unspaced(letter: str) -> bool:
    """Whether a letter is of a script without spaces."""
    return "\u3000" <= letter <= "\u9fff"


def is_heading(text: str) -> bool:
    """Whether a line is a heading that papers have."""
    known = ABSTRACT.fullmatch(text)
    if known and not known["rest"]:
        return True
    return any(pattern.fullmatch(text) for pattern in (AFTER_ABSTRACT, REFERENCES))


def find_abstract(pages: list[list[Line]]) -> str:
    """The abstract on the first two pages; "" where there is none or its end is not to be seen."""
    lines = [line.text for page in pages[:2] for line in page if line.upright]
    for number, line in enumerate(lines):
        found = ABSTRACT.fullmatch(line)
        if not found or (found["rest"] and not re.match(r"\S+\s*[.:—–-]", line)):
            continue
        text = found["rest"]
        for following in lines[number + 1 :]:
            if AFTER_ABSTRACT.fullmatch(following):
                return text if len(text) >= SHORTEST_ABSTRACT else ""
            text = joined(text, following) if text else following
            if len(text) > LONGEST_ABSTRACT:
                return ""
    return ""


def has_references(pages: Iterable[list[Line]]) -> bool:
    """Whether there is a list of references."""
    return any(REFERENCES.fullmatch(line.text) for page in pages for line in page)


def language_of(text: str) -> str:
    """The language a text is written in, by its script or its commonest words; "" if unclear."""
    letters = sum(map(str.isalpha, text))
    for script, language in SCRIPTS:
        if letters and len(script.findall(text)) > letters * 0.2:
            return language
    found = re.findall(r"[^\W\d_]+", text.lower())
    if len(found) < ENOUGH_WORDS:
        return ""
    shares = {name: sum(word in own for word in found) / len(found) for name, own in COMMON.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > MANY else ""
