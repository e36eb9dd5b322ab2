"""What search engines are told of: the sitemap, and robots.txt."""

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from bookmarks import public_pages
from bookmarks.fetching.robots import Robots
from readinglists.drafts import make_list_draft
from readinglists.lists import delete_list, edit_list
from readinglists.models import ReadingList
from tests.bookmarks.keeping import keep
from tests.readinglists.making import make_list

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def read(client: Client, path: str) -> list[str]:
    """Return the addresses of an index or a part, without the name of the site."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    root = ElementTree.fromstring(answer.content)
    return [
        (one.text or "").removeprefix(settings.BASE_URL) for one in root.iterfind(".//s:loc", NAMES)
    ]


def listed(client: Client) -> set[str]:
    """Return every page of the sitemap; each is there, may be read by robots and be indexed."""
    found = {page for part in read(client, "/sitemap.xml") for page in read(client, part)}
    rules = Robots.read(client.get("/robots.txt").content.decode(), "Anybot")
    for page in found:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert b"noindex" not in answer.content
        assert rules.allows(f"https://softmarks.example{page}"), page
    return found


def test_the_sitemap_has_public_people_tags_and_lists(
    alice: User, bob: User, visitor_client: Client
) -> None:
    keep(alice, tags="Bayes C++ .mine")
    make_list(alice, "Open & free")
    everyone = listed(visitor_client)
    assert {"/u:alice/", "/t:bayes/", "/t:c++/", "/u:alice/l:open-free/", "/recent/"} <= everyone
    before = {path: read(visitor_client, path) for path in read(visitor_client, "/sitemap.xml")}
    keep(alice, tags="secret", private=True)
    keep(bob, tags="hidden bayes", private=True)
    for number, visibility in enumerate(("private", "unlisted")):
        one = make_list(bob, f"Zanzibar {number}")
        edit_list(one, make_list_draft(one.title, visibility=visibility))
    after = {path: read(visitor_client, path) for path in read(visitor_client, "/sitemap.xml")}
    assert after == before
    User.objects.filter(pk=alice.pk).update(is_active=False)
    delete_list(ReadingList.objects.get(owner=alice))
    assert "/u:alice/" not in read(visitor_client, "/sitemap-people-0.xml")


def test_parts_are_ranges_and_cost_one_look_whatever_is_in_them(
    alice: User,
    bob: User,
    visitor_client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr("config.sitemap.SIZE", 1)
    keep(alice, tags=" ".join(f"tag{number}" for number in range(9)))
    keep(bob)
    with django_assert_num_queries(3):
        parts = read(visitor_client, "/sitemap.xml")
    tags = [part for part in parts if "tags" in part and len(read(visitor_client, part))]
    assert len(tags) == 9
    monkeypatch.setattr("config.sitemap.SIZE", public_pages.SIZE)
    first = public_pages.TAGS.last()
    assert first is not None
    path = f"/sitemap-tags-{first // public_pages.SIZE}.xml"
    with django_assert_num_queries(2):
        assert len(read(visitor_client, path)) == 9


@pytest.mark.parametrize(
    "path", ["/sitemap-tags-0.xml", "/sitemap-people-999999999999.xml", "/sitemap-pages-1.xml"]
)
def test_there_is_no_part_beyond_the_last(visitor_client: Client, path: str) -> None:
    assert visitor_client.get(path).status_code == 404


OPEN = ("/", "/u:ada/", "/t:edit/", "/u:ada/t:private/", "/u:ada/l:maths/", "/url:00/", "/recent/")
CLOSED = (
    *("/add", "/add?url=x", "/settings/", "/login/?next=/", "/bookmarks", "/bookmarks?q=x"),
    *("/u:ada/unread/", "/u:ada/t:x/unread/", "/u:ada/b:00/edit/", "/u:ada/export/"),
    *("/feeds/atom/secret:00/u:ada/", "/recent/before:1/", "/g:00/", "/u:ada/l:x/suggest/"),
    *("/u:ada/l:x/i:1/edit/", "/import/", "/api/bookmarks/", "/v1/posts/all", "/network/"),
)


def test_robots_are_kept_from_forms_and_from_what_is_ones_own(visitor_client: Client) -> None:
    rules = Robots.read(visitor_client.get("/robots.txt").content.decode(), "Anybot")
    site = "https://softmarks.example"
    assert [path for path in OPEN if not rules.allows(site + path)] == []
    assert [path for path in CLOSED if rules.allows(site + path)] == []
    assert (
        f"Sitemap: {settings.BASE_URL}/sitemap.xml"
        in visitor_client.get("/robots.txt").content.decode()
    )
