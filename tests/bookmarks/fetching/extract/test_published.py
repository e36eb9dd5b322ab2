"""When a page was published."""

import pytest

from bookmarks.fetching.extract.dates import parse_date, parse_month
from tests.bookmarks.fetching.extract import read

H1 = "<title>How to train</title><h1>How to train</h1>"


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("2024-01-31", "", "2024-01-31"),
        ("2024-01-31T10:20:30+0100", "", "2024-01-31T10:20:30+01:00"),
        ("2024-01-31T10:20:30.123Z", "", "2024-01-31T10:20:30Z"),
        ("2024-01-31 10:20", "", "2024-01-31T10:20"),
        ("2024/1/5", "", "2024-01-05"),
        ("20240131", "", "2024-01-31"),
        ("Published January 31, 2024 at noon", "", "2024-01-31"),
        ("Jan. 31st, 2024", "", "2024-01-31"),
        ("31 January 2024", "", "2024-01-31"),
        ("the 3rd of May 2020", "", "2020-05-03"),
        ("Tue Aug 27, 2019 1:47 am", "", "2019-08-27"),
        ("Fri, 12 Jan 2024 10:00:00 GMT", "", "2024-01-12"),
        ("27. August 2019", "de", "2019-08-27"),
        ("3. März 2021", "de", "2021-03-03"),
        ("le 3 août 2021", "fr", "2021-08-03"),
        ("3 de marzo de 2021", "es", "2021-03-03"),
        ("12 de março de 2021", "pt", "2021-03-12"),
        ("3 марта 2021 г.", "ru", "2021-03-03"),
        ("3 stycznia 2021", "pl", "2021-01-03"),
        ("3 Ocak 2021", "tr", "2021-01-03"),
        ("2021年3月4日", "zh", "2021-03-04"),
        ("2021년 3월 4일", "ko", "2021-03-04"),
        ("03/04/2021", "en-US", "2021-03-04"),
        ("03/04/2021", "", "2021-03-04"),
        ("03/04/2021", "en-GB", "2021-04-03"),
        ("03/04/2021", "fr", "2021-04-03"),
        ("03.04.2021", "", "2021-04-03"),
        ("25/03/2021", "en-US", "2021-03-25"),
        ("1609459200", "", "2021-01-01T00:00:00Z"),
        ("1609459200000", "", "2021-01-01T00:00:00Z"),
        ("first 2020-01-02 then 2021-01-02", "", "2020-01-02"),
        # What is no date of a page.
        ("0000-00-00", "", ""),
        ("1970-01-01", "", ""),
        ("31/02/2024", "", ""),
        ("2024-13-01", "", ""),
        ("2999-01-01", "", ""),
        ("2567-01-02", "", ""),
        ("2 hours ago", "", ""),
        ("version 1.2.2024.5", "", ""),
        ("call 2024-0131-55", "", ""),
        ("May 2020", "", ""),
        ("", "", ""),
    ],
)
def test_a_date_is_read(text: str, language: str, iso: str) -> None:
    assert parse_date(text, language) == iso


@pytest.mark.parametrize(
    ("text", "named", "iso"),
    [
        ("July 2023", True, "2023-07"),
        ("juillet 2023", True, "2023-07"),
        ("2023/7", False, "2023-07"),
        ("2023-07", False, "2023-07"),
        ("2023", False, "2023"),
        ("2023-07-00", False, "2023-07"),
        ("2023", True, ""),
        ("2999", False, ""),
        ("in July 2023 we", True, ""),
    ],
)
def test_a_month_or_a_year_alone_is_read(text: str, named: bool, iso: str) -> None:
    assert parse_month(text, named=named) == iso


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (
            '<meta property="article:published_time" content="2021-03-04T05:06:07Z">',
            "2021-03-04T05:06:07Z",
        ),
        ('<meta name="citation_date" content="2017/06/12">', "2017-06-12"),
        ('<meta name="citation_publication_date" content="2023/7">', "2023-07"),
        (
            '<meta name="citation_online_date" content="2023/08/02">'
            '<meta name="citation_date" content="2017/06/12">',
            "2017-06-12",
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":"2021-03-04",'
            '"dateModified":"2022-01-01"}</script>',
            "2021-03-04",
        ),
        (H1 + '<time datetime="2021-03-04">today</time>', "2021-03-04"),
        (H1 + "<time>4 March 2021</time>", "2021-03-04"),
        (H1 + '<span itemprop="datePublished" content="2021-03-04">x</span>', "2021-03-04"),
        (H1 + "<p>Ada Lovelace · March 4, 2021 · 5 min read</p>", "2021-03-04"),
        (H1 + "<p>March 2021</p>", "2021-03"),
        ("<p>4 March 2021</p>" + H1, "2021-03-04"),
        # Modified is not published.
        ('<meta property="article:modified_time" content="2021-03-04">', ""),
        (
            '<script type="application/ld+json">{"@type":"Article","dateModified":"2022-01-01"}'
            "</script>",
            "",
        ),
        (H1 + "<p>Last updated: March 4, 2021</p>", ""),
        (H1 + '<p>Updated <time datetime="2022-01-01">now</time></p>', ""),
        (H1 + '<time class="updated" datetime="2022-01-01">now</time>', ""),
        # When a publishing system made any page of the site is no publication.
        (
            '<script type="application/ld+json">{"@type":"WebPage","datePublished":"2021-03-04"}'
            "</script>",
            "",
        ),
        # Other dates are other things.
        (H1 + "<p>Book by Dec 31, 2021 and save</p>", ""),
        (H1 + "<p>Valid until 4 March 2021</p>", ""),
        (H1 + "<a href=/x><div>Case study</div><div>4 March 2021</div></a>", ""),
        (H1 + "<p><a href=/x>4 March 2021</a> by Ada</p>", "2021-03-04"),
        (H1 + "<p>Written by Ada on 4 March 2021</p>", "2021-03-04"),
        (H1 + "<p>Copyright 4 March 2021</p>", ""),
        (H1 + "<p>Member since 4 March 2021</p>", ""),
        (H1 + "<footer><p>4 March 2021</p></footer>", ""),
        (H1 + '<aside><time datetime="2022-01-01">x</time></aside>', ""),
        (H1 + "<p>" + "A long paragraph of text that goes on. " * 5 + "On 4 March 2021.</p>", ""),
        (H1 + "<p>x</p>" * 40 + "<p>4 March 2021</p>", ""),
        ('<time datetime="2022-01-01">now</time>' + "<p>x</p>" * 12 + H1, ""),
    ],
)
def test_the_date_of_an_article_is(html: str, published: str) -> None:
    assert read(html).published == published


def test_the_date_may_stand_in_the_address() -> None:
    assert read(H1, "https://site.example/2021/03/04/how-to-train").published == "2021-03-04"
    assert read(H1, "https://site.example/blog/20210304-how-to-train").published == "2021-03-04"


@pytest.mark.parametrize("path", ["", "pricing", "services/training", "product/model"])
def test_a_page_that_is_no_article_has_no_date(path: str) -> None:
    html = H1 + '<time datetime="2021-03-04">x</time><p>4 March 2021</p>'
    assert read(html, f"https://site.example/{path}").published == ""


def test_a_front_page_has_no_date() -> None:
    story = (
        '<script type="application/ld+json">{"@type":"BlogPosting","datePublished":"2021-03-04"}'
    )
    assert read(H1 + f"{story}</script>", "https://blog.example/").published == ""


def test_a_manual_has_a_date_only_when_it_says_so() -> None:
    manual = "https://docs.example/guide/training"
    assert read(H1 + "<time>4 March 2021</time>", manual).published == ""
    marked = '<meta name="dcterms.issued" content="2021-03-04">'
    assert read(marked + H1, manual).published == "2021-03-04"
    built = '<meta property="article:published_time" content="2021-03-04">'
    assert read(built + H1, manual).published == ""
