"""Which addresses are believed to be a page's own, and which are only hints."""

from typing import Any

import pytest

from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.fetch import Fetched
from bookmarks.links import page_address
from bookmarks.other_addresses import OtherAddress, is_own_address, other_addresses

POST = "https://example.org/posts/17"
S2 = "https://www.semanticscholar.org/paper/" + "0a" * 20


def found(url: str, end: str = "", *, permanent: bool = False, **facts: Any) -> list[str]:
    """Return what is the same, by its address, and the other roles."""
    fetched = Fetched(
        end or url, 200, redirects=(url,) if end else (), permanent=bool(end) and permanent
    )
    others = other_addresses(url, fetched, PageFacts(**facts))
    return [one.address.url if one.same else f"{one.role}?" for one in others]


@pytest.mark.parametrize(
    ("url", "end", "permanent", "same"),
    [
        (POST, "https://new.example/on-priors", True, ["https://new.example/on-priors"]),
        (POST, "https://new.example/on-priors", False, []),
        (POST, "https://example.org/", True, []),
        (POST, "https://example.org/index.html", True, []),
        (POST, "https://example.org/en/", True, []),
        (POST, "https://example.org/login?next=/posts/17", True, []),
        (POST, "https://example.org/users/sign_in", True, []),
        (POST, "https://example.org/challenge?redirect=x", True, []),
        (POST, "https://example.org/consent.html", True, []),
        (POST, "https://new.example/logistics", True, ["https://new.example/logistics"]),
        # http and https are one page anyway.
        ("http://example.org/posts/17", POST, True, []),
        (
            "https://t.co/AbC",
            "https://arxiv.org/pdf/1706.03762v5?utm_source=x",
            False,
            ["https://arxiv.org/abs/1706.03762"],
        ),
        ("https://bit.ly/x", "https://new.example/", False, []),
        (
            "https://lnkd.in/x",
            "https://youtu.be/aircAruvnKk?si=x",
            False,
            ["https://www.youtube.com/watch?v=aircAruvnKk"],
        ),
    ],
)
def test_where_an_address_leads(url: str, end: str, permanent: bool, same: list[str]) -> None:
    assert found(url, end, permanent=permanent) == same


@pytest.mark.parametrize(
    ("claimed", "believed"),
    [
        ("https://example.org/posts/17-on-priors", True),
        ("https://www.example.org/posts/17/on-priors/", True),
        ("https://m.example.org/posts/17?", True),
        ("https://example.org/POSTS/17.html", True),
        ("https://example.org/", False),
        ("https://example.org/posts/", False),
        ("https://example.org/posts/18", False),
        ("https://example.org/posts/170", False),
        ("https://example.org/posts/17?page=2", False),
        ("https://evil.example/posts/17", False),
        ("https://example.org.evil.example/posts/17", False),
        ("https://example.org:8443/posts/17", False),
        ("https://arxiv.org/abs/1706.03762", False),
        ("http://localhost/posts/17", False),
    ],
)
def test_what_a_page_says_its_own_address_is(claimed: str, believed: bool) -> None:
    assert is_own_address(POST, claimed) is believed


@pytest.mark.parametrize(
    ("here", "claimed", "believed"),
    [
        (f"{POST}?ref=newsletter&via=bob", POST, True),
        (f"{POST}?id=5", POST, False),
        (f"{POST}?page=2", POST, False),
        (f"{POST}?id=5&ref=x", f"{POST}?id=5", True),
        ("https://example.org/posts/17/amp/", POST, True),
        ("https://example.org/amp/posts/17", POST, True),
        ("https://amp.example.org/posts/17", POST, True),
        ("https://example.org/posts", "https://example.org/posts/17", False),
        ("https://example.org/", "https://example.org/", True),
    ],
)
def test_what_may_be_left_out_of_an_address(here: str, claimed: str, believed: bool) -> None:
    assert is_own_address(here, claimed) is believed


@pytest.mark.parametrize(
    "claimed",
    ["{{ url }}", "https://example.org/{{slug}}", "javascript:1", "//", "https://[", "/17"],
)
def test_what_is_no_address_is_not_heeded(claimed: str) -> None:
    assert found(POST, canonical_url=claimed) == []


def test_a_page_cannot_take_over_a_paper() -> None:
    claims: dict[str, Any] = {
        "canonical_url": "https://arxiv.org/abs/1706.03762",
        "identifiers": ("arxiv:1706.03762", "doi:10.1145/3600006", "nonsense", "arxiv:nonsense"),
        "doi": "10.1145/3600007",
        "pdf_url": "https://arxiv.org/pdf/1810.04805",
        "code_url": "https://github.com/google-research/bert",
    }
    assert found(POST, **claims) == ["paper?", "paper?", "paper?", "pdf?", "code?"]


def test_an_identity_is_surer_than_what_its_page_says() -> None:
    url = "https://github.com/ada/engine"
    claimed = "https://github.com/ada/engine/tree/v1.0"
    assert found(url, canonical_url=claimed) == ["same?"]


def test_few_sites_are_believed_to_know_which_paper_they_show() -> None:
    paper: dict[str, Any] = {"identifiers": ("arxiv:1706.03762",), "doi": "10.18653/v1/N19-1423"}
    assert found(S2, **paper) == ["https://arxiv.org/abs/1706.03762"]
    acl = "https://aclanthology.org/N19-1423/"
    assert found(acl, **paper) == ["https://doi.org/10.18653/v1/n19-1423", "paper?"]
    assert found("https://openreview.net/forum?id=rJ4km2R5t7", **paper) == ["paper?", "paper?"]


def test_a_doi_is_its_publishers_page_when_that_names_the_same() -> None:
    doi, end = "https://doi.org/10.1000/XYZ", "https://publisher.example/article/1"
    assert found(doi, end, doi="10.1000/xyz") == [end]
    assert found(doi, end, doi="10.1000/other") == ["paper?"]
    assert found(doi, end) == []


def test_what_stands_in_the_way_of_a_page_teaches_nothing() -> None:
    end = "https://new.example/x"
    assert found(POST, end, permanent=True, obstacle="parked") == []
    assert found(POST, end, permanent=True, blocked=True) == []


def test_an_address_is_named_once_by_its_surest_source() -> None:
    others = other_addresses(
        S2,
        Fetched(S2, 200),
        PageFacts(
            identifiers=("arxiv:1706.03762",), pdf_url="https://arxiv.org/pdf/1706.03762.pdf"
        ),
    )
    address = page_address("https://arxiv.org/abs/1706.03762")
    assert others == (OtherAddress(address, "paper", "identifier", same=True),)
