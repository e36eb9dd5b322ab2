"""All feeds of a person in one file: whole for the person, public ones for everyone else."""

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from readinglists.drafts import make_list_draft
from readinglists.lists import edit_list
from tests.bookmarks.keeping import keep
from tests.readinglists.groups.grouping import make_group
from tests.readinglists.making import add, make_list

PATH = "/u:alice/feeds.opml"


def feeds(client: Client) -> dict[str, str]:
    """Return the paths of the feeds in the file by their titles."""
    answer = client.get(PATH)
    assert answer.headers["Content-Type"].startswith("text/x-opml")
    root = ElementTree.fromstring(answer.content)
    assert root.attrib["version"] == "2.0"
    assert root.findtext("head/title")
    lines = root.findall("body/outline/outline[@type='rss']")
    assert all(line.attrib["htmlUrl"].startswith(f"{settings.BASE_URL}/") for line in lines)
    base = settings.BASE_URL
    return {line.attrib["text"]: line.attrib["xmlUrl"].removeprefix(base) for line in lines}


@pytest.fixture
def feeds_of_alice(alice: User) -> None:
    """Give Alice a thing of each kind; what is not for everyone is called Zanzibar."""
    keep(alice, tags='a"<b> .zanzibar')
    keep(alice, tags="Zanzibar2", private=True)
    open_list = make_list(alice, "Open & <free>")
    add(open_list, "Paper")
    for visibility in ("private", "unlisted"):
        one = make_list(alice, f"Zanzibar {visibility}")
        edit_list(one, make_list_draft(one.title, visibility=visibility))
    make_group(alice, reading_list=open_list)


@pytest.mark.usefixtures("feeds_of_alice")
def test_every_feed_in_it_can_be_read_without_a_cookie(
    alice: User, alice_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        found = feeds(alice_client)
    reader = Client()
    for title, path in found.items():
        assert reader.get(path).status_code == 200, title
    assert {"Bookmarks of alice", "Unread: alice", "Network", "Open & <free>"} <= set(found)
    assert {"alice: .zanzibar", "alice: Zanzibar2", "Zanzibar private"} <= set(found)
    assert any(path.startswith("/g:") for path in found.values())
    assert alice.feed_key in found["Zanzibar unlisted"]
    assert alice_client.get(PATH).headers["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("feeds_of_alice")
@pytest.mark.parametrize("who", ["bob_client", "visitor_client"])
def test_others_get_public_feeds_without_keys(
    request: pytest.FixtureRequest, alice: User, who: str
) -> None:
    client: Client = request.getfixturevalue(who)
    found = feeds(client)
    assert set(found) == {"Bookmarks of alice", 'alice: a"<b>', "Open & <free>"}
    said = client.get(PATH).content.decode()
    assert alice.feed_key not in said
    assert "zanzibar" not in said.lower()
    for path in found.values():
        assert Client().get(path).status_code == 200
    assert client.get("/u:nobody/feeds.opml").status_code == 404
