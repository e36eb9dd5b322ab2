"""Whether a site lets robots read a page: its robots.txt, kept for a day. Import `check`.

RFC 9309, 2.3: no file (4xx) allows everything, a server in trouble (5xx, no answer) nothing until
it can be asked again.
"""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from bookmarks.fetching.errors import BadAnswer, NotAPage
from bookmarks.fetching.fetch import fetch_page
from bookmarks.fetching.pacing import LONGEST_NAME
from bookmarks.fetching.policy import FetchPolicy
from bookmarks.fetching.robots import MAX_BYTES, Robots
from bookmarks.models import FetchHost

KEPT = timedelta(hours=24)
AGENT = "Softmarks"


class Unwanted(Exception):
    """The server asks robots not to read this page."""


class JustRead(Exception):
    """robots.txt was fetched just now; the page itself is to be asked for a little later."""


def allow(url: str, policy: FetchPolicy) -> bool:
    """Tell whether robots may read the page, by the robots.txt of its server.

    Raises JustRead when that had to be fetched first, and FetchError when it could not be.
    """
    now, parts = timezone.now(), urlsplit(url)
    server = parts.netloc.lower()[:LONGEST_NAME]
    known = FetchHost.objects.filter(pk=server, robots_at__range=(now - KEPT, now + KEPT))
    text = known.values_list("robots", flat=True).first()
    if text is None:
        text = _fetch(f"{parts.scheme}://{parts.netloc}/robots.txt", policy)
        kept = {"robots": text, "robots_at": now}
        FetchHost.objects.update_or_create(pk=server, defaults=kept)
        raise JustRead(server)
    return Robots.read(text, AGENT).allows(url)


def check(url: str, policy: FetchPolicy) -> None:
    """Raise Unwanted unless robots may read the page; see `allow` for what else is raised."""
    if not allow(url, policy):
        raise Unwanted(url)


def _fetch(url: str, policy: FetchPolicy) -> str:
    """Return the rules of a site, "" when it has none."""
    try:
        fetched = fetch_page(url, replace(policy, max_bytes=MAX_BYTES))
    except NotAPage:
        return ""
    except BadAnswer as error:
        if error.status >= 500 or error.retry:
            raise
        return ""
    return fetched.body.decode("utf-8", errors="replace").replace("\x00", "")
