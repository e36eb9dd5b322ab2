"""What robots.txt says to us, by RFC 9309 and its examples."""

import time

import pytest

from bookmarks.fetching.robots import MAX_BYTES, Robots

pytestmark = pytest.mark.once

EXAMPLE = """
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""


def allows(text: str, path: str, agent: str = "Softmarks") -> bool:
    return Robots.read(text, agent).allows(f"https://example.org{path}")


@pytest.mark.parametrize(
    ("agent", "path", "allowed"),
    [
        ("foobot", "/example/page.html", True),
        ("foobot", "/example/allowed.gif", True),
        ("foobot", "/other", False),
        ("barbot", "/example/page.html", False),
        ("bazbot", "/example/page.html", False),
        ("BazBot", "/publications/", True),
        ("quxbot", "/example/", True),
        ("somebot", "/example/", False),
        ("somebot", "/a.gif", False),
        ("somebot", "/a.gif?b", True),
        ("somebot", "/publications/", True),
    ],
)
def test_the_example_of_the_standard_is_read_as_meant(agent: str, path: str, allowed: bool) -> None:
    assert allows(EXAMPLE, path, agent) is allowed


RULES = [
    ("Disallow: /example/\nAllow: /example/page/", "/example/page/disallowed.gif", True),
    ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/", True),
    (
        "Allow: /example/page/\nDisallow: /example/page/disallowed.gif",
        "/example/page/disallowed.gif",
        False,
    ),
    ("Disallow: /a\nAllow: /a", "/a", True),
    ("Disallow: /path/*/end", "/path/in/the/middle/end", False),
    ("Disallow: /path/*/end", "/path/end", True),
    ("Disallow: /*.php$", "/a.php", False),
    ("Disallow: /*.php$", "/a.php5", True),
    ("Disallow: /*.php$", "/a.php.php", False),
    ("Disallow: /a$", "/a", False),
    ("Disallow: /a$", "/ab", True),
    ("Disallow: /ab*b$", "/ab", True),
    ("Disallow: *", "/", False),
    ("Disallow:", "/a", True),
    ("Disallow: /", "/robots.txt", True),
    ("Disallow: /?q=", "/?q=1", False),
    ("Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", False),
    ("Disallow: /foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", False),
    ("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", False),
    ("Disallow: /a%2Fb", "/a/b", True),
    ("Disallow: /file-with-a-%2A.html", "/file-with-a-*.html", False),
    ("Disallow: /file-with-a-%2a.html", "/file-with-a-b.html", True),
    ("Disallow: /foo-%24", "/foo-$", False),
    ("Disallow: /foo$bar", "/foo$bar", False),
    ("Disallow: /a%", "/a%", False),
    ("Disallow: /A", "/a", True),
    ("DISALLOW : /a # all of it", "/a", False),
    ("Crawl-delay: 10\nDisallow: /a", "/a", False),
    ("Nonsense\nDisallow: /a", "/a", False),
    ("Disallow: /a", "/b", True),
    ("", "/a", True),
]


@pytest.mark.parametrize(("rules", "path", "allowed"), RULES)
def test_rules_are_compared_as_the_standard_says(rules: str, path: str, allowed: bool) -> None:
    assert allows(f"User-agent: *\n{rules}", path) is allowed


GROUPS = [
    ("User-agent: Softmarks/1.0\nDisallow: /", False),
    ("User-agent: softmarks\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
    ("User-agent: softmarksbot\nDisallow: /", True),
    ("User-agent: *\nDisallow: /b\n\nUser-agent: *\nDisallow: /a", False),
    ("User-agent: x\nUser-agent: softmarks\n\nDisallow: /a", False),
    ("User-agent: softmarks\nUser-agent: *\nSitemap: /s\nDisallow: /a", False),
    ("User-agent: softmarks\n\nUser-agent: *\nDisallow: /a", False),
    ("Disallow: /a", True),
    ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", False),
    ("User-agent: *\rDisallow: /a", False),
    ("User-agent:\nDisallow: /a", True),
]


@pytest.mark.parametrize(("text", "allowed"), GROUPS)
def test_a_group_is_for_the_robots_named_above_its_rules(text: str, allowed: bool) -> None:
    assert allows(text, "/a") is allowed


def test_what_follows_the_first_500_kibibytes_does_not_count() -> None:
    filling = "#" * (MAX_BYTES - 30)
    assert allows(f"User-agent: *\n{filling}\nDisallow: /a\nDisallow: /b", "/b") is True
    assert allows(f"User-agent: *\n{filling}\nDisallow: /a\nDisallow: /b", "/a") is False


def test_no_pattern_takes_long() -> None:
    text = "User-agent: *\n" + ("Disallow: /" + "*a" * 200 + "b$\n") * 100
    began = time.monotonic()
    assert allows(text, "/" + "a" * 8000)
    assert time.monotonic() - began < 2
