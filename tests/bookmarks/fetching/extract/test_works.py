"""Kinds of works, and what a site offers beside its page: feeds, an icon, the length of a video."""

import pytest

from bookmarks.fetching.extract.duration import seconds_of
from tests.bookmarks.fetching.extract import URL, read

HOME = "https://site.example/"


def data(source: str) -> str:
    return f'<script type="application/ld+json">{source}</script>'


CITED = '<meta name="citation_title" content="A Theory">'


@pytest.mark.parametrize(
    ("url", "html", "kind"),
    [
        ("https://arxiv.org/abs/1706.03762", "", "paper"),
        ("https://github.com/ada/engine", "", "code"),
        ("https://huggingface.co/ada/engine", "", "model"),
        ("https://huggingface.co/datasets/ada/notes", "", "dataset"),
        ("https://www.youtube.com/watch?v=abcdefghijk", "", "video"),
        ("https://www.coursera.org/learn/models", "", "course"),
        ("https://d2l.ai/chapter_introduction/index.html", "", "book"),
        (URL, CITED + '<meta name="citation_doi" content="10.1000/1">', "paper"),
        (URL, CITED, "article"),
        (URL, data('{"@type":"ScholarlyArticle","headline":"A Theory"}'), "paper"),
        (URL, data('{"@type":"Course","name":"Models"}'), "course"),
        (
            "https://site.example/catalogue",
            data('[{"@type":"Course","name":"A"},{"@type":"Course","name":"B"}]'),
            "service",
        ),
        (URL, data('{"@type":"Dataset","name":"Notes"}'), "dataset"),
        (URL, data('{"@type":"SoftwareSourceCode","name":"Engine"}'), "code"),
        (URL, data('{"@type":"Book","name":"Models"}'), "book"),
        (URL, data('{"@type":["Product","Book"],"name":"Models"}'), "product"),
        (URL, '<meta property="og:type" content="video.other">', "video"),
        (URL, data('{"@type":"VideoObject","name":"A talk"}'), "video"),
        (URL, data('{"@type":"NewsArticle","video":{"@type":"VideoObject"}}'), "article"),
        (URL, '<meta property="og:type" content="book">', "book"),
        ("https://ada.github.io/", "", "home"),
        ("https://uni.example/~ada/", "", "home"),
        (HOME, data('{"@type":"Person","name":"Ada"}'), "home"),
        (HOME, '<meta property="og:type" content="profile">', "home"),
        (HOME, data('{"@type":"Organization","founder":{"@type":"Person"}}'), "service"),
    ],
)
def test_the_kind_is(url: str, html: str, kind: str) -> None:
    assert read(html, url).kind == kind


def test_of_code_only_data_name_the_makers() -> None:
    byline = "<p class=author>By Alan Turing</p>"
    assert read(data('{"@type":"SoftwareSourceCode"}') + byline).authors == ()
    made = data('{"@type":"SoftwareSourceCode","author":{"name":"Ada Lovelace"}}')
    assert read(made + byline).authors == ("Ada Lovelace",)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("PT1H2M3S", 3723),
        ("PT45M", 2700),
        ("P1DT1S", 86401),
        ("PT12.5S", 12),
        ("213", 213),
        ("213.4", 213),
        ("PT", 0),
        ("PT9999999S", 0),
        ("an hour", 0),
        ("", 0),
    ],
)
def test_a_duration_is(value: str, seconds: int) -> None:
    assert seconds_of(value) == seconds


def test_only_a_video_has_a_duration() -> None:
    video = data('{"@type":"VideoObject","duration":"PT1M"}')
    assert read(video).duration == 60
    article = data('{"@type":"Article","video":{"@type":"VideoObject","duration":"PT1M"}}')
    assert read(article).duration is None


def feed(href: str, media_type: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{media_type}" href="{href}">'


def test_feeds_are_absolute_each_once_and_at_most_ten() -> None:
    html = feed("/feed") + feed("/feed") + feed("atom.xml", "application/atom+xml; charset=utf-8")
    html += feed("/wp-json/1", "application/json") + feed("/de", "text/html") + feed("javascript:x")
    assert read(html).feeds == ("https://site.example/feed", "https://site.example/blog/atom.xml")
    assert len(read("".join(feed(f"/{n}") for n in range(20))).feeds) == 10


@pytest.mark.parametrize(
    ("html", "icon"),
    [
        ('<link rel="shortcut icon" href="/f.ico">', "https://site.example/f.ico"),
        (
            '<link rel=icon sizes=16x16 href=/16.png><link rel=icon sizes="32x32" href=/32.png>'
            "<link rel=icon sizes=192x192 href=/192.png>",
            "https://site.example/32.png",
        ),
        (
            "<link rel=icon type=image/svg+xml href=/i.svg><link rel=apple-touch-icon href=/a.png>",
            "https://site.example/a.png",
        ),
        ("<link rel=icon href=/i.svg>", "https://site.example/i.svg"),
        ('<link rel=icon href="data:image/png;base64,AA">', ""),
        ("<link rel=mask-icon href=/m.svg>", ""),
        ("", ""),
    ],
)
def test_the_icon_is(html: str, icon: str) -> None:
    assert read(html).icon == icon
