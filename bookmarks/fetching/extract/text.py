"""Cleaning strings that came from a page; import `clean`, `cut` and `words`."""

import html
import re
import unicodedata

# Controls (PostgreSQL refuses NUL), lone surrogates, bidi overrides and isolates (they let a title
# rearrange the page around it), zero-width fillers and noncharacters. Joiners stay: emoji and
# several scripts need them.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
WHITE_SPACE = re.compile(r"\s+")

# An entity the page escaped once too often. Those for angle brackets stay as they are, so that
# text about markup never turns into markup.
ESCAPED_TWICE = re.compile(r"&(?!lt;|gt;|#0*60;|#0*62;|#x0*3[ce];)#?\w{1,31};", re.IGNORECASE)

WORD = re.compile(r"\w+")

# Chinese, Japanese, Korean: each character counts as a word, as editors count them.
_CJK = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]"
CJK = re.compile(_CJK)
COUNTED = re.compile(rf"{_CJK}|[^\W_]+(?:['’][^\W_]+)*")


# UTF-8 that was read as latin-1 before the page was written: the controls in it give it away.
C1_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
MISREAD = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def clean(text: str) -> str:
    """One line of text: entities resolved, unwanted characters gone, white space folded."""
    # Almost every text is printable as it is; str.isprintable knows all that is taken out below.
    if text.isprintable() and "&" not in text and "  " not in text:
        return text.strip()
    if C1_CONTROL.search(text):
        text = MISREAD.sub(_read_again, text)
    if "&" in text:
        text = ESCAPED_TWICE.sub(lambda found: html.unescape(found[0]), text)
    return WHITE_SPACE.sub(" ", UNWANTED.sub("", text)).strip()


def _read_again(found: re.Match[str]) -> str:
    return found[0].encode("latin-1").decode("utf-8", "replace")


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, ending with a whole word and an ellipsis when shortened."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit * 0.7 else head).rstrip(" ,;:.-") + "…"


def words(text: str) -> list[str]:
    """The words of a text in a form fit for comparing: compatibility-folded, lower case."""
    if text.isascii():
        return WORD.findall(text.lower())
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def joined(text: str) -> str:
    """The words run together, so that "Tech Crunch", "TechCrunch" and "tech-crunch" are equal."""
    return "".join(words(text))


def count_words(text: str) -> int:
    """The number of words, Chinese, Japanese and Korean characters counted singly."""
    return len(COUNTED.findall(text))


def count_cjk(text: str) -> int:
    """How many of the words that `count_words` counts are single characters."""
    return 0 if text.isascii() else len(CJK.findall(text))


def contains_run(part: list[str], whole: list[str]) -> bool:
    """Whether the words of `part` stand in `whole` one after the other."""
    size = len(part)
    return size > 0 and any(
        whole[start : start + size] == part for start in range(len(whole) - size + 1)
    )
