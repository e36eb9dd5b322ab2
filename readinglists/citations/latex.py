r"""Plain words as LaTeX inside the braces of BibTeX. Pure. Import `latex`, `protected`, `bare`.

Formulas between dollar signs stay as they are; what else would be a command is escaped. Braces
are kept where they pair, for whoever counts them with escapes and whoever counts them without:
BibTeX does the one, some readers the other.
"""

import re
from collections.abc import Callable

# As Pandoc finds formulas: no blank just inside, no digit just behind.
MATH = re.compile(r"\$(?![\s$])((?:[^$\\]|\\.)+?)(?<!\s)\$(?!\d)")
ESCAPES = {
    **{mark: f"\\{mark}" for mark in "&%#_$"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
SPECIAL = re.compile(r"[&%#_$~^\\]")
# Escapes that are in many a title already.
ESCAPED = re.compile(r"\\([&%#_])")
WORD = re.compile(r"[^\W_]+")
BRACE = re.compile(r"[{}]")


def latex(text: str) -> str:
    """Return words in one line, escaped but for formulas."""
    return _each_part(text, _escape)


def protected(text: str) -> str:
    """Return a title like `latex`, with braces round words that keep their capitals: {BERT}."""
    return _each_part(text, lambda plain: _protect(_escape(plain)))


def bare(text: str) -> str:
    """Return an address or identifier, which is taken by the letter, without braces and blanks."""
    return re.sub(r"[\s{}\\]", "", text)


def _each_part(text: str, of_words: Callable[[str], str]) -> str:
    """Return a line made of formulas as they are and of words as `of_words` makes them."""
    line = " ".join(text.split())
    parts: list[str] = []
    place = 0
    for found in MATH.finditer(line):
        if _is_safe(found[1]):
            parts += [line[place : found.start()], found[0]]
            place = found.end()
    parts.append(line[place:])
    balanced = _without_unmatched(parts[::2])
    shown = [of_words(part) for part in balanced]
    formulas = [re.sub(r"(?<!\\)%", r"\%", part) for part in parts[1::2]]
    return "".join(part for pair in zip(shown, [*formulas, ""], strict=True) for part in pair)


def _is_safe(formula: str) -> bool:
    """Tell whether braces pair in a formula, counted with escaped ones and without."""
    return _pairs(formula) and _pairs(re.sub(r"\\[{}]", "", formula))


def _pairs(text: str) -> bool:
    depth = 0
    for mark in BRACE.findall(text):
        depth += 1 if mark == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _without_unmatched(texts: list[str]) -> list[str]:
    """Return the texts, read as one, without braces that have no partner."""
    opened: list[tuple[int, int]] = []
    unmatched: set[tuple[int, int]] = set()
    for number, text in enumerate(texts):
        for brace in BRACE.finditer(text):
            place = brace.start()
            if brace[0] == "{":
                opened.append((number, place))
            elif opened:
                opened.pop()
            else:
                unmatched.add((number, place))
    unmatched |= set(opened)
    if not unmatched:
        return texts
    return [
        "".join(mark for place, mark in enumerate(text) if (number, place) not in unmatched)
        for number, text in enumerate(texts)
    ]


def _escape(plain: str) -> str:
    return SPECIAL.sub(lambda found: ESCAPES[found[0]], ESCAPED.sub(r"\1", plain))


def _protect(escaped: str) -> str:
    """Put words with capitals that must stay in braces, outside braces and commands."""
    shown: list[str] = []
    depth = place = 0
    for token in re.finditer(r"\\(?:[a-z]+\{\}|.)|[{}]|[^\W_]+", escaped):
        shown.append(escaped[place : token.start()])
        word = token[0]
        place = token.end()
        depth += {"{": 1, "}": -1}.get(word, 0)
        keeps = depth == 0 and WORD.fullmatch(word) and _keeps_capitals(word, first=not shown[:-1])
        shown.append(f"{{{word}}}" if keeps else word)
    shown.append(escaped[place:])
    return "".join(shown)


def _keeps_capitals(word: str, *, first: bool) -> bool:
    """Tell whether a word has capitals that a style must not make small: "GPT", "ReLU", "Q"."""
    if len(word) == 1:
        return word.isupper() and not first and word != "A"
    return word[1:] != word[1:].lower()
