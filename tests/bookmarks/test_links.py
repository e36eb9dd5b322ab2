"""What is an address, and which two are the same: tables with the reason of every row."""

import pytest

from bookmarks.links import (
    BadUrl,
    clean_url,
    normal_form,
    page_address,
    page_key,
    page_url,
    site_of,
    url_key,
)

pytestmark = pytest.mark.once

TAKEN = [
    ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/1706.03762", "already well-formed"),
    ("  https://example.org/a\n", "https://example.org/a", "blanks around it"),
    ("<https://example.org/a>", "https://example.org/a", "as e-mails quote addresses"),
    ("< https://example.org/a >", "https://example.org/a", "blanks within the brackets"),
    ("example.org", "https://example.org", "no scheme"),
    ("example.org/a?b#c", "https://example.org/a?b#c", "no scheme, with all the rest"),
    ("//example.org/a", "https://example.org/a", "scheme left to the page it stood on"),
    ("example.org:8080/a", "https://example.org:8080/a", "a host with a port is no scheme"),
    ("localhost:8000/a", "http://localhost:8000/a", "one's own machine speaks no TLS"),
    ("localhost", "http://localhost", "the one host without a dot"),
    ("HTTPS://example.org/A", "https://example.org/A", "schemes have no case, paths have"),
    ("https://EXAMPLE.org/", "https://EXAMPLE.org/", "the host is kept as typed"),
    ("feed:https://example.org/rss", "https://example.org/rss", "feed: before an address"),
    ("feed://example.org/rss", "http://example.org/rss", "feed: instead of http:"),
    ("feed:example.org/rss", "http://example.org/rss", "feed: and nothing else"),
    ("https://example.org/a b", "https://example.org/a%20b", "blanks as browsers send them"),
    ('https://example.org/"<>^`{|}', "https://example.org/%22%3C%3E%5E%60%7B%7C%7D", "RFC 3986"),
    ("https://example.org/a\\b", "https://example.org/a%5Cb", "a backslash is data in a path"),
    ("https://example.org/é", "https://example.org/é", "other scripts are kept readable"),
    ("https://bücher.example/", "https://bücher.example/", "so are their hosts"),
    ("https://example.org/%zz", "https://example.org/%zz", "a stray percent sign is kept"),
    ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a", "an IPv6 address"),
    ("http://192.0.2.7:81/a", "http://192.0.2.7:81/a", "an IPv4 address"),
    ("https://example.org./a", "https://example.org./a", "a full domain name"),
    ("https://a_b.example.org/", "https://a_b.example.org/", "underscores are found in the wild"),
    ("https://user.example.org/@someone", "https://user.example.org/@someone", "@ in a path"),
    (
        "https://example.org/?q=http://x:y@z/",
        "https://example.org/?q=http://x:y@z/",
        "@ in a query",
    ),
]


@pytest.mark.parametrize(("text", "url", "reason"), TAKEN)
def test_it_takes_addresses_as_people_give_them(text: str, url: str, reason: str) -> None:
    assert clean_url(text) == url, reason


SCHEMES = (
    *("javascript", "data", "file", "ftp", "vbscript", "about", "blob", "mailto", "chrome"),
    *("view-source", "ws", "wss", "tel", "ssh", "git", "gopher", "jar", "intent", "urn"),
    *("doi", "magnet", "resource", "moz-extension"),
)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    "form", ["{}:x", "{}://example.org/x", "{}:alert(1)", "{}:/x", "feed:{}:x"]
)
@pytest.mark.parametrize("case", [str.lower, str.upper, str.title])
def test_it_refuses_every_scheme_but_http_and_https(scheme: str, form: str, case: type) -> None:
    with pytest.raises(BadUrl, match="Only http and https"):
        clean_url(form.format(case(scheme)))


def test_it_refuses_a_script_dressed_as_a_feed() -> None:
    with pytest.raises(BadUrl):
        clean_url("feed:javascript://example.org/%0aalert(1)")


def test_it_refuses_many_feeds_in_a_row_without_falling_over() -> None:
    with pytest.raises(BadUrl):
        clean_url("feed:" * 5000 + "//example.org/")


REFUSED = [
    ("", "nothing"),
    ("   ", "only blanks"),
    ("<>", "empty brackets"),
    ("word", "no dot: a word, not a host"),
    ("two words", "a search"),
    ("/path", "a path"),
    ("#part", "a fragment"),
    ("?query", "a query"),
    ("https:", "a scheme alone"),
    ("https://", "no host"),
    ("https:///a", "no host before the path"),
    ("http:example.org", "no slashes, so a path for some and a host for others"),
    ("https://?a", "no host before the query"),
    ("https://#a", "no host before the fragment"),
    ("https://.", "a dot is no host"),
    ("https://.example.org/", "an empty label in front"),
    ("https://a..example.org/", "an empty label inside"),
    ("https://-a.example.org/", "a label that starts with a hyphen"),
    ("https://a-.example.org/", "a label that ends with a hyphen"),
    ("https://exam ple.org/", "a blank in the host"),
    ("https://exam%20ple.org/", "an encoded blank in the host"),
    ("https://exam%6Dple.org/", "an encoded letter in the host"),
    ("https://example.org*/", "a star in the host"),
    ("https://example.org,example.net/", "two hosts"),
    (f"https://{'a' * 64}.org/", "a label of 64 characters"),
    (f"https://{'a.' * 130}org/", "a host of more than 253 characters"),
    ("https://2130706433/", "a loopback address as one number"),
    ("https://0x7f000001/", "the same in hexadecimal"),
    ("https://0x7f.1/", "the same in two parts"),
    ("https://0177.0.0.1/", "the same with an octal part"),
    ("https://127.1/", "the same, shortened"),
    ("https://256.1.1.1/", "a part beyond 255"),
    ("https://1.2.3.4.5/", "five parts"),
    ("https://example.0x/", "a name that ends in a number"),
    ("https://[::1/", "a bracket left open"),
    ("https://[::g]/", "no IPv6 address"),
    ("https://[example.org]/", "a name in brackets"),
    ("https://::1/", "IPv6 without brackets"),
    ("https://example.org:port/", "a word as port"),
    ("https://example.org:65536/", "a port beyond the last"),
    ("https://example.org:-1/", "a negative port"),
    ("https://example.org:0/", "port 0"),
    ("https://example.org:٣/", "a port in Arabic digits"),
    ("https://user@example.org/", "a user name"),
    ("https://user:secret@example.org/", "a password"),
    ("https://:secret@example.org/", "a password alone"),
    ("https://@example.org/", "an empty user name"),
    ("user:secret@example.org", "a password without scheme"),
    ("https://example.org\\@evil.example/", "a backslash that hides the host"),
    ("https:\\\\example.org\\a", "backslashes for slashes"),
    ("https://exam\\ple.org/", "a backslash in the host"),
    ("https://☃.example/", "a snowman is no letter (IDNA 2008)"),
    ("https://xn--\u00e9.example/", "half encoded"),
    ("https://ex\u2100mple.org/", "a sign that folds to a slash"),
    ("java\tscript:alert(1)", "a tab that browsers drop"),
    ("https://example.org/a\nb", "a line break"),
    ("https://example.org/a\rb", "a carriage return"),
    ("https://example.org/\x00", "NUL"),
    ("https://example.org/\x7f", "DEL"),
    ("https://example.org/\x85a", "a C1 control"),
    ("https://example.org/\u2028a", "a line separator"),
    ("https://example.org/\ufeffa", "a byte order mark"),
    ("https://example.org/\ud800", "half a character"),
    ("https://example.org/" + "a" * 10_000, "10 kB"),
    ("https://example.org/" + "é" * 1000, "short as typed, too long as sent"),
    ("https://example.org/" + " " * 1000 + "a", "short as typed, too long with its blanks encoded"),
    ("https://example.org/?utm_x=" + " " * 1000 + "a", "the same in a tracker"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_it_refuses_what_is_no_address(text: str, reason: str) -> None:
    with pytest.raises(BadUrl) as refusal:
        clean_url(text)
    sentence = str(refusal.value)
    assert sentence[0].isupper() or sentence[0] == "“"
    assert sentence.endswith(".")
    assert len(sentence) < 200


def test_it_takes_2048_characters_and_no_more() -> None:
    longest = "https://example.org/".ljust(2048, "a")
    assert clean_url(longest) == longest
    with pytest.raises(BadUrl, match="2,049 characters"):
        clean_url(longest + "a")


SAME = [
    ("http://example.org", "http://example.org/", "an empty path is the root"),
    ("HTTP://example.org/", "http://example.org/", "case of the scheme"),
    ("http://EXAMPLE.org/", "http://example.org/", "case of the host"),
    ("http://example.org./", "http://example.org/", "the root of all domains"),
    ("http://example.org:80/", "http://example.org/", "the port of http"),
    ("https://example.org:443/", "https://example.org/", "the port of https"),
    ("http://example.org:/", "http://example.org/", "an empty port"),
    ("http://bücher.example/", "http://xn--bcher-kva.example/", "a host and its encoding"),
    ("http://BÜCHER.example/", "http://bücher.example/", "case in other scripts"),
    ("http://faß.example/", "http://xn--fa-hia.example/", "IDNA 2008 keeps the sharp s"),
    ("http://example。org/", "http://example.org/", "an ideographic full stop"),
    ("http://[2001:DB8:0::1]/", "http://[2001:db8::1]/", "IPv6 in short"),
    ("http://example.org/é", "http://example.org/%C3%A9", "a letter and its encoding"),
    ("http://example.org/%c3%a9", "http://example.org/%C3%A9", "case of an encoding"),
    ("http://example.org/%7Euser", "http://example.org/~user", "needless encoding"),
    ("http://example.org/%zz", "http://example.org/%25zz", "a stray percent sign"),
    ("http://example.org/a/./b", "http://example.org/a/b", "the same folder"),
    ("http://example.org/a/../b", "http://example.org/b", "the folder above"),
    ("http://example.org/../a", "http://example.org/a", "above the root is the root"),
    ("http://example.org/a/%2e%2E/b", "http://example.org/b", "the same, encoded"),
    ("http://example.org/a/.", "http://example.org/a/", "the folder itself"),
    ("http://example.org/?", "http://example.org/", "an empty query"),
    ("http://example.org/#", "http://example.org/", "an empty fragment"),
    ("http://example.org/#:~:text=a", "http://example.org/", "a place in the text"),
    ("http://example.org/#a:~:text=b", "http://example.org/#a", "the same after a fragment"),
    ("http://example.org/#a:%7E:text=b", "http://example.org/#a", "the same, encoded"),
    ("http://example.org/?utm_source=x", "http://example.org/", "a tracker"),
    ("http://example.org/?utm%5Fsource=x", "http://example.org/", "an encoded tracker"),
    ("http://example.org/?a=1&fbclid=x&b=2", "http://example.org/?a=1&b=2", "a tracker inside"),
    ("http://example.org/?GCLID=x", "http://example.org/", "a tracker in capitals"),
]


@pytest.mark.parametrize(("one", "other", "reason"), SAME, ids=[row[2] for row in SAME])
def test_these_are_one_address(one: str, other: str, reason: str) -> None:
    assert url_key(clean_url(one)) == url_key(clean_url(other)), reason


DIFFERENT = [
    ("http://example.org/", "https://example.org/", "a server may answer otherwise on each"),
    ("http://example.org/", "http://www.example.org/", "www. is a host of its own"),
    ("http://example.org/", "http://example.net/", "another host"),
    ("http://example.org/", "http://example.org:8080/", "another port"),
    ("http://example.org:443/", "http://example.org/", "443 is not the port of http"),
    ("http://example.org/a", "http://example.org/A", "paths have case"),
    ("http://example.org/a", "http://example.org/a/", "a file and a folder"),
    ("http://example.org/a", "http://example.org//a", "empty segments count"),
    ("http://example.org/a%2Fb", "http://example.org/a/b", "an encoded slash is data"),
    ("http://example.org/a%2541", "http://example.org/aA", "what is encoded twice"),
    ("http://example.org/?a&b", "http://example.org/?b&a", "order of a query"),
    ("http://example.org/?a=", "http://example.org/?a", "an empty value"),
    ("http://example.org/?a=b%26c", "http://example.org/?a=b&c", "an encoded ampersand"),
    ("http://example.org/?a+b", "http://example.org/?a%20b", "a plus sign is no blank here"),
    ("http://example.org/#a", "http://example.org/", "a part of the page, bookmarked as such"),
    ("http://example.org/?ref=x", "http://example.org/", "ref may be a branch"),
    ("http://example.org/?utm=x", "http://example.org/", "utm alone is a map projection"),
    ("http://faß.example/", "http://fass.example/", "IDNA 2008"),
]


@pytest.mark.parametrize(("one", "other", "reason"), DIFFERENT, ids=[row[2] for row in DIFFERENT])
def test_these_are_two_addresses(one: str, other: str, reason: str) -> None:
    assert url_key(clean_url(one)) != url_key(clean_url(other)), reason


ONE_PAGE = [
    ("http://example.org/a", "https://example.org/a", "scheme"),
    ("http://www.example.org/a", "https://example.org/a", "www."),
    ("https://example.org/a#part", "https://example.org/a", "a plain fragment"),
    ("https://example.org/a?utm_medium=x#part", "https://example.org/a", "both"),
]
TWO_PAGES = [
    ("https://example.org/#!/a", "https://example.org/#!/b", "fragments that are routes"),
    ("https://example.org/#/a", "https://example.org/", "the same in a later fashion"),
    ("http://example.org:8080/", "https://example.org:8080/", "a named port speaks one scheme"),
    ("https://example.org/?a=1", "https://example.org/?a=2", "queries"),
    ("https://wwww.example.org/", "https://example.org/", "only www. is folded"),
]


@pytest.mark.parametrize(("one", "other", "reason"), ONE_PAGE)
def test_these_show_one_page(one: str, other: str, reason: str) -> None:
    assert page_key(one) == page_key(other), reason


@pytest.mark.parametrize(("one", "other", "reason"), TWO_PAGES)
def test_these_show_two_pages(one: str, other: str, reason: str) -> None:
    assert page_key(one) != page_key(other), reason


def test_a_page_is_fetched_at_its_normal_form_without_plain_fragment() -> None:
    assert page_url("HTTP://www.Example.org:80/a?utm_id=1#b") == "http://www.example.org/a"
    assert page_url("https://example.org/#/route") == "https://example.org/#/route"


def test_keys_are_forty_hex_digits() -> None:
    for key in (url_key("https://example.org/"), page_key("https://example.org/")):
        assert len(key) == 40
        assert set(key) <= set("0123456789abcdef")


def test_keys_never_change_from_one_version_to_the_next() -> None:
    """They are stored: whoever changes a rule has to migrate the rows."""
    key = "a7468c68516526913141989e07fcccd64bf51644"
    assert url_key("https://arxiv.org/abs/1706.03762") == key
    paper = "a1a0262a54cd0bbc3e7baed25ef4d2308fca6c29"  # of "arxiv:1706.03762"
    assert page_key("http://www.arxiv.org/pdf/1706.03762v5#x") == paper
    plain = "2dce0a4c50441bfccfa9caf4b58c3cba6e06c420"
    assert page_key("http://www.example.com/a?utm_source=x#y") == plain
    assert normal_form("http://Bücher.example/ä b?x=%7e") == (
        "http://xn--bcher-kva.example/%C3%A4%20b?x=~"
    )


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.Example.org:443/a", "example.org"),
        ("http://example.org:8080/", "example.org:8080"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://[2001:db8::1]:444/", "[2001:db8::1]:444"),
    ],
)
def test_a_site_is_called_as_people_call_it(url: str, site: str) -> None:
    assert site_of(url) == site


FORMS_OF_ONE_PAGE = [
    ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/pdf/1706.03762v5"),
    ("https://arxiv.org/abs/1706.03762", "https://huggingface.co/papers/1706.03762"),
    ("https://github.com/pymc-devs/pymc", "http://github.com/PyMC-devs/PyMC/tree/main"),
    ("https://youtu.be/aircAruvnKk?t=10", "https://www.youtube.com/watch?v=aircAruvnKk"),
    ("https://example.org/a?b=1", "http://www.example.org/a?b=1&utm_source=x#top"),
]


@pytest.mark.parametrize(("one", "other"), FORMS_OF_ONE_PAGE)
def test_addresses_of_one_thing_are_one_page_and_two_bookmarks(one: str, other: str) -> None:
    assert page_address(one).key == page_address(other).key
    assert url_key(one) != url_key(other)


def test_a_recognised_page_is_fetched_where_its_facts_are() -> None:
    address = page_address("https://arxiv.org/pdf/1706.03762v5")
    assert address.url == "https://arxiv.org/abs/1706.03762"
    assert (address.identity, address.kind) == ("arxiv:1706.03762", "paper")
