"""Articles and posts: Distill, Medium, Substack; import `SOURCES` and the domains of others."""

import re
from dataclasses import replace

from bookmarks.identities.address import Address
from bookmarks.identities.recognised import Recognised, known, path_pattern, plain, source, words

DISTILL = path_pattern(r"/(?P<article>\d{4}/[\w-]+(?:/[\w-]+)?)(?:/index\.html)?")

# A post's identifier ends its path wherever it is published.
MEDIUM_POST = re.compile(r"[/-](?P<id>[0-9a-f]{10,12})\Z", re.IGNORECASE)
# Lists, series and people have identifiers of the same form.
NOT_POSTS = path_pattern(r"/u/[^/]+|/(?:[^/]+/)?(?:list|series|tag|tagged|search)/.*|/m/.*")
MEDIUM_DOMAINS = frozenset(("medium.com", ".medium.com"))
# Publications on domains of their own whose addresses keep Medium's form. Some leave Medium
# (Towards Data Science did in 2025 and kept its paths), so their own address is the safe one.
PUBLICATIONS = words(
    """
    ai.gopubby.com ai.plainenglish.io betterhumans.pub betterprogramming.pub blog.devgenius.io
    blog.gopenai.com blog.stackademic.com generativeai.pub heartbeat.comet.ml heartbeat.fritz.ai
    infosecwriteups.com itnext.io javascript.plainenglish.io levelup.gitconnected.com
    medium.datadriveninvestor.com netflixtechblog.com pub.towardsai.net python.plainenglish.io
    towardsdatascience.com
    """
)

SUBSTACK_POST = path_pattern(r"/p/(?P<slug>[\w-]+)(?:/comments)?")
SUBSTACK_OPEN = path_pattern(r"/pub/(?P<name>[a-z0-9-]+)/p/(?P<slug>[\w-]+)(?:/comments)?")
# Hosts of Substack itself, not of a publication.
SUBSTACK_SERVICES = frozenset(("api", "email", "open", "reader", "support", "your"))
# Publications on domains of their own: a post's address there is the canonical one.
SUBSTACK_DOMAINS = {
    "astralcodexten.com": "www.astralcodexten.com",
    "interconnects.ai": "www.interconnects.ai",
    "latent.space": "www.latent.space",
    "magazine.sebastianraschka.com": "magazine.sebastianraschka.com",
    "oneusefulthing.org": "www.oneusefulthing.org",
}


def recognise_distill(address: Address) -> Recognised | None:
    """An article; parts of a thread are articles of their own."""
    match = DISTILL.match(address.path)
    if not match:
        return None
    article = match["article"].lower()
    return known(f"distill:{article}", f"https://distill.pub/{article}/", "paper")


def recognise_medium(address: Address) -> Recognised | None:
    """A post, read where it is published."""
    match = MEDIUM_POST.search(address.path)
    if not match or NOT_POSTS.match(address.path):
        return None
    identifier = match["id"].lower()
    here = plain(address, address.host, "post").canonical_url
    if address.host in PUBLICATIONS:
        return known(f"medium:{identifier}", here, "post")
    url = f"https://medium.com/p/{identifier}"
    return replace(known(f"medium:{identifier}", url, "post"), fetch_url=here)


def recognise_substack(address: Address) -> Recognised | None:
    """A post of `NAME.substack.com`, also as `open.substack.com/pub/NAME` has it."""
    if address.host == "open.substack.com":
        match = SUBSTACK_OPEN.match(address.path)
        return _substack(match["name"], match["slug"]) if match else None
    name = address.host.partition(".")[0]
    match = SUBSTACK_POST.match(address.path)
    return _substack(name, match["slug"]) if match and name not in SUBSTACK_SERVICES else None


def recognise_substack_domain(address: Address) -> Recognised | None:
    """A post of a publication that has a domain of its own."""
    host = SUBSTACK_DOMAINS[address.host]
    return plain(address, host, "post") if SUBSTACK_POST.match(address.path) else None


def _substack(name: str, slug: str) -> Recognised:
    name, slug = name.lower(), slug.lower()
    return known(f"substack:{name}/{slug}", f"https://{name}.substack.com/p/{slug}", "post")


SOURCES = (
    source(recognise_distill, "distill.pub"),
    source(recognise_medium, *MEDIUM_DOMAINS, *PUBLICATIONS),
    source(recognise_substack, ".substack.com"),
    source(recognise_substack_domain, *SUBSTACK_DOMAINS),
)
