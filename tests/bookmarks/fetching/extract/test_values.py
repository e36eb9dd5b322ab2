"""Values as the wild writes them: nonsense is left out, what can be meant is read."""

import pytest

from tests.bookmarks.fetching.extract import read

PLAIN = "https://site.example/x"


def data(source: str) -> str:
    return f'<script type="application/ld+json">{source}</script>'


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ('"https://www.facebook.com/ada"', ()),
        ('"admin"', ()),
        ('"ada@site.example"', ()),
        ('"{{author}}"', ()),
        ('{"@id":"#nobody"}', ()),
        ("null", ()),
        ('{"name":NaN}', ()),
        ('[["Ada Lovelace"]]', ("Ada Lovelace",)),
        ('{"name":["Ada Lovelace","Alan Turing"]}', ("Ada Lovelace", "Alan Turing")),
    ],
)
def test_an_author_in_data_is(value: str, authors: tuple[str, ...]) -> None:
    html = data(f'{{"@type":"Article","headline":"How","author":{value}}}')
    assert read(html).authors == authors


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("0000-00-00", ""),
        ("1970-01-01", ""),
        ("2999-01-01", ""),
        ("31/02/2020", ""),
        ("2567-03-04", ""),
        ("1402/05/03", ""),
        ("2 hours ago", ""),
        ("{{date}}", ""),
        ("1609459200", "2021-01-01T00:00:00Z"),
        ("1609459200000", "2021-01-01T00:00:00Z"),
        ("13/04/2021", "2021-04-13"),
        ("2020-01-01T23:30:00-08:00", "2020-01-01T23:30:00-08:00"),
    ],
)
def test_a_date_in_a_tag_is(value: str, published: str) -> None:
    html = f'<meta property="article:published_time" content="{value}">'
    assert read(html, PLAIN).published == published


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>A &amp;amp; B</title>", "A & B"),
        ("<title>A &amp;#39; B</title>", "A ' B"),
        ("<title>&amp;lt;script&amp;gt;</title>", "&lt;script&gt;"),
        ("<title>a\u202eb</title>", "ab"),
        ("<title>\U0001f469\u200d\U0001f4bb code</title>", "\U0001f469\u200d\U0001f4bb code"),
        ("<META NAME=OG:TITLE CONTENT=Up>", "Up"),
        ('<meta property="og:title" content="A"><meta property="og:title" content="B">', "A"),
        ("<title>A&#150;B</title>", "A–B"),
        (
            data('{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"Inside"}}'),
            "Inside",
        ),
        (data('{"@type":"Article","headline":"After"} // a remark'), "After"),
        (data("{'@type':'Article','headline':'Quoted'}"), ""),
    ],
)
def test_a_title_is(html: str, title: str) -> None:
    assert read(html).title == title


def test_a_name_of_a_site_that_is_a_sentence_is_none() -> None:
    name = "How to train a small model for nothing and be happy with it for the rest of your life"
    assert read(f'<meta property="og:site_name" content="{name}">').site_name == "site.example"
