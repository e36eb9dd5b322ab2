"""OpenReview: papers under review."""

from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, site, text_of

# og:title is cut after 70 characters.
CUT_AT = 70
# Titles of pages without a paper, in lower case; the paper may well be there for people.
CHALLENGE = "verifying your browser | openreview"
NOTHING = frozenset(("forum | openreview", "openreview", "error | openreview", "pdf | openreview"))


def read_openreview(page: Page) -> SiteFacts:
    """A paper's forum; guests are sent to a challenge or to the login instead of some."""
    facts = SiteFacts()
    title = page.title_element.lower()
    if page.path.startswith("/challenge") or title == CHALLENGE:
        facts.tell("obstacle", "challenge", "title")
    elif page.path.startswith("/login") or title.startswith("login |"):
        facts.tell("obstacle", "login", "title")
    elif page.path.startswith(("/forum", "/pdf")) and title in NOTHING:
        facts.tell("obstacle", "script_only", "title")
    elif not page.meta.first("citation_title"):
        facts.tell("title", _whole_title(page), "heading")
    return facts


def _whole_title(page: Page) -> str:
    """The title where og:title was cut; "" when that is whole."""
    offered = page.meta.first("og:title")
    if not (offered.endswith(("...", "…")) and len(offered) >= CUT_AT - 5):
        return ""
    start = offered.rstrip(".… ")
    names = [page.title_element.removesuffix(" | OpenReview")]
    names += [text_of(page, "citation_title"), *map(page.body.text, page.body.named("h1", "h2"))]
    return next((one for one in names if one.startswith(start) and len(one) > len(start) + 3), "")


SITES = (site(read_openreview, "openreview.net", ".openreview.net"),)
