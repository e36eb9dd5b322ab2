"""Which format a file has, told by what is in it. Import `reader_of`, `READERS`."""

from io import BytesIO

from bookmarks.formats import (
    bibtex,
    chrome_json,
    csl_json,
    csv_table,
    delicious_json,
    firefox_json,
    instapaper_csv,
    json_list,
    karakeep,
    linkding_json,
    linkwarden,
    markdown,
    matter,
    mymind,
    netscape,
    omnivore,
    opml,
    org_mode,
    pinboard_json,
    pinboard_xml,
    plain_text,
    pocket_annotations,
    pocket_csv,
    raindrop_csv,
    raindrop_json,
    readwise_reader,
    ris,
    shaarli_json,
    softmarks_json,
    wallabag_csv,
    wallabag_json,
    xbel,
    zotero_csv,
)
from bookmarks.formats.encodings import as_utf8
from bookmarks.formats.rows import BadFile, Reader
from bookmarks.formats.zip_archive import ZipArchive

HEAD = 65_536
# What is handed over by mistake, by how it begins, and what to do.
MISTAKES = {
    b"mozLz40\0": "This is a backup as Firefox keeps it for itself, packed. In Firefox, open"
    " Bookmarks, Manage bookmarks, Import and Backup, and choose Backup… or Export Bookmarks to"
    " HTML….",
    b"SQLite format 3\0": "This is a database, not a file of bookmarks. Export them from the"
    " program that it belongs to.",
    b"bplist00": "This is Safari's own file. In Safari, choose File, Export, Bookmarks….",
    b"\x1f\x8b": "This file is packed with gzip. Unpack it first.",
    b"%PDF-": "This is a PDF, not a file of bookmarks.",
}


def _choose(head: bytes) -> Reader:
    """Return the reader of a file within an archive."""
    return FORMATS[_name_of(head)]


# By the names that a person may give; the first that a file looks like is its format. What is told
# by fields that others have too comes behind them, and what takes almost anything comes last.
FORMATS: dict[str, Reader] = {
    "softmarks": softmarks_json,
    "chrome_json": chrome_json,
    "firefox_json": firefox_json,
    "karakeep": karakeep,
    "linkwarden": linkwarden,
    "linkding_json": linkding_json,
    "omnivore": omnivore,
    "wallabag_json": wallabag_json,
    "raindrop_json": raindrop_json,
    "shaarli_json": shaarli_json,
    "delicious_json": delicious_json,
    "pocket_annotations": pocket_annotations,
    "pinboard_json": pinboard_json,
    "csl_json": csl_json,
    "json": json_list,
    "pinboard_xml": pinboard_xml,
    "opml": opml,
    "xbel": xbel,
    "netscape": netscape,
    "bibtex": bibtex,
    "ris": ris,
    "pocket_csv": pocket_csv,
    "instapaper_csv": instapaper_csv,
    "raindrop_csv": raindrop_csv,
    "readwise_reader": readwise_reader,
    "matter": matter,
    "mymind": mymind,
    "wallabag_csv": wallabag_csv,
    "zotero_csv": zotero_csv,
    "csv": csv_table,
    "org": org_mode,
    "markdown": markdown,
    "plain": plain_text,
}
READERS: dict[str, Reader] = {"zip": ZipArchive(_choose), **FORMATS}


def reader_of(head: bytes, name: str = "") -> tuple[str, Reader]:
    """Return the format of a file that begins so, by name and reader; `name` may settle it.

    Raises BadFile where no format fits, or none has that name.
    """
    if name:
        if name not in READERS:
            raise BadFile(f"There is no format “{name}”. There are: {', '.join(READERS)}.")
        return name, READERS[name]
    if READERS["zip"].looks_like(head):
        return "zip", READERS["zip"]
    found = _name_of(head)
    return found, READERS[found]


def _name_of(head: bytes) -> str:
    """Return the name of the format of a file that begins so; raises BadFile."""
    for sign, what_to_do in MISTAKES.items():
        if head.startswith(sign):
            raise BadFile(what_to_do)
    head = b"".join(as_utf8(BytesIO(head)))
    if not head.strip():
        raise BadFile("This file is empty.")
    for known, reader in FORMATS.items():
        if reader.looks_like(head):
            return known
    raise BadFile("This is no format that can be read here. Name its format if you know it.")
