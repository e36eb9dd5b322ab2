"""Site, language, links, kind, interstitials, and texts that are no HTML."""

import pytest

from bookmarks.fetching.extract import extract
from tests.bookmarks.fetching.extract import LOREM, URL, read

HOME = "https://site.example/"


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<meta property="og:site_name" content="The Site">', "The Site"),
        (
            '<script type="application/ld+json">{"@type":"WebSite","name":"The Site"}</script>',
            "The Site",
        ),
        ('<meta name="application-name" content="The Site">', "The Site"),
        ('<meta name="citation_journal_title" content="Journal of Models">', "Journal of Models"),
        (
            '<script type="application/ld+json">{"@type":"Article","publisher":{"name":"The Site"}}'
            "</script>",
            "The Site",
        ),
        ("<title>How to train a model | Lil'Log</title><h1>How to train a model</h1>", "Lil'Log"),
        ("<title>Models: a survey</title>", "site.example"),
        ("<title>Models</title>", "site.example"),
    ],
)
def test_the_site_is_called(html: str, name: str) -> None:
    assert read(html).site_name == name


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<html lang="en">', "en"),
        ('<html lang="EN_us">', "en-US"),
        ('<html lang="en-us,en">', "en-US"),
        ('<html lang="zh-hans-cn">', "zh-Hans-CN"),
        ('<html lang="iw">', "he"),
        ('<html xml:lang="de">', "de"),
        ('<html lang=""><meta http-equiv="content-language" content="fr">', "fr"),
        ('<html lang="xx"><meta property="og:locale" content="pt_BR">', "pt-BR"),
        ('<script type="application/ld+json">{"@type":"Article","inLanguage":"it"}</script>', "it"),
        ('<html lang="{{lang}}">', ""),
        ("<p>これは日本語の文章です。</p>", "ja"),
        ("<p>기계 학습은 인공지능의 한 분야이다.</p>", "ko"),
        ("<p>机器学习是人工智能的一个分支。</p>", "zh"),
        ("<p>words</p>", ""),
    ],
)
def test_the_language_is(html: str, language: str) -> None:
    assert read(html).language == language


def canonical(href: str) -> str:
    return f'<link rel="canonical" href="{href}">'


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ("", URL),
        (canonical("https://site.example/a"), "https://site.example/a"),
        (canonical("/a"), "https://site.example/a"),
        (canonical("//other.example/a"), "https://other.example/a"),
        (canonical(" https://site.example/a#part "), "https://site.example/a"),
        (canonical("https://site.example/a?id=1"), "https://site.example/a?id=1"),
        (canonical("https://site.example/#!/a"), "https://site.example/#!/a"),
        ('<link rel="nofollow Canonical" href="/a">', "https://site.example/a"),
        ('<meta property="og:url" content="/a">', "https://site.example/a"),
        (canonical("") + '<meta property="og:url" content="/a">', "https://site.example/a"),
        (canonical("javascript:alert(1)"), URL),
        (canonical("data:text/html,x"), URL),
        (canonical("http://["), URL),
        (canonical("http://localhost:3000/a"), URL),
        (canonical("https://site.example/"), URL),
        (canonical("https://site.example/") + canonical("/a"), "https://site.example/a"),
        ('<meta property="og:url" content="{{url}}">', URL),
        ("<base href='/deep/'>" + canonical("a"), "https://site.example/deep/a"),
        ("<base href='http://['>" + canonical("/a"), "https://site.example/a"),
        ("<base href='data:x'>" + canonical("/a"), "https://site.example/a"),
        (canonical("/" + "a" * 9000), URL),
    ],
)
def test_the_canonical_address_is(html: str, url: str) -> None:
    assert read(html).canonical_url == url


def test_a_front_page_may_call_itself_so() -> None:
    for address in (HOME, "https://site.example/index.html", "https://site.example/en"):
        assert read(canonical(HOME), address).canonical_url == HOME


@pytest.mark.parametrize(
    ("html", "image"),
    [
        ('<meta property="og:image" content="/i.png">', "https://site.example/i.png"),
        (
            '<meta name="twitter:image" content="https://cdn.example/i.png">',
            "https://cdn.example/i.png",
        ),
        ('<link rel="image_src" href="/i.png">', "https://site.example/i.png"),
        (
            '<script type="application/ld+json">{"@type":"Article","image":[{"url":"/i.png"}]}'
            "</script>",
            "https://site.example/i.png",
        ),
        ('<meta property="og:image" content="data:image/png;base64,AAAA">', ""),
        ('<meta property="og:image" content="javascript:alert(1)">', ""),
        ('<meta property="og:image" content="http://[">', ""),
        ("", ""),
    ],
)
def test_the_image_is(html: str, image: str) -> None:
    assert read(html).image == image


@pytest.mark.parametrize(
    ("url", "html", "kind"),
    [
        (URL, "", "article"),
        ("https://site.example/2021/03/04/x", "", "article"),
        ("https://site.example/x", '<meta name="citation_title" content="A Theory">', "article"),
        (
            "https://site.example/x",
            '<script type="application/ld+json">{"@type":["NewsArticle"]}</script>',
            "article",
        ),
        ("https://site.example/essay.html", f"<p>{LOREM * 2}</p>" * 10, "article"),
        ("https://forum.example/viewtopic.php?t=1", "", "forum"),
        ("https://x.example/t/some-topic/12", "", "forum"),
        ("https://x.example/index.php?topic=12.0", "", "forum"),
        ("https://x.example/x", '<meta name="generator" content="Discourse 3.2">', "forum"),
        ("https://x.example/x", '<div itemtype="https://schema.org/QAPage">x</div>', "forum"),
        ("https://docs.example.org/x", "", "documentation"),
        ("https://x.example/en/docs/x", "", "documentation"),
        ("https://x.example/x", '<meta name="generator" content="Docusaurus v3">', "documentation"),
        ("https://x.example/products/x", "", "product"),
        ("https://x.example/x", '<meta property="og:type" content="og:product">', "product"),
        ("https://x.example/collections/x", "", "collection"),
        ("https://x.example/tag/x", "", "listing"),
        ("https://x.example/blog", "", "listing"),
        (HOME, "<h2><a href=/1>One story</a></h2>" * 9, "listing"),
        ("https://x.example/technology", "<h3><a href=/1>One story</a></h3>" * 9, "listing"),
        (
            "https://x.example/los-angeles-movers-near-you",
            '<script type="application/ld+json">{"@type":"LocalBusiness"}</script>',
            "service",
        ),
        (
            "https://x.example/how-we-train-people",
            '<meta property="og:type" content="website">',
            "service",
        ),
        (
            "https://x.example/how-we-train-people",
            '<meta property="og:type" content="website"><time>4 March 2021</time>',
            "article",
        ),
        ("https://the.blog/", "", "listing"),
        (HOME, "", "service"),
        ("https://x.example/pricing", '<meta property="og:type" content="article">', "service"),
        ("http://[", "", "service"),
    ],
)
def test_the_kind_is(url: str, html: str, kind: str) -> None:
    assert read(html, url).kind == kind


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "arXiv reCAPTCHA",
        "YouTube",
        " - YouTube",
        "Before you continue to YouTube",
        "Access to this page has been denied.",
        "Log in",
        "LinkedIn Login, Sign in | LinkedIn",
        "Verify you are human",
        "404 Not Found",
        "Page not found",
        "JavaScript is not available.",
    ],
)
def test_a_page_in_the_way_is_recognised(title: str) -> None:
    assert read(f"<title>{title}</title>").blocked


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment in the life of a model",
        "How captchas work",
        "Log in with OAuth: a guide",
        "YouTube for education",
        "Page not found: why links rot and what to do",
        "Attention Is All You Need",
        "",
    ],
)
def test_a_page_about_such_things_is_not_in_the_way(title: str) -> None:
    assert not read(f"<title>{title}</title><p>{LOREM}</p>").blocked


def test_a_front_page_may_be_called_as_its_site() -> None:
    assert not read("<title>YouTube</title>", "https://www.youtube.com/").blocked


def test_a_challenge_is_recognised_by_its_script_when_there_is_little_else() -> None:
    script = '<script src="/cdn-cgi/challenge-platform/h/b/x.js"></script>'
    assert read(f"<title>site.example</title>{script}").blocked
    assert not read(f"<title>site.example</title>{script}<p>{LOREM * 20}</p>").blocked


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Small models\n\nSome prose.", "Small models"),
        ("<!-- badge -->\n\n## Small models ##\n", "Small models"),
        ("Small models\n============\n", "Small models"),
        ("\n\n  First line\nSecond line", "First line"),
        ("", ""),
        ("x" * 1000, "x" * 199 + "…"),
    ],
)
def test_a_text_file_is_titled_by_its_heading_or_first_line(text: str, title: str) -> None:
    assert read(text, content_type="text/plain").title == title


def test_a_text_file_is_quoted_by_its_paragraphs() -> None:
    facts = read(f"# Title\n\n{LOREM}\n\nshort\n\n{LOREM}", content_type="text/markdown")
    assert facts.excerpt == f"{LOREM}\n\n{LOREM}"
    assert facts.word_count == 52


def test_html_sent_as_plain_text_is_read_as_html() -> None:
    facts = read("<!DOCTYPE html><title>A page</title>", content_type="text/plain")
    assert facts.title == "A page"


def test_a_file_without_a_type_is_text_when_it_has_no_markup() -> None:
    assert extract(b"Just words", URL, "").title == "Just words"
    assert extract(b"<p>Just words", URL, "").title == ""


def test_every_fact_names_its_source() -> None:
    html = f'<html lang="en"><title>How to train</title><p>{LOREM}</p>'
    facts = read(html)
    assert facts.sources == {
        "title": "title",
        "description": "first paragraph",
        "excerpt": "description",
        "site_name": "host",
        "language": "html lang",
        "canonical_url": "address",
        "kind": "address",
    }
    assert facts.charset == "utf-8"


def test_a_short_page_behind_a_gate_that_let_it_through_is_no_gate() -> None:
    script = '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'
    page = f"<title>A short guide to priors</title>{script}<p>{'Words of the guide. ' * 30}</p>"
    assert not extract(page.encode(), "https://example.org/guides/priors/", "text/html").blocked
