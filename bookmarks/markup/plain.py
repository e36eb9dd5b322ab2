"""TeX as plain characters, for feeds and titles of pages. Import `plain_formula`, `plain_words`.

What Unicode can say in a line is said so: "ReLU²", "ℓ∞", "x_{ij}". No TeX is run, and nothing
outside a formula or a known command changes: "50% faster" and "R&D" stay.
"""

import re
import unicodedata
from collections.abc import Callable
from html import unescape
from xml.etree.ElementTree import Element

from bookmarks.markup.mathml import math_element

SUPERSCRIPTS = dict(zip("0123456789+−-=()niT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵀ", strict=True))
SUBSCRIPTS = dict(zip("0123456789+−-=()aeijoruvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₒᵣᵤᵥₓ", strict=True))
# Relations and arrows, which are read as words are.
SPACED = frozenset("=<>≤≥≠≈∼≡∈∉⊂⊆→←↔⇒⇔↦∝≪≫≔")
SIGNS = frozenset("0123456789+−-=")
# Signs above a letter, and the characters that put them there.
ABOVE = {
    **{"^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "―": "\u0305", "¯": "\u0304"},
    **{"‾": "\u0305", "→": "\u20d7", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c", "´": "\u0301"},
    **{"`": "\u0300", "_": "\u0305", "\u0305": "\u0305", "\u0304": "\u0304"},
}
# Commands of running text that only say how it looks.
LOOKS = (
    r"text(?:tt|sf|rm|it|bf|sc|sl|md|up|normal)?|emph|underline|mbox|uppercase|mathrm|mathit|mathbf"
)
COMMAND = re.compile(rf"\\(?:{LOOKS})\s?\{{([^{{}}]*)\}}")
ACCENTS = {
    **{"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304"},
    **{".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328"},
    **{"r": "\u030a", "d": "\u0323", "b": "\u0331"},
}
ACCENT = re.compile(
    r"""\\(?:([`'^~"=.])\s?(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))|([uvHckrdb])\{\\?([A-Za-z])\})"""
)
LETTERS = {
    **{"ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ"},
    **{"OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ"},
}
NAMES_OF_LETTERS = r"(ss|[oOlL]|ae|AE|oe|OE|aa|AA)"
LETTER = re.compile(rf"\{{\\(?:{NAMES_OF_LETTERS})\}}|\\{NAMES_OF_LETTERS}\b ?(?!\{{)")
# An accent, or a letter, that stands in braces of its own.
BRACED = re.compile(r"""\{(\\[`'^~"=.uvHckrdb]\s?\{?\\?[A-Za-z]\}?)\}(?!\})""")
ESCAPED = re.compile(r"\\([%&$#_])")
CALLED = re.compile(r"(?<=[a-z]) \(")
# How many commands may stand inside each other.
DEEPEST = 4


def plain_formula(tex: str) -> str | None:
    """Return a formula in a line of characters, or None where it cannot be read."""
    tree = math_element(tex)
    if tree is None:
        return None
    try:
        return CALLED.sub("(", " ".join(_said(tree).split()))
    except RecursionError:
        return None


def plain_words(text: str) -> str:
    r"""Return running text without TeX's commands: what `\textbf` held, the letter of `\"o`."""
    if "\\" not in text:
        return text
    for _ in range(DEEPEST):
        bare = COMMAND.sub(r"\1", text)
        if bare == text:
            break
        text = bare
    text = ACCENT.sub(_accented, BRACED.sub(r"\1", text))
    text = LETTER.sub(lambda found: LETTERS[found[1] or found[2]], text)
    return ESCAPED.sub(r"\1", text)


def _accented(found: re.Match[str]) -> str:
    mark, letter = found[1] or found[4], found[2] or found[3] or found[5]
    return unicodedata.normalize("NFC", letter + ACCENTS[mark])


def _said(element: Element) -> str:
    """Return what an element of MathML says, with all that is in it."""
    inner = [_said(child) for child in element]
    count, write = WRITERS.get(element.tag, (0, None))
    if write and len(inner) == count:
        return write(*inner)
    if element.tag == "msqrt":
        return f"√{_grouped(''.join(inner))}"
    if element.tag == "mtr":
        return " ".join(inner) + "; "
    return " " if element.tag == "mspace" else _own(element) + "".join(inner)


def _own(element: Element) -> str:
    """Return the text of an element; relations and words stand with blanks around them."""
    text = unescape(element.text or "")
    if element.tag == "mo" and (text in SPACED or (len(text) > 1 and text.isalpha())):
        return f" {text} "
    if element.tag == "mi" and len(text) > 1 and text.isalpha():
        return f" {text} "  # log, sin
    return text


def _script(text: str, mark: str) -> str:
    """Return something raised or lowered: by characters that are so, else behind a mark.

    A lone sign is put down as it is: "Q*", "ℓ∞".
    """
    text = text.replace(" ", "")
    forms = SUPERSCRIPTS if mark == "^" else SUBSCRIPTS
    if (len(text) == 1 or SIGNS.issuperset(text)) and all(letter in forms for letter in text):
        return "".join(forms[letter] for letter in text)
    if len(text) == 1:
        return mark + text if text.isalnum() else text
    return f"{mark}{{{text}}}" if text else ""


def _grouped(text: str) -> str:
    text = text.strip()
    return text if len(text) == 1 or text.isalnum() else f"({text})"


def _raised(base: str, above: str) -> str:
    return base + _script(above, "^")


def _lowered(base: str, below: str) -> str:
    return base + _script(below, "_")


def _marked(base: str, above: str) -> str:
    """Return a letter with a sign above; over several letters the sign is left out."""
    sign = ABOVE.get(above)
    if sign is None:
        return base + above
    return unicodedata.normalize("NFC", base + sign) if len(base) == 1 else base


WRITERS: dict[str, tuple[int, Callable[..., str]]] = {
    "msup": (2, _raised),
    "msub": (2, _lowered),
    "munder": (2, _lowered),
    "mover": (2, _marked),
    "msubsup": (3, lambda base, below, above: _raised(_lowered(base, below), above)),
    "munderover": (3, lambda base, below, above: _raised(_lowered(base, below), above)),
    "mfrac": (2, lambda above, below: f"{_grouped(above)}/{_grouped(below)}"),
    "mroot": (2, lambda base, n: f"{_script(n, '^').removeprefix('^')}√{_grouped(base)}"),
}
