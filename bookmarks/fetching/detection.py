"""Which encoding undeclared bytes are in, by statistics; import `detected`.

charset_normalizer proposes; between neighbours that differ in a few letters only, those decide.
"""

import re

import charset_normalizer

# What an undeclared page is read as, after the HTML standard's table of defaults.
FALLBACK = "windows-1252"

# Detection looks at so many bytes of text; more does not make it more certain.
DETECTION_BYTES = 64 * 1024

# So few bytes beyond ASCII fit several encodings equally well.
TOO_FEW = 6

MARKUP = re.compile(
    rb"<(script|style)\b.{0,200000}?</\1|<!--.{0,200000}?-->|<[^>]{0,5000}>", re.I | re.S
)
NOT_ASCII = re.compile(rb"[\x80-\xff]")

# Encodings that no page can ask for by name, since the WHATWG has no label for them, but in which
# old files are written; with Python's codecs.
OTHER_CODECS = {
    "ibm855": "cp855",
    "johab": "johab",
    "utf-32be": "utf-32-be",
    "utf-32le": "utf-32-le",
}

# The encodings to choose from, by charset_normalizer's names. Left out are those that pages are
# not written in and that win by accident.
DETECTABLE = {
    "big5": "big5",
    "gb18030": "gb18030",
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
    "cp949": "euc-kr",
    "johab": "johab",
    "koi8_r": "koi8-r",
    "koi8_u": "koi8-u",
    "cp855": "ibm855",
    "cp866": "ibm866",
    "cp874": "windows-874",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "iso8859_2": "iso-8859-2",
    "iso8859_5": "iso-8859-5",
    "iso8859_6": "iso-8859-6",
    "iso8859_7": "iso-8859-7",
    "iso8859_8": "iso-8859-8",
    "iso8859_15": "iso-8859-15",
    "mac_cyrillic": "x-mac-cyrillic",
}

# Encodings of Latin letters that statistics of short texts take for each other.
LATIN = frozenset({"windows-1250", "windows-1252", "windows-1257", "windows-1258", "iso-8859-15"})
# windows-1254: the three Turkish letters that no other Latin text has together.
TURKISH = (b"\xf0", b"\xfd", b"\xfe")
# iso-8859-2 has letters where windows-1250 has signs, and nothing from 0x80 to 0x9F.
CENTRAL_LETTERS = re.compile(rb"[\xb1\xb5\xb6\xb9\xbe]")
CONTROLS = re.compile(rb"[\x80-\x9f]")
# What Western texts are written with in windows-1252, and Czech or Polish read as that is not.
WESTERN = frozenset("àâäáåæçèéêëíîïñóôöœùúûüÿßÀÂÄÁÅÆÇÈÉÊËÍÎÏÑÓÔÖŒÙÚÛÜŸ¡¿«»°§©®‘’“”„…–—€£\xa0")


def detected(body: bytes) -> str:
    """The encoding statistics suggest for the page's text, markup left out."""
    text = MARKUP.sub(b" ", body[: DETECTION_BYTES * 8])
    first = NOT_ASCII.search(text)
    if not first:
        return FALLBACK
    sample = text[max(0, first.start() - 2048) :][:DETECTION_BYTES]
    if len(NOT_ASCII.findall(sample)) < TOO_FEW:
        return FALLBACK
    best = charset_normalizer.from_bytes(sample, cp_isolation=list(DETECTABLE)).best()
    found = DETECTABLE.get(best.encoding, FALLBACK) if best else FALLBACK
    return _neighbour(sample, found) if found in LATIN else found


def _neighbour(sample: bytes, found: str) -> str:
    """The Latin encoding whose own letters the text has, or the one that was found."""
    beyond = b"".join(NOT_ASCII.findall(sample))
    if all(letter in beyond for letter in TURKISH):
        return "windows-1254"
    if not CONTROLS.search(beyond) and len(CENTRAL_LETTERS.findall(beyond)) >= TOO_FEW:
        return "iso-8859-2"
    western = set(beyond.decode("cp1252", "replace")) <= WESTERN
    return "windows-1252" if western else found
