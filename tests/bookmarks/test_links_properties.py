"""What holds for every text whatever: nothing crashes, and folding twice is folding once."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bookmarks.links import (
    MAX_URL_LENGTH,
    BadUrl,
    clean_url,
    normal_form,
    page_key,
    page_url,
    site_of,
    url_key,
)

pytestmark = pytest.mark.once

# Pieces of which addresses, and attacks on their readers, are made.
PIECES = st.sampled_from(
    [
        *("http:", "https:", "HTTP:", "feed:", "javascript:", "//", "/", "\\", ":", "@", "?", "#"),
        *("&", "=", ";", ".", "..", "%", "%2e", "%2F", "%25", "%00", "%41", "%5F", "%7E", "%zz"),
        *(
            "example.org",
            "www.",
            "xn--",
            "bücher",
            "ß",
            "。",
            "１２７",
            "[",
            "]",
            "::1",
            "1",
            "0x7f",
        ),
        *(
            "utm_source",
            "fbclid=1",
            ":~:",
            "!",
            "~",
            "é",
            "e\u0301",
            "\u200d",
            "日本",
            "\U0001f600",
        ),
        *(" ", "\t", "\n", "\x00", "\x85", "\ud800", "\ufeff", "<", ">", '"', "'", "+", "-", "_"),
    ]
)
TEXTS = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=12).map("".join),
    st.lists(PIECES, max_size=12).map(lambda pieces: "http://example.org/" + "".join(pieces)),
    st.lists(PIECES, max_size=6).map(lambda pieces: "http://" + "".join(pieces)),
)
EXAMPLES = settings(max_examples=400, deadline=None, derandomize=True)


def cleaned(text: str) -> str:
    try:
        return clean_url(text)
    except BadUrl as refusal:
        assume(not str(refusal))
        raise


@EXAMPLES
@given(TEXTS)
@example("http://[::1%eth0]/")
@example("http://[v1.a]/")
@example("http://\u0378.org/")
def test_any_text_is_taken_or_refused_with_a_sentence(text: str) -> None:
    url = cleaned(text)
    assert url.startswith(("http://", "https://"))
    assert len(url) <= MAX_URL_LENGTH
    assert not set(url) & set(' "<>\\\n\r\t\x00')
    url.encode()


@EXAMPLES
@given(TEXTS)
def test_cleaning_a_clean_address_changes_nothing(text: str) -> None:
    url = cleaned(text)
    assert clean_url(url) == url


@EXAMPLES
@given(TEXTS)
@example("http://example.org/%%34%31")
@example("http://example.org/?utm%5Fsource=1")
@example("http://example.org/#:%7E:text=a")
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    normal = normal_form(cleaned(text))
    assert normal_form(normal) == normal
    assert normal.isascii()


@EXAMPLES
@given(TEXTS)
def test_an_address_and_its_normal_form_have_one_key(text: str) -> None:
    url = cleaned(text)
    assert url_key(url) == url_key(normal_form(url)) == url_key(clean_url(normal_form(url)))


@EXAMPLES
@given(TEXTS)
def test_the_address_of_a_page_is_an_address_of_that_page(text: str) -> None:
    url = cleaned(text)
    assert clean_url(page_url(url)) == page_url(url)
    assert page_key(page_url(url)) == page_key(url)
    assert site_of(url) == site_of(page_url(url))
