"""Every form of address in the table, as it stands and as it is pasted."""

import re
from itertools import product
from urllib.parse import urlsplit, urlunsplit

import pytest

from bookmarks.identities import Recognised, recognise
from tests.bookmarks.identities.items import Form, Item, forms_of
from tests.bookmarks.identities.papers import PAPERS
from tests.bookmarks.identities.readings import READINGS
from tests.bookmarks.identities.works import WORKS

ITEMS = (*PAPERS, *WORKS, *READINGS)
FORMS = forms_of(*ITEMS)
each_item = pytest.mark.parametrize("item", ITEMS, ids=[item.identity for item in ITEMS])
each_form = pytest.mark.parametrize("form", FORMS, ids=[form.url for form in FORMS])

TRACKERS = "utm_source=chat&UTM_Medium=x&fbclid=1&gclid=2&igsh=3&mc_cid=4"
# What surrounds addresses in prose, mail, Markdown and programs.
PASTED = (
    "<{}>",
    "({})",
    "{}).",
    "[{}]",
    '"{}",',
    "'{}';",
    "“{}”:",
    "**{}**",
    "`{}`",
    " \n{}\r\n",
    "\ufeff{}\u200b",
    "(“{}”).,;",
)


def found(url: str) -> Recognised:
    """What is recognised, which is something."""
    answer = recognise(url)
    assert answer is not None, url
    return answer


def percent_encoded(url: str) -> str:
    """The address with every letter and digit of its path encoded."""
    parts = urlsplit(url)
    path = re.sub(
        r"%..|[A-Za-z0-9]", lambda m: m[0] if m[0][1:] else f"%{ord(m[0]):02x}", parts.path
    )
    return urlunsplit(parts._replace(path=path))


@each_form
def test_it_names_the_item(form: Form) -> None:
    answer = found(form.url)
    assert (answer.identity, answer.kind) == (form.item.identity, form.item.kind)
    assert answer.canonical_url == form.item.canonical_url


@each_item
def test_the_canonical_url_is_its_own(item: Item) -> None:
    for url in item.urls:
        answer = found(url)
        again = found(answer.canonical_url)
        assert (again.identity, again.canonical_url) == (answer.identity, answer.canonical_url), url
        assert again.kind == answer.kind, url


@each_item
def test_a_pdf_is_never_fetched(item: Item) -> None:
    for url in item.urls:
        fetched = found(url).fetch_url
        assert fetched.startswith("https://"), url
        assert not fetched.lower().endswith(".pdf"), url
        assert found(fetched).identity == item.identity, url


@each_item
def test_capitals_do_not_matter_where_identifiers_allow(item: Item) -> None:
    for url in item.urls:
        parts = urlsplit(url)
        assert found(urlunsplit(parts._replace(netloc=parts.netloc.upper()))) == found(url)
        assert found("HTTPS:" + url.partition(":")[2]) == found(url)
        if item.any_case:
            assert found(url.upper()).identity.lower() == item.identity.lower()


@each_item
def test_trackers_do_not_matter(item: Item) -> None:
    for url in item.urls:
        before, mark, fragment = url.partition("#")
        tracked = f"{before}{'&' if '?' in before else '?'}{TRACKERS}{mark}{fragment}"
        assert found(tracked) == found(url)


@each_item
def test_stray_punctuation_does_not_matter(item: Item) -> None:
    for url, around in product(item.urls, PASTED):
        pasted = found(around.format(url))
        assert (pasted.identity, pasted.kind) == (item.identity, item.kind), (url, around)
        assert pasted.canonical_url == item.canonical_url, (url, around)


@each_item
def test_percent_encoding_does_not_matter(item: Item) -> None:
    for url in item.urls:
        assert found(percent_encoded(url)) == found(url)


@each_item
def test_the_scheme_and_www_do_not_matter(item: Item) -> None:
    for url in item.urls:
        rest = url.partition("://")[2]
        bare = rest.removeprefix("www.")
        for other in ("http://" + rest, "//" + rest, rest, "https://" + bare, "http://www." + bare):
            assert found(other) == found(url)


@pytest.mark.parametrize(
    ("url", "version"),
    [
        ("https://arxiv.org/abs/1706.03762", ""),
        ("https://arxiv.org/pdf/1706.03762v5.pdf", "v5"),
        ("HTTPS://ARXIV.ORG/ABS/1706.03762V5", "v5"),
        ("https://doi.org/10.48550/arXiv.1706.03762v12", "v12"),
        ("https://aclanthology.org/P18-1001v2.pdf", "v2"),
    ],
)
def test_the_version_is_kept_apart(url: str, version: str) -> None:
    assert found(url).version == version


@pytest.mark.parametrize(
    ("rest", "start"),
    [
        ("&t=90", 90),
        ("&t=90s", 90),
        ("&t=1m30s", 90),
        ("&t=1h1m1s", 3661),
        ("&start=5", 5),
        ("#t=90", 90),
        ("&t=soon", 0),
        ("", 0),
    ],
)
def test_where_a_video_starts_is_kept_apart(rest: str, start: int) -> None:
    video = found("https://www.youtube.com/watch?v=kCc8FmEb1nY" + rest)
    assert (video.start, video.identity) == (start, "youtube:kCc8FmEb1nY")


def test_medium_is_read_where_it_is_published() -> None:
    post = found("https://medium.com/@karpathy/software-2-0-a64152b37c35?source=x&sk=2")
    assert post.fetch_url == "https://medium.com/@karpathy/software-2-0-a64152b37c35"


def test_no_two_items_share_an_identity() -> None:
    identities = [item.identity for item in ITEMS]
    assert len(identities) == len(set(identities))


def test_a_site_without_identifiers_says_so() -> None:
    assert not found("https://d2l.ai/").has_identifier
    assert found("https://arxiv.org/abs/1706.03762").has_identifier
