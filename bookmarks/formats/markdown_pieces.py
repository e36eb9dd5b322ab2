"""What a line of Markdown holds: links, tags in a comment, words. Import `parse`, `plain`, `Line`.

Each sign is looked at once, whatever is in the line.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# A link may have its title behind the address; an address without angle brackets may have brackets
# in it that pair.
TARGET = (
    r"\s*+(?P<target><[^<>]*+>|(?:[^\s()\\]|\\.|\([^\s()]*+\))*+)"
    r"(?:\s++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?+\s*+\)"
)
TOKEN = re.compile(
    r"\\.|(?P<code>`++[^`]++`++)"
    r"|<!--(?P<comment>(?:[^<>-]|-(?!->)|<(?!!--)|(?<=-)>)*+)-->"
    rf"|(?P<open>!?\[)|\](?:\({TARGET}|\[(?P<named>[^\[\]]{{0,200}}+)\])?+"
    r"|<(?P<auto>(?:https?|ftp)://[^<>\s]++)>"
    r"|(?P<bare>\b(?:https?|ftp)://[^\s<>\]|]++)"
    r"|<a\s[^<>]*?href\s*=\s*[\"']?(?P<href>[^\"'\s<>]+)[^<>]*>|(?P<end></a\s*>)",
    re.IGNORECASE,
)
TAGS = re.compile(r"\s*TAGS:\s*(.*?)\s*\Z", re.DOTALL)
# What is a sign, a character by its name, or only says how words look.
MARKS = re.compile(
    r"\\([!-/:-@\[-`{-~])|(&#?\w{1,32};)|</?[a-zA-Z][^<>]{0,2000}>"
    r"|\*+(?=\S)|(?<=\S)\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|`+"
)
IN_TARGET = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its label as written; `marked` tells that it is more than an address in words."""

    url: str
    label: str
    marked: bool
    start: int
    end: int
    is_picture: bool = False


@dataclass(slots=True)
class Line:
    """What was found in a line: `words` are what is left without links and comments, as written.

    `comments` are where those are.
    """

    links: list[Link] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    words: str = ""
    comments: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A bracket or a tag whose end is looked for."""

    start: int
    begin: int
    picture: bool = False
    href: str = ""
    pictures: int = 0


def parse(text: str, named: Mapping[str, str]) -> Line:
    """Return what a line holds; `named` are addresses by the names that links may have for them."""
    line, opened, tags_found = Line(), list[_Open](), list[str]()
    for found in TOKEN.finditer(text):
        if found["open"] or found["href"]:
            picture = found["open"] == "!["
            opened.append(_Open(found.start(), found.end(), picture, found["href"] or ""))
        elif found["comment"] is not None:
            if tags := TAGS.match(found["comment"]):
                tags_found += tags[1].replace("&gt;", ">").split(",")
            line.comments.append(found.span())
        elif url := found["auto"] or found["bare"]:
            url = url if found["auto"] else _trimmed(url)
            line.links.append(Link(url, "", False, found.start(), found.start() + len(found[0])))
        elif opened and (found[0][0] == "]" or found["end"]):
            _close(text, found, opened, line, named)
    line.tags = tuple(tag for one in tags_found if (tag := one.strip()))
    cuts = [(link.start, link.end) for link in line.links]
    line.words = _without(text, [*line.comments, *cuts])
    return line


def _close(
    text: str, found: re.Match[str], opened: list[_Open], line: Line, named: Mapping[str, str]
) -> None:
    """Take the link that ends here, if it is one."""
    begun = opened.pop()
    label = text[begun.begin : found.start()]
    target, name = found["target"], found["named"]
    if found["end"]:
        url = html.unescape(begun.href)
    elif target is not None:
        url = IN_TARGET.sub(r"\1", target[1:-1] if target.startswith("<") else target)
    else:
        url = named.get(" ".join((name or label).lower().split()), "")
    if begun.picture:
        if opened:
            opened[-1].pictures += 1
        return
    if not url:
        if opened:
            opened[-1].pictures += begun.pictures
        return
    while line.links and line.links[-1].end > begun.start:
        line.links.pop()
    alone = (
        bool(begun.pictures)
        and not re.sub(r"!\[[^\]]*\](?:\([^)]*\))?|<[^<>]*>", "", label).strip()
    )
    line.links.append(Link(url, label, True, begun.start, found.end(), alone))


def _trimmed(url: str) -> str:
    """Return an address without what ends the sentence behind it."""
    while url[-1:] in tuple(".,;:!?'\"*_)") and not (url[-1] == ")" and "(" in url):
        url = url[:-1]
    return url


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    parts, place = [], 0
    for start, end in sorted(cuts):
        if start >= place:
            parts.append(text[place:start])
            place = end
    return " ".join([*parts, text[place:]])


def plain(text: str) -> str:
    """Return words without the signs of Markdown and the tags of HTML."""
    return MARKS.sub(_unmarked, text).strip()


def _unmarked(found: re.Match[str]) -> str:
    return found[1] or (html.unescape(found[2]) if found[2] else "")
