"""Medium and the publications on it: descriptions are often the first heading or the author."""

from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, site
from bookmarks.fetching.extract.text import joined
from bookmarks.identities.posts import MEDIUM_DOMAINS, PUBLICATIONS

# A summary of fewer characters is a heading: "Introduction".
SHORTEST = 30


def read_medium(page: Page) -> SiteFacts:
    """A post, whose description counts only when it says something."""
    facts = SiteFacts()
    description = page.meta.first("og:description", "description")
    names = page.data.names([one.get("author") for one in page.data.articles[:1]])
    names += [first_text(page.data.articles, "headline"), page.meta.first("author", "og:title")]
    names += [page.body.text(one) for one in list(page.body.named("h1", "h2"))[:3]]
    if len(description) < SHORTEST or joined(description) in map(joined, names):
        facts.deny("description")
    return facts


SITES = (site(read_medium, *MEDIUM_DOMAINS, *PUBLICATIONS),)
