"""Titles and short texts with TeX in them. Import `with_math`, `plain_title`, `cut_outside_math`.

Nearly all texts have none, and lists show hundreds: such a text comes back as it is at once.
"""

from functools import lru_cache
from itertools import islice

from bookmarks.markup.delimiters import LONGEST, formulas_in, may_have_tex
from bookmarks.markup.html import Html, escaped, joined
from bookmarks.markup.mathml import mathml
from bookmarks.markup.plain import plain_formula, plain_words

# Formulas rendered in one text; what is beyond stays as it was typed.
MOST = 12


def with_math(text: str, *, most: int = MOST, words: bool = True) -> str:
    """Return a text for a page: as it is, or as HTML when it holds TeX.

    A formula that cannot be rendered shows as it was typed. With `words`, commands outside of
    formulas lose their names too, as in `plain_words`.
    """
    return _with_math(text, most, words) if may_have_tex(text) else text


def plain_title(text: str, *, most: int = MOST) -> str:
    """Return a text in plain characters, for feeds, the title of a page, and searching."""
    return _plain_title(text, most) if may_have_tex(text) else text


def cut_outside_math(text: str, length: int) -> int:
    """Return where to cut so that no formula is cut in two: `length`, or where one starts."""
    if not may_have_tex(text):
        return length
    near = formulas_in(text[: length + LONGEST])
    return next((each.start for each in near if each.start < length < each.end), length)


@lru_cache(maxsize=1024)
def _with_math(text: str, most: int, words: bool) -> str:
    shown = plain_words if words else str
    parts: list[Html] = []
    place = 0
    for formula in islice(formulas_in(text), most):
        html = mathml(formula.tex, alone=formula.alone)
        if html is not None:
            parts += [escaped(shown(text[place : formula.start])), html]
            place = formula.end
    return joined([*parts, escaped(shown(text[place:]))]) if parts else shown(text)


@lru_cache(maxsize=1024)
def _plain_title(text: str, most: int) -> str:
    parts, place = [], 0
    for formula in islice(formulas_in(text), most):
        said = plain_formula(formula.tex)
        if said is not None:
            parts += [plain_words(text[place : formula.start]), said]
            place = formula.end
    return "".join([*parts, plain_words(text[place:])])
