"""Parameters that say where a visitor came from; import `without_trackers`."""

import re

from bookmarks.identities.posts import PUBLICATIONS, SUBSTACK_DOMAINS

# On any host: campaign tags of Google Analytics, Facebook, Google Ads, Instagram, Mailchimp.
EVERYWHERE = re.compile(r"(?:utm_\w+|fbclid|gclid|igsh|mc_\w+)\Z", re.IGNORECASE | re.ASCII)

# Elsewhere these names may choose the page, so they go only on the hosts known to track by them;
# seen in 39,469 links that people shared (2023 to 2025). A host stands for those under it.
BY_HOST = {
    "youtube.com": "si feature",
    "youtu.be": "si feature",
    "spotify.com": "si",
    "google.com": "usp authuser",
    "arxiv.org": "s ref_src",
    "x.com": "s ref_src ref_url t",
    "twitter.com": "s ref_src ref_url t",
    "linkedin.com": "trk",
    "medium.com": "source sk referrer",
    **dict.fromkeys(PUBLICATIONS, "source sk"),
    "substack.com": "r referrer",
    **dict.fromkeys(SUBSTACK_DOMAINS, "r referrer"),
    "github.com": "ref",
    "kaggle.com": "ref",
    "producthunt.com": "ref",
    "coursera.org": "trk source",
    "amazon.com": "ref ref_",
}
TRACKERS = {host: frozenset(names.split()) for host, names in BY_HOST.items()}
HOST = re.compile(r"(?:[a-z]+:)?//([^/:?#]*)", re.IGNORECASE)


def without_trackers(url: str) -> str:
    """Return `url` without trackers and `#:~:text=`, and otherwise exactly as given."""
    before, mark, fragment = url.partition("#")
    base, question, query = before.partition("?")
    names = _trackers_at(base)
    pairs = query.split("&")
    kept = [pair for pair in pairs if not _is_tracker(pair, names)]
    if len(kept) < len(pairs):
        before = base + question * bool(kept) + "&".join(kept)
    shown, directive, _ = fragment.partition(":~:")
    return before + (mark + shown if shown or not directive else "")


def _trackers_at(base: str) -> frozenset[str]:
    """What the host of `base`, and those above it, track by."""
    match = HOST.match(base)
    labels = match[1].lower().split(".")[-6:] if match else []
    hosts = (".".join(labels[at:]) for at in range(len(labels)))
    return frozenset().union(*(TRACKERS.get(host, ()) for host in hosts))


def _is_tracker(pair: str, names: frozenset[str]) -> bool:
    name = pair.partition("=")[0].lower()
    return bool(EVERYWHERE.match(name)) or name in names
