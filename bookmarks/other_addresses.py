"""Which other addresses a page has, by how it was reached and what it says. Import
`other_addresses`, `OtherAddress`.

Pure. A page may claim anything, so little is believed: where an address leads is the server's
word, what a page says of itself counts on its own site alone, and that two sites show one paper is
taken from those few that cannot gain by saying so wrongly. All else is a hint and moves nobody's
bookmark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.fetch import Fetched
from bookmarks.identities.recognised import words
from bookmarks.links import BadUrl, PageAddress, clean_url, page_address, site_of

# Hosts that show nothing themselves, so that whatever they lead to is what was meant, also where
# they answer with 302.
SHORTENERS = words(
    """
    a.co amzn.to bit.ly buff.ly cutt.ly dlvr.it fb.me goo.gl is.gd j.mp lnkd.in ow.ly rb.gy
    shorturl.at t.co t.ly tiny.cc tinyurl.com trib.al
    """
)
# Whose word on which paper a page is about counts: Semantic Scholar makes its pages from records
# of papers and lets nobody write HTML; the ACL Anthology registers the DOIs of its prefix itself.
# OpenReview, PMLR and arXiv are not here: a DOI there is typed by authors, and a preprint is not
# what was published.
TRUSTED_CLAIMS = {
    "semanticscholar.org": ("arxiv:", "doi:"),
    "aclanthology.org": ("doi:10.18653/",),
}
HOME = re.compile(
    r"/?(?:(?:index|home|default)(?:\.\w{3,5})?/?)?(?:[a-z]{2}(?:-[a-z]{2})?/?)?\Z", re.I
)
IN_THE_WAY = re.compile(
    r"/(?:log-?_?in|sign-?_?in|sign-?_?up|auth|oauth|sso|consent|challenge|captcha|sorry|checkpoint"
    r"|error|404|not-?_?found|session)(?:[/._?-]|\Z)",
    re.IGNORECASE,
)
VARIANTS = re.compile(r"(?:www|m|mobile|amp)\.")
AMP = re.compile(r"\A/amp(?=/)|[/.]amp(?:\.html)?/?\Z|\.html?\Z|/\Z", re.IGNORECASE)
# What a page may leave out of its own address, besides the trackers that go everywhere.
REFERRALS = words("amp cmpid feature outputtype ref ref_src referrer share source spm trk via")
MOST = 10


@dataclass(frozen=True)
class OtherAddress:
    """Another address of a page: what is found there, what told us, whether it is the page itself.

    `through` says that the page's own address only leads there.
    """

    address: PageAddress
    role: str
    source: str
    same: bool = False
    through: bool = False


def other_addresses(url: str, fetched: Fetched, facts: PageFacts) -> tuple[OtherAddress, ...]:
    """Return the other addresses of the page at `url`, each once, the surest first.

    At most one of them is `same`.
    """
    if facts.blocked or facts.obstacle:
        return ()
    own = page_address(url).key
    found: dict[str, OtherAddress] = {}
    for one in (*_reached(url, fetched, facts), *_claimed(url, fetched, facts)):
        if one.address.key != own:
            found.setdefault(one.address.key, one)
    same = next((one for one in found.values() if one.same), None)
    others = [one for one in found.values() if not one.same]
    return (*([same] if same else []), *others)[:MOST]


def _reached(url: str, fetched: Fetched, facts: PageFacts) -> Iterator[OtherAddress]:
    """Where the address led."""
    parts = urlsplit(fetched.url)
    if not fetched.redirects or HOME.match(parts.path) or IN_THE_WAY.search(parts.path):
        return
    through = site_of(url) in SHORTENERS
    # A DOI leads to its publisher by 302; that the publisher names the same DOI makes it sure.
    own = page_address(url).identity
    published = bool(facts.doi) and own == f"doi:{facts.doi.lower()}"
    if (through or fetched.permanent or published) and (address := _address_of(fetched.url)):
        yield OtherAddress(address, "same", "redirect", same=True, through=through)


def _claimed(url: str, fetched: Fetched, facts: PageFacts) -> Iterator[OtherAddress]:
    """What the page says of itself."""
    yield from _identifiers(fetched.url, facts)
    here = _address_of(fetched.url)
    claimed = _address_of(facts.canonical_url)
    if here and claimed and page_address(url).key == here.key:
        sure = not here.identity and not claimed.identity
        same = sure and is_own_address(fetched.url, facts.canonical_url)
        if same or site_of(here.url) == site_of(claimed.url):
            yield OtherAddress(claimed, "same", "canonical", same=same)
    for role, address in (("pdf", facts.pdf_url), ("code", facts.code_url)):
        if other := _address_of(address):
            yield OtherAddress(other, role, f"{role} link")


def _identifiers(url: str, facts: PageFacts) -> Iterator[OtherAddress]:
    trusted = TRUSTED_CLAIMS.get(site_of(url), ())
    named = [f"doi:{facts.doi.lower()}"] if facts.doi else []
    # A preprint and its DOI may both be named; arXiv's address is the one people share.
    for identity in sorted({*facts.identifiers, *named}):
        scheme, _, name = identity.partition(":")
        site = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}.get(scheme)
        address = _address_of(site + name) if site else None
        if address and address.identity == identity:
            yield OtherAddress(address, "paper", "identifier", same=identity.startswith(trusted))


def _address_of(url: str) -> PageAddress | None:
    if not url or "{" in url or "%7b" in url.lower():  # a template that nobody filled in
        return None
    try:
        return page_address(clean_url(url))
    except (BadUrl, ValueError):
        return None


def is_own_address(here: str, claimed: str) -> bool:
    """Return whether a page at `here` may say that its address is `claimed`.

    It may on its own site, for a variant of its address (AMP, a slug added, referrals left out).
    Many sites name their front page, the section or page one for all there is: not believed.
    """
    try:
        ours, theirs = urlsplit(here), urlsplit(claimed)
        if _bare_host(ours) != _bare_host(theirs):
            return False
    except ValueError:
        return False
    if HOME.match(theirs.path) and not HOME.match(ours.path):
        return False
    before, after = set(ours.query.split("&")), set(theirs.query.split("&")) - {""}
    left_out = {pair.partition("=")[0].lower() for pair in before - after - {""}}
    if after - before or not left_out <= REFERRALS:
        return False
    path, other = AMP.sub("", ours.path).casefold(), AMP.sub("", theirs.path).casefold()
    # "/posts/17" may be "/posts/17-on-priors"; without a number it may be a section.
    grown = other.startswith((f"{path}/", f"{path}-")) and path[-1:].isdigit()
    return path == other or grown


def _bare_host(parts: SplitResult) -> tuple[str, int | None]:
    return VARIANTS.sub("", parts.hostname or "", count=1), parts.port
