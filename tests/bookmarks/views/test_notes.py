"""Notes: written, shown, changed and deleted by their owner; private ones are hers alone."""

import hashlib
import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.deletion import delete_account
from accounts.models import User
from bookmarks import notes
from bookmarks.exporting import export_bookmarks
from bookmarks.listing import Listing, Shelf
from bookmarks.models import Note
from bookmarks.notes import add_note, make_note_draft
from tests.bookmarks.api.calling import Program
from tests.bookmarks.keeping import keep

pytestmark = pytest.mark.django_db


def write(owner: User, title: str = "", text: str = "", *, private: bool = False) -> Note:
    return add_note(owner, make_note_draft(title, text, private=private))


def test_a_note_is_written_shown_changed_and_deleted(alice: User, alice_client: Client) -> None:
    said = {"title": " On\nattention ", "text": "*So* it\r\ngoes <b>"}
    added = alice_client.post("/note/add/", said, follow=True)
    note = Note.objects.get()
    path = f"/u:alice/notes/{note.key}/"
    assert added.redirect_chain == [(path, 302)]
    assert (note.title, note.text, note.private) == ("On attention", "*So* it\ngoes <b>", False)
    page = added.content.decode()
    assert "<em>So</em> it" in page
    assert "&lt;b&gt;" in page

    form = alice_client.get(f"{path}edit/").content.decode()
    assert "*So* it\ngoes &lt;b&gt;" in form
    alice_client.post(f"{path}edit/", {"title": "New", "text": "", "private": "on"})
    changed = Note.objects.get()
    assert (changed.title, changed.text, changed.private) == ("New", "", True)
    assert changed.updated_at > changed.created_at == note.created_at
    alice_client.post(f"{path}edit/", {"title": "New", "text": "", "private": "on"})
    assert Note.objects.get().updated_at == changed.updated_at

    assert "Delete this note?" in alice_client.get(f"{path}delete/").content.decode()
    gone = alice_client.post(f"{path}delete/", follow=True)
    assert gone.redirect_chain == [("/u:alice/notes/", 302)]
    assert alice_client.get(path).status_code == 404


def test_what_cannot_be_kept_comes_back_as_typed(alice_client: Client) -> None:
    for said, name in (
        ({"title": "", "text": " \n"}, "text"),
        ({"title": "x" * 256, "text": "kept words"}, "title"),
        ({"title": "kept words", "text": "x" * 65_537}, "text"),
    ):
        answer = alice_client.post("/note/add", said)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'id="id_{name}_error"' in page
        assert "kept words" in page or not said["text"].strip()
    assert not Note.objects.exists()


def test_notes_are_private_where_the_person_saves_so(alice: User, alice_client: Client) -> None:
    assert "checked" not in alice_client.get("/note/add/").content.decode()
    User.objects.update(private_by_default=True)
    assert "checked" in alice_client.get("/note/add/").content.decode()


def test_what_is_private_is_private(
    alice: User, alice_client: Client, bob: User, bob_client: Client, visitor_client: Client
) -> None:
    hidden = write(alice, "Hidden", "secret", private=True)
    shown = write(alice, "Shown", "open")
    theirs = f"/u:alice/notes/{shown.key}/"
    hers = f"/u:alice/notes/{hidden.key}/"
    for client, found in ((alice_client, 200), (bob_client, 404), (visitor_client, 404)):
        assert client.get(hers).status_code == found
        assert client.get(theirs).status_code == 200
        listed = client.get("/u:Alice/notes/").content.decode()
        assert "Shown" in listed
        assert ("Hidden" in listed) is (found == 200)
    for action in ("edit", "delete"):
        for path in (hers, theirs):
            said = {"title": "Mine now", "text": "x"}
            assert bob_client.post(f"{path}{action}/", said).status_code == 404
            assert visitor_client.post(f"{path}{action}/", said).status_code == 302
            moved = path.replace("alice", "bob")
            assert bob_client.post(f"{moved}{action}/", said).status_code == 404
    assert set(Note.objects.values_list("title", flat=True)) == {"Hidden", "Shown"}
    program = Program(bob)
    assert program.json("notes/list") == {"count": 0, "notes": []}
    assert program.call(f"notes/{shown.key}").status_code == 404
    assert 'name="robots" content="noindex"' in alice_client.get(hers).content.decode()


def test_a_long_list_goes_on(
    alice: User, alice_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "NOTES_A_PAGE", 2)
    monkeypatch.setattr(notes, "NOTES_AT_MOST", 5)
    for number in range(5):
        write(alice, f"Note {number}", "x" * number)
    seen, path = [], "/u:alice/notes/"
    while path:
        answer = alice_client.get(path)
        seen += [note.title for note, _ in answer.context["notes"]]
        path = answer.context["earlier_url"]
    assert seen == [f"Note {number}" for number in (4, 3, 2, 1, 0)]
    back = alice_client.get(answer.context["later_url"])
    assert [note.title for note, _ in back.context["notes"]] == ["Note 2", "Note 1"]
    assert alice_client.get("/u:alice/notes/before:x/").status_code == 404
    refused = alice_client.post("/note/add/", {"title": "One more"})
    assert "delete one first" in refused.content.decode()


def test_a_list_reads_no_texts_and_costs_the_same_however_long(
    alice: User, visitor_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        write(alice, text="words " * 10_000)
    with django_assert_num_queries(3) as asked:
        page = visitor_client.get("/u:alice/notes/")
    columns = asked.captured_queries[-1]["sql"].partition(" FROM ")[0]
    assert '"bookmarks_note"."title"' in columns
    assert not re.search(r'(?<!\()"bookmarks_note"\."text"', columns)  # but its beginning
    assert len(page.content) < 5000
    assert "words words" in page.content.decode()


def test_programs_read_notes_in_pinboards_shapes(alice: User) -> None:
    text = 'one\n<two> & "three" é🦜'
    digest = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:20]
    note = write(alice, "A & B", text, private=True)
    at = note.created_at.strftime("%Y-%m-%d %H:%M:%S")
    program = Program(alice)
    listed = program.text("notes/list/")
    assert listed == (
        f'{{"count":1,"notes":[{{"id":"{note.key}","hash":"{digest}","title":"A & B",'
        f'"length":"{len(text)}","created_at":"{at}","updated_at":"{at}"}}]}}'
    )
    one = program.json(f"notes/{note.key}")
    assert list(one) == ["id", "title", "created_at", "updated_at", "length", "text", "hash"]
    assert (one["text"], one["length"], one["hash"]) == (text, len(text), digest)
    root = program.xml("notes/list")
    assert root.attrib == {"count": "1"}
    assert [part.tag for part in root[0]] == ["title", "hash", "created_at", "updated_at", "length"]
    single = program.xml(f"notes/{note.key}/")
    assert (single.tag, single.get("id"), single.findtext("text")) == ("note", note.key, text)
    for format_ in ("xml", "json"):
        missing = program.call("notes/0123456789abcdef0123", format=format_)
        assert missing.status_code == 404
        assert missing.headers["Content-Type"] == f"text/{format_}; charset=utf-8"


def test_notes_go_with_the_account_and_into_its_whole_file(alice: User, bob: User) -> None:
    keep(alice)
    note = write(alice, "Mine", "Text", private=True)
    write(bob, "His")
    whole = json.loads("".join(export_bookmarks("json", Listing(alice), alice)))
    assert len(whole["bookmarks"]) == 1
    assert whole["notes"] == [
        {
            "id": note.key,
            "title": "Mine",
            "text": "Text",
            "private": True,
            "created_at": note.created_at.isoformat(),
            "updated_at": note.updated_at.isoformat(),
        }
    ]
    for listing, viewer in ((Listing(alice), bob), (Listing(alice, shelf=Shelf.UNREAD), alice)):
        assert "notes" not in json.loads("".join(export_bookmarks("json", listing, viewer)))
    delete_account(alice)
    assert [one.title for one in Note.objects.all()] == ["His"]
