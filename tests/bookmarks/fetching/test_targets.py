"""Which URLs are refused before anything is resolved or connected to."""

from dataclasses import replace
from ipaddress import ip_network

import pytest

from bookmarks.fetching.errors import Refused
from bookmarks.fetching.policy import FetchPolicy
from bookmarks.fetching.targets import check_url

POLICY = FetchPolicy(user_agent="test")
LOCAL = replace(
    POLICY, allow_networks=(ip_network("127.0.0.0/8"),), allow_ports=frozenset({80, 8099})
)

REFUSED = [
    ("ftp://example.com/", "scheme"),
    ("file:///etc/passwd", "scheme"),
    ("gopher://example.com:80/_x", "scheme"),
    ("dict://example.com/", "scheme"),
    ("data:text/html,x", "scheme"),
    ("javascript:alert(1)", "scheme"),
    ("//example.com/", "scheme"),
    ("example.com", "scheme"),
    ("http://", "no host"),
    ("http:///path", "no host"),
    ("http://[", "no URL"),
    ("http://[::1", "no URL"),
    ("http://example.com:22/", "port"),
    ("http://example.com:6379/", "port"),
    ("http://example.com:25/", "port"),
    ("http://example.com:99999/", "no port"),
    ("http://example.com:x/", "no port"),
    ("http://user@example.com/", "user name"),
    ("http://user:pass@example.com/", "user name"),
    ("http://@example.com/", "user name"),
    ("http://127.0.0.1\\@example.com/", "backslash"),
    ("http:\\\\example.com/", "backslash"),
    ("http://example.com\\.evil.example/", "backslash"),
    ("http://exa\tmple.com/", "tab"),
    ("http://example.com/\r\nX: y", "line break"),
    ("http://example.com/\x00", "NUL"),
    ("http://example.com/\ud800", "half a character"),
    ("http://example.com:0/", "port zero"),
    ("http://box.localdomain/", "suffix"),
    ("http://example%2ecom/", "percent sign in the host"),
    ("http://example.com%0d%0aX:/", "line break in the host"),
    ("http://exa mple.com/", "space in the host"),
    ("http://-example.com/", "no label"),
    ("http://example..com/", "empty label"),
    ("http://" + "a" * 64 + ".com/", "long label"),
    ("http://" + "a." * 130 + "com/", "long name"),
    ("http://example.com/" + "a" * 9000, "long URL"),
    ("http://2130706433/", "decimal"),
    ("http://0x7f.1/", "hexadecimal"),
    ("http://0x7f000001/", "hexadecimal"),
    ("http://0177.0.0.1/", "octal"),
    ("http://127.1/", "short"),
    ("http://127.0.0.1.1/", "five parts"),
    ("http://1.2.3.256/", "too large"),
    ("http://127。0。0。1/", "ideographic dots"),
    ("http://１２７.0.0.1/", "full-width digits"),
    ("http://①②⑦.0.0.1/", "circled digits"),
    ("http://127.0.0.1/", "loopback"),
    ("http://127.0.0.1./", "loopback with a dot"),
    ("http://169.254.169.254/latest/meta-data/", "metadata"),
    ("http://168.63.129.16/", "Azure"),
    ("http://[::1]/", "loopback"),
    ("http://[::ffff:127.0.0.1]/", "mapped"),
    ("http://[64:ff9b::7f00:1]/", "NAT64"),
    ("http://[fe80::1%25eth0]/", "zone"),
    ("http://[fd00:ec2::254]/", "metadata"),
    ("http://[v1.x]/", "future address"),
    ("http://[127.0.0.1]/", "IPv4 in brackets"),
    ("http://[2606:4700:4700::1111]evil.example/", "text after the brackets"),
    ("http://evil.example[2606:4700:4700::1111]/", "text before the brackets"),
    ("http://localhost/", "name"),
    ("http://LOCALHOST./", "name"),
    ("http://redis/", "single label"),
    ("http://metadata.google.internal/", "suffix"),
    ("http://printer.local/", "suffix"),
    ("http://router.lan/", "suffix"),
    ("http://nas.home.arpa/", "suffix"),
    ("http://hidden.onion/", "suffix"),
    ("http://x.test/", "suffix"),
    ("http://ｌｏｃａｌｈｏｓｔ/", "full-width letters"),
]


@pytest.mark.parametrize(("url", "why"), REFUSED)
def test_it_refuses(url: str, why: str) -> None:
    with pytest.raises(Refused):
        check_url(url, POLICY)


ACCEPTED = [
    ("http://example.com", "http://example.com/"),
    ("HTTP://EXAMPLE.COM/A", "http://example.com/A"),
    ("https://example.com:443/", "https://example.com/"),
    ("http://example.com:8080/", "http://example.com:8080/"),
    ("http://example.com./x", "http://example.com/x"),
    ("  http://example.com/  ", "http://example.com/"),
    ("http://example.com/a b?q=c d", "http://example.com/a%20b?q=c%20d"),
    ("http://example.com/é?q=ü#frag", "http://example.com/%C3%A9?q=%C3%BC"),
    ("http://example.com/a%2Fb%zz", "http://example.com/a%2Fb%zz"),
    ("http://example.com/?next=http://x@y\\z", "http://example.com/?next=http://x@y%5Cz"),
    ("http://bücher.example/", "http://xn--bcher-kva.example/"),
    ("http://my_host.example.com/", "http://my_host.example.com/"),
    ("http://8.8.8.8/", "http://8.8.8.8/"),
    ("http://[2606:4700:4700::1111]/", "http://[2606:4700:4700::1111]/"),
    ("http://[2606:4700:4700:0:0:0:0:1111]:8080/", "http://[2606:4700:4700::1111]:8080/"),
    ("http://7zip.example/", "http://7zip.example/"),
    ("http://example.0xyz/", "http://example.0xyz/"),
]


@pytest.mark.parametrize(("url", "asked"), ACCEPTED)
def test_it_asks_for(url: str, asked: str) -> None:
    assert check_url(url, POLICY).url == asked


def test_the_port_must_be_allowed_also_for_an_allowed_network() -> None:
    assert check_url("http://127.0.0.1:8099/x", LOCAL).port == 8099
    with pytest.raises(Refused):
        check_url("http://127.0.0.1:8080/x", LOCAL)


def test_an_internal_name_waits_for_its_addresses_when_a_network_is_allowed() -> None:
    assert check_url("http://localhost:8099/", LOCAL).internal_name
    assert not check_url("http://example.com/", LOCAL).internal_name


def test_an_address_outside_of_the_allowed_networks_stays_refused() -> None:
    with pytest.raises(Refused):
        check_url("http://10.0.0.1/", LOCAL)


def test_it_never_asks_this_site_itself() -> None:
    own = replace(POLICY, own_hosts=frozenset({"softmarks.example", "8.8.4.4"}))
    for url in (
        "https://softmarks.example/logout",
        "https://SOFTMARKS.example./",
        "http://8.8.4.4",
    ):
        with pytest.raises(Refused):
            check_url(url, own)


def test_a_refusal_tells_the_person_nothing_of_its_reason() -> None:
    sentences = set()
    for url in ("http://10.0.0.1/", "http://example.com:22/", "ftp://example.com/"):
        with pytest.raises(Refused) as refusal:
            check_url(url, POLICY)
        sentences.add(refusal.value.sentence)
        assert not refusal.value.retry
    assert sentences == {"This address was refused by policy."}
