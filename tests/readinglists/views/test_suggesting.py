"""Suggestions by plain forms: made, reviewed, accepted, declined, withdrawn, and by whom."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from readinglists.drafts import make_list_draft
from readinglists.items import delete_item, edit_item
from readinglists.lists import add_section, edit_list, set_editors
from readinglists.models import Item, ReadingList, Suggestion
from readinglists.suggesting import accept, merged, suggest_change, suggest_item, withdraw
from tests.readinglists.making import add, make_list, outline_of

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:learning-to-rank/"
OWN = "/suggestions/"


@pytest.fixture
def reading_list(alice: User) -> ReadingList:
    """Return a public list of Alice's."""
    return make_list(alice)


def page_of(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def text_of(client: Client, path: str) -> str:
    return " ".join(page_of(client, path).select("main")[0].get_text(" ").split())


def filled(page: BeautifulSoup) -> dict[str, str]:
    """Return what the first form of the page would send."""
    form = page.select_one("main form.form")
    assert form
    said = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
    said |= {str(one["name"]): one.get_text().strip() for one in form.select("textarea[name]")}
    for select in form.select("select[name]"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        said[str(select["name"])] = str(chosen["value"]) if chosen else ""
    return said


def test_an_item_is_suggested_accepted_and_credited(
    reading_list: ReadingList, alice_client: Client, bob_client: Client
) -> None:
    section = add_section(reading_list, "Basics")
    one = add(reading_list, "one", section=section)
    add(reading_list, "two", section=section)
    assert page_of(bob_client, PATH).select(f"a[href='{PATH}suggest/']")
    said = filled(page_of(bob_client, f"{PATH}suggest/?title=new"))
    assert (said["title"], said["place"]) == ("new", f"s{section.pk}")
    said |= {"place": f"i{one.pk}", "why": "It is the best."}
    assert bob_client.post(f"{PATH}suggest/", said).headers["Location"] == OWN
    assert "1 suggestion" in text_of(alice_client, PATH)
    waiting = page_of(alice_client, f"{PATH}suggestions/")
    assert "It is the best." in waiting.get_text()
    path = str(waiting.select("main a[href*='/suggestions/']")[0]["href"])
    review = filled(page_of(alice_client, path))
    assert (review["title"], review["place"]) == ("new", f"i{one.pk}")
    alice_client.post(path, review | {"title": "Newer"})
    assert outline_of(reading_list)[1] == ("Basics", ["one", "Newer", "two"])
    assert "suggested by bob" in text_of(alice_client, PATH)
    own = text_of(bob_client, OWN)
    assert "accepted" in own
    assert "to the item" in own
    again = alice_client.post(path, review, follow=True)
    assert "was accepted already" in again.content.decode()
    assert reading_list.items.count() == 3


def test_in_a_long_list_a_place_is_chosen_section_by_section(
    reading_list: ReadingList, bob_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("suggestion_forms", "views.suggesting"):
        monkeypatch.setattr(f"readinglists.{module}.OFFERED", 2)
    add_section(reading_list, "First")
    section = add_section(reading_list, "Last")
    for title in ("a", "b"):
        add(reading_list, title)
    last = [add(reading_list, title, section=section) for title in ("c", "d")][-1]
    path = f"{PATH}suggest/"
    page = page_of(bob_client, path)
    assert not page.select_one(f'select[name=place] [value="i{last.pk}"]')
    assert [one.text for one in page.select("select[name=in] option")][1:] == ["First", "Last"]
    page = page_of(bob_client, f"{path}?in={section.pk}")
    assert page.select_one(f'select[name=place] [value="s{section.pk}"][selected]')
    said = {"title": "new", "place": f"i{last.pk}"}
    assert bob_client.post(path, said).status_code == 422
    bob_client.post(f"{path}?in={section.pk}", said)
    assert Suggestion.objects.get().after == last
    for wrong in ("x", "9" * 30, "-1", "999999"):
        assert bob_client.get(f"{path}?in={wrong}").status_code == 200


def test_a_change_is_suggested_and_accepted(
    reading_list: ReadingList, alice: User, alice_client: Client, bob_client: Client
) -> None:
    item = add(reading_list, "One", note="First line\nsecond", tags="a")
    path = f"{PATH}i:{item.pk}/suggest/"
    assert page_of(bob_client, PATH).select(f"a[href='{path}']")
    said = filled(page_of(bob_client, path))
    edit_item(item, merged(item, {"tags": "a b"}), alice)
    bob_client.post(path, said | {"title": "One, again"})
    suggestion = Suggestion.objects.get()
    assert suggestion.fields == {"title": "One, again"}
    review = f"{PATH}suggestions/{suggestion.pk}/"
    values = filled(page_of(alice_client, review))
    edit_item(item, merged(item, {"note": "Better", "tags": "a b"}), alice)
    alice_client.post(review, values)
    item.refresh_from_db()
    assert (item.title, item.note, item.labels) == ("One, again", "Better", ["a", "b"])


def test_a_suggestion_is_declined_with_a_reason(
    reading_list: ReadingList, alice_client: Client, bob: User, bob_client: Client
) -> None:
    suggestion = suggest_item(reading_list, bob, {"title": "new"})
    path = f"{PATH}suggestions/{suggestion.pk}/"
    too_long = {"decline": "yes", "reason": "x" * 2001}
    assert "At most 2,000" in alice_client.post(path, too_long).content.decode()
    alice_client.post(path, {"decline": "yes", "reason": "Off topic."})
    own = text_of(bob_client, OWN)
    assert "declined" in own
    assert "Off topic." in own
    assert "It was declined" in text_of(alice_client, path)


def test_ones_own_is_withdrawn_and_nobody_elses(
    reading_list: ReadingList, alice_client: Client, bob: User, bob_client: Client
) -> None:
    suggestion = suggest_item(reading_list, bob, {"title": "new"})
    button = page_of(bob_client, OWN).select("button[formaction]")[0]
    path = str(button["formaction"])
    assert alice_client.post(path).status_code == 404
    assert "Withdrawn." in bob_client.post(path, follow=True).content.decode()
    assert "withdrawn already" in bob_client.post(path, follow=True).content.decode()
    suggestion.refresh_from_db()
    assert suggestion.state == "withdrawn"


@pytest.mark.parametrize("who", ["bob_client", "visitor_client"])
def test_only_editors_see_and_decide(
    reading_list: ReadingList, bob: User, who: str, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(who)
    suggestion = suggest_item(reading_list, bob, {"title": "Secret idea"})
    expected = 404 if who == "bob_client" else 302
    for path in (f"{PATH}suggestions/", f"{PATH}suggestions/{suggestion.pk}/"):
        assert client.get(path).status_code == expected
    assert client.post(path, {"decline": "yes"}).status_code == expected
    body = client.get(PATH).content.decode()
    assert "Secret idea" not in body
    assert "1 suggestion" not in body
    suggestion.refresh_from_db()
    assert suggestion.state == "open"


def test_co_editors_decide_too(reading_list: ReadingList, alice: User, bob: User) -> None:
    carol = User.objects.create_user("carol")
    set_editors(reading_list, [carol])
    suggestion = suggest_item(reading_list, bob, {"title": "new"})
    client = Client()
    client.force_login(carol)
    assert "1 suggestion" in text_of(client, OWN)
    client.post(f"{PATH}suggestions/{suggestion.pk}/", {"title": "new", "place": "s0"})
    assert outline_of(reading_list) == [("", ["new"])]


def test_a_suggestion_of_another_list_is_none_of_this(
    reading_list: ReadingList, alice: User, alice_client: Client, bob: User
) -> None:
    other = suggest_item(make_list(bob, "Other"), alice, {"title": "x"})
    assert alice_client.get(f"{PATH}suggestions/{other.pk}/").status_code == 404
    assert alice_client.get(f"{PATH}suggestions/{10**17}/").status_code == 404


@pytest.mark.parametrize("visibility", ["private", "unlisted"])
def test_a_list_hidden_since_is_not_told_to_who_suggested(
    reading_list: ReadingList, alice: User, bob: User, bob_client: Client, visibility: str
) -> None:
    item = accept(suggest_item(reading_list, bob, {"title": "mine"}), alice)
    suggest_change(item, bob, {"title": "better"})
    edit_list(reading_list, make_list_draft("Secret plans", visibility=visibility))
    reading_list.refresh_from_db()
    body = bob_client.get(OWN).content.decode()
    assert "Secret plans" not in body
    assert reading_list.slug not in body.replace("learning-to-rank", "")
    assert f"i:{item.pk}" not in body
    assert "not open to you any more" in body
    if visibility == "private":
        assert bob_client.get(f"{PATH}suggest/").status_code == 404
        assert bob_client.post(f"{PATH}i:{item.pk}/suggest/", {"title": "x"}).status_code == 404


def test_refused_suggestions_keep_what_was_typed(
    reading_list: ReadingList, bob_client: Client, alice_client: Client
) -> None:
    said = {"url": "javascript:alert(1)", "title": "Kept words", "place": "s0"}
    answer = bob_client.post(f"{PATH}suggest/", said)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "lxml")
    assert [one["name"] for one in page.select("[aria-invalid=true]")] == ["url"]
    assert page.select("input[name=title][value='Kept words']")
    for wrong in ("", "x", "s999", "i1", "i²", "s" * 99):
        said = {"title": "x", "place": wrong}
        assert bob_client.post(f"{PATH}suggest/", said).status_code in (302, 422)
    assert Suggestion.objects.count() <= 1
    item = add(reading_list, "One")
    answer = bob_client.post(
        f"{PATH}i:{item.pk}/suggest/", {"title": "One", "initial-title": "One"}
    )
    assert "Change something" in answer.content.decode()


def test_an_item_gone_meanwhile_is_told(
    reading_list: ReadingList, alice_client: Client, bob: User
) -> None:
    item = add(reading_list, "One")
    suggestion = suggest_change(item, bob, {"title": "Two"})
    path = f"{PATH}suggestions/{suggestion.pk}/"
    said = filled(page_of(alice_client, path))
    delete_item(item)
    told = alice_client.post(path, said, follow=True).content.decode()
    assert "is not in the list any more" in told
    assert "nothing is left to change" in text_of(alice_client, path)
    assert not Item.objects.exists()


def test_the_pages_cost_the_same_queries_however_many_there_are(
    reading_list: ReadingList,
    alice_client: Client,
    bob: User,
    bob_client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(6):
        accept(suggest_item(reading_list, bob, {"title": f"{number}"}), reading_list.owner)
        waiting = suggest_item(reading_list, bob, {"title": f"other {number}"})
    withdraw(waiting)
    with django_assert_num_queries(5):
        alice_client.get(f"{PATH}suggestions/")
    with django_assert_num_queries(4):
        bob_client.get(OWN)
