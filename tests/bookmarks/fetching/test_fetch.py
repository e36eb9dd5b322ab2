"""Fetching a page from servers that mean no good."""

import gzip
import tracemalloc
import zlib

import pytest

from bookmarks.fetching.content_coding import decoded
from bookmarks.fetching.errors import (
    BadAnswer,
    FetchError,
    NotReachable,
    Refused,
    TooLarge,
    TooSlow,
)
from bookmarks.fetching.fetch import fetch_page
from bookmarks.fetching.policy import FetchPolicy
from tests.hostile_server import HostileServer, Wire, bomb, head, page, redirect

MEGABYTE = 1024 * 1024


def failure(url: str, policy: FetchPolicy) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch_page(url, policy)
    return caught.value


# --- redirects ------------------------------------------------------------------------------


def test_it_follows_five_redirects_and_lists_them(
    server: HostileServer, policy: FetchPolicy
) -> None:
    for step, status in enumerate((301, 302, 303, 307, 308)):
        server.answers[f"/{step}"] = redirect(f"/{step + 1}", f"{status} Moved")
    server.answers["/5"] = page("there")
    fetched = fetch_page(server.url("/0"), policy)
    assert fetched.url == server.url("/5")
    assert fetched.redirects == tuple(server.url(f"/{step}") for step in range(5))
    assert fetched.body == b"there"


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [((), False), ((301,), True), ((301, 308), True), ((302,), False), ((301, 307, 308), False)],
)
def test_it_tells_whether_a_page_moved_for_good(
    statuses: tuple[int, ...], permanent: bool, server: HostileServer, policy: FetchPolicy
) -> None:
    for step, status in enumerate(statuses):
        server.answers[f"/{step}"] = redirect(f"/{step + 1}", f"{status} Moved")
    server.answers[f"/{len(statuses)}"] = page("there")
    assert fetch_page(server.url("/0"), policy).permanent is permanent


def test_it_does_not_follow_a_sixth_redirect(server: HostileServer, policy: FetchPolicy) -> None:
    for step in range(9):
        server.answers[f"/{step}"] = redirect(f"/{step + 1}")
    error = failure(server.url("/0"), policy)
    assert isinstance(error, BadAnswer)
    assert error.sentence == "The site redirects too many times."
    assert not error.retry
    assert len(server.received) == 6


def test_it_notices_a_circle(server: HostileServer, policy: FetchPolicy) -> None:
    server.answers["/a"] = redirect("/b")
    server.answers["/b"] = redirect("/a#again")
    error = failure(server.url("/a"), policy)
    assert isinstance(error, BadAnswer)
    assert error.status == 302
    assert error.sentence == "The site redirects in a circle."
    assert server.paths() == ["/a", "/b"]


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "//127.0.0.1:1/",
        "http://[::1]/",
        "http://2130706433/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "http://user@example.com/",
        "http://example.com:22/",
        "http://exam\\ple.com/",
    ],
)
def test_it_judges_every_redirect_anew(
    location: str, server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = redirect(location)
    assert isinstance(failure(server.url("/"), policy), Refused)
    assert server.paths() == ["/"]


def test_it_reads_a_location_in_utf8_and_relative_to_the_page(
    server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/a/b"] = head("302 Found", Content_Length="0", Location="X").replace(
        b"X", "../é x".encode()
    )
    server.answers["/%C3%A9%20x"] = page("there")
    assert fetch_page(server.url("/a/b"), policy).body == b"there"


@pytest.mark.parametrize("location", ["", "http://[::1"])
def test_a_redirect_to_nowhere_is_a_bad_answer(
    location: str, server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = head("302 Found", Location=location, Content_Length="0")
    error = failure(server.url("/"), policy)
    assert isinstance(error, BadAnswer)
    assert error.status == 302


def test_it_never_reads_the_body_of_a_redirect(server: HostileServer, hasty: FetchPolicy) -> None:
    packed = bomb(64)
    server.answers["/bomb"] = (
        head(
            "302 Found",
            Location="/drip",
            Content_Encoding="gzip",
            Content_Length=str(len(packed)),
        )
        + packed
    )

    def drip(wire: Wire) -> None:
        wire.send(head("302 Found", Location="/end", Content_Length="1000000"))
        wire.drip(b"x")

    server.answers["/drip"] = drip
    server.answers["/end"] = page("end")
    tracemalloc.start()
    fetched = fetch_page(server.url("/bomb"), hasty)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fetched.body == b"end"
    assert peak < 8 * MEGABYTE


# --- size and time --------------------------------------------------------------------------


def test_it_cuts_a_long_body_and_says_so(server: HostileServer, policy: FetchPolicy) -> None:
    server.answers["/"] = page(b"x" * (policy.max_bytes + 1))
    fetched = fetch_page(server.url("/"), policy)
    assert fetched.cut
    assert len(fetched.body) == policy.max_bytes


def test_a_body_of_just_the_size_allowed_is_whole(
    server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = page(b"x" * policy.max_bytes)
    fetched = fetch_page(server.url("/"), policy)
    assert not fetched.cut
    assert len(fetched.body) == policy.max_bytes


def test_a_bomb_of_gzip_costs_no_more_than_the_cap(
    server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = page(bomb(200), Content_Encoding="gzip")
    tracemalloc.start()
    fetched = fetch_page(server.url("/"), policy)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert fetched.cut
    assert len(fetched.body) == policy.max_bytes
    assert peak < 8 * MEGABYTE


def test_a_bomb_is_unpacked_in_small_pieces() -> None:
    pieces = [len(piece) for piece in decoded([bomb(4)], "gzip")]
    assert sum(pieces) == 4 * MEGABYTE
    assert max(pieces) <= 64 * 1024


def test_an_endless_body_is_cut(server: HostileServer, policy: FetchPolicy) -> None:
    def endless(wire: Wire) -> None:
        wire.send(head("200 OK", Content_Type="text/html", Transfer_Encoding="chunked"))
        while True:
            wire.send(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")

    server.answers["/"] = endless
    assert fetch_page(server.url("/"), policy).cut


def drip_body(wire: Wire) -> None:
    wire.send(head("200 OK", Content_Type="text/html", Content_Length="1000000"))
    wire.drip(b"x")


def drip_body_without_length(wire: Wire) -> None:
    wire.send(head("200 OK", Content_Type="text/html"))
    wire.drip(b"x")


def drip_headers(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nX: ")
    wire.drip(b"x")


def drip_continue(wire: Wire) -> None:
    wire.drip(b"HTTP/1.1 100 Continue\r\n\r\n")


@pytest.mark.parametrize(
    "answer", [Wire.stall, drip_body, drip_body_without_length, drip_headers, drip_continue]
)
def test_a_server_that_never_finishes_is_given_up_on_at_the_deadline(
    answer: object, server: HostileServer, hasty: FetchPolicy
) -> None:
    server.answers["/"] = answer  # type: ignore[assignment]
    error = failure(server.url("/"), hasty)
    assert isinstance(error, TooSlow)
    assert error.retry


def test_redirects_share_one_deadline(server: HostileServer, hasty: FetchPolicy) -> None:
    def slow(step: int) -> object:
        def answer(wire: Wire) -> None:
            wire.closing.wait(0.15)
            wire.send(redirect(f"/{step + 1}"))

        return answer

    for step in range(5):
        server.answers[f"/{step}"] = slow(step)  # type: ignore[assignment]
    assert isinstance(failure(server.url("/0"), hasty), TooSlow)
    assert len(server.received) < 5


def test_a_stalled_handshake_is_given_up_on(server: HostileServer, hasty: FetchPolicy) -> None:
    url = server.url("/").replace("http:", "https:")
    assert isinstance(failure(url, hasty), TooSlow | NotReachable)


def test_a_flood_of_headers_is_refused(server: HostileServer, policy: FetchPolicy) -> None:
    flood = b"".join(b"X-%d: y\r\n" % number for number in range(5000))
    server.answers["/many"] = b"HTTP/1.1 200 OK\r\n" + flood + b"\r\nbody"
    server.answers["/long"] = b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\nbody"
    for path in ("/many", "/long"):
        error = failure(server.url(path), policy)
        assert isinstance(error, TooLarge)
        assert not error.retry


# --- content codings ------------------------------------------------------------------------

TEXT = b"<title>packed</title>" * 200
RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATE = RAW.compress(TEXT) + RAW.flush()


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("GZIP", gzip.compress(TEXT, mtime=0)),
        ("x-gzip", gzip.compress(TEXT, mtime=0)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", RAW_DEFLATE),
        ("identity", TEXT),
        ("gzip", TEXT),
        ("gzip", gzip.compress(TEXT, mtime=0) + b"rubbish after the end"),
    ],
)
def test_it_undoes_the_coding_whatever_it_is_called(
    coding: str, data: bytes, server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = page(data, Content_Encoding=coding)
    assert fetch_page(server.url("/"), policy).body == TEXT


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "rot13"])
def test_it_does_not_guess_at_a_coding_it_never_asked_for(
    coding: str, server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = page(b"\x8b\x00rubbish", Content_Encoding=coding)
    error = failure(server.url("/"), policy)
    assert isinstance(error, BadAnswer)
    assert "could not be read" in error.sentence


def test_what_was_unpacked_before_the_data_went_bad_is_kept(
    server: HostileServer, policy: FetchPolicy
) -> None:
    broken = bytearray(gzip.compress(b"".join(b"<p>%d</p>" % n for n in range(5000))))
    broken[len(broken) // 2 :] = b"\xff" * 100
    server.answers["/"] = page(bytes(broken), Content_Encoding="gzip")
    assert fetch_page(server.url("/"), policy).body.startswith(b"<p>0</p><p>1</p>")
