"""From signing up to the feed reader: several people save pages and read them back."""

import feedparser
import pytest
from bs4 import BeautifulSoup

from tests.journeys.reader import Reader
from tests.outside import Outside
from tests.sites import Site
from tests.waiting import wait_for

PAGES = 20


@pytest.fixture(scope="module")
def pages(outside: Outside) -> list[str]:
    """Serve twenty articles and return their addresses."""
    return [
        outside.put(
            f"/walk/{number}",
            f"""<!doctype html><html lang=en><head><title>Lesson {number} | Walks</title>
            <meta property="og:title" content="Lesson {number}">
            <meta property="og:type" content="article">
            <meta property="og:site_name" content="Walks">
            <meta name="author" content="Grace Walker"></head><body><article>
            <h1>Lesson {number}</h1><p>{f"What lesson {number} says about priors. " * 20}</p>
            <p>{"It goes on for a while. " * 20}</p></article></body></html>""",
        )
        for number in range(PAGES)
    ]


@pytest.fixture(scope="module")
def ada(site: Site, pages: list[str]) -> Reader:
    """Sign ada up and let her save all pages, the odd ones in private."""
    ada = Reader(site.url, "ada_walks").sign_up()
    for number, url in enumerate(pages):
        private = {"private": "on"} if number % 2 else {}
        assert ada.save(url, tags=f"walking n{number} .ada", **private).status_code == 200
    wait_for(lambda: len(ada.excerpts("/u:ada_walks/")) == PAGES, 60, "the excerpts")
    return ada


@pytest.fixture(scope="module")
def bob(site: Site) -> Reader:
    """Sign bob up."""
    return Reader(site.url, "bob_walks").sign_up()


def test_titles_and_excerpts_come_by_themselves(ada: Reader) -> None:
    expected = [f"Lesson {number}" for number in reversed(range(PAGES))]
    assert ada.titles("/u:ada_walks/t:walking/") == expected
    assert ada.count("/u:ada_walks/t:walking/") == str(PAGES)
    quotes = ada.excerpts("/u:ada_walks/t:walking/")
    assert all("says about priors." in quote for quote in quotes)
    assert "Grace Walker" in ada.page("/u:ada_walks/t:n0/").get_text()


def test_others_see_the_public_ones_and_no_trace_of_the_rest(ada: Reader, bob: Reader) -> None:
    public = [f"Lesson {number}" for number in reversed(range(0, PAGES, 2))]
    for path in ("/t:walking/", "/u:ada_walks/", "/u:ada_walks/t:walking/"):
        assert bob.titles(path) == public
        assert bob.count(path) == str(len(public))
        text = bob.get(path).text
        assert "n1<" not in text
        assert ".ada" not in text
    for path in ("/t:n1/", "/u:ada_walks/t:n1/", "/u:ada_walks/private/", "/t:.ada/"):
        assert bob.get(path).status_code == 404


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_feed_reader_reads_them(ada: Reader, bob: Reader, form: str) -> None:
    page = bob.page("/t:walking/")
    link = page.select_one(f"link[rel=alternate][href^='/feeds/{form}/']")
    assert link
    answer = bob.get(str(link["href"]))
    public = [f"Lesson {number}" for number in reversed(range(0, PAGES, 2))]
    if form == "json":
        assert [item["title"] for item in answer.json()["items"]] == public
    else:
        feed = feedparser.parse(answer.content)
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == public
    again = bob.session.get(answer.url, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_private_feed_shows_all_to_who_has_the_key(ada: Reader, site: Site) -> None:
    link = ada.page("/u:ada_walks/t:walking/").select_one("link[rel=alternate][type$='atom+xml']")
    assert link
    visitor = Reader(site.url, "nobody")
    feed = feedparser.parse(visitor.get(str(link["href"])).content)
    assert len(feed.entries) == PAGES


def test_a_second_saver_of_a_page_is_counted(ada: Reader, bob: Reader, pages: list[str]) -> None:
    bob.save(pages[0], tags="again")
    wait_for(lambda: "Lesson 0" in bob.titles("/u:bob_walks/"), 30, "the title")
    others = ada.page("/u:ada_walks/t:n0/").select_one("a.url_link")
    assert others
    savers = ada.page(str(others["href"]))
    assert {"ada_walks", "bob_walks"} <= set(savers.get_text(" ").split())
    assert "Lesson 0" in ada.titles("/popular/")


def test_facts_of_a_private_save_are_not_shown_to_the_next_saver_at_once(
    site: Site, ada: Reader, bob: Reader, pages: list[str]
) -> None:
    before = BeautifulSoup(bob.save(pages[1], tags="second").text, "lxml")
    entry = before.select_one("article.bookmark")
    assert entry
    assert not entry.select("blockquote")
    wait_for(lambda: bob.excerpts("/u:bob_walks/t:second/"), 30, "his own fetch")


FAILURES = {
    "/fails/gone": (404, "text/html", "gone"),
    "/fails/broken": (500, "text/html", "Trying again"),
    "/fails/paper.pdf": (200, "application/pdf", "PDF"),
    "/fails/empty": (200, "text/html", ""),
}


@pytest.mark.parametrize("path", FAILURES)
def test_a_page_that_cannot_be_read_leaves_the_bookmark_and_says_why(
    bob: Reader, outside: Outside, path: str
) -> None:
    status, content_type, words = FAILURES[path]
    url = outside.put(path, "" if words == "" else "x", content_type, status)
    tag = path.rpartition("/")[2]
    bob.save(url, tags=tag)
    wait_for(
        lambda: "waiting" not in bob.page(f"/u:bob_walks/t:{tag}/").select("article")[0].get_text(),
        30,
        "the end of the fetch",
    )
    entry = bob.page(f"/u:bob_walks/t:{tag}/").select("article")[0]
    assert entry.select_one(".bookmark_title")
    assert words.lower() in entry.get_text().lower()
    assert "Traceback" not in entry.get_text()
