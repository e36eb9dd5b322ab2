r"""Words, addresses and tags as they stand in a line of Markdown (CommonMark 0.31). Pure.

Import `escaped`, `destination`, `code_span`, `is_paragraph`.
"""

import re

# What would be markup in the middle of a line, on GitHub too (strikethrough, math, cells).
MARKUP = re.compile(r"[\\`*_\[\]<>&#|~$]")
# An entity, which is decoded in destinations as well (CommonMark, 2.5).
ENTITY = re.compile(r"&(?=#?[a-zA-Z0-9]{1,31};)")
# A line that begins a block which is no paragraph (CommonMark, 4 and 5; tables of GitHub).
BLOCK = re.compile(
    r"\s*(?:[#>|<=\t]|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|```|~~~|:?-+:?\s*(?:\||$)"
    r"|(?:[-*_][ \t]*){3,}$|\[[^\]]*\]:)|\s{4}"
)


def escaped(text: str) -> str:
    """Return plain words so that Markdown shows them as they are."""
    return MARKUP.sub(r"\\\g<0>", text)


def destination(url: str) -> str:
    """Return a clean URL as the destination of a link, in angle brackets if it has to be.

    Parentheses may stand bare as long as they balance; blanks, quotation marks and backslashes are
    percent-encoded in clean URLs.
    """
    depth = 0
    for character in url:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            break
    url = ENTITY.sub(r"\\&", url)
    return f"<{url}>" if depth else url


def code_span(text: str) -> str:
    """Return words as code, behind more backticks than they hold in a row."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{blank}{text}{blank}{ticks}"


def is_paragraph(lines: list[str]) -> bool:
    """Tell whether none of the lines begins anything but a paragraph; blank lines are fine."""
    return not any(BLOCK.match(line) for line in lines if line.strip())
