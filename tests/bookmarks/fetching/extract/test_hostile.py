"""Pages made to break a parser: none takes long, none loses its title, none raises."""

import io
import json
import time
from base64 import b64encode
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookmarks.fetching.extract import extract
from bookmarks.fetching.extract.body import Element
from bookmarks.fetching.extract.document import MAX_DEPTH, head_end, open_document
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.extract.jsonl import serve_jsonl
from bookmarks.fetching.extract.jsonld import LinkedData
from tests.bookmarks.fetching.extract import URL, read

TITLE = "<title>How to train a model</title>"
HOME = "https://site.example/"
SECONDS = 3  # each takes below half a second on an idle machine

DATA = '<script type="application/ld+json">{}</script>'


def data(source: str) -> str:
    return TITLE + DATA.format(source)


PAGES: dict[str, Callable[[], str]] = {
    "paragraphs": lambda: TITLE + "<p>hello world, this is a text of some length.</p>" * 6_000,
    "nesting": lambda: TITLE + "<div>" * 120_000,
    "nesting of lists": lambda: TITLE + "<ul><li>" * 30_000,
    "nesting of tables": lambda: TITLE + "<table><tr><td>" * 15_000,
    "unclosed links": lambda: TITLE + "<a href=x>" * 30_000,
    "misnested formatting": lambda: TITLE + "<b><i><u><s>x</b></i>" * 9_000,
    "attributes": lambda: TITLE + "<p " + " ".join(f"a{n}=1" for n in range(30_000)) + ">x</p>",
    "long attribute": lambda: TITLE + f"<p title='{'x' * 600_000}'>x</p>",
    "long text": lambda: TITLE + "x" * 600_000,
    "long script": lambda: TITLE + f"<script>{'x' * 600_000}</script>",
    "unclosed scripts": lambda: TITLE + "<script>" * 75_000,
    "unclosed comments": lambda: TITLE + "<!--" * 150_000,
    "angle brackets": lambda: TITLE + "<" * 600_000,
    "unclosed tags": lambda: TITLE + "<a " * 180_000,
    "unclosed quotes": lambda: TITLE + '<a "' * 150_000,
    "entities": lambda: TITLE + "&amp;" * 120_000,
    "line breaks": lambda: TITLE + "a<br><br>" * 30_000,
    "headings": lambda: TITLE + "<h1>How to train a model</h1>" * 9_000,
    "bylines": lambda: TITLE + "<span class=author>By 1</span>" * 9_000,
    "times": lambda: TITLE + "<time datetime=x>no</time>" * 9_000,
    "digits": lambda: TITLE + f"<time>{'2020-' * 90_000}</time><p>{'1' * 150_000}</p>",
    "class names": lambda: TITLE + f"<p class='{'-a' * 270_000}'>x</p>",
    "meta elements": lambda: TITLE + "<meta name=author content='Ada, Alan'>" * 6_000,
    "meta names": lambda: TITLE + f"<meta name='{'a ' * 270_000}' content=x>",
    "spaces in the byline": lambda: TITLE + f"<p class=byline>By {' ' * 600_000}x</p>",
    "templates": lambda: TITLE + "<template>" * 30_000,
    "drawings": lambda: TITLE + "<svg><title>no</title>" * 9_000,
    "brackets in data": lambda: data("[" * 30_000),
    "braces in data": lambda: data('{"a":' * 30_000),
    "braces without sense": lambda: data("{" * 300_000),
    "many data": lambda: TITLE + DATA.format('{"@type":"Article","name":"x"}') * 10_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_to_break_a_parser_is_read_in_time(name: str) -> None:
    page = PAGES[name]()
    start = time.process_time()
    facts = read(page)
    assert time.process_time() - start < SECONDS
    assert facts.title == "How to train a model"


@pytest.mark.parametrize(
    "body",
    [b"\x00" * 1_000_000, b"\xff" * 1_000_000, bytes(range(256)) * 4_000, b"", b"\xef\xbb\xbf"],
    ids=["zeros", "ones", "all", "none", "mark"],
)
def test_bytes_that_are_no_page_give_no_title(body: bytes) -> None:
    facts = read(body)
    assert "\x00" not in facts.title + facts.description + facts.excerpt
    assert facts.canonical_url == URL


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("http://site.example/", ""),
        ("page.html", ""),
        ("<?xml version='1.0'?><rss><channel><title>Feed</title></channel></rss>", "Feed"),
        ("<!-- x --><?xml version='1.0'?>\n<html><title>Page</title>", "Page"),
        ("<?XML?><title>Page</title>", "Page"),
    ],
)
def test_what_looks_like_something_else_is_read_without_a_warning(source: str, title: str) -> None:
    assert read(source).title == title


def test_text_below_the_limit_of_nesting_is_kept() -> None:
    deep = "<div>" * 5_000 + "<p>The text at the bottom</p>" + "</div>" * 5_000 + "<h1>After</h1>"
    body = open_document(deep).body
    assert [line.text for line in body.lines] == ["The text at the bottom", "After"]
    (heading,) = body.named("h1")
    assert depth(heading) < 10
    assert max(map(depth, body.named("div"))) <= MAX_DEPTH + 5


def depth(element: Element) -> int:
    return 0 if element.parent is None else 1 + depth(element.parent)


def test_long_lists_without_end_tags_are_no_nesting() -> None:
    body = open_document("<ul>" + "<li>one" * 2_000 + "</ul><h1>After</h1>").body
    assert {depth(one) for one in body.named("li")} == {2}
    assert len(body.lines) == 2_001


def test_markup_inside_of_scripts_and_comments_is_no_nesting() -> None:
    raw = "<script>" + "'<div>' + " * 2_000 + "1</script>" + "<!--" + "<b>" * 2_000 + "-->"
    page = "<div>" * 600 + "</div>" * 600 + raw + "<p><i>kept</i></p>"
    assert list(open_document(page).body.named("i"))


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("<title>T</title><p>x", "<title>T</title>"),
        ("<!doctype html><html><head><meta name='a>b'></head><body>x", None),
        ("<head><!-- <p> --><script>'<p>'</script></HEAD>\n<body>x", None),
        ("<noscript><p>x</p></noscript><header>x", "<noscript><p>x</p></noscript>"),
        ("<script>'</head>'</SCRIPT><h1>x", "<script>'</head>'</SCRIPT>"),
        ("<title>T</title> text", "<title>T</title> "),
        ("<meta name=a", ""),
        ("<link rel=a><script>never closed", "<link rel=a>"),
        ("<link rel=a><!-- never closed", "<link rel=a>"),
        ("text", ""),
        ("", ""),
    ],
)
def test_the_head_ends_where_the_body_begins(source: str, head: str | None) -> None:
    whole = source[: source.lower().find("</head>") + len("</head>")]
    assert source[: head_end(source)] == (whole if head is None else head)


@pytest.mark.parametrize(
    "source",
    [
        "<p>x<title>Told</title>",
        "<p>x<p hidden><title>Told</title>",
        "<svg><title>Drawing</title></svg><title>Told</title>",
        "<p>x</p><title></title><title>Told</title>",
    ],
)
def test_a_title_in_the_wrong_place_is_a_title(source: str) -> None:
    assert read(source, HOME).title == "Told"


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('{"@type":"Article"}', 1),
        ('[{"@type":"Article"},{"@type":"Article"}]', 2),
        ('{"@graph":[{"@type":"Article"}]}', 1),
        ('{"@type":"Article",}', 1),
        ('{"@type":"Article","x":NaN}', 1),
        ('{"@type":"Article","x":"line\nbreak"}', 1),
        ('<!-- {"@type":"Article"} -->', 1),
        ('//<![CDATA[\n{"@type":"Article"}\n//]]>', 1),
        ("{&quot;@type&quot;:&quot;Article&quot;}", 1),
        ('{"@type":"Article"}{"@type":"Article"}', 2),
        ('{"@type":"Article"};', 1),
        ('{"@type":"http://schema.org/Article"}', 1),
        ('{"@type":["Thing","Article"]}', 1),
        ('{"@type":7}', 0),
        ("null", 0),
        ('"text"', 0),
        ("{broken", 0),
        ("", 0),
        ("[" * 5000, 0),
    ],
)
def test_linked_data_is_read_however_it_is_wrapped(source: str, count: int) -> None:
    scripts = open_document(DATA.format(source)).named("script")
    assert len(LinkedData(scripts).articles) == count


@pytest.mark.parametrize(
    "value",
    ["7", "null", "true", '""', "[]", "{}", "[[[[[{}]]]]]", '{"name":[{"name":7}]}', '{"@id":7}'],
)
@pytest.mark.parametrize(
    "key", ["author", "headline", "datePublished", "publisher", "image", "name"]
)
def test_linked_data_of_any_shape_is_survived(key: str, value: str) -> None:
    source = f'{{"@type":["Article","Product","WebSite","WebPage"],"{key}":{value}}}'
    assert read(data(source)).title == "How to train a model"


MARKUP = st.lists(
    st.sampled_from(
        [
            *"<>/='\"& ",
            "<title>", "</title>", "<h1>", "</h1>", "<p class=byline>", "By Ada", "<noscript>",
            "<meta name=author", " content=", "<!--", "-->", "<script type='application/ld+json'>",
            "</script>", "{", "}", "[", '"@type":"Article"', "2021-03-04", "<time datetime=",
            "<svg>", "<table>", "<br>", "\x00", "\ud800", "é", "<base href=", "http://[",
            "<link rel=canonical href=",
        ]
    ),
    max_size=40,
)  # fmt: skip


@given(MARKUP, st.sampled_from([URL, "", "http://[", "https://forum.example/t/x/1", "x"]))
def test_no_markup_makes_it_raise(pieces: list[str], url: str) -> None:
    facts = read("".join(pieces), url)
    for text in (facts.title, facts.description, facts.excerpt, *facts.authors):
        text.encode("utf-8")
        assert "\x00" not in text


@given(
    st.binary(max_size=400),
    st.sampled_from(["", "text/html", "text/plain", "x; charset=x"]),
)
def test_no_bytes_make_it_raise(body: bytes, content_type: str) -> None:
    assert isinstance(extract(body, URL, content_type), PageFacts)


def ask(*lines: str) -> list[dict[str, object]]:
    answers = io.StringIO()
    serve_jsonl(io.StringIO("\n".join(lines) + "\n"), answers)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


def test_a_line_of_json_is_answered_with_the_facts() -> None:
    page = b64encode(TITLE.encode()).decode()
    question = {"html_b64": page, "url": URL, "content_type": "text/html; charset=utf-8"}
    (answer,) = ask(json.dumps(question))
    assert answer["title"] == "How to train a model"
    assert answer["charset"] == "utf-8"
    assert answer["authors"] == []
    assert answer["word_count"] is None


@pytest.mark.parametrize(
    "line",
    ["no json", "[]", "7", "null", '"x"', "{}", '{"html_b64": 7}', '{"html_b64": "%"}', "[" * 9999],
)
def test_a_bad_line_is_answered_with_an_error_and_the_next_one_as_ever(line: str) -> None:
    good = json.dumps({"html_b64": "", "url": URL, "content_type": ""})
    bad, fine = ask(line, good)
    assert set(bad) == {"error"}
    assert "error" not in fine
