"""What becomes of answers: their status, their kind, whether they changed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bookmarks.fetching.errors import (
    BadAnswer,
    FetchError,
    NotAPage,
    NotReachable,
)
from bookmarks.fetching.fetch import fetch_page, retry_after
from bookmarks.fetching.policy import FetchPolicy
from tests.hostile_server import HostileServer, Wire, head, page


def failure(url: str, policy: FetchPolicy) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch_page(url, policy)
    return caught.value


# --- statuses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "retry", "sentence"),
    [
        (400, False, "The site answered with an error (400)."),
        (401, False, "The site does not show this page to us (401)."),
        (403, False, "The site does not show this page to us (403)."),
        (404, False, "The site says that this page is gone (404)."),
        (408, True, "The site answered with an error (408)."),
        (410, False, "The site says that this page is gone (410)."),
        (425, True, "The site answered with an error (425)."),
        (429, True, "The site answered with an error (429)."),
        (500, True, "The site answered with an error (500)."),
        (503, True, "The site answered with an error (503)."),
        (304, False, "The site answered with an error (304)."),
    ],
)
def test_a_status_decides_about_trying_again(
    status: int, retry: bool, sentence: str, server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = page("", status=f"{status} Because")
    error = failure(server.url("/"), policy)
    assert isinstance(error, BadAnswer)
    assert (error.status, error.retry, error.sentence) == (status, retry, sentence)


def test_it_passes_on_how_long_to_wait(server: HostileServer, policy: FetchPolicy) -> None:
    server.answers["/"] = page("", status="429 Too Many", Retry_After="120")
    error = failure(server.url("/"), policy)
    assert isinstance(error, BadAnswer)
    assert error.retry_after == 120


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999999999", 7 * 24 * 3600),
        ("Mon, 01 Jan 2024 00:10:00 GMT", 600),
        ("Mon, 01 Jan 2024 00:10:00 -0000", 600),
        ("Sun, 31 Dec 2023 00:00:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(header: str, seconds: int | None) -> None:
    assert retry_after(header, datetime(2024, 1, 1, tzinfo=UTC)) == seconds


def test_it_asks_whether_the_page_has_changed(server: HostileServer, policy: FetchPolicy) -> None:
    server.answers["/"] = page("x", ETag='"1"', Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT")
    first = fetch_page(server.url("/"), policy)
    assert not first.not_modified
    server.answers["/"] = head("304 Not Modified", ETag='"1"')
    again = fetch_page(server.url("/"), policy, etag=first.etag, last_modified=first.last_modified)
    assert again.not_modified
    assert again.body == b""
    headers = server.received[1].headers
    assert headers["if-none-match"] == '"1"'
    assert headers["if-modified-since"] == "Mon, 01 Jan 2024 00:00:00 GMT"


# --- protocol -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>HTTP/0.9 has no status line</html>",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x00" * 100,
        head("200 OK", Content_Type="text/html", Transfer_Encoding="chunked") + b"zz\r\nx",
    ],
)
def test_an_answer_that_is_not_http_is_not_reachable(
    answer: bytes, server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = answer
    error = failure(server.url("/"), policy)
    assert isinstance(error, NotReachable)
    assert error.code == "protocol"


def test_a_body_that_breaks_off_is_kept_as_far_as_it_came(
    server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = (
        head("200 OK", Content_Type="text/html", Content_Length="5000") + b"<title>Head</title>"
    )
    fetched = fetch_page(server.url("/"), policy)
    assert fetched.body == b"<title>Head</title>"
    assert fetched.cut


# --- kinds of files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content_type", "noun"),
    [
        ("Application/EPUB+zip; charset=binary", "an e-book"),
        ("image/png", "an image"),
        ("video/mp4", "a video"),
        ("audio/mpeg", "a sound file"),
        ("application/zip", "an archive"),
        ("application/rss+xml", "a feed"),
        ("application/json", "a data file"),
        ("application/msword", "a text document"),
        ("application/vnd.ms-powerpoint", "a slide show"),
        ("text/css", "a style sheet"),
        ("application/x-whatever", "a file"),
    ],
)
def test_another_kind_of_file_is_named_and_not_read(
    content_type: str, noun: str, server: HostileServer, hasty: FetchPolicy
) -> None:
    def never_ending(wire: Wire) -> None:
        wire.send(head("200 OK", Content_Type=content_type))
        wire.stall()

    server.answers["/"] = never_ending
    error = failure(server.url("/"), hasty)
    assert isinstance(error, NotAPage)
    assert error.content_type == content_type
    assert error.sentence == f"This is {noun}, not a web page."
    assert not error.retry


@pytest.mark.parametrize(
    ("content_type", "body", "kind"),
    [
        ("application/pdf", b"GIF89a", "image/gif"),
        ("application/pdf", b"\x00\x01\x02", "application/octet-stream"),
        ("text/plain", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("", b"GIF89a", "image/gif"),
        ("", b"PK\x03\x04", "application/zip"),
        ("application/octet-stream", b"\x00\x01\x02", "application/octet-stream"),
        ("text/xml", b"<?xml version='1.0'?><rss version='2.0'>", "application/rss+xml"),
        ("text/xml", b"<?xml version='1.0'?><note/>", "text/xml"),
        ("", b"....ftypisom", "video/mp4"),
        ("", b"RIFF....WEBP", "image/webp"),
    ],
)
def test_a_file_under_a_wrong_type_is_recognised_by_its_first_bytes(
    content_type: str, body: bytes, kind: str, server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = page(body, Content_Type=content_type)
    error = failure(server.url("/"), policy)
    assert isinstance(error, NotAPage)
    assert error.content_type == kind


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html", b""),
        ("text/html", b"no markup at all"),
        ("TEXT/HTML;charset=x", b"x"),
        ("application/xhtml+xml", b"<?xml version='1.0'?><html/>"),
        ("text/plain", b"just text"),
        ("text/markdown", b"# Title"),
        ("", b"<!DOCTYPE html><title>x</title>"),
        ("", b"  <!-- comment --><title>x</title>"),
        ("", b"\xef\xbb\xbf<html>"),
        ("", b"plain words"),
        ("", "<html>é".encode("utf-16")),
        ("application/octet-stream", b"<html><title>x</title>"),
        ("application/xml", b"<?xml version='1.0'?><html xmlns='...'>"),
        ("application/pdf", b"%PDF-1.7 ..."),
        ("application/x-pdf", b"%PDF-1.7 ..."),
        ("Application/PDF; charset=binary", b"\n%PDF-1.7"),
        ("application/octet-stream", b"%PDF-1.7"),
        ("", b"%PDF-1.7"),
        ("text/html", b"%PDF-1.7"),
        ("application/pdf", b"<!DOCTYPE html><title>Sorry</title>"),
    ],
)
def test_it_takes_for_a_page(
    content_type: str, body: bytes, server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = page(body, Content_Type=content_type)
    fetched = fetch_page(server.url("/"), policy)
    assert fetched.body == body
    assert fetched.content_type == content_type


def test_the_cap_is_the_policys(server: HostileServer, policy: FetchPolicy) -> None:
    server.answers["/"] = page("0123456789")
    fetched = fetch_page(server.url("/"), replace(policy, max_bytes=4))
    assert (fetched.body, fetched.cut) == (b"0123", True)


def test_a_pdf_has_a_cap_of_its_own(server: HostileServer, policy: FetchPolicy) -> None:
    narrow = replace(policy, max_bytes=4, max_pdf_bytes=8)
    server.answers["/pdf"] = page("%PDF-1.7 and more", Content_Type="application/pdf")
    server.answers["/page"] = page("0123456789", Content_Type="text/plain")
    fetched = fetch_page(server.url("/pdf"), narrow)
    assert (fetched.body, fetched.cut) == (b"%PDF-1.7", True)
    assert fetch_page(server.url("/page"), narrow).body == b"0123"


def test_the_cap_of_pdfs_is_for_nothing_that_only_says_it_is_one(
    server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = page(b"<html>" + b"x" * 100, Content_Type="application/pdf")
    fetched = fetch_page(server.url("/"), replace(policy, max_bytes=8))
    assert (len(fetched.body), fetched.cut) == (8, True)
