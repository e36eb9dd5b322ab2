"""A page of fifty entries with its styles and scripts weighs less than 25 kB as it is sent."""

import gzip
import random
import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bookmarks.models import Bookmark, Page
from tests.bookmarks.keeping import keep

MOST = 25_000
ENTRIES = 50
WORDS_OF_PEOPLE = settings.BASE_DIR / "bookmarks" / "sample_data" / "pages"


def real_pages() -> list[dict[str, object]]:
    """Return the pages of the sample data, in an order that is always the same."""
    files = sorted(WORDS_OF_PEOPLE.glob("*.toml"))
    pages = [page for file in files for page in tomllib.loads(file.read_text())["page"]]
    random.Random(1).shuffle(pages)
    return pages


@pytest.fixture
def full_list(alice: User, bob: User) -> None:
    """Keep fifty pages with a note, tags, facts and a long excerpt, all saved by two people."""
    pages = real_pages()
    texts = [str(page["excerpt"]) for page in pages if page.get("excerpt")]
    for owner in (bob, alice):  # so that the newest fifty are Alice's
        for page in pages[:ENTRIES]:
            save = page["saves"][0]  # type: ignore[index]
            note = save.get("note", "")
            keep(owner, str(page["url"]), save.get("tags", ""), description=note)
    for number, kept in enumerate(Bookmark.objects.filter(owner=alice)):
        page = pages[number]
        Page.objects.filter(pk=kept.page_id).update(
            title=page["title"],
            excerpt=" ".join(texts[(number * 3 + more) % len(texts)] for more in range(3)),
            authors=page.get("authors", []),
            published=page.get("published", ""),
            word_count=page.get("words"),
            kind="paper",
            state=Page.State.FETCHED,
        )
    Bookmark.objects.update(facts_at=timezone.now())


def weight_of(client: Client, path: str) -> int:
    """Return how many bytes a page sends with the styles and scripts it names."""
    body = client.get(path, headers={"Accept-Encoding": ""}).content
    page = BeautifulSoup(body, "lxml")
    assert len(page.select("article.bookmark")) == ENTRIES
    names = [str(link["href"]) for link in page.select("link[rel=stylesheet]")]
    names += [str(script["src"]) for script in page.select("script[src]")]
    files = [Path(settings.BASE_DIR, name.removeprefix("/")) for name in names]
    assert len(files) >= 2
    return sum(len(gzip.compress(part, 6)) for part in [body, *(f.read_bytes() for f in files)])


@pytest.mark.once
@pytest.mark.usefixtures("full_list")
def test_a_full_page_is_light(visitor_client: Client, alice_client: Client) -> None:
    for who, client in (("visitor", visitor_client), ("alice", alice_client)):
        for path in ("/recent/", "/u:alice/"):
            weight = weight_of(client, path)
            assert weight < MOST, (who, path)
