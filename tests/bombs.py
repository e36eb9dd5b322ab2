"""Much in little: what the same bytes many times over are when packed. Import `deflated`, ...

`gzipped` and `zipped` put gzip's and zlib's head and checksum around it. The bytes are packed once,
as blocks that refer to nothing before them (zlib: Z_FULL_FLUSH), and these repeated; so hundreds
of megabytes take no time to make (RFC 1950 to 1952).
"""

import struct
import zlib

LAST_BLOCK = b"\x03\x00"


def deflated(piece: bytes, count: int) -> bytes:
    """Return `count` times `piece` as a bare stream of deflate."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)) * count + LAST_BLOCK


def gzipped(piece: bytes, count: int) -> bytes:
    """Return it as a file of gzip."""
    check = 0
    for _ in range(count):
        check = zlib.crc32(piece, check)
    size = len(piece) * count % 2**32
    head = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
    return head + deflated(piece, count) + struct.pack("<II", check, size)


def zipped(piece: bytes, count: int) -> bytes:
    """Return it as zlib's own format, which PDF calls FlateDecode."""
    check = 1
    for _ in range(count):
        check = zlib.adler32(piece, check)
    return b"\x78\xda" + deflated(piece, count) + struct.pack(">I", check)
