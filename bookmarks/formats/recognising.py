"""Which format a file has, told by what is in it. Import `reader_of`, `READERS`."""

from bookmarks.formats import netscape, pinboard_json, pinboard_xml, plain_text
from bookmarks.formats.rows import BadFile, Reader

HEAD = 65_536
# By the names that a person may give; the first that a file looks like is its format.
READERS: dict[str, Reader] = {
    "pinboard_json": pinboard_json,
    "pinboard_xml": pinboard_xml,
    "netscape": netscape,
    "plain": plain_text,
}


def reader_of(head: bytes, name: str = "") -> tuple[str, Reader]:
    """Return the format of a file that begins so, by name and reader; `name` may settle it.

    Raises BadFile where no format fits, or none has that name.
    """
    if name:
        if name not in READERS:
            raise BadFile(f"There is no format “{name}”. There are: {', '.join(READERS)}.")
        return name, READERS[name]
    if not head.strip():
        raise BadFile("This file is empty.")
    for known, reader in READERS.items():
        if reader.looks_like(head):
            return known, reader
    raise BadFile("This is no format that can be read here. Name its format if you know it.")
