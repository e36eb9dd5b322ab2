"""How pages look where they are shared, and that no private word gets there."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.bookmarks.keeping import keep


def graph(client: Client, path: str) -> dict[str, str]:
    """Return the Open Graph properties of a page, {} where it has none."""
    page = BeautifulSoup(client.get(path).content, "lxml")
    return {
        str(one["property"]).removeprefix("og:"): str(one["content"])
        for one in page.select('meta[property^="og:"]')
    }


def test_people_tags_and_bookmarks_tell_what_they_are(alice: User, visitor_client: Client) -> None:
    kept = keep(alice, tags="bayes .mine", title='A "B" <i> $x^2$', description="Why\n\n& how")
    base = settings.BASE_URL
    told = graph(visitor_client, f"/u:alice/b:{kept.slug}/")
    assert (told["title"], told["description"]) == ('A "B" <i> x²', "Why & how")
    assert told["url"] == f"{base}/u:alice/b:{kept.slug}/"
    assert told["image"].startswith(f"{base}/static/icons/")
    assert graph(visitor_client, "/u:alice/")["title"] == "Bookmarks of alice"
    assert graph(visitor_client, "/u:alice/t:bayes/")["title"] == "Bookmarks of alice tagged bayes"
    assert graph(visitor_client, "/t:bayes/")["url"] == f"{base}/t:bayes/"


@pytest.mark.parametrize("who", ["alice_client", "bob_client", "visitor_client"])
def test_no_private_word_is_told(request: pytest.FixtureRequest, alice: User, who: str) -> None:
    client: Client = request.getfixturevalue(who)
    keep(alice, tags="bayes")
    before = {path: graph(client, path) for path in ("/u:alice/", "/t:bayes/", "/u:alice/t:bayes/")}
    hidden = keep(alice, tags="bayes .zanzibar", title="Zanzibar", private=True)
    assert {path: graph(client, path) for path in before} == before
    for path in (f"/u:alice/b:{hidden.slug}/", "/u:alice/t:.zanzibar/", "/u:alice/private/"):
        assert graph(client, path) == {}


def test_a_permalink_leads_to_the_feeds_of_its_person(alice: User, visitor_client: Client) -> None:
    page = visitor_client.get(f"/u:alice/b:{keep(alice).slug}/").content
    links = BeautifulSoup(page, "lxml").select("head link[rel=alternate]")
    assert [link["href"] for link in links] == [
        f"/feeds/{form}/u:alice/" for form in ("atom", "rss", "json")
    ]
