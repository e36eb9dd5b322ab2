"""Files that are written can be read by others, whatever the texts in them are."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree, html

from bookmarks.exporting import FORMATS
from bookmarks.formats import softmarks_json
from bookmarks.formats.recognising import reader_of
from bookmarks.formats.rows import Row
from bookmarks.formats.writing.entry import Entry

DAY = datetime(2014, 5, 13, 16, 53, 20, 250_000, tzinfo=UTC)
TITLES = (
    "Plain",
    "A \"title\" & <b>'bold'</b> ]]> --> </A><script>",
    "emoji \U0001f389 and 日本語",
    "=cmd|' /C calc'!A0",
    "NUL\0 and half\ud83d a pair",
    "[x](javascript:y) *z* \\",
)
# What a format has no word for.
UNTOLD = {
    **{form: {"starred", "facts"} for form in ("pinboard_json", "pinboard_xml", "netscape")},
    "csv": {"facts"},
    "opml": {"private", "unread", "starred", "facts"},
    "markdown": {"saved_at", "private", "unread", "starred", "facts"},
}
WORDS = "First & <line>\n\nthird; # not a heading\n- nor a list\x0b"


def entries() -> Iterator[Entry]:
    """Yield a bookmark for each title, with something of everything."""
    for number, title in enumerate(TITLES):
        yield Entry(
            f"https://example.org/{number}?a=(1)&copy;=2",
            title,
            DAY + timedelta(days=number),
            DAY + timedelta(days=10),
            description=WORDS,
            labels=("C++", ".secret-->", "é"),
            private=number % 2 == 1,
            unread=number == 2,
            starred=number == 0,
            archived=number == 0,
            own_title=title,
        )


def written(form: str) -> bytes:
    return "".join(FORMATS[form].write(entries(), "ada")).encode()


def fit(text: str) -> str:
    return text.replace("\0", "").replace("\ud83d", "").replace("\x0b", "")


def rows(form: str) -> list[Row]:
    data = written(form)
    name, reader = reader_of(data[:65_536])
    assert name == ("softmarks" if form == "json" else form)
    return list(reader.read(io.BytesIO(data)))


@pytest.mark.parametrize("form", ["pinboard_json", "pinboard_xml", "netscape"])
def test_what_is_written_is_read_back(form: str) -> None:
    found = rows(form)
    assert [row.url for row in found] == [entry.url for entry in entries()]
    assert [row.title for row in found] == [fit(title) for title in TITLES]
    assert {row.description for row in found} == {fit(WORDS)}
    assert {row.tags for row in found} == {("C++", ".secret-->", "é")}
    assert [row.private for row in found] == [False, True] * 3
    assert [row.unread for row in found] == [False, False, True, False, False, False]
    assert found[0].saved_at == DAY.replace(microsecond=0)


@pytest.mark.parametrize("form", FORMATS)
def test_every_file_of_ours_comes_back_as_far_as_it_can_tell(form: str) -> None:
    texts = "a.b", "=1+1", "'=1", "R&D;x|y", "https://in.words.example/ [a](b)", "* - # 1. <b> `c`"
    put = [
        Entry(
            f"https://example.org/{number}?a=(1)&copy;=2&b=|,;#x",
            text,
            DAY.replace(microsecond=0) + timedelta(days=number),
            DAY.replace(microsecond=0) + timedelta(days=10),
            description=f"{text}\n\n{text} \\*",
            labels=("C++", "a;b|c", ".d&gt", "é"),
            private=number % 2 == 1,
            unread=number == 2,
            starred=number == 0,
            own_title=text,
            own_facts={"authors": ["A"], "sources": {"authors": "you"}} if number else {},
        )
        for number, text in enumerate(texts)
    ]
    data = "".join(FORMATS[form].write(put, "ada")).encode()
    name, reader = reader_of(data[:65_536])
    found = list(reader.read(io.BytesIO(data)))
    assert name == ("softmarks" if form == "json" else form)
    untold = UNTOLD.get(form, set())
    for entry, row in zip(put, found, strict=True):
        told = {
            "url": (entry.url, row.url),
            "title": (entry.title, row.title),
            "description": (entry.description, row.description),
            "tags": (entry.labels, row.tags),
            "folders": ((), row.folders),
            "saved_at": (entry.saved_at, row.saved_at),
            "private": (entry.private, row.private),
            "unread": (entry.unread, row.unread),
            "starred": (entry.starred, row.starred),
            "facts": (entry.own_facts, row.facts),
        }
        wrong = {key: pair for key, pair in told.items() if pair[0] != pair[1]}
        assert wrong.keys() <= untold, wrong


def test_pinboards_json_is_byte_for_byte_pinboards() -> None:
    [entry] = [Entry("https://e.org/", "é", DAY, DAY, labels=("a", "b"), private=True)]
    text = "".join(FORMATS["pinboard_json"].write([entry], "ada"))
    post = json.loads(text)[0]
    assert text == (
        '[{"href":"https:\\/\\/e.org\\/","description":"\\u00e9","extended":"",'
        f'"meta":"{post["meta"]}","hash":"5657e07de42d5135afe9cf2b8436cf65",'
        '"time":"2014-05-13T16:53:20Z","shared":"no","toread":"no","tags":"a b"}]\n'
    )


def test_no_cell_of_a_table_is_a_formula() -> None:
    for sign in "=+-@\t\r\n":
        entry = Entry("https://e.org/", f"{sign}1+1", DAY, DAY, f"{sign}2", (f"{sign}3".strip(),))
        text = "".join(FORMATS["csv"].write([entry], "ada"))
        _, cells = csv.reader(io.StringIO(text, newline=""))
        assert not any(cell.startswith(tuple("=+-@\t\r\n")) for cell in cells)
        assert cells[1] == f"'{sign}1+1"


def test_a_table_tells_everything_in_columns() -> None:
    table = list(csv.DictReader(io.StringIO(written("csv").decode(), newline="")))
    assert [row["title"].removeprefix("'") for row in table] == [fit(title) for title in TITLES]
    assert table[0] == {
        "url": "https://example.org/0?a=(1)&copy;=2",
        "title": "Plain",
        "description": fit(WORDS),
        "tags": "C++ .secret--> é",
        "time": "2014-05-13T16:53:20Z",
        "private": "no",
        "unread": "no",
        "starred": "yes",
    }


def test_an_outline_is_xml_with_every_address() -> None:
    root = etree.fromstring(written("opml"))
    links = root.findall("body/outline")
    assert [link.get("url") for link in links] == [entry.url for entry in entries()]
    assert [link.get("text") for link in links] == [fit(title) for title in TITLES]
    assert links[0].get("created") == "Tue, 13 May 2014 16:53:20 +0000"


def test_browsers_see_nothing_but_links_and_words_in_html() -> None:
    page = html.fromstring(written("netscape"))
    assert {element.tag for element in page.iter()} <= {
        *("html", "head", "body", "meta", "title", "h1", "dl", "dt", "dd", "a", "p")
    }
    assert [link.get("href") for link in page.iter("a")] == [entry.url for entry in entries()]


def test_our_own_json_tells_everything() -> None:
    told = json.loads(written("json"))
    assert (told["softmarks"], told["owner"], len(told["bookmarks"])) == (2, "ada", len(TITLES))
    assert told["bookmarks"][0] == {
        "url": "https://example.org/0?a=(1)&copy;=2",
        "title": "Plain",
        "description": fit(WORDS),
        "tags": ["C++", ".secret-->", "é"],
        "private": False,
        "unread": False,
        "starred": True,
        "archived": True,
        "saved_at": "2014-05-13T16:53:20.250000+00:00",
        "updated_at": "2014-05-23T16:53:20.250000+00:00",
        "source": "",
        "own_facts": {},
    }


def test_a_record_of_any_length_is_read_and_one_too_long_is_refused_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = [{"id": number, "note": "é\n" * 400_000, "after": [1]} for number in range(6)]
    sections = [{"title": "", "items": []}, {"title": "A", "level": 1, "items": items}]
    long = {"title": "Long", "sections": sections, "forked": [{"item": 1}], "tags": []}
    parts = {"lists": [long, {"title": "Short"}], "groups": [{"a": 1}]}
    text = json.dumps({"softmarks": 2, "owner": "ada", **parts})
    assert len(text) > 16_000_000
    found = list(softmarks_json.read(io.BytesIO(text.encode())))
    assert [row.record for row in found] == [long, {"title": "Short"}, {"a": 1}]
    monkeypatch.setattr(softmarks_json, "LONGEST", 10_000_000)
    again = list(softmarks_json.read(io.BytesIO(text.encode())))
    assert (again[0].refused, again[0].record) == (softmarks_json.TOO_LONG, {})
    assert again[1:] == found[1:]
    twice = f'{{"softmarks":2,"lists":[{{"a":[{{"b":"{"x" * 1_500_000}"}}],"a":{text}}}]}}'
    [odd] = softmarks_json.read(io.BytesIO(twice.encode()))
    assert odd.refused


def test_signs_of_markdown_are_only_signs() -> None:
    entry = Entry("https://e.org/a_(b)", "[x](y) *z*", DAY, DAY, "# No\n1. list", ("a-->b",))
    assert "".join(FORMATS["markdown"].write([entry], "ada_b")) == (
        "# Bookmarks of ada\\_b\n\n"
        "- [\\[x\\](y) \\*z\\*](<https://e.org/a_(b)>) <!-- TAGS: a--&gt;b -->\n"
        "\n  \\# No\n  1\\. list\n\n"
    )


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_kept_is_a_file_too(form: str) -> None:
    text = "".join(FORMATS[form].write([], "ada"))
    assert text
    assert "example" not in text
    if form in ("json", "pinboard_json"):
        json.loads(text)
    elif form in ("pinboard_xml", "opml"):
        etree.fromstring(text.encode())
