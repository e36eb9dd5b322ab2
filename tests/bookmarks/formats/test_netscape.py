"""Bookmark files of browsers and services, with the quirks that their writers have."""

import time
from datetime import UTC, datetime
from io import BytesIO

import pytest

from bookmarks.formats import netscape
from bookmarks.formats.rows import BadFile, Row

HEAD = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<H1>Bookmarks</H1>\n<DL><p>\n"


def rows(text: str | bytes) -> list[Row]:
    """Read a file."""
    data = text if isinstance(text, bytes) else text.encode()
    return list(netscape.read(BytesIO(data)))


def row(text: str) -> Row:
    """Read a file with one entry."""
    [found] = rows(HEAD + text)
    return found


def test_every_attribute_of_an_entry_is_read() -> None:
    found = row(
        '<DT><A HREF="https://a.example/?x=1&amp;y=2" ADD_DATE="1400000000"'
        ' LAST_MODIFIED="1400000001" PRIVATE="1" TOREAD="0" TAGS="deep nets,bayes">T &amp; U</A>'
    )
    assert (found.line, found.url, found.title) == (4, "https://a.example/?x=1&y=2", "T & U")
    assert found.tags == ("deep nets", "bayes")
    assert (found.private, found.unread) == (True, False)
    assert found.saved_at == datetime.fromtimestamp(1_400_000_000, UTC)
    assert found.updated_at == datetime.fromtimestamp(1_400_000_001, UTC)


def test_what_is_not_said_is_none() -> None:
    found = row('<DT><A HREF="https://a.example">A</A>')
    assert (found.private, found.unread, found.saved_at) == (None, None, None)


def test_folders_keep_their_path_and_end_where_they_end() -> None:
    found = rows(
        HEAD + "<DT><H3>One</H3>\n<DL><p><DT><H3 FOLDED>Two &amp; <b>3</b></H3><DL><p>"
        '<DT><A HREF="http://in.example">in</A></DL><p>'
        '<DT><A HREF="http://mid.example">mid</A></DL><HR><DT><A HREF="http://out.example">o</A>'
    )
    assert [one.folders for one in found] == [("One", "Two & 3"), ("One",), ()]


def test_words_and_titles_go_on_behind_tags_inside() -> None:
    found = rows(
        HEAD + '<DT><A HREF="http://a.example">T &amp; <b>bold</b> a < b tail</A>\n<DD>One\ntwo<br>'
        '<a href="http://no.example">three</a> end\n<DT><A HREF="http://b.example">B</A>'
    )
    assert found[0].title == "T & bold a < b tail"
    assert found[0].description == "One\ntwo\nthree end"
    assert [one.url for one in found] == ["http://a.example", "http://b.example"]


def test_the_words_on_a_folder_are_not_those_of_a_link() -> None:
    found = rows(
        HEAD + '<DT><A HREF="http://a.example">A</A>\n<DT><H3>F</H3>\n<DD>of the folder\n<DL><p>'
        '<DT><A HREF="http://b.example">B</A>\n</DL>'
    )
    assert [one.description for one in found] == ["", ""]


@pytest.mark.parametrize(
    ("text", "tags"),
    [("a,b", ("a", "b")), ("a b", ("a", "b")), ("a b,c", ("a b", "c")), ("", ())],
)
def test_tags_stand_between_commas_or_blanks(text: str, tags: tuple[str, ...]) -> None:
    assert row(f'<DT><A HREF="http://a.example" TAGS="{text}">A</A>').tags == tags


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1400000000", datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)),
        ("1400000000000", datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)),
        ("1400000000000000", datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)),
        ("10/Oct/2000:13:55:36 +0300", datetime(2000, 10, 10, 10, 55, 36, tzinfo=UTC)),
        ("2014-05-13T16:53:20Z", datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)),
        ("", None),
        ("0", None),
        ("yesterday", None),
        ("9" * 30, None),
    ],
)
def test_dates_of_every_form_are_read(text: str, moment: datetime | None) -> None:
    assert row(f'<DT><A HREF="http://a.example" ADD_DATE="{text}">A</A>').saved_at == moment


def test_smart_folders_and_feeds_without_a_page_are_no_bookmarks() -> None:
    *found, page = rows(
        HEAD + '<DT><A HREF="place:sort=8">Most visited</A>'
        '<DT><A FEEDURL="http://a.example/rss">News</A>'
        '<DT><A HREF="http://a.example/rss" FEEDURL="http://a.example/rss">News</A>'
        '<DT><A HREF="http://a.example" FEEDURL="http://a.example/rss">News</A>'
    )
    assert [bool(one.skipped) for one in found] == [True, True, True]
    assert (page.url, page.skipped) == ("http://a.example", "")


def test_linkdings_archive_and_notes_are_understood() -> None:
    link = '<DT><A HREF="http://a.example" TAGS="x,linkding:bookmarks.archived">A</A>\n\r<DD>'
    found = row(link)
    assert (found.archived, found.tags, found.description) == (True, ("x",), "")
    for words, kept in (
        ("Words[linkding-notes]notes[/linkding-notes]", "Words\n\n---\n\nnotes"),
        ("[linkding-notes]\n# N\n\nmore\n[/linkding-notes]", "---\n\n# N\n\nmore"),
        ("Words[linkding-notes][/linkding-notes]", "Words"),
        ("Words[linkding-notes]cut", "Words\n\n---\n\ncut"),
    ):
        assert row(link + words).description == kept


def test_pockets_lists_are_read_with_their_headings() -> None:
    found = rows(
        "<!DOCTYPE html><html><body><h1>Unread</h1><ul>"
        '<li><a href="http://a.example" time_added="1400000000" tags="x,y">A</a></li></ul>'
        '<h1>Read Archive</h1><ul><li><a href="http://b.example" time_added="1" tags="">B</a></li>'
    )
    assert [(one.unread, one.archived) for one in found] == [(True, False), (False, True)]
    assert found[0].tags == ("x", "y")
    assert found[0].saved_at


def test_a_file_that_breaks_off_keeps_what_is_whole() -> None:
    whole, cut = rows(HEAD + '<DT><A HREF="http://a.example">A\n<DT><A HREF="http://b.exa')
    assert (whole.url, whole.title, whole.refused) == ("http://a.example", "A", "")
    assert cut.refused


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(encoding: str) -> None:
    text = HEAD + '<DT><A HREF="http://a.example">café</A>'
    assert [one.title for one in rows(text.encode(encoding))] == ["café"]


def test_old_lower_case_files_without_lists_are_read() -> None:
    found = rows('<html><dt><a href="?abc" private="1" description="w">Note</a><dd>x')
    assert [(one.url, one.private, one.description) for one in found] == [("?abc", True, "x")]


def test_what_has_no_links_at_all_is_refused() -> None:
    with pytest.raises(BadFile):
        rows("<html><p>Hello")


@pytest.mark.parametrize(
    "data",
    [
        b"<dl>" * 100_000 + b'<dt><a href="http://a.example">A</a>',
        b"<dl><dt><a href='" * 20_000,
        b"<dl><a " + b"x=\"'" * 100_000,
        b"<dl>" + b"<!--" * 100_000,
        b"<dl><dt><a href=http://a.example>" + b"<b>" * 100_000,
    ],
)
def test_hostile_files_cost_no_more_than_their_length(data: bytes) -> None:
    begun = time.process_time()
    assert len(rows(data)) <= 20_000
    assert time.process_time() - begun < 5
