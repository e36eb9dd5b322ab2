"""Lists of every shape become sections and items as a person would write them down."""

from dataclasses import replace
from pathlib import Path

import pytest

from readinglists.drafts import ItemDraft
from readinglists.markdown.read import read_markdown
from readinglists.markdown.report import report_of
from readinglists.markdown.tree import ReadItem, ReadMarkdown, TooMuch
from readinglists.markdown.write import Head, Heading, write_list

LISTS = Path(__file__).parent / "lists"


def read(name: str) -> ReadMarkdown:
    return read_markdown((LISTS / f"{name}.md").read_text())


def item(found: ReadMarkdown, title: str) -> ReadItem:
    return next(one for one in found.items() if one.draft.title == title)


def titles(found: ReadMarkdown) -> list[str]:
    return [one.draft.title for one in found.items()]


def reasons(found: ReadMarkdown) -> set[str]:
    return {one.reason for one in found.dropped}


# Sections, items and other links as counted by hand.
COUNTS = {
    "bullets": (5, 13, 3),
    "labelled": (1, 6, 0),
    "numbered": (2, 6, 5),
    "roadmap": (5, 7, 0),
    "papers": (3, 4, 3),
    "lines": (3, 3, 2),
    "tables": (4, 8, 2),
    "headings": (1, 3, 1),
    "tasks": (2, 7, 0),
    "markup": (3, 5, 1),
    "titled": (1, 4, 0),
}


@pytest.mark.parametrize("name", COUNTS)
def test_sections_items_and_other_links_are_counted_as_by_hand(name: str) -> None:
    counts = report_of(read(name))["counts"]
    assert (counts["sections"], counts["items"], counts["alternates"]) == COUNTS[name]
    assert counts["unparsed"] == 0


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("- [A](https://a.test)\n", 1),
        ("- [A](https://a.test)\n\n## B\n\n- [C](https://c.test)\n", 1),
        ("## A\n\n- [A](https://a.test)\n\n### B\n\n- [C](https://c.test)\n", 2),
        ("No list at all.\n", 0),
    ],
)
def test_sections_with_a_name_are_counted_and_a_bare_list_is_one(text: str, sections: int) -> None:
    assert report_of(read_markdown(text))["counts"]["sections"] == sections


def test_items_behind_closed_details_stay_behind_them() -> None:
    found = read_markdown(
        "# T\n\n## Ponds\n\n- [A](https://a.example)\n\n"
        "<details><summary>Frogs</summary>\n\n- [B](https://b.example)\n\n</details>\n\n"
        "- [C](https://c.example)\n\n## Seas\n\n- [D](https://d.example)\n"
    )
    assert titles(found) == ["A", "B", "C", "D"]
    assert [(one.title, one.level) for one in found.sections()] == [
        *(("Ponds", 1), ("Frogs", 2), ("Ponds", 2), ("Seas", 1))
    ]


def test_bullets_keep_their_order_sections_and_notes() -> None:
    found = read("bullets")
    assert found.title == "Awesome Widgets"
    assert [(one.title, one.level) for one in found.sections()] == [
        ("Tools", 1),
        ("Small tools", 2),
        ("Books", 1),
        ("Fiction", 2),
        ("Fact", 2),
    ]
    assert titles(found)[:6] == [
        *("Gadgetry", "Keras", "Sprocket", "Old Spinner", "Spinner for beginners", "Pin"),
    ]
    assert item(found, "Sprocket").draft.note == "turns things."
    assert item(found, "Keras").draft.alternates[0].role == "code"
    assert found.sections()[0].note == "Things to run."


def test_a_link_that_leads_nowhere_is_dropped_and_its_words_stay() -> None:
    found = read("bullets")
    assert (item(found, "Screw").draft.url, item(found, "Bolt").draft.url) == ("", "")
    assert {one.text for one in found.dropped} >= {"[Screw](javascript:alert(1))", "[Bolt](Soon)"}


def test_what_is_about_the_file_is_dropped_with_a_reason() -> None:
    found = read("bullets")
    assert {"a table of contents", "badges", "“License” is about the file"} <= reasons(found)
    assert not {"Ann", "Ben", "Tools"} & set(titles(found))


def test_a_label_before_the_title_goes_into_the_note() -> None:
    found = read("labelled")
    assert (found.items()[0].draft.title, found.items()[0].draft.note) == (
        "Leaping Networks",
        "FROG",
    )
    assert titles(found)[-2:] == ["Frogs in Context", "Frogs in Context"]
    assert "letters" in found.description


def test_code_becomes_tags_and_a_number_is_kept_where_it_disagrees() -> None:
    found = read("numbered")
    frogs = item(found, "Frogs: Past and Future (Part 1)").draft
    assert (frogs.labels, frogs.year) == (("Pond",), 2020)
    assert [one.role for one in frogs.alternates] == ["paper", "code"]
    assert item(found, "Large-scale Frog Categorization").draft.labels == (
        "DianFrog",
        "Stitch-Pond",
    )
    assert [one.draft.number for one in found.items()] == ["", "", "", "3", "", ""]
    assert "words at the foot" in reasons(found)


def test_references_give_authors_venue_year_and_stars() -> None:
    draft = item(read("roadmap"), "Frogs: a survey").draft
    assert draft.authors_text == "Oak, Ann, and Ben Birch"
    assert (draft.year, draft.stars, draft.number) == (2015, 3, "1")
    assert draft.venue.startswith("Nature")
    assert draft.note == "**(Survey by two, ICLR best talk)**"


def test_a_heading_without_a_blank_is_a_heading() -> None:
    assert [one.title for one in read("roadmap").sections()] == [
        *("1 Frog History", "1.0 Book", "1.1 Survey", "2 Frog Method", "2.1 Model"),
    ]


def test_broken_addresses_are_mended_and_that_is_told() -> None:
    found = read("roadmap")
    urls = [one.draft.url for one in found.items()[4:]]
    assert urls == [
        "http://arxiv.org/pdf/1312.00602.pdf",
        "http://arxiv.org/pdf/1506.00869.pdf",
        "http://arxiv.org/pdf/1112.00209.pdf",
    ]
    assert all(one.repairs for one in found.items()[5:])


def test_authors_in_italics_and_badges_are_read() -> None:
    found = read("papers")
    frogs = item(found, "Can Frogs Leap?").draft
    assert (frogs.authors_text, frogs.venue, frogs.year) == (
        "Ann Oak, Dora Dale",
        "EMNLP",
        2019,
    )
    assert frogs.labels == ("LEAP", "Discrete-Pond")
    assert item(found, "Frogs Split in Two").draft.url == "https://arxiv.org/abs/2101.00191"


def test_lines_joined_by_backslashes_are_one_item() -> None:
    draft = item(read("lines"), "Frog Implicit Models").draft
    assert draft.authors_text == "Jim Song, Cen Meng, Stefano Elm"
    assert (draft.venue, draft.year) == ("ICLR", 2021)
    assert [one.role for one in draft.alternates] == ["project"]


def test_a_row_of_a_table_is_an_item_named_by_its_title() -> None:
    found = read("tables")
    assert titles(found) == [
        *("Leaping Is All You Need", "Improving Leaps by Training", "FrogNet", "ToadNet"),
        *("Frog Agents", "Toad Memory", "Tune a frog", "Merge frogs"),
    ]
    frognet = item(found, "FrogNet").draft
    assert (frognet.url, frognet.year) == ("https://arxiv.org/abs/2301.00001", 2023)
    assert frognet.alternates[0].role == "code"


def test_headings_with_a_link_to_the_course_are_items() -> None:
    found = read("headings")
    draft = item(found, "Friends with Frogs (Tübingen)").draft
    assert draft.url == "https://www.youtube.com/playlist?list=PLfrog2"
    assert "Frogs vs. Toads" in draft.note
    assert found.description == "We share courses on frogs."


def test_boxes_are_the_importers_own_state() -> None:
    found = read("tasks")
    assert [one.done for one in found.items()] == [False, True, False, False, False, False, True]
    assert titles(found)[3:6] == ["Frogs for Humans", "Frog Recipes", "Hello Frog - Recipes #1"]


def test_html_is_read_like_markdown() -> None:
    found = read("markup")
    assert found.title == "Frogs in HTML"
    assert item(found, "Frog One").draft.url == "https://frogs.example.org/one?a=1&b=2"
    assert item(found, "Frog Two").draft.alternates[0].role == "pdf"
    assert [one.title for one in found.sections()] == ["Reading", "More", "Swamp life", "More"]


def test_headings_above_excerpts_and_an_address_are_items_with_or_without_one() -> None:
    found = read("titled")
    assert [(one.draft.title, bool(one.draft.url)) for one in found.items()] == [
        ("Reckoning for Gardeners", True),
        ("Frogs Explained in 5 Minutes", False),
        ("Toads for Dummies", True),
        ("Keeping toads", True),
    ]
    assert found.items()[3].draft.note == (
        "## Key features\n\n• Many ponds: works with *all* of them.\n• Leaps: by themselves."
    )


@pytest.mark.parametrize("name", COUNTS)
def test_what_was_read_is_written_and_read_again_unchanged(name: str) -> None:
    first = read(name)
    text = _written(first)
    again = read_markdown(text)
    assert [_told(one) for one in again.items()] == [_told(one) for one in first.items()]
    assert _written(again) == text


def _told(one: ReadItem) -> ItemDraft:
    """What an item says; a label that says no more than its role is none."""
    alternates = tuple(
        replace(other, label="" if other.label == other.role else other.label)
        for other in one.draft.alternates
    )
    return replace(one.draft, alternates=alternates)


def _written(found: ReadMarkdown) -> str:
    parts: list[Heading | ItemDraft] = []
    for section in found.top.walk():
        if section.level:
            parts.append(Heading(section.title, min(section.level, 3), section.note))
        parts += [one.draft for one in section.items]
    head = Head(found.title or "List", found.description, found.labels)
    return "".join(write_list(head, parts))


def test_no_link_of_a_file_is_lost() -> None:
    found = read_markdown(
        "# T\n\nSee [one](https://a.example/1).\n\n## S\n\n- [A](https://a.example/2) - as in"
        " [this](https://a.example/3)\n\n```\nhttps://a.example/4\n```\n"
    )
    said = str(report_of(found))
    assert all(f"https://a.example/{number}" in said for number in range(1, 5))


def test_front_matter_names_the_list_and_the_rest_of_it_is_kept() -> None:
    found = read_markdown(
        "---\ntitle: Frogs\ntags: [pond, toad]\nlayout: page\n---\n- [A](http://a.example)\n"
    )
    assert (found.title, found.labels, found.front_matter["layout"]) == (
        *("Frogs", ("pond", "toad")),
        "page",
    )


BOMBS = {
    "nesting": "> " * 100 + "[x](http://e.example)\n",
    "deep lists": "\n".join("  " * deep + "- [x](http://e.example/1)" for deep in range(100)),
    "columns": "|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n|" + "[x](http://e.example)|" * 500,
    "brackets": "[" * 1_000_000,
    "anchors": "<div>" * 20_000,
    "stars": "*a " * 100_000,
    "script": "- [x](javascript:alert(1)) [y](data:text/html,x) [z](vbscript:x)\n",
    "columns of links": ("|" + "[x](http://e.example)|" * 60 + "\n|" + "-|" * 60 + "\n") * 5,
    "bullets a blank too deep": " - a\n" + "  - [b](http://e.example)\n" * 300,
    "numbers without a blank": "1.[" * 20_000,
    "names without end": "- " + "Ann Reed, " * 3_000 + "T [[pdf]](http://e.example)\n",
    "links in links": "- " + "[a](" * 10_000,
    "dates without end": "- " + "[2023/02]" * 5_000,
    "odd characters": "\0\ufeff# \ud800\n- [\u202e](http://e.example)\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_read_as_what_they_are(name: str) -> None:
    found = read_markdown(BOMBS[name])
    said = str(report_of(found)["sections"])
    assert "javascript:" not in [one.draft.url for one in found.items()]
    assert "'url': 'javascript" not in said


@pytest.mark.parametrize(
    "text",
    [
        "# T\n" + "- [Title](https://e.example/1)\n" * 5001,
        "# a\n" * 400_000,
        "a" * (5 * 1024 * 1024 + 1),
        "[a](" * 200_000,
    ],
)
def test_too_much_is_turned_away_with_a_sentence(text: str) -> None:
    with pytest.raises(TooMuch, match="at most"):
        read_markdown(text)


def test_habits_of_lists_in_the_wild_are_understood() -> None:
    found = read("wild")
    assert [(one.title, one.level, len(one.items)) for one in found.sections()] == [
        *(("Books", 1, 3), ("Papers", 1, 0), ("By the month", 2, 2), ("By name", 3, 1)),
        *(("By author", 4, 4), ("Tools", 1, 4)),
    ]
    assert titles(found) == [
        *("Still Water", "Deep Water", "A Short Book of Frogs and All They Eat"),
        *("How Toads Read the Weather", "Newts in Winter", "A Map of Small Ponds and Great Lakes"),
        *("Counting Frogs by their Song at Night", "Pond Net", "Learning the Songs of Toads"),
        *("Frogs of the North", "Frog", "Toad", "Newt", "水面"),
    ]
    assert item(found, "How Toads Read the Weather").draft.year == 2021
    song = item(found, "Learning the Songs of Toads").draft
    assert (song.authors_text, song.year) == ("Ann Reed and Carl Moss", 2016)
    assert song.note == "Night Songs"
    assert (
        item(found, "Pond Net").draft.note == "- Ann Reed, Bo Marsh, A net for ponds, POND, 2014."
    )
    assert [one.url for one in item(found, "Frog").draft.alternates] == [
        "https://licence.example.org/mit",
        "https://code.example.org/frog/source",
        "https://packages.example.org/frog",
    ]
    assert item(found, "Frog").draft.stars == 0
    assert item(found, "水面").draft.url == "https://code.example.org/water"
    assert not found.unparsed
