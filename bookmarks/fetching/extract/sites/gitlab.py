"""GitLab's own site: titles are "Owner / Name · GitLab"."""

from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, site
from bookmarks.identities import recognise

NO_DESCRIPTION = frozenset(
    ("gitlab.com", "gitlab", "the most-comprehensive ai-powered devsecops platform")
)


def read_gitlab(page: Page) -> SiteFacts:
    """A project is called by its path, what is inside of it by its title."""
    facts = SiteFacts()
    known = recognise(page.url)
    if known is None or not known.identity.startswith("gitlab:"):
        return facts
    if "/-/" not in page.path:
        path = known.canonical_url.removeprefix("https://gitlab.com/").strip("/")
        facts.tell("title", path, "address")
        facts.deny("published")
    description = page.meta.first("og:description", "description")
    if description.rstrip(".").lower() in NO_DESCRIPTION:
        facts.deny("description")
    facts.tell("site_name", "GitLab", "host")
    return facts


SITES = (site(read_gitlab, "gitlab.com"),)
