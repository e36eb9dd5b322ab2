"""Folders of imported bookmarks become lists, when that is wished."""

from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import User
from bookmarks.import_drafts import Listed
from bookmarks.import_retries import retry_rows
from bookmarks.models import ImportJob
from readinglists import folders, items
from readinglists.folders import put_on_lists
from readinglists.models import Item, ReadingList, Section
from tests.bookmarks.keeping import keep

pytestmark = pytest.mark.django_db

FILE = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<DL><p>
<DT><A HREF="https://none.example/">in no folder</A>
<DT><H3>Learning</H3><DL><p>
<DT><A HREF="https://a.example/">A</A>
<DT><H3>Deep</H3><DL><p><DT><H3>Nets</H3><DL><p><DT><H3>Old</H3><DL><p><DT><H3>Older</H3><DL><p>
<DT><A HREF="https://b.example/">B</A>
</DL><p></DL><p></DL><p></DL><p></DL><p>
</DL>
"""


def run(tmp_path: Path, text: str = FILE) -> None:
    """Import a file for Alice, with folders as lists."""
    path = tmp_path / "bookmarks.html"
    path.write_text(text)
    call_command("import_bookmarks", "alice", str(path), "--folders", "lists")


def test_nested_folders_are_sections_of_a_private_list(alice: User, tmp_path: Path) -> None:
    run(tmp_path)
    run(tmp_path)
    kept = ReadingList.objects.get(owner=alice)
    assert (kept.title, kept.visibility, kept.item_count) == ("Learning", "private", 2)
    names = list(Section.objects.order_by("depth").values_list("title", "depth"))
    assert names == [("Deep", 1), ("Nets", 2), ("Old / Older", 3)]
    first, second = Item.objects.order_by("pk")
    assert (first.title, first.section) == ("A", None)
    assert [second.section] == list(Section.objects.filter(title="Old / Older"))


def test_a_row_that_is_mended_later_is_put_on_its_list(alice: User, tmp_path: Path) -> None:
    run(tmp_path, FILE.replace("https://b.example/", "nowhere"))
    job = ImportJob.objects.get()
    retry_rows(job, {job.rows.get(outcome="refused").place: ("https://b.example/", "B")})
    assert Item.objects.get(title="B").section == Section.objects.get(title="Old / Older")


def test_a_full_list_goes_on_in_another(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (folders, items):
        monkeypatch.setattr(module, "MAX_ITEMS", 2)
    urls = [keep(alice, f"https://example.org/{number}").url for number in range(5)]
    wanted = [Listed(at, ("Papers",), url, "") for at, url in enumerate(urls)]
    assert put_on_lists(alice, wanted, ask=False) == {}
    assert put_on_lists(alice, wanted, ask=False) == {}
    counts = list(ReadingList.objects.order_by("title").values_list("title", "item_count"))
    assert counts == [("Papers", 2), ("Papers (2)", 2), ("Papers (3)", 1)]
