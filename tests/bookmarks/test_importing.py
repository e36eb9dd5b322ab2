"""Files of bookmarks are taken in row by row, with a report, and can be broken off."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from bookmarks import importing
from bookmarks.import_reports import report_of
from bookmarks.importing import begin_import, run_import
from bookmarks.models import Bookmark, FetchJob, ImportJob, ImportRow
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import keep

pytestmark = pytest.mark.django_db

FILE = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<DL><p>
<DT><H3>Machine Learning</H3>
<DL><p>
<DT><A HREF="https://a.example/" ADD_DATE="1400000000" TAGS="bayes,deep nets" PRIVATE="1">A</A>
<DD>Words
<DT><A HREF="https://b.example/" TOREAD="1">https://b.example/</A>
</DL><p>
<DT><A HREF="javascript:alert(1)">bad</A>
<DT><A HREF="place:sort=8">smart</A>
<DT><A HREF="https://a.example/" TAGS="more">A again</A>
</DL>
"""
WORKS = """@article{k, title = {A {T}itle}, author = {Doe, Jane and {Google Research}}, year = 2020,
  month = may, journal = {J. Things}, doi = {10.1000/x}, keywords = {deep nets, bayes},
  abstract = {What it does.}}
"""
MANY = "".join(f"https://example.org/{number} | Title {number}\n" for number in range(23))


def run(file: Path, *options: str) -> dict[str, Any]:
    """Import a file for Alice by the command and return its report."""
    report = file.with_suffix(".report")
    call_command("import_bookmarks", "alice", str(file), "--report", str(report), *options)
    told: dict[str, Any] = json.loads(report.read_text())
    return told


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of a browser."""
    path = tmp_path / "bookmarks.html"
    path.write_text(FILE)
    return path


def test_every_row_ends_as_something_with_its_reason(alice: User, file: Path) -> None:
    report = run(file)
    assert report["format"] == "netscape"
    assert report["counts"] == {"created": 2, "merged": 1, "skipped": 1, "refused": 1}
    assert [(row["line"], row["outcome"]) for row in report["rows"]] == [
        (5, "created"),
        (7, "created"),
        (9, "refused"),
        (10, "skipped"),
        (11, "merged"),
    ]
    assert "javascript" in report["rows"][2]["reason"]
    assert report["rows"][4]["reason"] == "New: tags."
    assert set(report["rows"][0]) == {"line", "outcome", "reason", "url", "title"}
    assert_counters_are_exact()


def test_what_the_file_says_arrives(alice: User, file: Path) -> None:
    run(file)
    first, second = Bookmark.objects.filter(owner=alice).order_by("url")
    assert (first.title, first.description, first.private) == ("A", "Words", True)
    assert first.labels == ["bayes", "deep-nets", "Machine-Learning", "more"]
    assert first.saved_at == datetime(2014, 5, 13, 16, 53, 20, tzinfo=UTC)
    assert (second.title, second.unread, second.private) == ("", True, False)
    assert not FetchJob.objects.exists()


def test_folders_can_be_ignored(alice: User, file: Path) -> None:
    run(file, "--folders", "ignore")
    assert Bookmark.objects.get(url="https://b.example/").labels == []


def test_pages_are_queued_when_asked(alice: User, file: Path) -> None:
    run(file, "--fetch")
    assert FetchJob.objects.count() == 2


def test_a_silent_file_follows_the_persons_default(alice: User, tmp_path: Path) -> None:
    User.objects.filter(pk=alice.pk).update(private_by_default=True)
    path = tmp_path / "list.txt"
    path.write_text("https://a.example\n")
    run(path)
    assert Bookmark.objects.get(owner=alice).private


def test_the_same_file_twice_changes_nothing(alice: User, file: Path) -> None:
    run(file)
    before = list(Bookmark.objects.order_by("pk").values())
    assert run(file)["counts"] == {"created": 0, "merged": 0, "skipped": 4, "refused": 1}
    assert list(Bookmark.objects.order_by("pk").values()) == before


def test_ones_own_words_stay(alice: User, file: Path) -> None:
    keep(alice, "https://a.example/", "mine", title="Mine")
    run(file)
    bookmark = Bookmark.objects.get(url="https://a.example/")
    assert (bookmark.title, bookmark.labels[0]) == ("Mine", "mine")


@pytest.mark.parametrize("batches", [0, 1, 2, 4])
def test_it_goes_on_where_it_was_broken_off(
    batches: int, alice: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 5)
    path = tmp_path / "list.txt"
    path.write_text(MANY)
    with path.open("rb") as opened:
        going = run_import(begin_import(alice, opened), opened)
        for _ in range(batches + 1):
            next(going)
        going.close()
    assert Bookmark.objects.count() == 5 * batches
    report = run(path)
    assert ImportJob.objects.count() == 1
    assert report["counts"]["created"] == len(report["rows"]) == 23
    assert_counters_are_exact()


def test_a_batch_that_fails_leaves_nothing(
    alice: User, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_args: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch, file.open("rb") as opened:
        patch.setattr(importing, "insert_rows", die)
        going = run_import(begin_import(alice, opened), opened)
        with pytest.raises(MemoryError):
            list(going)
    assert not Bookmark.objects.exists()
    assert run(file)["counts"]["created"] == 2


def test_two_processes_do_not_do_one_row_twice(
    alice: User, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    with file.open("rb") as opened, file.open("rb") as again:
        first = run_import(begin_import(alice, opened), opened)
        second = run_import(begin_import(alice, again), again)
        for going in (first, second, first):
            next(going)
        with pytest.raises(importing.TakenOver):
            list(second)
        list(first)
    assert ImportRow.objects.count() == 5


@pytest.mark.parametrize(
    "text",
    ['[{"href": "https://a.example", "extended": ""}, {"href"', "", "Just words.", "<html><p>No"],
)
def test_a_broken_file_is_told_and_leaves_nothing(alice: User, tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken"
    path.write_text(text)
    with pytest.raises(CommandError, match=r"Nothing was imported"):
        run(path)
    assert not Bookmark.objects.exists()
    assert not ImportJob.objects.exists()


def test_odd_rows_are_refused_or_cut_and_stop_nothing(alice: User, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    posts: list[Any] = [
        {"href": "http://\ud800.example", "extended": ""},
        {"href": "http://nul.example/\0", "description": "\0"},
        {"href": 5},
        "words",
        {"href": "http://long.example", "extended": "x" * 70_000, "description": "y" * 300},
        {"href": "http://tags.example", "tags": " ".join(f"t{n}" for n in range(150))},
        {"href": "http://tag.example", "tags": "t" * 300},
        {"href": "http://later.example", "time": "2999-01-01T00:00:00Z"},
    ]
    path.write_text(json.dumps(posts))
    report = run(path, "--format", "pinboard_json")
    assert report["counts"] == {"created": 4, "merged": 0, "skipped": 0, "refused": 4}
    assert all(row["reason"] for row in report["rows"])
    assert run(path, "--format", "pinboard_json")["counts"]["skipped"] == 4
    assert_counters_are_exact()


def test_a_report_tells_which_file_of_an_archive_a_row_is_of(alice: User, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sub/list.csv", "url,title\n,Nothing\n")
        archive.writestr("works.bib", WORKS)
    found = [(row["member"], row["line"], row["reason"]) for row in run(path)["rows"]]
    assert found == [("works.bib", 1, ""), ("sub/list.csv", 2, "It has no address.")]
    facts = Bookmark.objects.get().own_facts or {}
    assert facts["authors"] == ["Jane Doe", "Google Research"]
    told = {name: facts[name] for name in ("published", "venue", "doi", "kind", "abstract")}
    assert list(told.values()) == ["2020-05", "J. Things", "10.1000/x", "paper", "What it does."]
    assert Bookmark.objects.get().labels == ["deep-nets", "bayes"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["nobody", "/dev/null"], "no account"),
        (["alice", "/nowhere/at/all"], "No such file"),
        (["alice", "/dev/null", "--format", "nonsense"], "no format"),
    ],
)
def test_wrong_options_are_told(alice: User, options: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("import_bookmarks", *options)


def test_a_report_of_no_rows_is_json(alice: User) -> None:
    job = ImportJob.objects.create(owner=alice, digest="0" * 64, format="plain")
    assert json.loads("".join(report_of(job)))["rows"] == []
