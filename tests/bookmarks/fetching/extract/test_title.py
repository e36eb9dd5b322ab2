"""The title: which of the page's many, and what is cut off it."""

import pytest

from tests.bookmarks.fetching.extract import read

SITE = '<meta property="og:site_name" content="The Daily Model">'
HOME = "https://site.example/"
SHORT = "https://site.example/p/12"


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Only a title</title>", "Only a title"),
        ("<h1>Only a heading</h1>", "Only a heading"),
        ("no markup at all", ""),
        ("", ""),
        # The head's titles, and the site's name at their ends.
        (SITE + "<title>Small models | The Daily Model</title>", "Small models"),
        (SITE + "<title>Small models - Daily Model</title>", "Small models"),
        (SITE + "<title>The Daily Model: Why small models win</title>", "Why small models win"),
        (SITE + "<title>Small models | Science | Thedailymodel</title>", "Small models | Science"),
        ("<title>Small models · site.example</title>", "Small models"),
        ("<title>Small models » Site</title>", "Small models"),
        ("<title>Small models: a survey</title>", "Small models: a survey"),
        ("<title>Site</title>", "Site"),
        (SITE + "<title>The Daily Model</title>", "The Daily Model"),
        # A heading the head confirms.
        (
            "<title>Small models win | Research, news and more</title><h1>Small models win</h1>",
            "Small models win",
        ),
        ("<title>Site</title><h1>Small models win</h1>", "Small models win"),
        (SITE + "<title>Small models win</title><h1>The Daily Model</h1>", "Small models win"),
        (
            "<title>Small models win</title><h1>Logo of us</h1><h1>Small models win</h1>",
            "Small models win",
        ),
        ("<title>Small models win</title><nav><h1>models win</h1></nav>", "Small models win"),
        ("<title>owner/nanoGPT: a model</title><h1>nanoGPT</h1>", "owner/nanoGPT: a model"),
        (SITE + "<title>Models win</title><h1>Models win - The Daily Model</h1>", "Models win"),
        # Labels inside of the heading.
        (
            "<title>Why small models win - Site</title>"
            "<h1><span>News</span> Why small models win <a>(other.example)</a> <b>139</b></h1>",
            "Why small models win",
        ),
        (
            '<meta property="og:title" content="Attention Is All You Need">'
            '<h1 class="title"><span>Title:</span>Attention Is All You Need</h1>',
            "Attention Is All You Need",
        ),
        # Scholarly and linked data.
        (
            '<meta name="citation_title" content="A Theory of Models"><title>[1] Theory</title>',
            "A Theory of Models",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Said once"}'
            "</script><title>Said twice | and thrice</title>",
            "Said once",
        ),
        # Chapters of books.
        (
            "<title>Recoverable Errors - The Book of Rust</title><h1>The Book of Rust</h1>"
            "<h2>Recoverable Errors</h2>",
            "Recoverable Errors",
        ),
        # Templates.
        ("<title>Forum • View topic - Small models win</title>", None),
        ("<title>View topic - Small models win</title>", "Small models win"),
        ('<meta property="og:title" content="{{title}}"><title>Real title</title>', "Real title"),
        ('<meta property="og:title" content=""><title>Real title</title>', "Real title"),
        ('<meta property="og:title"><title>Real title</title>', "Real title"),
        ('<meta name="og:title" content="By name">', "By name"),
        ('<META PROPERTY="OG:TITLE" CONTENT="Shouted">', "Shouted"),
        ("<body><p>x</p><meta property=og:title content='In the body'>", "In the body"),
    ],
)
def test_the_title_is(html: str, title: str | None) -> None:
    found = read(html, SHORT).title
    assert title is None or found == title


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Loom | Record your screen</title>", "Loom | Record your screen"),
        ("<title>Site: models and more</title>", "Site: models and more"),
        ("<title>Home - The Long Name of a Place</title>", "The Long Name of a Place"),
        (SITE + "<title>Home</title>", "The Daily Model"),
        ("<title>Site</title>", "Site"),
    ],
)
def test_a_front_page_keeps_the_sites_name(html: str, title: str) -> None:
    assert read(html, HOME).title == title


def test_the_address_decides_between_heading_and_head() -> None:
    html = "<title>Ten ways to win</title><h1>How to train a small model (with code)</h1>"
    assert read(html).title == "How to train a small model (with code)"
    html = "<title>How to train a small model</title><h1>A small model</h1>"
    assert read(html).title == "How to train a small model"


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>  many \n\t spaces\u00a0here </title>", "many spaces here"),
        ("<title>nul\x00 and \x01control\x1f s</title>", None),
        ("<title>a\u202eb\u2066c\u2069\u200bd\ufeff</title>", "abcd"),
        ("<title>family \U0001f468\u200d\U0001f469\u200d\U0001f467</title>", None),
        ("<title>AT&amp;T</title>", "AT&T"),
        ("<title>AT&amp;amp;T &amp;#39;22</title>", "AT&T '22"),
        ("<title>&lt;b&gt; and &amp;lt;script&amp;gt;</title>", "<b> and &lt;script&gt;"),
        ("<title>&#0;&#xD800;&#x110000;x</title>", None),
        ("<title>dash &#150; here</title>", "dash – here"),
        ("<title>lone \ud800 surrogate</title>", None),
        ("<title>caf\u00c3\u00a9 \u00e2\u0080\u0094 misread</title>", "café — misread"),
        ("<title>Über Ã</title>", "Über Ã"),
        ("<title>שלום עולם</title>", "שלום עולם"),
        ("<svg><title>Icon</title></svg><title>Real</title>", "Real"),
        ("<head><title></title><title>Second</title>", "Second"),
        ("<body><title>In the body</title>", "In the body"),
        ("<title>Unclosed", "Unclosed"),
        ("<title>with <b>markup</b></title>", "with <b>markup</b>"),
        ("<!-- <title>no</title> --><title>Yes</title>", "Yes"),
        ("<template><title>no</title></template><title>Yes</title>", None),
        ("<frameset><frame></frameset><title>Framed</title>", "Framed"),
    ],
)
def test_a_title_is_cleaned(html: str, title: str | None) -> None:
    found = read(html, SHORT).title
    assert title is None or found == title
    assert not set(found) & {*map(chr, range(32)), "\u202e", "\u200b"}
    found.encode("utf-8")


def test_a_heading_of_one_word_is_the_title_when_the_address_ends_with_it() -> None:
    html = f"{SITE}<title>News about Models, Data and more</title><h1>{{}}</h1><h1>Small wins</h1>"
    assert read(html.format("Models"), f"{HOME}news/models").title == "Models"
    assert (
        read(html.format("Data"), f"{HOME}news/models").title == "News about Models, Data and more"
    )


def test_a_heading_the_title_begins_with_beats_the_words_of_a_long_address() -> None:
    data = '{"@type":"Product","name":"Maker: Big Blue Lamp, steel, with a red shade and a cord"}'
    html = (
        f'<title>Big Blue Lamp by Maker</title><script type="application/ld+json">{data}</script>'
        "<h1>Big Blue Lamp</h1>"
    )
    address = "https://shop.example/product/maker-big-blue-lamp-steel-with-a-red-shade-and-a-cord"
    assert read(html, address).title == "Big Blue Lamp"


def test_emoji_stay_whole() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert read(f"<title>{family} x</title>", SHORT).title == f"{family} x"


def test_a_title_is_at_most_500_characters_long_and_ends_with_a_word() -> None:
    title = read(f"<title>{'word ' * 1000}</title>", SHORT).title
    assert len(title) <= 500
    assert title.endswith("word…")


@pytest.mark.parametrize(
    ("title", "url", "expected"),
    [
        (
            "InfoQ: Software News and Trends - InfoQ",
            "https://www.infoq.example/",
            "InfoQ: Software News and Trends",
        ),
        ("Teaching Online: What Works", "https://teaching.uni.example/x", None),
        ("Uni: What Works Online", "https://teaching.uni.example/x", "What Works Online"),
    ],
)
def test_a_name_at_the_start_goes_only_when_it_is_the_name_of_the_site(
    title: str, url: str, expected: str | None
) -> None:
    html = f'<title>{title}</title><meta property="og:site_name" content="{url.split(".")[1]}">'
    assert read(html, url).title == (expected or title)
