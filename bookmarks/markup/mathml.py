"""TeX as MathML, written on the server: no script, no fonts. Import `mathml`, `math_element`.

latex2mathml writes what it is given: addresses, styles and tags in a formula come out as such, and
formulas it does not understand raise what they like. So a formula has a greatest length and depth,
any failure is no formula, and what comes out passes the list of `html.clean_formula`. It reads its
table of symbols when it is first imported, which only texts with formulas pay for.
"""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

from bookmarks.markup.delimiters import LONGEST
from bookmarks.markup.html import Html, clean_formula

DEEPEST = 20
BRACES = re.compile(r"\\(?:left|begin)(?![A-Za-z])|\\(?:right|end)(?![A-Za-z])|\\.|[{}]", re.DOTALL)
# "\\mathbb R": only what stands in braces gets its letter form.
UNBRACED = re.compile(r"(\\math(?:bb|bf|cal|frak|it|rm|scr|sf|tt))\s+([A-Za-z0-9])")
# Commands made of commands grow without end: each line of "\\def\\b{\\a\\a}" doubles what it makes.
DEFINITION = re.compile(r"\\(?:\w*def|let|DeclareMath\w*|\w*(?:command|environment))(?![A-Za-z])")
STEPS = {"{": 1, "\\left": 1, "\\begin": 1, "}": -1, "\\right": -1, "\\end": -1}


@lru_cache(maxsize=1024)
def mathml(tex: str, *, alone: bool = False) -> Html | None:
    """Return a formula as MathML, or None where it is too long, too deep or wrong."""
    if not _is_modest(tex):
        return None
    from latex2mathml.converter import convert  # noqa: PLC0415 - see the head of this file

    try:
        written = convert(_braced(tex), display="block" if alone else "inline")
    except Exception:  # noqa: BLE001 - it raises IndexError, KeyError and others as they come
        return None
    html = clean_formula(written)
    return html if html.startswith("<math") and html.endswith("</math>") else None


def math_element(tex: str) -> Element | None:
    """Return a formula as a tree, unchecked and never to be shown, or None where it is wrong."""
    if not _is_modest(tex):
        return None
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415 - as above

    try:
        return convert_to_element(_braced(tex))
    except Exception:  # noqa: BLE001 - as above
        return None


def _is_modest(tex: str) -> bool:
    """Tell whether a formula is short, defines nothing, and its braces close and are not deep."""
    if len(tex) > LONGEST or DEFINITION.search(tex):
        return False
    depth = 0
    for token in BRACES.findall(tex):
        depth += STEPS.get(token, 0)
        if not 0 <= depth <= DEEPEST:
            return False
    return depth == 0


def _braced(tex: str) -> str:
    return UNBRACED.sub(r"\1{\2}", tex)
