"""Kaggle; import `SOURCES`. Names are in lower case; tabs of a page are the page."""

from bookmarks.identities.address import Address
from bookmarks.identities.recognised import Kind, Recognised, known, path_pattern, source, words

SLUG = r"[\w-]+"
TABS = (
    "activity|code|comments|data|discussion|discussions|input|kernels|leaderboard|log|models"
    "|notebook|output|overview|rules|script|settings|suggestions|tasks|team|versions"
)
OWNED = path_pattern(
    rf"/(?P<type>datasets|code|models)/(?P<slug>{SLUG}/{SLUG})(?:/(?:{TABS})|/versions/\d+)?"
)
# A model's variations stand below it: /models/google/gemma/transformers/2b/1.
VARIATION = path_pattern(rf"/(?P<type>models)/(?P<slug>{SLUG}/{SLUG})(?:/{SLUG}){{1,3}}")
COMPETITION = path_pattern(rf"/(?:c|competitions)/(?P<slug>{SLUG})(?:/(?:{TABS}))?")
COURSE = path_pattern(rf"/learn/(?P<slug>{SLUG})")
# Before 2019 data sets and notebooks had this one form; only Kaggle knows which it was.
OLD = path_pattern(rf"/(?P<owner>{SLUG})/(?P<name>{SLUG})")

KINDS: dict[str, Kind] = {"datasets": "dataset", "code": "notebook", "models": "model"}

# First segments that are pages of the site, not owners: what kaggle.com links to,
RESERVED_OWNERS = words(
    """
    about account api benchmarks blog c code communities competitions contact cookies datasets
    discussion discussions docs events faq general getting-started host jobs kernels learn
    learn-forum me models notebooks organizations privacy product-feedback progression
    questions-and-answers rankings search settings simulations solutions static team terms tos
    wiki work writeups
    """
)
# and second ones that are tabs of a person's page.
RESERVED_NAMES = words(
    """
    account activity badges bookmarks code competitions datasets discussion discussions followers
    following kernels models notebooks scripts work writeups
    """
)


def recognise_kaggle(address: Address) -> Recognised | None:
    """A data set, notebook, model, competition or course."""
    match = OWNED.match(address.path) or VARIATION.match(address.path)
    if match:
        type_ = match["type"].lower()
        return _kaggle(type_, match["slug"], KINDS[type_])
    match = COMPETITION.match(address.path)
    if match:
        return _kaggle("competitions", match["slug"], "competition")
    match = COURSE.match(address.path)
    return _kaggle("learn", match["slug"], "course") if match else _old(address)


def _kaggle(type_: str, slug: str, kind: Kind) -> Recognised:
    name = f"{type_}/{slug.lower()}"
    return known(f"kaggle:{name}", f"https://www.kaggle.com/{name}", kind)


def _old(address: Address) -> Recognised | None:
    match = OLD.match(address.path)
    if not match:
        return None
    owner, name = match["owner"].lower(), match["name"].lower()
    if owner in RESERVED_OWNERS or name in RESERVED_NAMES:
        return None
    return known(f"kaggle:{owner}/{name}", f"https://www.kaggle.com/{owner}/{name}", "")


SOURCES = (source(recognise_kaggle, "kaggle.com"),)
