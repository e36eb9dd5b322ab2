"""The title of a PDF, which its own metadata often get wrong; import `find_title`."""

import re
from itertools import groupby
from urllib.parse import unquote, urlsplit

from bookmarks.fetching.extract.page import Found
from bookmarks.fetching.extract.text import clean, cut, words
from bookmarks.fetching.pdf.document import Document
from bookmarks.fetching.pdf.layout import Line

MAX_TITLE = 500
# What programs and templates leave where a title should be.
JUNK = re.compile(
    r"(?:untitled|unbenannt|sans titre|sin título|no ?title|title|document|manuscript|main|paper|"
    r"article|template|draft|output|print|slides?|thesis|report|text|layout|book|presentation|"
    r"powerpoint(?:[ -]presentation)?|google docs|full page photo)[\s_#-]*\(?\d*\)?"
    r"|(?:share|over)?(?:latex|leaf) (?:example|template).*|latex (?:template|article).*"
    r"|microsoft (?:word|powerpoint|excel|publisher)\b.*|(?:pii|doi|arxiv|isbn|issn)\s*:.*"
    r"|(?:formatting |author )?(?:instructions|guidelines) for\b.*|preparation of papers\b.*"
    r"|(?:https?|file|ftp):\S*|[a-z]:\\.*|\(?(?:anonymous|null|none|undefined)\)?|[\W\d_]*",
    re.IGNORECASE,
)
FILE = re.compile(
    r"\S*\.(?:dvi|tex|docx?|pdf|e?ps|rtf|odt|pptx?|xlsx?|indd|qxd|qxp|fm|pub|pages|html?|txt|md|"
    r"ipynb|tmp|cdr|ai)",
    re.IGNORECASE,
)
# Entries that every outline may begin with, and that name no document.
FIRST_CHAPTER = re.compile(
    r"(?:[\dIVX]+[.:)]?\s+)?(?:abstract|introduction|contents|table of contents|preface|foreword|"
    r"cover(?: page)?|title(?: page)?|front ?matter|acknowledge?ments?|references|summary|overview|"
    r"background|copyright|page \d+|chapter \d+.*|section \d+.*|slide \d+.*|bookmarks?|start|"
    r"related work|motivation|conclusions?)|\d+(?:\.\d+)*\.?\s.*",
    re.IGNORECASE,
)
# Letters of a title are at least so much taller than those of most of the page.
TALLER = 1.15
LONGEST_HEADING, SHORTEST_HEADING = 300, 4
SAME_SIZE = 0.6


def find_title(document: Document, url: str, identifier: str) -> Found:
    """The title: what the metadata say unless it is junk, the outline, the tallest text, a name.

    `identifier` ("arxiv:1706.03762") is shown where the file has no title of its own; the file's
    name comes last.
    """
    name = file_name(url)
    for title, source in (
        (document.info_title, "pdf info"),
        (document.xmp_title, "xmp"),
        (next(iter(document.contents), ""), "outline"),
    ):
        chapter = source == "outline" and FIRST_CHAPTER.fullmatch(title)
        if not is_junk(title, name) and not chapter:
            return Found(cut(title, MAX_TITLE), source)
    heading = tallest(document.pages[0]) if document.pages else ""
    if heading and not is_junk(heading, ""):
        return Found(cut(heading, MAX_TITLE), "largest text")
    if identifier:
        return Found(identifier, "identifier")
    return Found(cut(_name_in_words(name), MAX_TITLE), "file name") if name else Found()


def is_junk(title: str, name: str) -> bool:
    """Whether a title was left by a program or a template, or is only the name of the file."""
    stem = name.removesuffix(".pdf").removesuffix(".PDF")
    return (
        title.casefold() in {name.casefold(), stem.casefold()}
        or JUNK.fullmatch(title) is not None
        or FILE.fullmatch(title) is not None
        or "\ufffd" in title
    )


def file_name(url: str) -> str:
    """The last segment of an address, percent-decoded."""
    try:
        return clean(unquote(urlsplit(url).path.rpartition("/")[2]))
    except ValueError:
        return ""


def _name_in_words(name: str) -> str:
    stem = re.sub(r"\.pdf$", "", name, flags=re.IGNORECASE)
    return stem if " " in stem else re.sub(r"[_+]+|-(?=\D)", " ", stem).strip()


def tallest(lines: list[Line]) -> str:
    """The lines in the largest letters of a page, if they are a heading; else the next largest.

    The stamp in a margin is no heading, nor is an initial or a page's number.
    """
    upright = [line for line in lines if line.upright and line.size]
    usual = _usual_size(upright)
    runs = [list(run) for _, run in groupby(upright, key=lambda line: line.size)]
    runs = _joined(runs)
    for run in sorted(runs, key=lambda run: -run[0].size):
        text = clean(" ".join(line.text for line in run))
        if run[0].size < usual * TALLER:
            return ""
        letters = sum(map(str.isalpha, text))
        fits = SHORTEST_HEADING <= len(text) <= LONGEST_HEADING and letters >= len(text) / 2
        if fits and (len(words(text)) > 1 or letters > SHORTEST_HEADING):
            return _without_breaks(text)
    return ""


def _joined(runs: list[list[Line]]) -> list[list[Line]]:
    """Runs of lines whose sizes differ by a rounding error are one."""
    joined: list[list[Line]] = []
    for run in runs:
        if joined and abs(joined[-1][0].size - run[0].size) < SAME_SIZE:
            joined[-1] += run
        else:
            joined.append(run)
    return joined


def _usual_size(lines: list[Line]) -> float:
    """The size of most letters of a page."""
    letters: dict[float, int] = {}
    for line in lines:
        letters[line.size] = letters.get(line.size, 0) + len(line.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


def _without_breaks(text: str) -> str:
    """A heading whose words were parted at the end of a line, as they were before."""
    return re.sub(r"(?<=[a-z])- (?=[a-z])", "", text)
