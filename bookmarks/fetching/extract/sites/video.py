"""YouTube: the channel and the title stand in microdata."""

from bookmarks.fetching.extract.page import Page
from bookmarks.fetching.extract.sites.site import SiteFacts, site
from bookmarks.fetching.extract.text import clean
from bookmarks.identities import recognise

# Of a video that was removed, the title is empty. That of the site alone stands for any video that
# robots are not shown.
REMOVED = frozenset(("- youtube", ""))


def read_youtube(page: Page) -> SiteFacts:
    """A video or a playlist; the channel is its author."""
    facts = SiteFacts()
    known = recognise(page.url)
    if known is None or not known.identity.startswith("youtube"):
        return facts
    title = page.meta.first("title", "og:title") or page.title_element.removesuffix(" - YouTube")
    if title.lower() in REMOVED:
        facts.tell("obstacle", "not_found", "title")
        return facts
    if title.lower() == "youtube":
        facts.tell("obstacle", "script_only", "title")
        return facts
    facts.tell("title", title, page.meta.source("title", "og:title") or "title")
    channel = (
        clean(tag.get("content")) for tag in page.tags("link") if tag.get("itemprop") == "name"
    )
    facts.authors = tuple(name for name in channel if name)[:1]
    facts.tell("site_name", "YouTube", "title")
    return facts


SITES = (site(read_youtube, "youtube.com", "m.youtube.com", "youtu.be", "youtube-nocookie.com"),)
