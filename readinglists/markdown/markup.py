"""Turns the HTML that stands in Markdown into Markdown. Import `as_markdown`.

Pure. Only what lists are made of is kept: headings, lists, tables, links, images, bold and italic.
"""

from lxml import etree, html
from lxml.html import HtmlElement

DEEP = 40
SKIPPED = frozenset({"script", "style", "svg", "iframe", "template", "noscript", "object"})
BLOCKS = frozenset({"p", "div", "center", "section", "article", "dl", "dt", "dd", "blockquote"})


def as_markdown(source: str) -> str:
    """Return a piece of HTML as Markdown; never raises, "" where it says nothing."""
    try:
        parser = html.HTMLParser(remove_comments=True, huge_tree=False)
        root = html.fragment_fromstring(source, create_parent="div", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    pieces: list[str] = []
    _write(root, pieces, 0)
    return "\n".join(line.rstrip() for line in "".join(pieces).split("\n")).strip() + "\n"


def _write(element: HtmlElement, pieces: list[str], depth: int) -> None:
    """Write an element and what is in it."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in SKIPPED or depth > DEEP:
        return
    if tag == "table":
        pieces.append(_table(element))
        return
    before, after = _around(element, tag)
    pieces.append(before)
    pieces.append(_words(element.text))
    for child in element:
        _write(child, pieces, depth + 1)
        pieces.append(_words(child.tail))
    pieces.append(after)


def _around(element: HtmlElement, tag: str) -> tuple[str, str]:  # noqa: PLR0911 - one a tag
    if tag in ("ul", "ol"):
        return "\n\n", "\n\n"
    if tag == "li":
        deep = sum(1 for one in element.iterancestors("ul", "ol")) or 1
        return "\n" + "  " * (deep - 1) + "- ", ""
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return f"\n\n{'#' * int(tag[1])} ", "\n\n"
    if tag == "a" and element.get("href"):
        return "[", f"](<{str(element.get('href')).strip()}>)"
    if tag == "img":
        return f"![{_words(element.get('alt'))}](<{str(element.get('src') or '').strip()}>)", ""
    if tag in ("b", "strong") and (element.text_content() or "").strip():
        return "**", "**"
    if tag == "br":
        return "\n", ""
    inside = next(element.iterancestors("li", "td", "th"), None) is not None
    return ("\n\n", "\n\n") if tag in BLOCKS and not inside else ("", "")


def _words(text: str | None) -> str:
    return " ".join(text.split("\n")) if text and text.strip() else " " if text else ""


def _table(table: HtmlElement) -> str:
    rows = []
    for row in table.iter("tr"):
        cells = []
        for cell in row.iterchildren("td", "th"):
            pieces: list[str] = []
            _write(cell, pieces, 0)
            cells.append(" ".join("".join(pieces).split()).replace("|", "\\|"))
        if cells:
            rows.append(cells)
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n\n" + "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]]) + "\n\n"
