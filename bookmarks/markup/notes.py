"""Notes in Markdown. Import `markdown`, `markdown_words`.

CommonMark with strikethrough and formulas, by markdown-it-py; HTML in a note is text. What comes
out passes the list of `html.clean_note`. Headings are lowered below those of any page, and
pictures become links: a note makes no reader's browser ask another site for something.
"""

import re
from collections.abc import Iterator, MutableMapping
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bookmarks.markup.delimiters import formula_at
from bookmarks.markup.html import Html, clean_note, escaped, paragraph
from bookmarks.markup.mathml import mathml
from bookmarks.markup.plain import plain_formula

LONGEST = 20_000
# Up to this length a note is short; of long ones fewer are remembered.
SHORT = 2_000
# A link has eight characters or more; what has more brackets costs much and links nothing.
MOST_BRACKETS = LONGEST // 8
# Formulas rendered in one note, and characters in them together.
MOST_FORMULAS, MOST_TEX = 200, 4_000
LOWERED, LOWEST = 3, 6
# What a line of text copied from a page begins with where the page had a list.
BULLET = re.compile(r"(?m)^( {0,3})[•‣◦●▪·](?=[ \t\u00a0])[ \t\u00a0]+")
FENCES = ("```", "~~~")


def markdown(text: str, *, math: bool = True) -> Html:
    """Return a note as HTML for a page; what is longer than any note may be is cut off.

    Without `math`, as feeds want it, formulas are written in plain characters.
    """
    return _short(text, math) if len(text) <= SHORT else _long(text[:LONGEST], math)


def markdown_words(text: str) -> str:
    """Return the words of a note without its marks, on one line: for descriptions and searching."""
    text = text[:LONGEST]
    if text.count("[") > MOST_BRACKETS:
        return " ".join(text.split())
    tokens = _parser.parse(text, {})
    return " ".join(" ".join(_words(tokens)).split())


def _rendered(text: str, math: bool) -> Html:
    if text.count("[") > MOST_BRACKETS:
        return paragraph(text)
    try:
        html = _parser.render(text, {"formulas": MOST_FORMULAS, "tex": MOST_TEX, "math": math})
    except RecursionError:
        return paragraph(text)
    return clean_note(html)


_short = lru_cache(maxsize=2048)(_rendered)
_long = lru_cache(maxsize=64)(_rendered)


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(_words(token.children or []))
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "formula":
            yield plain_formula(token.meta["tex"]) or token.content
        elif token.type == "link_open" or not token.content:
            continue
        else:
            yield token.content


def _formula(state: StateInline, silent: bool) -> bool:
    """Take a formula from where the parser is, unless the note has used up its measure."""
    formula = formula_at(state.src, state.pos)
    if formula is None or formula.end > state.posMax:
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = state.src[formula.start : formula.end]
        token.meta = {"tex": formula.tex, "alone": formula.alone}
    state.pos = formula.end
    return True


def _write_formula(
    _renderer: Any, tokens: list[Token], place: int, _options: Any, env: MutableMapping[str, Any]
) -> str:
    token = tokens[place]
    tex = token.meta["tex"]
    env["formulas"] -= 1
    env["tex"] -= len(tex)
    if env["formulas"] < 0 or env["tex"] < 0:
        return escaped(token.content)
    if not env["math"]:
        return escaped(plain_formula(tex) or token.content)
    return mathml(tex, alone=token.meta["alone"]) or escaped(token.content)


def _take_bullets(state: StateCore) -> None:
    """Make typed bullets those of Markdown, where the note has no block of code to spoil."""
    if not any(fence in state.src for fence in FENCES):
        state.src = BULLET.sub(r"\1- ", state.src)


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + LOWERED, LOWEST)}"


def _link_pictures(state: StateCore) -> None:
    """Put a link in the place of each picture, or its words where a link is around it already."""
    for block in state.tokens:
        if not any(token.type == "image" for token in block.children or ()):
            continue
        children: list[Token] = []
        links = 0
        for token in block.children or ():
            links += token.type == "link_open"
            links -= token.type == "link_close"
            children += _linked(token, bare=links > 0) if token.type == "image" else [token]
        block.children = children


def _linked(picture: Token, *, bare: bool) -> list[Token]:
    words = "".join(_words(picture.children or [])) or "picture"
    text = Token("text", "", 0, content=words)
    if bare:
        return [text]
    href = {"href": picture.attrs["src"]}
    return [Token("link_open", "a", 1, attrs=href), text, Token("link_close", "a", -1)]


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
    parser.inline.ruler.before("escape", "formula", _formula)
    parser.core.ruler.after("normalize", "typed_bullets", _take_bullets)
    parser.core.ruler.push("lower_headings", _lower_headings)
    parser.core.ruler.push("link_pictures", _link_pictures)
    parser.add_render_rule("formula", _write_formula)
    return parser


_parser = _make_parser()
