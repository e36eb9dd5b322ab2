"""Lists from Markdown by the pages: looked at, corrected, imported, told."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from readinglists.models import Item, ListImport, ReadingList
from readinglists.tasks import work_on_import
from tests.readinglists.making import add, make_list, outline_of

pytestmark = pytest.mark.django_db

TEXT = "# Frogs\n\n- [Pond](https://pond.example.org/)\n\n## Papers\n\n- [Leap](https://leap.example.org/)\n"


@pytest.fixture(autouse=True)
def _no_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglists.item_pages.hint_at", lambda _job: None)
    monkeypatch.setattr("readinglists.views.importing.hint_at_import", lambda _row: None)


@pytest.fixture
def page(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def test_a_pasted_list_is_shown_first_and_stored_when_asked(page: Client) -> None:
    path = page.post("/lists/import/", {"text": TEXT})["Location"]
    shown = page.get(path).content.decode()
    assert "<strong>2 items in 1 section.</strong>" in shown
    assert "listed twice" not in shown
    assert not ReadingList.objects.exists()
    kept = {"sections_shown": "1", "items_shown": ["0", "1"], "section": "1", "item": ["0", "1"]}
    page.post(path, {"title": "My frogs", "run": "yes"} | kept)
    assert "0 of 2" in page.get(path).content.decode()
    work_on_import(ListImport.objects.get().pk)
    assert "2 items imported" in page.get(path).content.decode()
    assert outline_of(ReadingList.objects.get()) == [("", ["Pond"]), ("Papers", ["Leap"])]
    assert ReadingList.objects.get().title == "My frogs"


def test_what_is_not_ticked_stays_out(page: Client) -> None:
    path = page.post("/lists/import/", {"text": TEXT})["Location"]
    page.post(
        path,
        {
            "run": "yes",
            "items_shown": ["0", "1"],
            "item": "1",
            "sections_shown": "1",
            "section": "1",
        },
    )
    work_on_import(ListImport.objects.get().pk)
    assert [item.title for item in Item.objects.all()] == ["Leap"]


def test_a_long_list_is_corrected_part_by_part(
    page: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglists.views.importing.ROWS", 2)
    text = "\n".join(f"- [P{number}](https://p{number}.example.org/)" for number in range(5))
    path = page.post("/lists/import/", {"text": text})["Location"]
    assert ">P2<" not in page.get(path).content.decode()
    answer = page.post(path, {"items_shown": ["0", "1"], "item": "1", "page": "2"})
    assert answer["Location"] == f"{path}?page=2"
    assert ">P2<" in page.get(answer["Location"]).content.decode()
    page.post(path, {"items_shown": ["2", "3"], "item": "3", "page": "3"})
    page.post(path, {"items_shown": ["0", "1"], "item": ["0", "1"]})
    assert ListImport.objects.get().choices["without_items"] == [2]
    for odd in ("0", "99", "x", "1" * 5000):
        assert page.get(path, {"page": odd}).status_code == 200
    page.post(path, {"run": "yes", "items_shown": "4"})
    work_on_import(ListImport.objects.get().pk)
    assert [item.title for item in Item.objects.all()] == ["P0", "P1", "P3"]


def test_what_a_browser_sends_of_a_long_list_is_taken(page: Client) -> None:
    text = "".join(f"## S{n}\n\n- [P{n}](https://p{n}.example.org/)\n\n" for n in range(600))
    path = page.post("/lists/import/", {"text": text})["Location"]
    shown = page.get(path).content.decode()
    sent: dict[str, list[str]] = {"title": ["Long"], "page": ["2"]}
    for name, value in re.findall(r'name="(\w+_shown|section|item)" value="(\d+)"', shown):
        sent.setdefault(name, []).append(value)
    sent["item"].remove("7")
    answer = page.post(path, sent)
    assert answer["Location"] == f"{path}?page=2"
    assert "P200" in page.get(answer["Location"]).content.decode()
    assert ListImport.objects.get().choices["without_items"] == [7]


def test_an_uploaded_file_is_read(page: Client) -> None:
    file = SimpleUploadedFile("frogs.md", TEXT.encode())
    path = page.post("/lists/import/", {"file": file})["Location"]
    assert "Pond" in page.get(path).content.decode()


def test_an_address_is_fetched_by_a_worker_alone(page: Client) -> None:
    path = page.post("/lists/import/", {"url": "https://github.com/a/b"})["Location"]
    row = ListImport.objects.get()
    assert (row.state, row.source_url) == (
        "fetching",
        "https://raw.githubusercontent.com/a/b/HEAD/README.md",
    )
    assert "is being fetched" in page.get(path).content.decode()


@pytest.mark.parametrize("asked", [{}, {"text": "words"}, {"url": "javascript:alert(1)"}])
def test_what_is_no_list_comes_back_with_what_was_typed(
    page: Client, asked: dict[str, str]
) -> None:
    answer = page.post("/lists/import/", asked)
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content


def test_a_list_that_is_there_takes_what_is_new(page: Client, alice: User) -> None:
    reading_list = make_list(alice)
    path = page.post("/u:alice/l:learning-to-rank/import/", {"text": TEXT})["Location"]
    page.post(path, {"run": "yes"})
    work_on_import(ListImport.objects.get().pk)
    assert outline_of(reading_list) == [("", ["Pond"]), ("Papers", ["Leap"])]


def test_what_is_there_and_left_out_is_not_counted_as_there(page: Client, alice: User) -> None:
    add(make_list(alice), "Pond", url="https://pond.example.org/")
    path = page.post("/u:alice/l:learning-to-rank/import/", {"text": TEXT})["Location"]
    assert "1 is in the list already; <strong>1</strong>" in page.get(path).content.decode()
    page.post(path, {"items_shown": ["0", "1"], "item": "1"})
    shown = page.get(path).content.decode()
    assert "None is in the list already; <strong>1</strong>" in shown
    assert "<strong>1 item in 1 section.</strong>" in shown


def test_others_see_neither_import_nor_report(page: Client, client: Client, bob: User) -> None:
    path = page.post("/lists/import/", {"text": TEXT})["Location"]
    assert page.get(f"{path}report.json").json()["total"] == 2
    client.force_login(bob)
    assert client.get(path).status_code == 404
    assert client.get(f"{path}report.json").status_code == 404
    assert client.post("/u:alice/l:none/import/", {"text": TEXT}).status_code == 404
    client.logout()
    assert "/login" in client.get("/lists/import/")["Location"]
