"""Files of bookmarks are sent to /import/, taken in by workers, and told of row by row."""

import csv
import io
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from bookmarks import import_jobs, import_reports, import_retries, importing, tasks
from bookmarks.import_jobs import MAX_TRIES, forget_old_imports, imports_folder, work_on
from bookmarks.models import Bookmark, FetchJob, ImportJob
from tests.bookmarks.judge import assert_counters_are_exact
from tests.people import signed_in

pytestmark = pytest.mark.django_db

FILE = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<DL><p>
<DT><H3>Learning</H3><DL><p>
<DT><A HREF="https://a.example/" TAGS="bayes" PRIVATE="1">A</A>
<DT><A HREF="https://b.example/">=1+1</A>
</DL><p>
<DT><A HREF="javascript:alert(1)" TAGS="kept">bad</A>
<DT><A HREF="place:sort=8">smart</A>
</DL>
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Keep files in a folder of the test's own; workers are called by the tests alone."""
    settings.IMPORTS_DIR = tmp_path / "imports"
    return imports_folder()


def send(client: Client, text: str = FILE, **choices: Any) -> Any:
    """Send a file and return the answer."""
    file = SimpleUploadedFile("my bookmarks.html", text.encode())
    return client.post("/import/", {"file": file, "folders": "tags", **choices})


def job_of(client: Client, text: str = FILE, **choices: Any) -> ImportJob:
    """Send a file and return its job, for which a worker has not come yet."""
    answer = send(client, text, **choices)
    assert answer.status_code == 302, answer.content.decode()
    return ImportJob.objects.get(pk=answer.url.strip("/").split("/")[-1])


def page(client: Client, job: ImportJob, query: str = "") -> str:
    return client.get(f"/import/{job.pk}/{query}").content.decode()


def test_a_file_is_kept_taken_in_by_a_worker_and_reported(
    alice: User, alice_client: Client, folder: Path
) -> None:
    job = job_of(alice_client)
    [kept] = folder.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    text = page(alice_client, job)
    assert "Netscape" in text or "HTML" in text
    assert 'http-equiv="refresh"' in text
    tasks.work_on_import(job.pk)
    assert list(folder.iterdir()) == []
    text = page(alice_client, job)
    assert 'http-equiv="refresh"' not in text
    assert "my bookmarks.html" in text
    first = Bookmark.objects.get(owner=alice, url="https://a.example/")
    assert (first.private, first.labels) == (True, ["bayes", "Learning"])
    assert page(alice_client, job, "?show=created").count('class="line"') == 2
    assert "javascript" in page(alice_client, job, "?show=refused")
    assert "my bookmarks.html" in alice_client.get("/import/").content.decode()
    assert not FetchJob.objects.exists()
    assert_counters_are_exact()


def test_choices_are_kept_to(alice: User, alice_client: Client) -> None:
    work_on(job_of(alice_client, folders="ignore", all_private="on", fetch="on").pk)
    kept = Bookmark.objects.get(url="https://b.example/")
    assert (kept.private, kept.labels) == (True, [])
    assert FetchJob.objects.count() == 2


def test_reports_are_files_without_formulas(alice_client: Client) -> None:
    job = job_of(alice_client)
    work_on(job.pk)
    answer: Any = alice_client.get(f"/import/{job.pk}/report.csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert [row["outcome"] for row in rows] == ["created", "created", "refused", "skipped"]
    assert rows[1]["title"] == "'=1+1"
    answer = alice_client.get(f"/import/{job.pk}/report.json")
    assert json.loads(answer.getvalue())["rows"][1]["title"] == "=1+1"
    assert alice_client.get(f"/import/{job.pk}/report.exe").status_code == 404


def test_long_reports_have_pages(alice_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_reports, "A_PAGE", 4)
    job = job_of(alice_client, "".join(f"https://example.org/{n}\n" for n in range(9)))
    work_on(job.pk)
    seen, query = [], ""
    for _ in range(3):
        text = page(alice_client, job, query)
        seen += [int(part.split('"')[0]) for part in text.split('id="row')[1:]]
        query = text.split('rel="next" href="')[-1].split('"')[0].partition("/import/")[2]
        query = f"?{query.partition('?')[2]}".replace("&amp;", "&")
    assert seen == list(range(9))
    assert 'id="row4"' in page(alice_client, job, "?before=8")
    assert page(alice_client, job, "?after=x&before=-1").count('class="line"') == 4


def test_a_refused_row_is_taken_in_once_it_is_mended(alice: User, alice_client: Client) -> None:
    job = job_of(alice_client)
    work_on(job.pk)
    row = job.rows.get(outcome="refused")
    again = f"/import/{job.pk}/retry/"
    alice_client.post(again, {"place": row.place, "url": "ftp://c.example", "title": "Typed"})
    row.refresh_from_db()
    assert (row.outcome, row.url, row.title) == ("refused", "ftp://c.example", "Typed")
    alice_client.post(again)
    assert job.rows.filter(outcome="refused").exists()
    alice_client.post(again, {"place": row.place, "url": "https://c.example", "title": "C"})
    assert Bookmark.objects.get(url="https://c.example").labels == ["kept"]
    job.refresh_from_db()
    assert job.counts == {"created": 3, "merged": 0, "skipped": 1, "refused": 0}
    assert_counters_are_exact()


def test_all_refused_rows_are_tried_again_however_many(
    alice_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_retries, "AT_ONCE", 2)
    monkeypatch.setattr(import_retries, "MOST", 4)
    job = job_of(alice_client, "no address\n" * 5, format="plain")
    work_on(job.pk)
    for row in job.rows.filter(place__in=(0, 3, 4)):
        job.rows.filter(pk=row.pk).update(said=None, url=f"https://example.org/{row.place}")
    first: Any = alice_client.post(f"/import/{job.pk}/retry/")
    assert Bookmark.objects.count() == 2
    assert first.url.endswith("?show=refused&after=3")
    assert 'name="after" value="3"' in page(alice_client, job, "?show=refused&after=3")
    alice_client.post(f"/import/{job.pk}/retry/", {"after": "3"})
    assert Bookmark.objects.count() == 3
    job.refresh_from_db()
    assert job.counts == {"created": 3, "merged": 0, "skipped": 0, "refused": 2}


def test_what_cannot_be_read_is_told_with_the_choices_kept(
    alice_client: Client, folder: Path
) -> None:
    for text, words in (("", "empty"), ("Just words.", "format")):
        answer = send(alice_client, text, folders="lists", fetch="on")
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert words in shown
        assert 'value="lists" selected' in shown
        assert 'id="fetch" checked' in shown
    assert alice_client.post("/import/", {}).status_code == 422
    assert send(alice_client, format="\0nonsense").status_code == 422
    assert list(folder.iterdir()) == []
    assert not ImportJob.objects.exists()
    job = job_of(alice_client, '[{"href": "https://a.example", "extended": ""}, {"href"')
    work_on(job.pk)
    assert "Nothing was imported" in page(alice_client, job)
    assert not Bookmark.objects.exists()


def test_a_file_that_is_too_big_is_told_and_not_kept(
    alice: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    monkeypatch.setattr("bookmarks.views.importing.MAX_FORM_BYTES", 400)
    answer = send(client, FILE * 2)
    assert answer.status_code == 413
    assert "MB at most" in answer.content.decode()
    monkeypatch.undo()
    assert send(client).status_code == 403
    monkeypatch.setattr(import_jobs, "MAX_BYTES", 100)
    assert send(signed_in(alice)).status_code == 422
    assert list(imports_folder().iterdir()) == []


def test_work_goes_on_after_a_turn_and_after_a_death(
    alice_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    job = job_of(alice_client, "".join(f"https://example.org/{n}\n" for n in range(7)))
    turns = iter([False, True])
    assert work_on(job.pk, lambda: next(turns))
    job.refresh_from_db()
    assert (job.place, job.lease) == (2, "")
    ImportJob.objects.update(lease="dead", leased_until=timezone.now() + timedelta(seconds=50))
    assert not work_on(job.pk)
    assert import_jobs.waiting_imports() == []
    ImportJob.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert import_jobs.waiting_imports() == [job.pk]
    assert not work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.created, job.tries) == ("done", 7, 0)
    assert_counters_are_exact()


def test_who_lost_the_lease_stores_nothing_more(
    alice_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    job = job_of(alice_client, "".join(f"https://example.org/{n}\n" for n in range(7)))

    def somebody_else() -> bool:
        ImportJob.objects.update(lease="other")
        return False

    assert not work_on(job.pk, somebody_else)
    assert Bookmark.objects.count() == 0
    job.refresh_from_db()
    assert (job.state, job.lease) == ("running", "other")


def test_a_file_that_kills_workers_is_given_up(alice_client: Client, folder: Path) -> None:
    job = job_of(alice_client)
    ImportJob.objects.update(tries=MAX_TRIES)
    work_on(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    lost = job_of(alice_client)
    for kept in folder.iterdir():
        kept.unlink()
    work_on(lost.pk)
    assert "Choose it again" in page(alice_client, lost)


def test_an_import_can_be_stopped(
    alice_client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    job = job_of(alice_client, "".join(f"https://example.org/{n}\n" for n in range(7)))

    def stop() -> bool:
        if Bookmark.objects.exists():
            alice_client.post(f"/import/{job.pk}/stop/")
        return False

    assert not work_on(job.pk, stop)
    assert Bookmark.objects.count() == 2
    assert "Stopped after 2 of 7" in page(alice_client, job)
    assert list(folder.iterdir()) == []


def test_the_same_file_sent_twice_is_one_job_and_few_are_under_way(alice_client: Client) -> None:
    job = job_of(alice_client)
    assert job_of(alice_client) == job
    job_of(alice_client, folders="ignore")
    job_of(alice_client, folders="lists")
    answer = send(alice_client, fetch="on")
    assert answer.status_code == 422
    assert "being imported" in answer.content.decode()


def test_imports_are_their_owners_alone(
    alice_client: Client, bob_client: Client, visitor_client: Client
) -> None:
    job = job_of(alice_client)
    for path in ("", "report.json", "report.csv"):
        assert bob_client.get(f"/import/{job.pk}/{path}").status_code == 404
        assert visitor_client.get(f"/import/{job.pk}/{path}").status_code == 302
    for path in ("stop/", "retry/"):
        assert bob_client.post(f"/import/{job.pk}/{path}").status_code == 404
    assert "my bookmarks" not in bob_client.get("/import/").content.decode()
    assert visitor_client.get("/import/").status_code == 302
    assert alice_client.get(f"/import/{'9' * 25}/").status_code == 404


def test_who_goes_leaves_no_file(
    alice: User, alice_client: Client, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    job_of(alice_client)
    with django_capture_on_commit_callbacks(execute=True):
        import_jobs.forget_files(alice)
    assert list(folder.iterdir()) == []
    assert not ImportJob.objects.exists()


def test_what_nobody_needs_any_more_goes(alice_client: Client, folder: Path) -> None:
    job = job_of(alice_client)
    stray = folder / "stray"
    stray.write_text("x")
    os.utime(stray, (1, 1))
    forget_old_imports()
    assert len(list(folder.iterdir())) == 1
    work_on(job.pk)
    ImportJob.objects.update(ended_at=timezone.now() - timedelta(days=99))
    forget_old_imports()
    assert not ImportJob.objects.exists()
    assert Bookmark.objects.count() == 2
