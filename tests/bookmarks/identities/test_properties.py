"""What holds for every text: no error, one answer however often asked, linear time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookmarks.identities import recognise, trim, without_trackers
from bookmarks.identities.recognised import words
from bookmarks.identities.table import SOURCES
from tests.bookmarks.identities.items import Form
from tests.bookmarks.identities.test_forms import FORMS

HOSTS = sorted({"www" * host.startswith(".") + host for row in SOURCES for host in row.hosts})
PIECES = words(
    """
    abs pdf html papers paper forum 1706.03762 1706.03762v5 math.GT/0309136 arxiv: 10.48550 arXiv.
    10.1145 10.1145/3292500.3330701 doi anthology P18-1001 2020.acl-main.447 v9 glorot10a .html
    .pdf hash file 3f5ee243547dee91fbd053c1c4a845aa-Abstract 7181-attention content_cvpr_2016 w28
    X_paper.html document 7780459 owner repo .git tree blob main README.md x.ipynb - -/ datasets
    spaces collections blog learn code models c competitions titanic drive github kCc8FmEb1nY watch
    playlist embed videoseries courses 18-06-spring-2010 2017 momentum slug-a64152b37c35 p pub
    ?id=YicbFdNTTy &noteId= ?v=kCc8FmEb1nY ?list=PL123 &t=1m #t=3 ?arxivid=1706.03762
    ?arnumber=0123 ?continue=https://youtu.be/kCc8FmEb1nY ?utm_source=x ( ) [ ] . .. , ; : > %2F %2E
    %20 %29 %ff %00 %25 é 中 ¬ | \\ @ * // ?q= & = # " '
    """
)
pieces = st.sampled_from((*sorted(PIECES), "/", " ")) | st.text(max_size=3)
forms = st.sampled_from(FORMS)


@st.composite
def bent_addresses(draw: st.DrawFn) -> str:
    """Addresses of the table with pieces of others put into them."""
    url = draw(forms).url
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(url)))
        kept = draw(st.integers(at, min(at + 6, len(url))))
        url = url[:at] + draw(pieces) + url[kept:]
    return url


addresses = bent_addresses() | st.builds(
    "https://{}/{}".format,
    st.sampled_from(HOSTS),
    st.lists(pieces, max_size=5).map("/".join),
)
texts = st.text(st.characters(exclude_categories=())) | addresses
strays = st.text(").,;:>*\"'`”’» \t\n", max_size=6)


@given(texts)
def test_it_takes_any_text_and_answers_the_same_for_its_answer(text: str) -> None:
    found = recognise(text)
    if found is None:
        return
    assert found.canonical_url.isascii()
    assert found.fetch_url.isascii()
    again = recognise(found.canonical_url)
    assert again is not None
    assert (again.identity, again.canonical_url) == (found.identity, found.canonical_url)
    there = recognise(found.fetch_url)
    assert there is not None
    assert there.identity == found.identity


@given(forms, strays, strays)
def test_marks_around_an_address_do_not_matter(form: Form, before: str, after: str) -> None:
    before = before.translate(str.maketrans("", "", ").,;:>"))
    assert recognise(before + form.url + after) == recognise(form.url)


@given(texts)
def test_trimming_and_dropping_trackers_settle_at_once(text: str) -> None:
    assert trim(trim(text)) == trim(text)
    assert without_trackers(without_trackers(text)) == without_trackers(text)


LONG = [
    "/",
    "a",
    "-",
    ".",
    "1",
    "a/",
    "a-",
    "/-",
    "(",
    ")",
    "().",
    "%2F",
    "%41",
    "&a=",
    "?v=",
    ".git",
    "_paper",
    "-a1b2c3d4e5",
    "a/b/c/-/",
    "v9/a10a/",
    " ",
    "[",
]
HOSTS_WITH_PATTERNS = sorted(
    words(
        """
        arxiv.org openreview.net jmlr.org openaccess.thecvf.com github.com gitlab.com huggingface.co
        www.youtube.com medium.com doi.org proceedings.mlr.press papers.nips.cc ocw.mit.edu
        www.kaggle.com
        """
    )
)
STARTS = ("", "abs/", "forum?", "pdf/", "content/", "v9/", "paper/1-", "doi/10.1145/", "o/r/", "p/")


@pytest.mark.parametrize("piece", LONG)
def test_ten_thousand_characters_take_less_than_five_milliseconds(piece: str) -> None:
    for host in HOSTS_WITH_PATTERNS:
        for start in STARTS:
            url = f"https://{host}/{start}{piece * (10_000 // len(piece))}!"
            assert min(_seconds(url) for _ in range(3)) < 0.005, url[:80]


def _seconds(url: str) -> float:
    start = time.process_time()
    recognise(url)
    return time.process_time() - start
