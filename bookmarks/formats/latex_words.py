r"""Words as LaTeX has them, as people read them. Import `plain_latex`, `plain_address`.

Formulas stay as they are: titles here show them. Of commands that only say how words look, the
words stay; what is not known stays as it was written.
"""

import re
import unicodedata

from bookmarks.markup.plain import ACCENTS, LETTERS

LONGEST_FORMULA = 500
ACCENTED = (
    r"""\\(?P<mark>[`'^"~=.])\s*(?:\{\s*\\?(?P<in_braces>[A-Za-z])\s*\}|\\?(?P<bare>[A-Za-z]))"""
    r"""|\\(?P<named>[uvHckrdb])(?:\s*\{\s*\\?(?P<in_named>[A-Za-z])\s*\}|\s+(?P<apart>[A-Za-z]))"""
)
LETTER = rf"\\(?P<letter>{'|'.join(sorted(LETTERS, key=len, reverse=True))})(?![A-Za-z])\s*"
SIGNS = {
    **{"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "ldots": "…"},
    **{"dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "LaTeX": "LaTeX"},
    **{"TeX": "TeX", "BibTeX": "BibTeX", "textregistered": "®", "texttrademark": "™"},
    **{"copyright": "©", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“"},
    **{"textquotedblright": "”", "textdegree": "°", "textbar": "|", "textless": "<"},
    **{"textgreater": ">", "textunderscore": "_", "textdollar": "$", "S": "§", "P": "¶"},
    **{"euro": "€", "pounds": "£", "textperiodcentered": "·", "textasteriskcentered": "*"},
}
SIGN = (
    rf"\\(?P<sign>{'|'.join(sorted(SIGNS, key=len, reverse=True))})(?![A-Za-z])(?:\s*\{{\}}|\s+)?"
)
# Commands that go, with the words they are about left; switches go wherever they stand.
LOOKS = (
    r"\\(?P<looks>text(?:tt|sf|rm|it|bf|sc|sl|md|up|normal|superscript|subscript)|emph|underline"
    r"|mbox|hbox|uppercase|lowercase|MakeUppercase|MakeLowercase|url|path|texorpdfstring|natexlab"
    r"|enquote|ensuremath)\s*(?=\{)"
    r"|\\(?P<switch>em|it|bf|tt|sf|sc|rm|sl|small|footnotesize|itshape|bfseries|scshape|noindent"
    r"|protect|relax|newblock|par|selectfont|normalfont|ttfamily)(?![A-Za-z])\s*"
    r"|\\href\s*\{[^{}]*\}\s*(?=\{)"
)
# Letters alone as alternatives: so it is looked for at once, however long the words between.
MAY_BE_TOKEN = re.compile(r"\\|\{|\}|\$|~|--|``|''")
TOKEN = re.compile(
    rf"(?P<formula>(?<!\\)\$(?![\s$])(?:[^$\\]|\\.){{1,{LONGEST_FORMULA}}}?(?<!\s)\$(?!\d))"
    rf"|{ACCENTED}|{LETTER}|{SIGN}|{LOOKS}"
    r"|\\(?P<escaped>[&%$#_{}])|(?P<space>\\[ ,;:!/\-@]|\\\\|~)|(?P<dash>---?)|(?P<quote>``|'')"
    r"|[{}]",
    re.DOTALL,
)
# What is not here goes, as braces and commands of looks do.
PLAIN = {
    "letter": LETTERS,
    "sign": SIGNS,
    "space": dict.fromkeys(("\\ ", "\\,", "\\;", "\\:", "\\\\", "~"), " "),
    "dash": {"---": "—", "--": "–"},
    "quote": {"``": "“", "''": "”"},
}
IN_ADDRESS = re.compile(r"\\url\s*|\\(?:textasciitilde|~|sim)(?:\s*\{\}|\s)?|\\([_%&#$~{}^])|[{}$]")


def plain_latex(text: str) -> str:
    """Return running text without TeX: no commands, no braces, no breaks but between paragraphs."""
    text = _without_tex(text)
    paragraphs = re.split(r"\n[ \t]*\n", text) if "\n" in text else [text]
    return "\n\n".join(line for one in paragraphs if (line := " ".join(one.split())))


def _without_tex(text: str) -> str:
    parts: list[str] = []
    place = at = 0
    while sign := MAY_BE_TOKEN.search(text, at):
        token = TOKEN.match(text, sign.start())
        at = token.end() if token else sign.end()
        if token:
            parts += [text[place : token.start()], _plain(token)]
            place = at
    return "".join([*parts, text[place:]]) if place else text


def plain_address(text: str) -> str:
    r"""Return an address as it was before it was escaped: `\_` is "_", `\url{…}` what it holds."""
    if not re.search(r"[\\{}]", text):
        return text.strip()
    return IN_ADDRESS.sub(_sign_of_address, text).strip()


def _sign_of_address(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    return "~" if found[0].startswith(("\\textasciitilde", "\\~", "\\sim")) else ""


def _plain(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    said = found[kind] if kind else ""
    if kind in ("formula", "escaped"):
        return said
    if kind in ("in_braces", "bare", "in_named", "apart"):
        mark = found["mark"] or found["named"]
        return unicodedata.normalize("NFC", said + ACCENTS[mark])
    return PLAIN[kind].get(said, "") if kind in PLAIN else ""
