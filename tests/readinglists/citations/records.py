"""Records for the tests: hostile ones, and a strategy of them. Import `record`, `RECORDS`."""

from typing import Any

from hypothesis import strategies as st

from readinglists.citations.names import Name
from readinglists.citations.record import CitationRecord, Kind

HOSTILE = [
    "{",
    "}",
    "}}}{{{",
    "a } , title = {b",
    "@article{x, title={y}}",
    "\n@misc{evil,\n title={z}}",
    "50% of & nothing #1 a_b ~ ^ \\",
    "trailing backslash \\",
    '"quoted" = , text',
    "$\\ell_\\infty$ and $x$",
    "costs $5 and $10",
    "$\\{$ broken $}$",
    "$a_{$ b $}$",
    "a $x\\$ y} $",
    "BERT, GPT-4 and ReLU$^2$",
    "x\r\nER  - \r\nTY  - JOUR",
    "\nAB  - injected",
    "\\{ \\} \\\\{",
    "東京 é ß",
    "{nested {braces} stay}",
    "% comment",
    "\\textit{x}",
]
TEXTS = st.sampled_from(HOSTILE) | st.text(
    st.sampled_from('{}\\$%&#_~^@",=\n\r\t aZé') | st.characters(codec="utf-8"), max_size=30
)
NAMES = st.builds(Name, TEXTS, TEXTS, TEXTS) | st.builds(Name, literal=TEXTS)


def record(key: str = "ada2020engine", kind: Kind = Kind.PREPRINT, **said: Any) -> CitationRecord:
    """Return a record with what is said of it."""
    return CitationRecord(key, kind, **{"title": "On engines", **said})


RECORDS = st.builds(
    CitationRecord,
    key=st.just("ada2020engine"),
    kind=st.sampled_from(Kind),
    title=TEXTS,
    authors=st.lists(NAMES, max_size=3).map(tuple),
    others=st.booleans(),
    year=st.none() | st.integers(1000, 2100),
    month=st.none() | st.integers(1, 12),
    day=st.none() | st.integers(1, 28),
    venue=TEXTS,
    doi=TEXTS,
    arxiv=st.just("") | st.just("1706.03762"),
    url=st.just("https://example.org/a_b%20(c)?d=e&f#g"),
    abstract=TEXTS,
    keywords=st.lists(TEXTS, max_size=2).map(tuple),
    note=TEXTS,
    site=TEXTS,
    medium=TEXTS,
    accessed=st.just("") | st.just("2026-01-02"),
    duration=st.none() | st.integers(1, 9999),
)
