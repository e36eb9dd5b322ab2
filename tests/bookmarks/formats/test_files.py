"""Files as browsers and services write them, with their quirks, arrive whole.

What a file in `files/` comes to stands in `expected/`: the name of its format, then a row a line
with what it says.
"""

import json
import random
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bookmarks.formats import encodings, json_pieces
from bookmarks.formats.recognising import FORMATS, HEAD, READERS, reader_of
from bookmarks.formats.rows import BadFile, Reader, Row

HERE = Path(__file__).parent
FILES = sorted((HERE / "files").iterdir())
JUNK = (b'"', b"<", b"[", b"{", b"]", b"}", b",", b"\\", b"\0", b"\xff", b"\r", b"<DL>", b"&#9;")


def told(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return what rows say, without what they do not, as JSON has it."""
    return [
        {
            one.name: value.isoformat() if isinstance(value, datetime) else value
            for one in fields(row)
            if (value := getattr(row, one.name)) not in (one.default, {})
        }
        for row in rows
    ]


def read(data: bytes) -> tuple[str, list[dict[str, Any]]]:
    """Return the format of a file and what its rows say."""
    name, reader = reader_of(data[:HEAD])
    # JSON knows no tuples.
    rows = json.loads(json.dumps(told(reader.read(BytesIO(data)))))
    return name, rows


def expected(file: Path) -> tuple[str, list[dict[str, Any]]]:
    """Return what a file must come to."""
    lines = (HERE / "expected" / f"{file.name}.jsonl").read_text().splitlines()
    return json.loads(lines[0]), [json.loads(line) for line in lines[1:]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_arrives_whole(file: Path) -> None:
    assert read(file.read_bytes()) == expected(file)


def test_every_format_has_a_file() -> None:
    assert {expected(file)[0] for file in FILES} == set(FORMATS)


@pytest.mark.parametrize(
    "form", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "crlf", "cr", "blank lines before"]
)
def test_a_format_is_told_whatever_the_encoding_and_the_ends_of_lines(form: str) -> None:
    for file in FILES:
        data = file.read_bytes().removeprefix(b"\xef\xbb\xbf")
        name, rows = expected(file)
        if form == "blank lines before":
            if not data.startswith(b"<?xml"):
                assert read(b"\n\r\n" + data)[0] == name
        elif form in ("crlf", "cr"):
            if b"\r" not in data:
                end = b"\r\n" if form == "crlf" else b"\r"
                found = read(data.replace(b"\n", end))
                assert (found[0], _plain(found[1])) == (name, _plain(rows)), file.name
        elif file.name not in ("scuttle.html", "russian.html"):  # not UTF-8
            assert read(data.decode().encode(form)) == (name, rows), file.name


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out the lines, which carriage returns do not count, and use one end of lines."""
    texts = json.dumps([{**row, "line": 0} for row in rows])
    return json.loads(texts.replace("\\r\\n", "\\n").replace("\\r", "\\n"))  # type: ignore[no-any-return]


@pytest.mark.parametrize(("chunk", "large"), [(1, 1), (7, 60), (100, 300)])
def test_where_a_piece_of_a_file_ends_makes_no_difference(
    chunk: int, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {file: file.read_bytes() for file in FILES}
    monkeypatch.setattr(encodings, "CHUNK", chunk)
    monkeypatch.setattr(json_pieces, "LARGE", large)
    for file in FILES:
        name, rows = expected(file)
        found = told(FORMATS[name].read(BytesIO(data[file])))
        assert json.loads(json.dumps(found)) == rows, file.name


def test_damaged_files_are_read_as_far_as_they_go_or_refused_in_words() -> None:
    dice = random.Random(5)
    for file in FILES:
        data = file.read_bytes()
        reader = FORMATS[expected(file)[0]]
        for _ in range(12):
            damaged = _damaged(data, dice)
            assert _bears(damaged, reader), damaged
            assert _bears(damaged, None), damaged


def _bears(data: bytes, reader: Reader | None) -> bool:
    """Tell whether a file is read, or refused in a sentence."""
    try:
        chosen = reader or reader_of(data[:HEAD])[1]
        return all(row.line >= 0 for row in chosen.read(BytesIO(data)))
    except BadFile as error:
        return str(error).endswith(".")


def _damaged(data: bytes, dice: random.Random) -> bytes:
    first, last = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    return dice.choice(
        [
            data[:first],
            data[first:],
            data[:first] + data[last:],
            data[:last] + data[first:],
            data[:first] + dice.choice(JUNK) + data[first:],
            data[:first] + dice.choice(JUNK) + data[first + 1 :],
            data[:first] + dice.randbytes(9) + data[first + 9 :],
            data[:first] + dice.choice(JUNK) * 5_000 + data[last:],
        ]
    )


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_format_has_a_label_and_a_name_that_can_be_kept(name: str) -> None:
    assert READERS[name].LABEL
    assert len(name) <= 20
