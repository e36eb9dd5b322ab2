"""Where TeX stands in a text. Pure. Import `formulas_in`, `formula_at`, `Formula`, `may_have_tex`.

Delimiters are `\\(..\\)`, `\\[..\\]`, `$$..$$`, and `$..$` by the rule of Pandoc's manual
(extension tex_math_dollars): no blank just inside, no digit behind. So "costs $5 and $10" is text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Longer formulas stay as they were typed; this bounds, too, how far an end is looked for.
LONGEST = 500
# Several lines are one formula unless an empty one is between them.
NEXT_LINE = r"\n(?![ \t]{0,80}\n)"
IN_DOLLARS = rf"(?:[^$\\\n]|\\.|{NEXT_LINE}){{1,{LONGEST}}}?"
IN_BRACKETS = rf"(?:[^\\\n]|\\[^()\[\]\n]|{NEXT_LINE}){{1,{LONGEST}}}?"
FORMULA = re.compile(
    rf"(?<!\\)\\\((?P<round>{IN_BRACKETS})\\\)"
    rf"|(?<!\\)\\\[(?P<square>{IN_BRACKETS})\\\]"
    rf"|(?<![\\$])\$\$(?P<double>{IN_DOLLARS})\$\$(?!\$)"
    rf"|(?<![\\$])\$(?![\s$])(?P<single>{IN_DOLLARS})(?<!\s)\$(?![\d$])"
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula: its TeX, whether it is to stand alone, and from where to where it goes."""

    tex: str
    alone: bool
    start: int
    end: int


def may_have_tex(text: str) -> bool:
    """Tell, quickly, whether a text may hold TeX; nearly none does, nor does an address."""
    return ("$" in text or "\\" in text) and not text.startswith(("http://", "https://"))


def formula_at(text: str, place: int) -> Formula | None:
    """Return the formula that starts at a place."""
    found = FORMULA.match(text, place)
    return _formula(found) if found else None


def formulas_in(text: str) -> Iterator[Formula]:
    """Yield the formulas of a text, in order."""
    return map(_formula, FORMULA.finditer(text))


def _formula(found: re.Match[str]) -> Formula:
    kind = found.lastgroup or "single"
    return Formula(found[kind], kind in ("square", "double"), found.start(), found.end())
