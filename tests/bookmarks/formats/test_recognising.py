"""The format of a file is told by what is in it, and its rows are read."""

import contextlib
import time
from datetime import UTC, datetime
from io import BytesIO

import pytest

from bookmarks.formats.recognising import HEAD, READERS, reader_of
from bookmarks.formats.rows import BadFile, Row

JSON = b"""[{"href":"https:\\/\\/a.example","description":"A \\"title\\"","extended":"Words\\nmore",
"meta":"0","hash":"1","time":"2014-05-13T16:53:20Z","shared":"no","toread":"yes","tags":"x .y"}
]"""
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<posts user="ada"><post href="https://a.example" time="2014-05-13T16:53:20Z"
 description="A &quot;title&quot;" extended="Words&#10;more" tag="x .y" hash="1" shared="no"
 toread="yes" /></posts>"""
HTML = b'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF="https://a.example">A</A></DL>'
CHROME = b',{"type": "url", "name": "A", "url": "https://a.example/", "date_added": "0"}'
PLAIN = (
    b"\xef\xbb\xbfhttps://a.example | A\n\n# words\nhttps://b.example\nwww.c.example/x\nno address"
)


def rows(data: bytes, name: str = "") -> list[Row]:
    """Read a file of whatever format."""
    return list(reader_of(data[:65_536], name)[1].read(BytesIO(data)))


@pytest.mark.parametrize(
    ("data", "name"),
    [(JSON, "pinboard_json"), (XML, "pinboard_xml"), (HTML, "netscape"), (PLAIN, "plain")],
)
def test_a_format_is_told_by_the_content(data: bytes, name: str) -> None:
    assert reader_of(data)[0] == name
    assert rows(data) == rows(data, name)


@pytest.mark.parametrize("data", [JSON, XML])
def test_pinboards_posts_arrive_whole(data: bytes) -> None:
    [row] = rows(data)
    assert (row.url, row.title) == ("https://a.example", 'A "title"')
    assert (row.description, row.tags) == ("Words\nmore", ("x", ".y"))
    assert (row.private, row.unread) == (True, True)
    assert row.saved_at == datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)


def test_addresses_one_a_line_are_read_with_their_titles() -> None:
    found = rows(PLAIN)
    assert [(row.line, row.url, row.title) for row in found[:3]] == [
        (1, "https://a.example", "A"),
        (4, "https://b.example", ""),
        (5, "www.c.example/x", ""),
    ]
    assert found[3].refused


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"\x89PNG\r\n\x1a\n", b'{"a": 1}', b"Just some words."]
)
def test_what_is_no_known_format_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile):
        reader_of(data)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"mozLz40\0\x10", "choose Backup"),
        (b"SQLite format 3\0", "database"),
        (b"bplist00", "Safari"),
        (b"\x1f\x8b\x08", "Unpack"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_handed_over_by_mistake_is_refused_with_what_to_do(head: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        reader_of(head)


@pytest.mark.parametrize("mark", [b'\\"', b'"', b"{", b'{"a":', b"'x',"])
def test_no_beginning_takes_long_to_recognise(mark: bytes) -> None:
    begun = time.process_time()
    with contextlib.suppress(BadFile):
        reader_of((b"[" + mark * HEAD)[:HEAD])
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("name", "head", "entry", "end"),
    [
        ("chrome_json", b'{"roots": {"other": {"children": [0', CHROME, b'], "name": "Behind"}}}'),
        ("pocket_csv", b"title,url,time_added,status\n", b"A,https://a.example/,1,\n", b""),
        ("netscape", HTML, b'<DT><A HREF="https://a.example">A</A>\n', b""),
        (
            "pinboard_xml",
            b"<posts>",
            b'<post href="https://a.example/" description="A"/>',
            b"</posts>",
        ),
    ],
    ids=["chrome_json", "pocket_csv", "netscape", "pinboard_xml"],
)
def test_rows_come_before_a_large_file_is_read_to_its_end(
    name: str, head: bytes, entry: bytes, end: bytes
) -> None:
    file = BytesIO(head + entry * (2_500_000 // len(entry)) + end)
    assert next(READERS[name].read(file)).url
    assert file.tell() < 2_000_000


def test_a_row_without_its_second_quotation_mark_is_refused_where_it_begins() -> None:
    found = rows(
        b'title,url,time_added,status\nA,https://a.example/,1,\n"B,https://b.example/,1,\n'
    )
    assert [(row.line, bool(row.refused)) for row in found] == [(2, False), (3, True)]


@pytest.mark.parametrize(
    "data", [b"Title\tURL\nA\thttps://a.example/\n", b'"Url";"Title"\n"https://a.example/";A']
)
def test_tables_have_other_signs_between_their_cells(data: bytes) -> None:
    assert [(row.url, row.title) for row in rows(data)] == [("https://a.example/", "A")]


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadFile, match="netscape"):
        reader_of(HTML, "nonsense")


@pytest.mark.parametrize("cut", [JSON[:-40], XML[:-20]])
def test_a_file_that_breaks_off_is_told(cut: bytes) -> None:
    with pytest.raises(BadFile, match="breaks off"):
        rows(cut)


def test_entities_of_a_files_own_are_not_read() -> None:
    bomb = (
        b'<!DOCTYPE posts [<!ENTITY a "aaaaaaaa">]><posts><post href="http://&a;.example"/></posts>'
    )
    with pytest.raises(BadFile):
        rows(bomb, "pinboard_xml")


@pytest.mark.parametrize("name", sorted(READERS))
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 5_000,
        b"[" * 200_000,
        b"<" * 200_000,
        b'[{"href":' * 50_000,
        bytes(range(256)) * 99,
    ],
)
def test_every_reader_bears_any_file(name: str, data: bytes) -> None:
    try:
        found = rows(data, name)
    except BadFile:
        return
    assert all(isinstance(row, Row) for row in found)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("markdown", b"[a](http://a) " * 20_000),
        ("markdown", b"[" * 200_000 + b"](http://a)"),
        ("org", b"[[http://a" * 50_000 + b"][" * 50_000),
        ("org", b"* [[http://a]]" + b" :a" * 50_000),
        ("xbel", b"<xbel><folder><title>" + b"a <b/> " * 50_000 + b"</title></folder></xbel>"),
        ("bibtex", b"@a{k,title={" + b"{" * 300_000),
        ("bibtex", b"@string{a={xxxxxxxx}}" + b"@string{a=a # a}" * 5_000 + b"@a{k,title=a}"),
    ],
    ids=[
        "links",
        "brackets",
        "org",
        "tags of org",
        "name of a folder",
        "braces",
        "strings of strings",
    ],
)
def test_no_line_takes_long_to_read(name: str, data: bytes) -> None:
    begun = time.process_time()
    assert len(list(READERS[name].read(BytesIO(data)))) in (0, 1, 20_000)
    assert time.process_time() - begun < 2
