"""Undoing Content-Encoding with a bound on what comes out; import `decoded`."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

# RFC 9110, 8.4.1: gzip is all we ask for; deflate is sent unasked by a few old servers.
KNOWN_CODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})

GZIP_MAGIC = b"\x1f\x8b"
ZLIB_OR_GZIP = 32 + zlib.MAX_WBITS
RAW_DEFLATE = -zlib.MAX_WBITS

# Data that turn to rubbish cost the slice they stand in, so the slices are small.
SLICE = 1024

# So much at most comes out of one step, so that a bomb of 1000:1 never unfolds in memory.
STEP = 64 * 1024


def coding_of(header: str) -> str:
    """The one coding a Content-Encoding header names, in lower case ("" for none)."""
    return header.strip().lower()


def decoded(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The body behind a content coding, in pieces of at most 64 KiB when it was compressed.

    A body that is not compressed although it claims to be passes through as it is. One that
    breaks off or turns to rubbish ends there: what came before is kept.
    """
    stream = iter(chunks)
    first = next(stream, b"")
    if coding in ("", "identity") or not _is_compressed(first, coding):
        yield first
        yield from stream
        return
    raw = coding == "deflate" and not _has_zlib_header(first)
    inflater = zlib.decompressobj(RAW_DEFLATE if raw else ZLIB_OR_GZIP)
    try:
        for chunk in chain((first,), stream):
            for start in range(0, len(chunk), SLICE):
                yield from _inflate(inflater, chunk[start : start + SLICE])
            if inflater.eof:
                return
    except zlib.error:
        return


def _inflate(inflater: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    while chunk and not inflater.eof:
        yield inflater.decompress(chunk, STEP)
        chunk = inflater.unconsumed_tail


def _is_compressed(first: bytes, coding: str) -> bool:
    return coding == "deflate" or first.startswith(GZIP_MAGIC)


def _has_zlib_header(first: bytes) -> bool:
    """RFC 1950: method 8, and the two header bytes are a multiple of 31."""
    return len(first) >= 2 and first[0] & 15 == 8 and (first[0] << 8 | first[1]) % 31 == 0
