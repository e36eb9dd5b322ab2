"""Answers that a server should not give. Import `ANSWERS`, `Kind`.

Each has a name, the answer, and what may come of it; `canary` is the address of a server that must
not be asked, `bombs` are packed once.
"""

import gzip
import zlib
from enum import Enum
from functools import cache

from tests.bombs import deflated
from tests.hostile_server import Answer, Wire, bomb, head, page, redirect

HTML = "text/html"


class Kind(Enum):
    """What became of a fetch."""

    PAGE = "page"
    REFUSED = "refused"
    FAILED = "failed"


@cache
def packed() -> bytes:
    """Return 400 MB in 0.4."""
    return bomb(400)


@cache
def packed_twice() -> bytes:
    return gzip.compress(packed(), mtime=0)


def begin(*lines: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", f"Content-Type: {HTML}", *lines, "", ""]).encode()


def drips(first: bytes, again: bytes) -> Answer:
    """Send something, and then something else for ever."""

    def answer(wire: Wire) -> None:
        wire.send(first)
        wire.drip(again)

    return answer


def floods(first: bytes, again: bytes) -> Answer:
    """The same, as fast as it goes."""

    def answer(wire: Wire) -> None:
        wire.send(first)
        while not wire.closing.is_set():
            wire.send(again)

    return answer


def stalls(first: bytes) -> Answer:
    def answer(wire: Wire) -> None:
        wire.send(first)
        wire.stall()

    return answer


def redirects(status: int, after: bytes = b"", **fields: str) -> bytes:
    return head(f"{status} Moved", Location="/end", **fields) + after


CHUNKED = begin("Transfer-Encoding: chunked")

# A server that never finishes, at every place where it may stop or crawl.
SLOW: dict[str, Answer] = {
    "silence": Wire.stall,
    "a status line that crawls": drips(b"HTTP/1.1 200 ", b"O"),
    "headers that crawl": drips(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "header lines that crawl": drips(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "headers that stop": stalls(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"),
    "a body that stops at once": stalls(begin("Content-Length: 9")),
    "a body that stops": stalls(begin("Content-Length: 900") + b"<title>x"),
    "a body that crawls": drips(begin("Content-Length: 99999"), b"x"),
    "a body without length that crawls": drips(begin(), b"x"),
    "chunks that crawl": drips(CHUNKED, b"1\r\nx\r\n"),
    "a length of a chunk that crawls": drips(CHUNKED, b"0"),
    "an extension of a chunk that crawls": drips(CHUNKED + b"1;", b"x"),
    "trailers that crawl": drips(CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n"),
    "gzip that crawls": drips(begin("Content-Encoding: gzip"), packed()[:1]),
    "100 Continue for ever": drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "100 Continue in a flood": floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "103 Early Hints for ever": drips(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
    "102 Processing for ever": drips(b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "a redirect whose headers crawl": drips(b"HTTP/1.1 302 Found\r\nLocation: ", b"x"),
    "an error whose headers crawl": drips(b"HTTP/1.1 500 Oh\r\nX: ", b"x"),
}

# 3xx bodies are never read, so that what is after the redirect comes at once.
REDIRECTS: dict[str, Answer] = {
    f"a {status} with a bomb": redirects(status, packed(), Content_Encoding="gzip")
    for status in (301, 302, 303, 307, 308)
}
REDIRECTS |= {
    "a redirect that drips": drips(redirects(302, Content_Length="99999"), b"x"),
    "a redirect without end": floods(redirects(302), b"x" * 65536),
    "a redirect in chunks that drip": drips(redirects(302, Transfer_Encoding="chunked"), b"1\r\nx"),
    "a redirect that stops": stalls(redirects(302, Content_Length="99999")),
    "a redirect with a cookie": redirects(302, Set_Cookie="a=b; Path=/", Content_Length="0"),
    "a redirect with a realm": redirects(302, WWW_Authenticate="Basic realm=x", Content_Length="0"),
}

# Answers of which something can be read, but never more than is allowed.
LARGE: dict[str, Answer] = {
    "a bomb of gzip": page(packed(), Content_Encoding="gzip"),
    "a bomb of x-gzip": page(packed(), Content_Encoding="X-GZIP"),
    "a bomb of deflate": page(deflated(bytes(1 << 20), 200), Content_Encoding="deflate"),
    "a bomb of zlib": page(zlib.compress(bytes(8 << 20), 9), Content_Encoding="deflate"),
    "a bomb that says it is small": begin("Content-Encoding: gzip") + packed(),
    "gzip after gzip": page(packed() + packed(), Content_Encoding="gzip"),
    "a body without end": floods(begin(), b"x" * 65536),
    "chunks without end": floods(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"),
    "tiny chunks without end": floods(CHUNKED, (b"10\r\n" + b"x" * 16 + b"\r\n") * 5000),
    "gzip without end": floods(begin("Content-Encoding: gzip") + packed()[:300_000], bytes(65536)),
    "a length of nines": begin("Content-Length: " + "9" * 18) + b"<title>x</title>",
    "a length too short": begin("Content-Length: 3") + b"<title>x</title>" * 1000,
    "no length, and gone": begin() + b"<title>x</title>",
    "gzip that is cut": begin("Content-Encoding: gzip") + packed()[:5000],
    "gzip that is none": page("<title>x</title>", Content_Encoding="gzip"),
    "deflate that is none": page("<title>x</title>", Content_Encoding="deflate"),
    "two lengths": begin("Content-Length: 16", "Content-Length: 16") + b"<title>x</title>",
    "a page for nobody": page(""),
    "204": head("204 No Content"),
    "nesting without end": page(b"<div>" * 500_000),
    "one tag of attributes": page(b"<a " + b" ".join(b"a%d=1" % n for n in range(200_000))),
    "a cookie": page("x", Set_Cookie="session=1; Domain=.example.com"),
    "a refresh": page("x", Refresh="0; url={canary}"),
    "a page that leads inside": page(
        "<base href='{canary}'><meta http-equiv=refresh content='0;url={canary}'>"
        "<link rel=icon href='{canary}'><link rel=canonical href='{canary}'>"
        "<meta property=og:image content='{canary}'><script src='{canary}'></script>"
        "<link rel=alternate type=application/json+oembed href='{canary}'><img src='{canary}'>"
    ),
    "an entity that leads inside": page(
        "<?xml version='1.0'?><!DOCTYPE html SYSTEM '{canary}' [<!ENTITY x SYSTEM '{canary}'>]>"
        "<html xmlns='http://www.w3.org/1999/xhtml'><title>&x;</title></html>",
        Content_Type="application/xhtml+xml",
    ),
    "links in the header": page("x", Link="<{canary}>; rel=preload", Content_Location="{canary}"),
}

# Answers that are none.
BROKEN: dict[str, Answer] = {
    "a bomb in a bomb": page(packed_twice(), Content_Encoding="gzip"),
    "one chunk of 16 EB": CHUNKED + b"ffffffffffffffff\r\n" + b"<title>x</title>" * 99,
    "nothing": b"",
    "a line break": b"\r\n\r\n",
    "HTTP/0.9": b"<title>no status line</title>",
    "SSH": b"SSH-2.0-OpenSSH_9.2\r\n",
    "Redis": b"-ERR unknown command\r\n",
    "SMTP": b"220 mail.example ESMTP\r\n",
    "zeros": bytes(1 << 20),
    "a status of letters": b"HTTP/1.1 abc OK\r\n\r\n",
    "a status of four digits": b"HTTP/1.1 2000 OK\r\n\r\n",
    "a negative status": b"HTTP/1.1 -200 OK\r\n\r\n",
    "a line of 100 kB": b"HTTP/1.1 200 " + b"x" * 100_000 + b"\r\n\r\n",
    "a header of 100 kB": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
    "5,000 headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
    "headers without end": floods(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1000),
    "a header without end": floods(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536),
    "a chunk of no number": CHUNKED + b"zz\r\nx",
    "a redirect to nowhere": head("302 Found", Content_Length="0"),
    "a redirect to nothing": redirect("http://["),
    "a circle": redirect("/"),
    "authentication asked for": page("", status="401 No", WWW_Authenticate="Basic realm=x"),
    "a proxy's authentication": page("", status="407 No", Proxy_Authenticate="Basic realm=x"),
    "use a proxy": head("305 Use Proxy", Location="{canary}", Content_Length="0"),
    "many choices": head("300 Multiple Choices", Location="{canary}", Content_Length="0"),
    "not modified, unasked": head("304 Not Modified"),
    "switching protocols": head("101 Switching Protocols", Upgrade="h2c") + b"PRI * HTTP/2.0",
    "an error with a bomb": page(packed(), status="500 Oh", Content_Encoding="gzip"),
    "an error without end": floods(head("404 Gone", Content_Type=HTML), b"x" * 65536),
    "an image without end": floods(head("200 OK", Content_Type="image/png"), b"x" * 65536),
    "a PNG called a page": page(b"\x89PNG\r\n\x1a\n" + bytes(100)),
    **{
        f"coding {coding}": page(packed(), Content_Encoding=coding)
        for coding in ("br", "zstd", "compress", "gzip, gzip", "gzip, br", "gzip" + ", gzip" * 50)
    },
    **{
        f"retry after {value}": page("", status="429 Slow", Retry_After=value)
        for value in (
            "9" * 400,
            "-1",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Xxx, 99 Yyy 9999",
        )
    },
}

ANSWERS = (
    (SLOW, Kind.FAILED),
    (REDIRECTS, Kind.PAGE),
    (LARGE, Kind.PAGE),
    (BROKEN, Kind.FAILED),
)
