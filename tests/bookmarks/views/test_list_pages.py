"""Reading bookmarks back: recent, by tag, by person, on shelves, page by page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from bookmarks.drafts import make_draft
from bookmarks.models import Bookmark, FetchJob, Page
from bookmarks.storing import store_bookmark
from tests.bookmarks.views.saving_steps import count_of, save, soup, titles

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def store(owner: User, number: int, **fields: object) -> Bookmark:
    """Store bookmark number so many, a minute after the one before."""
    said = {"title": f"T{number}", "saved_at": NOON + timedelta(minutes=number)} | fields
    return store_bookmark(owner, make_draft(f"https://example.com/{number}", **said)).bookmark  # type: ignore[arg-type]


@pytest.fixture
def shelf_of_alice(alice: User) -> None:
    """Give Alice one bookmark of every sort."""
    store(alice, 1, tags="Bayes tutorial")
    store(alice, 2, tags="bayes .mine", private=True)
    store(alice, 3, tags="BAYES C++", unread=True)
    store(alice, 4, starred=True)


SHELVES = [
    ("/u:alice/", ["T4", "T3", "T2", "T1"], "4"),
    ("/u:alice/public/", ["T4", "T3", "T1"], "3"),
    ("/u:alice/private/", ["T2"], "1"),
    ("/u:alice/unread/", ["T3"], "1"),
    ("/u:alice/starred/", ["T4"], "1"),
    ("/u:alice/untagged/", ["T4"], "1"),
    ("/u:alice/t:bayes/", ["T3", "T2", "T1"], "3"),
    ("/u:alice/t:BAYES/", ["T3", "T2", "T1"], "3"),
    ("/u:alice/t:bayes/t:tutorial/", ["T1"], "1"),
    ("/u:alice/t:.mine/", ["T2"], "1"),
    ("/u:alice/t:bayes/unread/", ["T3"], "1"),
    ("/u:Alice/", ["T4", "T3", "T2", "T1"], "4"),
    ("/recent/", ["T4", "T3", "T1"], "3"),
    ("/t:bayes/", ["T3", "T1"], "2"),
    ("/t:C%2B%2B/", ["T3"], "1"),
    ("/t:c++/t:bayes/", ["T3"], "1"),
]


@pytest.mark.usefixtures("shelf_of_alice")
def test_the_owner_sees_their_shelves(alice_client: Client) -> None:
    for path, expected, count in SHELVES:
        assert (path, titles(alice_client, path)) == (path, expected)
        assert (path, count_of(alice_client, path)) == (path, count)


OTHERS_SEE = [
    ("/u:alice/", ["T4", "T3", "T1"], "3"),
    ("/u:alice/public/", ["T4", "T3", "T1"], "3"),
    ("/u:alice/t:bayes/", ["T3", "T1"], "2"),
    ("/recent/", ["T4", "T3", "T1"], "3"),
    ("/t:bayes/", ["T3", "T1"], "2"),
]


@pytest.mark.usefixtures("shelf_of_alice")
@pytest.mark.parametrize("who", ["bob_client", "visitor_client"])
def test_others_see_what_is_public(request: pytest.FixtureRequest, who: str) -> None:
    client: Client = request.getfixturevalue(who)
    for path, expected, count in OTHERS_SEE:
        assert (path, titles(client, path)) == (path, expected)
        assert (path, count_of(client, path)) == (path, count)


HIDDEN = [
    *(f"/u:alice/{shelf}/" for shelf in ("private", "unread", "starred", "untagged")),
    "/u:alice/t:.mine/",
    "/u:alice/t:bayes/unread/",
    "/t:.mine/",
    "/t:nothing/",
    "/t:bayes/t:nothing/",
    "/u:alice/t:nothing/",
    "/u:nobody/",
    "/u:nobody/t:bayes/",
    "/t:a/t:b/t:c/t:d/",
    "/recent/before:soon/",
    "/u:alice/before:/",
    "/recent/before:99999999999999999999/",
    "/u:al%00ice/",
    "/t:%00/",
    "/nowhere/",
]


@pytest.mark.usefixtures("shelf_of_alice")
def test_what_is_not_there_is_a_helpful_404(bob_client: Client) -> None:
    for path in HIDDEN:
        answer = bob_client.get(path)
        assert (path, answer.status_code) == (path, 404)
        page = soup(answer.content)
        assert page.select("nav a[href='/recent/'], a[href='/recent/']"), path


def test_a_tag_used_only_in_private_is_as_unknown_as_any(
    alice: User, visitor_client: Client
) -> None:
    unknown = visitor_client.get("/t:secret/").content
    store(alice, 1, tags="secret", private=True)
    store(alice, 2, tags=".secret")
    assert visitor_client.get("/t:secret/").content == unknown


NAMES = [
    "C++",
    "c#",
    "a/b",
    "50%",
    "100%25",
    "x?y",
    "x#y",
    "日本語",
    "é",
    "🙂",
    "a&b",
    "'q'",
    '"q"',
    ":",
    "t:x",
    "<b>",
]


@pytest.mark.parametrize("label", NAMES)
def test_any_tag_can_be_followed(alice_client: Client, label: str) -> None:
    save(alice_client, "https://example.com/", title="T", tags=label)
    entry = soup(alice_client.get("/u:alice/").content).select_one("article a.tag")
    assert entry
    assert entry.get_text(strip=True) == label
    assert titles(alice_client, str(entry["href"])) == ["T"]
    recent = soup(alice_client.get("/recent/").content).select_one("article a.tag")
    assert recent
    assert titles(alice_client, str(recent["href"])) == ["T"]


def walk(client: Client, path: str, link: str) -> list[list[str]]:
    """Follow the pager from a page on and return what each page shows."""
    pages = []
    while path:
        pages.append(titles(client, path))
        following = soup(client.get(path).content).select_one(f"a#{link}")
        path = str(following["href"]) if following else ""
    return pages


@pytest.mark.parametrize("at_once", [False, True])
def test_the_pager_shows_each_entry_once(
    alice: User, visitor_client: Client, at_once: bool
) -> None:
    for number in range(120):
        store(alice, number, tags="x", **({"saved_at": NOON} if at_once else {}))
    expected = [f"T{number}" for number in reversed(range(120))]
    for path in ("/u:alice/", "/recent/", "/t:x/", "/u:alice/t:x/"):
        earlier = walk(visitor_client, path, "top_earlier")
        assert (path, [len(page) for page in earlier]) == (path, [50, 50, 20])
        assert (path, [title for page in earlier for title in page]) == (path, expected)
        first_page = soup(visitor_client.get(path).content)
        assert not first_page.select("a#top_later"), path


def test_the_pager_leads_back(alice: User, visitor_client: Client) -> None:
    for number in range(120):
        store(alice, number)
    last = "/u:alice/"
    while more := soup(visitor_client.get(last).content).select_one("a#top_earlier"):
        last = str(more["href"])
    back = walk(visitor_client, last, "top_later")
    assert [page[0] for page in back] == ["T19", "T69", "T119"]


def test_before_a_time_is_what_is_older(alice: User, visitor_client: Client) -> None:
    for number in range(3):
        store(alice, number)
    epoch = int((NOON + timedelta(minutes=2)).timestamp())
    assert titles(visitor_client, f"/u:alice/before:{epoch}/") == ["T1", "T0"]
    assert titles(visitor_client, "/u:alice/before:3000000000/") == ["T2", "T1", "T0"]


def test_the_home_page_of_a_visitor_says_what_this_is(visitor_client: Client) -> None:
    page = soup(visitor_client.get("/").content)
    assert page.select("a[href='/signup/']")


def test_the_home_page_of_somebody_logged_in_is_their_own(alice_client: Client) -> None:
    assert alice_client.get("/").headers["Location"] == "/u:alice/"
    assert alice_client.get("/toread/").headers["Location"] == "/u:alice/unread/"


def test_an_entry_shows_its_facts(alice: User, visitor_client: Client) -> None:
    bookmark = store(alice, 1, description="My words.", source="iphone", tags="b a")
    Page.objects.update(title="Page title", excerpt="word " * 500, state="fetched", fetched_at=NOON)
    Bookmark.objects.update(facts_at=NOON)
    entry = soup(visitor_client.get("/recent/").content).select_one("article.bookmark")
    assert entry
    assert entry["id"] == f"b-{bookmark.slug}"
    when = entry.select_one("a.when")
    assert when
    assert when["title"] == "2026.03.01 12:01:00"
    time = when.select_one("time")
    assert time
    assert str(time["datetime"]).startswith("2026-03-01T12:01:00")
    assert "My words." in entry.select(".description")[0].get_text()
    assert entry.select("blockquote")
    assert "[more]" in entry.get_text()
    assert [tag.get_text() for tag in entry.select("a.tag")] == ["b", "a"]
    assert "by alice" in " ".join(entry.get_text(" ").split())
    assert "from iphone" in " ".join(entry.get_text(" ").split())


def test_a_typed_title_stays_and_an_empty_one_is_filled(
    alice: User, visitor_client: Client
) -> None:
    store(alice, 1, title="Typed")
    store(alice, 2, title="")
    Page.objects.update(title="From the page", fetched_at=NOON)
    Bookmark.objects.update(facts_at=NOON)
    assert titles(visitor_client, "/recent/") == ["From the page", "Typed"]


def test_it_counts_the_others_who_saved_it(alice: User, bob: User, visitor_client: Client) -> None:
    store(alice, 1)
    assert not soup(visitor_client.get("/recent/").content).select("a.url_link")
    store(bob, 1)
    links = soup(visitor_client.get("/recent/").content).select("a.url_link")
    assert {link.get_text(strip=True) for link in links} == {"1 other"}
    savers = soup(visitor_client.get(str(links[0]["href"])).content)
    assert "alice" in savers.get_text()
    assert "bob" in savers.get_text()


def test_a_private_save_is_in_no_count_of_others(
    alice: User, bob: User, visitor_client: Client
) -> None:
    store(alice, 1)
    before = visitor_client.get("/recent/").content
    store(bob, 1, private=True)
    assert visitor_client.get("/recent/").content == before


def test_a_page_saved_only_in_private_has_no_page(alice: User, alice_client: Client) -> None:
    page = store(alice, 1, private=True).page
    assert alice_client.get(f"/url:{page.key}/").status_code == 404
    assert alice_client.get(f"/url:{'0' * 40}/").status_code == 404


def test_a_url_can_be_looked_up(alice: User, visitor_client: Client) -> None:
    page = store(alice, 1).page
    answer = visitor_client.get("/url/", {"url": "http://www.example.com/1#x"})
    assert answer.headers["Location"] == f"/url:{page.key}/"
    assert visitor_client.get("/url/", {"url": "ftp://x"}).status_code == 404


def test_popular_shows_pages_of_two_people_hottest_first(
    alice: User, bob: User, visitor_client: Client
) -> None:
    for number in (1, 2, 3):
        store(alice, number)
    store(bob, 2, saved_at=NOON - timedelta(days=90))
    store(bob, 1)
    assert titles(visitor_client, "/popular/") == ["T1", "T2"]
    assert count_of(visitor_client, "/popular/") == "2"


def test_popular_forgets_what_became_private(
    alice: User, bob: User, bob_client: Client, visitor_client: Client
) -> None:
    store(alice, 1)
    bookmark = store(bob, 1)
    assert titles(visitor_client, "/popular/") == ["T1"]
    bob_client.post(f"/u:bob/b:{bookmark.slug}/hide/")
    assert titles(visitor_client, "/popular/") == []


def test_ten_more_entries_cost_no_more_queries(
    alice: User,
    bob: User,
    alice_client: Client,
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    for number in range(5):
        store(alice, number, tags="x y")
        store(bob, number, tags="x")
    FetchJob.objects.all().delete()
    paths = ["/u:alice/", "/recent/", "/popular/", "/t:x/", "/t:x/t:y/", "/u:alice/t:x/", "/u:bob/"]
    with django_assert_max_num_queries(100) as few:  # type: ignore[operator]
        for path in paths:
            alice_client.get(path)
    for number in range(5, 15):
        store(alice, number, tags="x y z")
        store(bob, number, tags="x w")
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        for path in paths:
            alice_client.get(path)


def test_pages_of_people_logged_in_are_kept_by_no_cache(alice_client: Client) -> None:
    assert alice_client.get("/recent/").headers["Cache-Control"] == "private, no-store"


def test_every_list_names_its_feeds(alice: User, visitor_client: Client) -> None:
    store(alice, 1, tags="x")
    for path in ("/recent/", "/popular/", "/t:x/", "/u:alice/", "/u:alice/t:x/"):
        links = soup(visitor_client.get(path).content).select("link[rel=alternate]")
        assert [link["href"] for link in links] == [
            f"/feeds/{form}{path}" for form in ("atom", "rss", "json")
        ]


def test_private_tags_are_shown_only_where_they_lead_somewhere(
    alice: User, alice_client: Client
) -> None:
    store(alice, 1, tags="bayes .mine")
    for path, labels in (("/t:bayes/", ["bayes"]), ("/u:alice/", ["bayes", ".mine"])):
        page = soup(alice_client.get(path).content)
        assert [tag.get_text() for tag in page.select("article a.tag")] == labels


@pytest.mark.parametrize("path", ["/recent/", "/popular/", "/u:alice/"])
def test_beyond_the_end_is_a_way_back(
    alice: User, bob: User, visitor_client: Client, path: str
) -> None:
    store(alice, 1)
    store(bob, 1)
    page = soup(visitor_client.get(f"{path}before:1/").content)
    assert "Nothing earlier." in page.get_text()
    assert page.select_one("a#top_later")
