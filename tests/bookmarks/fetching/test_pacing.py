"""How fast hosts are asked."""

from datetime import timedelta
from ipaddress import ip_network

import pytest

from bookmarks.fetching.pacing import ARXIV_PACE, AT_HOME, POLITE, host_of, pace_of

pytestmark = pytest.mark.once

HOME = (ip_network("127.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.org/a", "example.org"),
        ("https://example.org:8443/", "example.org:8443"),
        ("https://arxiv.org/abs/1706.03762", "arxiv.org"),
        ("http://export.arxiv.org/abs/1706.03762", "arxiv.org"),
        ("https://ar5iv.labs.arxiv.org/html/1706.03762", "arxiv.org"),
        ("https://ar5iv.org/abs/1706.03762", "arxiv.org"),
        ("http://xxx.lanl.gov/abs/1706.03762", "arxiv.org"),
        ("https://notarxiv.org/", "notarxiv.org"),
        ("https://arxiv.org.example/", "arxiv.org.example"),
    ],
)
def test_pages_are_counted_by_host_and_the_mirrors_of_arxiv_are_one(url: str, host: str) -> None:
    assert host_of(url) == host


def test_hosts_are_asked_two_pages_at_once_a_second_apart_and_arxiv_less() -> None:
    assert pace_of("example.org", None, ()) == POLITE
    assert (POLITE.at_once, POLITE.apart) == (2, timedelta(seconds=1))
    assert pace_of("arxiv.org", "127.0.0.1", HOME) == ARXIV_PACE
    assert (ARXIV_PACE.at_once, ARXIV_PACE.apart) == (1, timedelta(seconds=3))


@pytest.mark.parametrize(
    ("host", "address", "at_home"),
    [
        ("127.0.0.1:8000", None, True),
        ("[fd00::1]:8000", None, True),
        ("[fd00::1]", None, True),
        ("fd00::1", None, True),
        ("wiki.lan", None, False),
        ("wiki.lan", "127.0.0.3", True),
        ("wiki.lan", "192.0.2.1", False),
        ("192.0.2.1", None, False),
        ("", None, False),
    ],
)
def test_servers_of_the_operators_own_are_not_made_to_wait(
    host: str, address: str | None, at_home: bool
) -> None:
    assert (pace_of(host, address, HOME) == AT_HOME) is at_home
