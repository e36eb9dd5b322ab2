"""Lists, sections and items by plain forms: made, changed, moved, deleted, and refused."""

from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from readinglists.lists import add_section
from readinglists.models import Item, ReadingList, Section
from readinglists.outline import read_outline
from readinglists.paths import list_path
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:learning-to-rank/"


def order(reading_list: ReadingList) -> list[str]:
    """Return headings and items in the order of reading."""
    parts = read_outline(ReadingList.objects.get(pk=reading_list.pk), None, whole=True).top.walk()
    lines: list[str] = []
    for part in parts:
        if part.section:
            lines.append("#" * part.section.depth + part.section.title)
        lines += [item.title for item in part.items or []]
    return lines


def errors_of(content: bytes) -> dict[str, str]:
    """Return the refusals of a form by the names of their fields."""
    page = BeautifulSoup(content, "lxml")
    inputs = page.select("[aria-invalid=true]")
    found = {}
    for one in inputs:
        line = page.find(id=str(one["aria-describedby"]).split()[-1]) or page.find(
            id=f"{one['id']}_error"
        )
        found[str(one["name"])] = line.get_text() if line else ""
    return found


def test_a_list_is_made_by_its_form(alice_client: Client) -> None:
    said = {"title": "Maths", "description": "In order.", "tags": "a b", "visibility": "private"}
    answer = alice_client.post("/lists/new/", said)
    assert answer.headers["Location"] == "/u:alice/l:maths/"
    made = ReadingList.objects.get()
    assert (made.title, made.visibility, made.labels) == ("Maths", "private", ["a", "b"])
    assert alice_client.get("/u:alice/l:maths/").status_code == 200


def test_a_refused_list_keeps_what_was_typed(alice_client: Client) -> None:
    said = {"title": " ", "description": "Long thoughts", "visibility": "public"}
    answer = alice_client.post("/lists/new/", said)
    assert answer.status_code == 422
    assert errors_of(answer.content) == {"title": "Give the list a title."}
    assert b"Long thoughts" in answer.content


def test_who_is_private_by_default_makes_private_lists(alice: User, alice_client: Client) -> None:
    User.objects.update(private_by_default=True)
    page = BeautifulSoup(alice_client.get("/lists/new/").content, "lxml")
    [chosen] = page.select("[name=visibility][checked]")
    assert chosen["value"] == "private"


def test_a_list_that_becomes_unlisted_moves_to_an_address_nobody_guesses(
    alice: User, alice_client: Client
) -> None:
    make_list(alice)
    answer = alice_client.post(f"{PATH}edit/", {"title": "Secret", "visibility": "unlisted"})
    assert answer.headers["Location"] != PATH
    assert alice_client.get(PATH).status_code == 404
    assert alice_client.get(answer.headers["Location"]).status_code == 200


def test_co_editors_change_a_list_but_not_who_sees_it(
    alice: User, bob: User, alice_client: Client, bob_client: Client
) -> None:
    one = make_list(alice, visibility="private")
    assert bob_client.get(PATH).status_code == 404
    assert alice_client.post(f"{PATH}editors/", {"editors": "@Bob, nobody1"}).status_code == 422
    assert alice_client.post(f"{PATH}editors/", {"editors": "@Bob"}).status_code == 302
    assert bob_client.get(PATH).status_code == 200
    said = {"title": "Renamed", "visibility": "public"}
    assert bob_client.post(f"{PATH}edit/", said).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.visibility) == ("Renamed", "private")
    assert bob_client.get(f"{PATH}editors/").status_code == 404
    assert bob_client.post(f"{PATH}delete/").status_code == 404


def test_a_list_is_deleted_after_a_question(alice: User, alice_client: Client) -> None:
    make_list(alice)
    assert b"Delete this list?" in alice_client.get(f"{PATH}delete/").content
    assert ReadingList.objects.exists()
    assert alice_client.post(f"{PATH}delete/").headers["Location"] == "/u:alice/lists/"
    assert not ReadingList.objects.exists()


def test_sections_are_added_below_each_other_to_the_third_level(
    alice: User, alice_client: Client
) -> None:
    one = make_list(alice)
    parent = ""
    for title in ("A", "B", "C"):
        said = {"title": title, "note": "Why.", "parent": parent}
        assert alice_client.post(f"{PATH}add-section/", said).status_code == 302
        parent = str(Section.objects.get(title=title).pk)
    assert order(one) == ["#A", "##B", "###C"]
    refused = alice_client.post(f"{PATH}add-section/", {"title": "D", "parent": parent})
    assert refused.status_code == 422
    assert b"3 levels deep at most" in refused.content
    refused = alice_client.post(f"{PATH}add-section/", {"title": "", "note": "kept words"})
    assert errors_of(refused.content) == {"title": "Give the section a heading."}
    assert b"kept words" in refused.content


def test_sections_move_up_down_in_and_out(alice: User, alice_client: Client) -> None:
    one = make_list(alice)
    a, b, c = (add_section(one, title) for title in "abc")
    add(one, "in c", section=c)

    def move(section: Section, **said: object) -> int:
        return alice_client.post(f"{PATH}s:{section.pk}/move/", said).status_code

    move(c, to="up")
    assert order(one) == ["#a", "#c", "in c", "#b"]
    move(a, to="down")
    assert order(one) == ["#c", "in c", "#a", "#b"]
    move(b, to="in")
    assert order(one) == ["#c", "in c", "#a", "##b"]
    move(b, to="out")
    move(b, after="")
    assert order(one) == ["#b", "#c", "in c", "#a"]
    move(b, after=a.pk)
    move(c, parent=a.pk, after="end")
    assert order(one) == ["#a", "##c", "in c", "#b"]


@pytest.mark.parametrize(
    "said",
    [
        {"to": "in"},
        {"to": "out"},
        {"to": "sideways"},
        {"parent": "999999999"},
        {"after": "99999"},
        {"after": "x" * 9},
        {"parent": "9" * 40},
    ],
)
def test_a_section_cannot_move_where_no_place_is(
    alice: User, alice_client: Client, said: dict[str, str]
) -> None:
    one = make_list(alice)
    section = add_section(one, "a")
    path = f"{PATH}s:{section.pk}/move/"
    told = alice_client.post(path, said, headers={"X-Requested-With": "fetch"})
    assert told.status_code == 409
    assert told.content.decode().endswith(".")
    page = alice_client.post(path, said, follow=True)
    assert told.content in page.content


def test_removing_a_heading_keeps_its_items(alice: User, alice_client: Client) -> None:
    one = make_list(alice)
    a = add_section(one, "a")
    add_section(one, "deeper", parent=a)
    add(one, "first")
    add(one, "kept", section=a)
    alice_client.post(f"{PATH}s:{a.pk}/delete/")
    assert order(one) == ["first", "kept", "#deeper"]


def test_an_item_is_added_to_its_section_with_all_fields(alice: User, alice_client: Client) -> None:
    section = add_section(make_list(alice), "Papers")
    said = {
        "url": "arxiv.org/abs/1706.03762",
        "title": "Attention",
        "note": "Twice.",
        "need": "required",
        "level": "core",
        "reading_pass": "study",
        "minutes": "90",
        "authors_text": "Vaswani",
        "venue": "NeurIPS",
        "year": "2017",
        "stars": "2",
        "tags": "nlp",
        "alternates": "pdf https://example.org/a.pdf\ncode In PyTorch https://github.com/a/b",
        "section": str(section.pk),
    }
    answer = alice_client.post(f"{PATH}add/", said)
    item = Item.objects.get()
    assert answer.headers["Location"] == f"{PATH}?open={section.pk}#i-{item.pk}"
    assert (item.section, item.minutes, item.year, item.stars) == (section, 90, 2017, 2)
    others = [(one.role, one.label) for one in item.alternates.all()]
    assert others == [("pdf", ""), ("code", "In PyTorch")]
    # What was said comes back in the form, and saving it as it is changes nothing.
    page = BeautifulSoup(alice_client.get(f"{PATH}i:{item.pk}/edit/").content, "lxml")
    form = {
        str(field["name"]): str(field.get("value") or field.text.lstrip("\n"))
        for field in page.select("main form.form :is(input, textarea)[name]")
    }
    form |= {str(s["name"]): str(s.select("[selected]")[0]["value"]) for s in page.select("select")}
    assert alice_client.post(f"{PATH}i:{item.pk}/edit/", form).status_code == 302
    same = Item.objects.get()
    for name in ("url", "title", "note", "need", "level", "reading_pass", "minutes", "year"):
        assert getattr(same, name) == getattr(item, name)
    assert [(one.role, one.label) for one in same.alternates.all()] == others


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://x.org", "year": "MMXVII"}, "year"),
        ({"url": "https://x.org", "minutes": "-3"}, "minutes"),
        ({"url": "https://x.org", "stars": "6"}, "stars"),
        ({"title": "x" * 501}, "title"),
        ({"title": "ok", "alternates": "just words"}, "alternates"),
        ({"title": "ok", "alternates": "pdf javascript:alert(1)//.x"}, "alternates"),
        ({"title": "ok", "need": "perhaps"}, "need"),
        ({}, "title"),
    ],
)
def test_a_refused_item_says_what_is_wrong_with_which_field(
    alice: User, alice_client: Client, said: dict[str, str], field: str
) -> None:
    make_list(alice)
    answer = alice_client.post(f"{PATH}add/", {**said, "venue": "typed before"})
    assert answer.status_code == 422
    assert list(errors_of(answer.content)) == [field]
    assert b"typed before" in answer.content
    assert not Item.objects.exists()


def test_read_after_is_chosen_among_what_stands_before(alice: User, alice_client: Client) -> None:
    one = make_list(alice)
    first, second, third = (add(one, title) for title in ("one", "two", "three"))
    path = f"{PATH}i:{second.pk}/edit/"
    page = BeautifulSoup(alice_client.get(path).content, "lxml")
    assert [field["value"] for field in page.select("[name=after]")] == [str(first.pk)]
    alice_client.post(path, {"title": "two", "after": [first.pk]})
    assert [link.earlier for link in second.prerequisites.all()] == [first]
    refused = alice_client.post(path, {"title": "two", "after": [third.pk]})
    assert refused.status_code == 422


def test_a_deleted_item_can_be_brought_back_to_its_place(alice: User, alice_client: Client) -> None:
    one = make_list(alice)
    section = add_section(one, "s")
    first = add(one, "one", section=section)
    add(one, "three", section=section)
    alternates = [{"url": "https://example.org/a.pdf"}]
    item = add(one, "two", section=section, after=first, note="N", alternates=alternates)
    page = alice_client.post(f"{PATH}i:{item.pk}/delete/", follow=True)
    assert order(one) == ["#s", "one", "three"]
    assert b"Taken out of the list." in page.content
    alice_client.post(f"{PATH}restore/")
    assert order(one) == ["#s", "one", "two", "three"]
    back = Item.objects.get(title="two")
    assert (back.note, [each.role for each in back.alternates.all()]) == ("N", ["pdf"])
    assert alice_client.post(f"{PATH}restore/").status_code == 404
    one.refresh_from_db()
    assert one.item_count == 3


def test_forms_are_for_those_who_are_logged_in(alice: User, visitor_client: Client) -> None:
    one = make_list(alice)
    item = add(one, "one")
    for more in ("edit/", "add/", f"i:{item.pk}/edit/", f"i:{item.pk}/move/", "add-section/"):
        path = list_path("alice", one.slug) + more
        assert unquote(visitor_client.get(path).headers["Location"]) == f"/login/?next={path}"
