"""Archives are read file by file, within bounds."""

import random
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from bookmarks.formats import zip_archive
from bookmarks.formats.recognising import HEAD, reader_of
from bookmarks.formats.rows import BadFile, Row

FILES = Path(__file__).parent / "files"
LINK = b"https://a.example/ | A\n"


def packed(**files: bytes | str) -> bytes:
    """Return an archive of files; two underscores in a name are a slash, one is a dot."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def rows(data: bytes) -> list[Row]:
    """Read an archive."""
    name, reader = reader_of(data[:HEAD])
    assert name == "zip"
    return list(reader.read(BytesIO(data)))


def test_pockets_tables_and_highlights_are_read_the_tables_first() -> None:
    found = rows(
        packed(
            annotations__part0_json=(FILES / "pocket_annotations.json").read_bytes(),
            part0_csv=(FILES / "pocket_2024.csv").read_bytes(),
            part1_csv=(FILES / "pocket_2024.csv").read_bytes(),
            picture_png=b"\x89PNG",
        )
    )
    assert [row.title for row in found] == ["Read", "Read", "Unread"]
    assert [row.line for row in found] == [2, 2, 1]


def test_omnivores_highlights_join_what_they_are_of() -> None:
    found = rows(
        packed(
            content__done_html="<dl><dt><a href='https://no.example/' add_date='1'>No</a></dl>",
            highlights__done_md="> Marked in café",
            metadata0_json=(FILES / "omnivore.json").read_bytes(),
        )
    )
    assert [row.title for row in found] == ["Active", "Done", "Archived"]
    assert [row.description for row in found] == ["About", "> Marked in café", ""]


def test_files_in_folders_are_found_whatever_they_are() -> None:
    found = rows(
        packed(
            Takeout__Chrome__Bookmarks_html=(FILES / "chrome.html").read_bytes(),
            Takeout__Saved__Places_csv=(FILES / "takeout_saved.csv").read_bytes(),
            Takeout__about_txt="Just some words.",
        )
    )
    assert [row.title for row in found] == ["Bar", "", "Mid", "Settings", "Place"]


def test_texts_beside_a_list_are_left_out_and_told() -> None:
    page = "# A page\n\nWith [a link](https://no.example/)."
    found = rows(packed(list_csv=(FILES / "pocket.csv").read_bytes(), texts__page_md=page))
    assert {row.member for row in found} == {"list.csv", "texts/page.md"}
    assert [(row.line, bool(row.skipped), row.url) for row in found[-1:]] == [(1, True, "")]
    assert [row.url for row in rows(packed(page_md=page))] == ["https://no.example/"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (packed(a_png=b"x", b_txt=b"Only words."), "no file of bookmarks"),
        (packed(), "no file of bookmarks"),
        (packed(a_txt=LINK)[:-30], "breaks off"),
        (b"PK\3\4" + b"\0" * 100, "breaks off"),
        (packed(a_txt=(b"https://a.example/" + b"x" * 9_000 + b"\n") * 2_000), "far more"),
        (packed(a_csv=b"url,title\n" + b'"x' * 3_000_000), "far more|a.csv"),
        (packed(a_json=b'[{"href": "https://a.example/", "extended": "'), "^a.json: .*breaks off"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        rows(data)


def test_an_archive_of_too_many_files_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "MOST_FILES", 2)
    assert rows(packed(a_txt=LINK, b_txt=LINK))
    with pytest.raises(BadFile, match="more than 2 files"):
        rows(packed(a_txt=LINK, b_txt=LINK, c_txt=LINK))


def test_all_files_together_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "MOST_BYTES", 100_000)
    assert len(rows(packed(a_txt=LINK * 1_000))) == 1_000
    with pytest.raises(BadFile, match="far more"):
        rows(packed(a_txt=LINK * 1_000, b_txt=LINK * 3_000))


def test_a_locked_archive_and_a_rare_packing_are_told() -> None:
    whole = packed(a_txt=LINK)
    central = whole.index(b"PK\1\2")
    locked = bytearray(whole)
    locked[6] |= 1
    locked[central + 8] |= 1
    with pytest.raises(BadFile, match="password"):
        rows(bytes(locked))
    rare = bytearray(whole)
    rare[central + 10] = 14
    with pytest.raises(BadFile, match="rare way"):
        rows(bytes(rare))


def test_damage_is_no_surprise() -> None:
    dice = random.Random(5)
    whole = packed(part0_csv=(FILES / "pocket.csv").read_bytes(), b__c_txt=LINK)
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(dice.randrange(1, 6)):
            damaged[dice.randrange(4, len(whole))] = dice.randrange(256)
        try:
            assert all(isinstance(row, Row) for row in rows(bytes(damaged)))
        except BadFile as error:
            assert str(error)  # noqa: PT017 - either may happen


def test_a_bomb_costs_little_memory() -> None:
    bomb = packed(a_json=b'[{"href": "' + b" " * 20_000_000)
    tracemalloc.start()
    with pytest.raises(BadFile):
        rows(bomb)
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()
