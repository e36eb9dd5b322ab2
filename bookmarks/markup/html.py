"""HTML that may be put on a page as it is. Import `Html`, `escaped`, `clean_note`, `clean_formula`.

This is the only place that calls a string safe, and what it calls so has passed nh3, which parses
as browsers do and writes down only what is on its list, or has been escaped.
"""

from html import escape

import nh3

MATHML = frozenset(
    {
        *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "mpadded", "mphantom"),
        *("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts"),
        *("mprescripts", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mstyle"),
    }
)
MATHML_ATTRIBUTES = {"math": {"display"}, "mo": {"stretchy"}}
# Some say what a formula means or how wide a blank is; of these, single values are allowed.
MATHML_VALUES = {
    "mfrac": {"linethickness": {"0"}},
    "mover": {"accent": {"true"}},
    "mspace": {"width": {"0.167em", "0.222em", "0.278em", "1em", "2em"}},
}
NOTE = frozenset(
    {
        *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li"),
        *("a", "h4", "h5", "h6"),
    }
)
NOTE_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
FOREIGN = "noreferrer noopener nofollow ugc"

_formula = nh3.Cleaner(
    tags=MATHML, attributes=MATHML_ATTRIBUTES, tag_attribute_values=MATHML_VALUES, link_rel=None
)
_note = nh3.Cleaner(
    tags=MATHML | NOTE,
    attributes=MATHML_ATTRIBUTES | NOTE_ATTRIBUTES,
    tag_attribute_values=MATHML_VALUES,
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=FOREIGN,
)


class Html(str):
    """HTML for a template to put down unescaped. Whatever is joined to it is a plain string."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return itself, by the convention of templates."""
        return self


def escaped(text: str) -> Html:
    """Return a text as HTML that shows it."""
    return Html(escape(text))


def joined(parts: list[Html]) -> Html:
    """Return pieces that are safe each, one behind the other."""
    return Html("".join(parts))


def paragraph(text: str) -> Html:
    """Return a text as one paragraph."""
    return Html(f"<p>{escape(text)}</p>")


def clean_formula(mathml: str) -> Html:
    """Return what is allowed of a formula: elements of MathML Core, next to no attributes."""
    return Html(_formula.clean(mathml))


def clean_note(html: str) -> Html:
    """Return what is allowed of a note: plain prose, lists, links to other sites, formulas."""
    return Html(_note.clean(html).strip())
