"""A list of 1,000 items opens as a page that is light and costs few queries, however it is cut."""

import gzip
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from readinglists.drafts import make_item_draft
from readinglists.items import add_items
from readinglists.lists import add_section
from readinglists.models import ReadingList
from tests.readinglists.making import make_list

pytestmark = pytest.mark.django_db
MOST = 25_000
SIZE = 1000


def fill(reading_list: ReadingList, owner: User, sections: int) -> None:
    """Put 1,000 items into a list, in so many sections of the same size, or in none."""
    drafts = [
        make_item_draft(
            title=f"On the {number}th way to teach a network what it does not know",
            authors_text="Ada Lovelace, Grace Hopper et al.",
            year=1950 + number % 70,
            note=f"Section {number % 9} is the one to read; skip the {number}th appendix.",
            tags=f"tag{number % 40} deep",
            alternates=[{"url": f"https://example.org/{number}.pdf"}],
        )
        for number in range(SIZE)
    ]
    size = SIZE // max(1, sections)
    for place in range(0, SIZE, size):
        section = add_section(reading_list, f"Part {place}") if sections else None
        add_items(reading_list, drafts[place : place + size], owner, section=section)


@pytest.mark.parametrize("sections", [0, 1, 50])
@pytest.mark.parametrize("who", ["visitor_client", "alice_client"])
def test_a_list_of_1000_items_is_a_light_page(
    alice: User, request: pytest.FixtureRequest, who: str, sections: int
) -> None:
    reading_list = make_list(alice)
    fill(reading_list, alice, sections)
    client: Client = request.getfixturevalue(who)
    with CaptureQueriesContext(connection) as queries:
        body = client.get(
            f"/u:alice/l:{reading_list.slug}/", headers={"Accept-Encoding": ""}
        ).content
    page = BeautifulSoup(body, "lxml")
    assert 50 <= len(page.select(".item")) <= 100
    assert len(queries) <= 16
    names = [str(link["href"]) for link in page.select("link[rel=stylesheet]")]
    names += [str(script["src"]) for script in page.select("script[src]")]
    files = [Path(settings.BASE_DIR, name.removeprefix("/")).read_bytes() for name in names]
    assert sum(len(gzip.compress(part, 6)) for part in [body, *files]) < MOST
