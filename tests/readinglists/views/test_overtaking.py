"""Two people who change the same at once: the second is told, and loses nothing that was typed."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from readinglists.drafts import make_item_draft, make_list_draft
from readinglists.items import edit_item
from readinglists.lists import add_section, edit_list, edit_section, set_editors
from readinglists.models import Item, ReadingList, Section
from readinglists.versions import Overtaken, version_of
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:learning-to-rank/"


def form_of(answer: Any) -> dict[str, str]:
    """Return what the first form of a page with a title is filled with."""
    page = BeautifulSoup(answer.content, "lxml")
    fields = page.select("form.form :is(input:not([type=radio], [type=checkbox]), textarea)")
    checked = page.select("form.form input[type=radio][checked]")
    said = {str(one["name"]): str(one.get("value") or one.text).strip() for one in fields}
    said |= {str(one["name"]): str(one["value"]) for one in checked}
    said.pop("csrfmiddlewaretoken", None)
    return said


@pytest.mark.parametrize("what", ["list", "section", "item"])
def test_the_second_of_two_is_told_and_keeps_what_was_typed(
    alice: User, bob: User, alice_client: Client, bob_client: Client, what: str
) -> None:
    made = make_list(alice, tags="one")
    set_editors(made, [bob])
    section = add_section(made, "Part")
    earlier, item = add(made, "Earlier"), add(made, "Later")
    rows: dict[str, ReadingList | Section | Item] = {"list": made, "section": section, "item": item}
    row = rows[what]
    at = {"list": "edit/", "section": f"s:{section.pk}/edit/", "item": f"i:{item.pk}/edit/"}[what]
    text = "description" if what == "list" else "note"
    # Both have the form before them; Bob is the first to save.
    shown = form_of(alice_client.get(PATH + at))
    assert bob_client.post(PATH + at, {**form_of(bob_client.get(PATH + at)), text: "Of Bob"})
    typed = {**shown, "title": "Of Alice", text: "Typed"}
    typed |= {"after": str(earlier.pk)} if what == "item" else {}
    typed |= {"visibility": "private", "tags": "two"} if what == "list" else {}
    before = ReadingList.objects.get()
    refused = alice_client.post(PATH + at, typed)
    assert refused.status_code == 422
    said = BeautifulSoup(refused.content, "lxml").select_one("[role=alert]")
    assert said
    assert f"Somebody changed this {what} while you were typing." in said.text
    row.refresh_from_db()
    assert (str(row), getattr(row, text)) == (
        {"list": "Learning to rank", "section": "Part", "item": "Later"}[what],
        "Of Bob",
    )
    after = ReadingList.objects.get()
    assert (after.version, after.visibility, after.labels_text) == (before.version, "public", "one")
    assert not item.prerequisites.exists()
    again = form_of(refused)
    assert {name: again[name] for name in typed if name not in ("as_of", "after")} == {
        name: value for name, value in typed.items() if name not in ("as_of", "after")
    }
    assert what == "section" or b"checked" in refused.content
    # Whoever means it saves once more.
    assert alice_client.post(PATH + at, {**typed, "as_of": again["as_of"]}).status_code == 302
    row.refresh_from_db()
    assert (str(row), getattr(row, text)) == ("Of Alice", "Typed")


def test_versions_are_compared_by_whoever_writes(alice: User) -> None:
    made = make_list(alice)
    section, item = add_section(made, "Part"), add(made, "Item")
    versions = [version_of(one) for one in (made, section, item)]
    edit_list(made, make_list_draft("List"), as_of=versions[0])
    edit_section(section, title="Part", note="N", as_of=versions[1])
    edit_item(item, make_item_draft(title="Item"), alice, as_of=versions[2])
    with pytest.raises(Overtaken):
        edit_list(made, make_list_draft("Other"), as_of=versions[0])
    with pytest.raises(Overtaken):
        edit_section(section, title="Other", note="", as_of=versions[1])
    with pytest.raises(Overtaken):
        edit_item(item, make_item_draft(title="Other"), alice, as_of=versions[2])
    assert not ReadingList.objects.filter(title="Other").exists()
    assert not Section.objects.filter(title="Other").exists()
    assert not Item.objects.filter(title="Other").exists()
