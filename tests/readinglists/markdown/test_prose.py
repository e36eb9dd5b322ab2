"""What is said about a list is told from what is listed, and what was read can be kept."""

import pytest

from readinglists.markdown.kept import as_text, of_text
from readinglists.markdown.read import read_markdown
from tests.readinglists.markdown.test_read import COUNTS, item, read, titles

SECTION = "\n## Frogs\n\n- [Pond](https://pond.example)\n- [Toad](https://toad.example)\n"


@pytest.mark.parametrize(
    "before",
    [
        "- We also have a [page on toads](https://a.example) that you may like.\n"
        "- See our [newsletter](https://b.example) for more.\n",
        "- [Follow us](https://a.example)\n- [Join the chat](https://b.example)\n",
        "## About this list\n\n- [Frogs](https://a.example) are small.\n"
        "- [Toads](https://b.example) are not.\n",
        "## How to use this\n\n1. [Clone](https://a.example)\n2. [Read](https://b.example)\n",
        "## News\n\n- [2024/05] [Our paper](https://a.example) is out.\n"
        "- [2023/11] [Talk](https://b.example)\n",
    ],
)
def test_words_with_links_before_a_list_are_its_description(before: str) -> None:
    found = read_markdown(f"# Ponds\n\n{before}{SECTION}")
    assert titles(found) == ["Pond", "Toad"]
    assert "https://a.example" in found.description
    assert "https://b.example" in found.description


@pytest.mark.parametrize(
    "before",
    [
        "- [Frogs](https://a.example) - small\n- [Toads](https://b.example)\n",
        "## News\n\n- [Frog News](https://a.example)\n- [Toad Times](https://b.example)\n",
    ],
)
def test_entries_before_a_list_or_below_such_a_heading_are_entries(before: str) -> None:
    assert len(read_markdown(f"# Ponds\n\n{before}{SECTION}").items()) == 4


def test_paragraphs_of_one_link_each_are_entries() -> None:
    found = read_markdown(
        "# T\n\n## Data\n\nReady to use.\n\n[Frog Counts](https://a.example)\n\n"
        "[News](https://b.example) ([old one](https://c.example))\n\n## Words\n\n"
        "[A map](https://d.example) of all ponds.\n\n[More](https://e.example) is told there.\n"
        "\n- [Pond](https://f.example)\n"
    )
    assert titles(found) == ["Frog Counts", "News", "Pond"]
    assert [section.note.count("](") for section in found.sections()] == [0, 2]


def test_a_title_above_its_links_is_an_entry_with_what_is_quoted_below() -> None:
    found = read_markdown(
        "# T\n\n## Frogs\n\n**Leaping in Graphs: a study**. POND 2019.\n\n"
        "[![pdf](https://img.shields.io/badge/-pdf-red)](https://a.example/1)"
        " [![code](https://img.shields.io/badge/-code-red)](https://a.example/2)\n\n"
        "> We leap.\n\n**Not so.** Words.\n"
    )
    [only] = found.items()
    assert (only.draft.title, only.draft.url) == (
        *("Leaping in Graphs: a study", "https://a.example/1"),
    )
    assert only.draft.note.endswith("> We leap.")
    assert found.sections()[0].note == "**Not so.** Words."


def test_a_venue_in_italics_is_no_title_and_no_author() -> None:
    found = read_markdown(
        "- Leaps are all one needs. In *ICML 2019*. [[pdf](https://a.example)]\n"
        "- **Toads at Night.** *Ann Reed(Pond Lab) et al. arXiv.* [[paper](https://b.example)]\n"
    )
    leaps, toads = (one.draft for one in found.items())
    assert (leaps.title, leaps.venue, leaps.year) == ("Leaps are all one needs", "ICML", 2019)
    assert (toads.authors_text, toads.venue) == ("Ann Reed(Pond Lab) et al", "arXiv")


def test_a_heading_before_the_list_is_told_when_nothing_is_below_it() -> None:
    found = read_markdown(f"# T\n\n## Overview\n{SECTION}")
    assert [(one.line, one.text) for one in found.dropped] == [(3, "Overview")]


@pytest.mark.parametrize("name", COUNTS)
def test_what_was_read_is_kept_and_read_again_as_it_was(name: str) -> None:
    found = read(name)
    assert of_text(as_text(found)) == found


def test_what_was_kept_in_another_form_is_not_taken() -> None:
    assert of_text("") is None
    assert of_text('{"form": 0}') is None
    assert item(read("bullets"), "Keras").draft.alternates
