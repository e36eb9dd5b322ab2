"""Takes what surrounds a title apart: authors, venue, year, stars, and the note that is left.
Import `with_facts`.

Pure.
"""

import re
from dataclasses import replace
from functools import lru_cache

from bookmarks.drafts import clean_line
from readinglists.drafts import MAX_AUTHORS, MAX_VENUE, ItemDraft
from readinglists.markdown.said import (
    looks_like_authors,
    stars_in,
    venue_and_year,
    year_in,
)

EDGE = " \t\n-–—:,;|.·•/\\"
# What is left of brackets, marks and links when their contents are taken out.
HOLLOW = re.compile(
    r"\[[\s,/|·.]{0,30}\]|\([\s,/|·.&]{0,30}\)|【\s{0,9}】|\*\*[\s.,:]{0,30}\*\*"
    r"|\"\s{0,9}\"|“\s{0,9}”"
)
INNER_TAG = re.compile(r"(?<!\]\()</?[a-zA-Z][^<>\n]*>")
BLANKS = re.compile(r"[ \t]+")
TWO_MARKS = re.compile(r"[,;|]\s{0,18}[,;|]")
MARKS = re.compile(r"(?:\s{0,9}[,;|]\s{0,9}){2,}")
PIECES = re.compile(r"(\*\*\([^*]*\)\*\*|\\?\n| (?<=\S )[-–—] )")
# Brackets in brackets; deeper ones are left, so that no line is gone over without end.
HOLLOW_PASSES = 5
ITALIC = re.compile(r"(?<![*\w])[*_](?![*\s])(.{1,1000}?)(?<!\s)[*_](?![*\w])", re.S)
# Authors with the venue behind them: "Ann Reed (Pond Lab) et al. arXiv.".
ET_AL = re.compile(r"((?=[^\W\d_a-z])[^:?]{2,200}?\bet al)\b[\s.,]*([^.]{0,100})[\s.]*", re.S)
PICTURES = " \t\n\u00a0\u3000🔗📄📝💻🎥▶️👉➡️"


def with_facts(
    draft: ItemDraft, before: str, after: str, *, referenced: bool, papers: bool
) -> ItemDraft:
    """Return the item with what stands before and behind its title.

    `referenced` says that the title is no link itself, as in a reference; `papers` that the entry
    has links such as [pdf].
    """
    stars, after = stars_in(after)
    draft = replace(draft, stars=stars)
    lead, words = "", _tidy(before).strip(EDGE + "[]()*")
    dated = venue_and_year(words)
    if looks_like_authors(words) and (referenced or len(words) > 12):
        names = re.sub(r"[\s,(]{0,9}\b(?:19|20)\d\d[).]*\Z", "", words)
        year = draft.year or year_in(words)
        draft = replace(draft, authors_text=_names(names), year=year)
    elif dated and dated[1]:
        draft = replace(draft, venue=dated[0][:MAX_VENUE].strip(), year=dated[1])
    elif re.search(r"\w", words) and words != draft.number:
        lead = words
    after, draft = _behind(after, draft, papers=papers)
    note = _tidy(after)
    if lead:
        note = f"{lead}: {note}" if note else lead
    return replace(draft, note=note)


def _behind(after: str, draft: ItemDraft, *, papers: bool) -> tuple[str, ItemDraft]:
    """Take italic authors and a short venue with its year from what follows the title."""
    if papers:
        after = re.sub(r"<su[bp]>[^<]{0,40}</su[bp]>", "", after)
        for found in ITALIC.finditer(after):
            if names := ET_AL.fullmatch(found[1]):
                draft = replace(draft, authors_text=_names(names[1]))
                after = f"{after[: found.start()]}\n{names[2]}\n{after[found.end() :]}"
                break
            if looks_like_authors(found[1]):
                draft = replace(draft, authors_text=_names(found[1]))
                after = after[: found.start()] + "\n" + after[found.end() :]
                break
    kept: list[str] = []
    first = True
    for piece in PIECES.split(after):
        plain = _tidy(piece)
        said = venue_and_year(plain) if plain and (papers or len(plain) <= 40) else None
        remark = piece.startswith("**(") or (draft.venue and said and said[0])
        if (
            said
            and not remark
            and (papers or (first and said[1] and year_in(plain)))
            and not _is_prose(plain)
        ):
            venue, year = said
            draft = replace(
                draft, venue=draft.venue or venue[:MAX_VENUE].strip(), year=draft.year or year
            )
            continue
        kept.append(piece)
        first = first and not piece.strip(EDGE + "*")
    return "".join(kept), draft


def _is_prose(text: str) -> bool:
    return "http" in text or "](" in text or len(re.findall(r"\b(is|are|the|how|you)\b", text)) > 3


def _names(text: str) -> str:
    text = clean_line(text.replace("\\*", "").replace("\\", "").replace("*", ""))
    return text.strip(" ,;:-–—").removesuffix(".").strip()[:MAX_AUTHORS].strip()


@lru_cache(maxsize=100)
def _tidy(text: str) -> str:
    """Return what is left of a line without hollow brackets and the marks at its edges."""
    if not text or text.isspace():
        return ""
    for _ in range(HOLLOW_PASSES):
        text, count = HOLLOW.subn("", text)
        if not count:
            break
    # Most notes have none of this, and some are long.
    text = text.replace("\\\n", "\n")
    if "<" in text:
        text = INNER_TAG.sub(" ", text)
    text = _without_emoji(text)
    if "  " in text or "\t" in text:
        text = BLANKS.sub(" ", text)
    if TWO_MARKS.search(text):
        text = MARKS.sub(lambda found: found[0].strip()[:1] + " ", text)
    text = text.strip(" \t\n-–—:,;|·•/")
    text = re.sub(r"\A(?:[.)\]]\s*)+", "", text) if text[:1] in (".", ")", "]") else text
    while text[-1:] in ("[", "(") and text[-2:-1].isspace():
        text = text[:-2]
    text = text.strip()
    for mark in ("**", "*"):
        if text.count(mark) % 2 and (text.startswith(mark) or text.endswith(mark)):
            text = text.removeprefix(mark) if text.startswith(mark) else text.removesuffix(mark)
    return text.strip(" \t\n-–—:,;|") if re.search(r"[\w\]]", text) else ""


def _without_emoji(text: str) -> str:
    """Return a text without the pictures at its ends that pointed at links."""
    return text.strip(PICTURES)
