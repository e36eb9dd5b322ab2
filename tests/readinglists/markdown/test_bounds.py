"""However odd a text is, reading it takes time by its length, and what is cut is told."""

import time

import pytest

from readinglists.markdown.read import read_markdown
from readinglists.markdown.tree import TooMuch

ENTRY = "# T\n\n- [A](https://a.example) "
PAPER = f"{ENTRY}[[pdf](https://b.example)] "
LIST = f"{ENTRY}\n\n"
ODD = {
    "brackets in brackets": ENTRY + "(" * 9_000 + ")" * 9_000,
    "square brackets in brackets": ENTRY + "[" * 9_000 + "]" * 9_000,
    "an open bracket and blanks": f"{ENTRY}x( {' ' * 18_000}x",
    "italics without end": PAPER + "*a " * 6_000,
    "an entry without end": ENTRY + "word " * 200_000,
    "a head without end": "---\n" + "a: b\n" * 50_000,
    "comments without end": LIST + "x " + "<!--" * 30_000,
    "summaries without end": LIST + "<div>" + "<summary>" * 15_000,
    "sections without items": LIST + "## a\n" * 8_000,
}


@pytest.mark.parametrize("name", ODD)
def test_reading_takes_time_by_the_length_of_a_text(name: str) -> None:
    began = time.process_time()
    read_markdown(ODD[name])
    assert time.process_time() - began < 2


def test_what_is_cut_from_an_entry_is_told_with_its_line() -> None:
    found = read_markdown(ENTRY + "word " * 5_000 + "tail\n")
    assert [one.draft.url for one in found.items()] == ["https://a.example"]
    assert [one.line for one in found.unparsed] == [3]


def test_a_file_of_too_many_lines_is_turned_away() -> None:
    with pytest.raises(TooMuch, match="lines at most"):
        read_markdown("a: b\n" * 100_001)
