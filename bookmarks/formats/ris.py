"""RIS, as Zotero, EndNote, Mendeley and publishers write it: a tag and a value a line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from bookmarks.formats.line_pieces import head_lines, text_lines
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import BadFile, Row
from bookmarks.formats.values import listed, paragraphs
from bookmarks.formats.works import Work, arxiv_in, bare_doi, day_of, row_of, shown_name

LABEL = "RIS"
TAG = re.compile(r"\s{0,4}([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*))?\Z")
BEGINS = re.compile(r"\s{0,4}TY\s{1,2}-\s")
LONGEST_REFERENCE = 4_000_000
KINDS = {
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), "book"),
    **dict.fromkeys(("JOUR", "EJOUR", "CONF", "CPAPER", "CHAP", "ECHAP", "THES", "RPRT"), "paper"),
    **dict.fromkeys(("UNPB", "INPR", "ABST", "MGZN"), "paper"),
    **{"DATA": "dataset", "COMP": "code", "VIDEO": "video", "MPCT": "video", "BLOG": "article"},
}
# What is on the web appeared at a site, not at a venue.
ON_THE_WEB = frozenset({"BLOG", "ELEC", "ICOMM", "WEB", "COMP", "DATA", "VIDEO"})
# Who wrote it, else who edited it; where it appeared.
PERSONS = ("AU", "A1", "A2", "ED")
VENUES = ("T2", "JF", "JO", "JA", "J1", "J2", "BT", "C3", "T3")
ADDRESSES = ("UR", "LK", "L2", "L1")
Said = Mapping[str, list[str]]


def looks_like(head: bytes) -> bool:
    """Tell by a line that begins a reference."""
    return any(map(BEGINS.match, head_lines(head)))


def read(file: BinaryIO) -> Iterator[Row]:
    """Yield a row for each reference; raises BadFile where there is none."""
    line = 0
    for line, kind, said in _references(text_lines(file)):
        yield row_of(_work(line, kind, said))
    if not line:
        raise BadFile("There are no references of RIS in this file.")


def _references(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, Said]]:
    """Yield each reference with its line and type; one without its end ends where another begins.

    A line without a tag goes on with the value before it.
    """
    begin, kind, last, length = 0, "", "", 0
    said: dict[str, list[str]] = {}
    for number, line in lines:
        found = TAG.match(line)
        tag = found[1] if found else ""
        if tag in ("TY", "ER"):
            if begin:
                yield begin, kind, said
            begin = number if tag == "TY" else 0
            kind = (found[2] or "").strip().upper() if found else ""
            said, last, length = {}, "", 0
        elif begin and line.strip() and length < LONGEST_REFERENCE:
            length += len(line)
            if found:
                said.setdefault(tag, []).append((found[2] or "").strip())
                last = tag
            elif last:
                said[last].append(f"\n{line.strip()}")
    if begin:
        yield begin, kind, said


def _work(line: int, kind: str, said: Said) -> Work:
    titles = (_joined(said, name) for name in ("TI", "T1", "CT", *(["BT"] if "T2" in said else [])))
    title = next(filter(None, titles), "") or _joined(said, "BT") or _joined(said, "T2")
    persons = next((found for name in PERSONS if (found := _values(said, name))), [])
    venues = [_joined(said, name) for name in (*VENUES, *(["PB"] if kind == "THES" else []))]
    venue = next((one for one in venues if one and one != title), "")
    is_web = kind in ON_THE_WEB
    words = [*_values(said, "N1"), *_values(said, "RN")]
    others = " ".join(part for name in ("AN", "M1", "M3", "ID") for part in said.get(name, ()))
    return Work(
        line,
        title=title,
        kind=KINDS.get(kind, ""),
        addresses=[one for name in ADDRESSES for one in _values(said, name)],
        doi=_joined(said, "DO") or bare_doi(" ".join([others, *words])),
        arxiv=arxiv_in(others),
        authors=[shown_name(one, suffix_last=True) for one in persons],
        published=_published(said),
        venue="" if is_web else venue,
        site=venue if is_web else "",
        abstract=_joined(said, "AB") or _joined(said, "N2"),
        words=paragraphs(*words),
        tags=_tags(said),
        saved_at=moment_of(_joined(said, "Y2")),
    )


def _values(said: Said, tag: str) -> list[str]:
    """Return the values of a tag, each with the lines that go on with it."""
    values: list[list[str]] = []
    for one in said.get(tag, ()):
        if one.startswith("\n") and values:
            values[-1].append(one[1:])
        elif one.strip():
            values.append([one.strip()])
    return ["\n".join(parts) for parts in values]


def _joined(said: Said, tag: str) -> str:
    return " ".join(" ".join(_values(said, tag)[:1]).split())


def _published(said: Said) -> str:
    told = [day for tag in ("DA", "PY", "Y1") if (day := day_of(_joined(said, tag)))]
    year = day_of(_joined(said, "PY")) or day_of(_joined(said, "Y1"))
    exact = max(told, key=len, default="")
    return exact if exact.startswith(year[:4]) else year


def _tags(said: Said) -> tuple[str, ...]:
    found = (part for one in _values(said, "KW") for part in listed(one, ";\n"))
    return tuple(dict.fromkeys(part for one in found for part in listed(one, ",")))
