"""What a page says of the paper it shows, and of code, models and data."""

import pytest

from bookmarks.fetching.extract.citation import bare_doi
from bookmarks.fetching.extract.licence import licence_name
from tests.bookmarks.fetching.extract import LOREM, URL, read

PAPER = "https://journal.example/article/7"
H1 = "<h1>A Theory of Models</h1>"


def tag(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def data(source: str) -> str:
    return f'<script type="application/ld+json">{source}</script>'


CITED = tag("citation_title", "A Theory of Models") + tag("citation_author", "Lovelace, Ada")


@pytest.mark.parametrize(
    ("html", "abstract"),
    [
        (tag("citation_abstract", f"Abstract: {LOREM}"), LOREM),
        (tag("citation_abstract", f"&lt;jats:p&gt;{LOREM}&lt;/jats:p&gt;"), LOREM),
        (tag("DCTERMS.abstract", LOREM), LOREM),
        (data(f'{{"@type":"ScholarlyArticle","abstract":"{LOREM}"}}'), LOREM),
        (CITED + H1 + f"<div id=abstract>{LOREM}</div>", LOREM),
        (CITED + H1 + f'<div class="card acl-abstract"><h5>Abstract</h5> {LOREM}</div>', LOREM),
        (CITED + H1 + f"<h4>Abstract</h4><p>Short.</p><p>{LOREM}</p><h4>Authors</h4>", LOREM),
        (CITED + H1 + f"<h4>Abstract</h4><p>Short.</p><h4>Text</h4><p>{LOREM}</p>", ""),
        (H1 + f"<h4>Abstract</h4><p>{LOREM}</p>", ""),
        (CITED, ""),
    ],
)
def test_the_abstract_is(html: str, abstract: str) -> None:
    assert read(html, PAPER).abstract == abstract


def test_a_paper_is_described_by_its_abstract() -> None:
    html = CITED + tag("citation_abstract", LOREM) + tag("og:description", "Ada Lovelace. 2023.")
    facts = read(html, PAPER)
    assert facts.description == LOREM
    assert facts.sources["description"] == facts.sources["abstract"] == "citation_abstract"


@pytest.mark.parametrize(
    ("html", "venue"),
    [
        (tag("citation_conference_title", "ICML"), "ICML"),
        (tag("citation_journal_title", "Journal of Models"), "Journal of Models"),
        (tag("citation_dissertation_institution", "Univ. of X"), "Univ. of X"),
        (tag("citation_journal_title", "https://x.example"), ""),
        (
            data(
                '{"@type":"ScholarlyArticle","isPartOf":{"@type":"PublicationIssue","isPartOf":'
                '{"@type":"Periodical","name":"Annals"}}}'
            ),
            "Annals",
        ),
        (data('{"@type":"ScholarlyArticle","isPartOf":7,"publication":{"name":"KDD"}}'), "KDD"),
    ],
)
def test_the_venue_is(html: str, venue: str) -> None:
    assert read(html, PAPER).venue == venue


@pytest.mark.parametrize(
    ("html", "url", "doi"),
    [
        (tag("citation_doi", "10.1000/ABC.1"), PAPER, "10.1000/abc.1"),
        (tag("citation_doi", "https://doi.org/10.1000/ABC(1)"), PAPER, "10.1000/abc(1)"),
        (tag("DC.Identifier", "doi:10.1000/abc"), PAPER, "10.1000/abc"),
        (tag("DC.Identifier", "ISBN 978-0"), PAPER, ""),
        (
            data(
                '{"@type":"ScholarlyArticle","identifier":{"@type":"PropertyValue",'
                '"value":"10.1000/abc"}}'
            ),
            PAPER,
            "10.1000/abc",
        ),
        ("", "https://publisher.example/doi/full/10.1002/adma.2023", "10.1002/adma.2023"),
        ("", "https://publisher.example/doi/10.1002/adma.2023/abstract", "10.1002/adma.2023"),
        ("", "https://publisher.example/article?id=10.1371%2Fjournal.1", "10.1371/journal.1"),
        ("", "https://publisher.example/v10.2/notes", ""),
    ],
)
def test_the_doi_is(html: str, url: str, doi: str) -> None:
    assert read(html, url).doi == doi


@pytest.mark.parametrize(
    ("text", "doi"),
    [("DOI: 10.1000/A", "10.1000/a"), ("10.1000/a.", "10.1000/a"), ("see 10.1/a", ""), ("", "")],
)
def test_a_doi_is_made_bare(text: str, doi: str) -> None:
    assert bare_doi(text) == doi


def test_a_paper_names_its_pdf_and_its_other_addresses() -> None:
    html = (
        CITED
        + tag("citation_pdf_url", "/pdf/7.pdf")
        + tag("citation_arxiv_id", "1706.03762")
        + tag("citation_doi", "10.1000/ABC")
        + '<link rel=canonical href="https://openreview.net/forum?id=abcDEF123">'
        + data(
            '{"@type":"ScholarlyArticle","sameAs":["https://github.com/ada/engine",7,'
            '"https://x.example"]}'
        )
    )
    facts = read(html, PAPER)
    assert facts.pdf_url == "https://journal.example/pdf/7.pdf"
    assert facts.identifiers == (
        "arxiv:1706.03762",
        "doi:10.1000/abc",
        "openreview:abcDEF123",
        "github:ada/engine",
    )


def test_neither_links_nor_the_organisation_give_a_page_an_identity() -> None:
    html = (
        H1
        + "<a href=https://arxiv.org/abs/1706.03762>a paper</a>"
        + data('{"@type":"Organization","name":"X","sameAs":"https://github.com/x/y"}')
    )
    assert read(html).identifiers == ()


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (CITED + "<a href=https://github.com/ada/engine>Code</a>", "https://github.com/ada/engine"),
        (
            CITED + "<a href=https://github.com/ada/engine.git>[GitHub]</a>",
            "https://github.com/ada/engine",
        ),
        (CITED + "<a href=https://github.com/mathjax/mathjax>Powered by MathJax</a>", ""),
        (CITED + "<footer><a href=https://github.com/ada/engine>GitHub</a></footer>", ""),
        ("<a href=https://github.com/ada/engine>Code</a>", ""),
    ],
)
def test_the_code_of_a_paper_is(html: str, code: str) -> None:
    assert read(html, PAPER).code_url == code


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("https://creativecommons.org/licenses/by-nc/4.0/", "CC BY-NC 4.0"),
        ("http://creativecommons.org/licenses/by/3.0/de/", "CC BY 3.0 DE"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.en", "CC BY-SA 4.0"),
        ("//creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://spdx.org/licenses/BSD-3-Clause.html", "BSD-3-Clause"),
        ("http://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("Apache 2.0", "Apache 2.0"),
        ("https://site.example/terms", ""),
        ("", ""),
    ],
)
def test_a_licence_is_called(value: str, name: str) -> None:
    assert licence_name(value) == name


@pytest.mark.parametrize(
    ("html", "licence"),
    [
        (data('{"@type":"Dataset","license":"https://opensource.org/licenses/MIT"}'), "MIT"),
        (data('{"@type":"Dataset","license":{"name":"ODbL"}}'), "ODbL"),
        ("<link rel=license href=//creativecommons.org/licenses/by/4.0/>", "CC BY 4.0"),
        ("<p><a rel='license nofollow' href=/terms>CC BY 4.0</a></p>", "CC BY 4.0"),
        ("<p><a href=/terms>CC BY 4.0</a></p>", ""),
    ],
)
def test_the_licence_is(html: str, licence: str) -> None:
    assert read(html).licence == licence


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (tag("citation_online_date", "2023/08/02") + tag("citation_year", "1997"), "1997"),
        (
            tag("citation_publication_date", "2017") + tag("citation_date", "2017/6/12"),
            "2017-06-12",
        ),
        (tag("citation_publication_date", "1986/10/09"), "1986-10-09"),
        (tag("citation_publication_date", "2019/00/00"), "2019"),
        (tag("citation_publication_date", "2999/01/01"), ""),
        (
            tag("citation_date", "2017/06/12")
            + data('{"@type":"Article","datePublished":"2020-01-01"}'),
            "2017-06-12",
        ),
    ],
)
def test_a_paper_is_of_the_earliest_year_its_tags_name(html: str, published: str) -> None:
    assert read(html, "https://journal.example/x").published == published


@pytest.mark.parametrize(
    ("html", "modified"),
    [
        (tag("article:modified_time", "2024-02-03T04:05:06Z"), "2024-02-03T04:05:06Z"),
        (data('{"@type":"Article","dateModified":"2024-02-03"}'), "2024-02-03"),
        (
            tag("article:published_time", "2024-05-01")
            + tag("article:modified_time", "2024-02-03"),
            "",
        ),
        (tag("article:modified_time", "0000-00-00"), ""),
    ],
)
def test_the_last_change_is(html: str, modified: str) -> None:
    assert read(html).modified == modified


def test_the_title_for_citing_goes_before_all_others() -> None:
    html = (
        tag("citation_title", "A &lt;i&gt;Theory&lt;/i&gt; of\n  Models")
        + data('{"@type":"Article","headline":"Another"}')
        + "<title>Another | Journal</title><h1>Another</h1>"
    )
    assert read(html, PAPER).title == "A Theory of Models"


def test_a_head_alone_is_enough_for_the_facts_of_a_paper() -> None:
    html = CITED + tag("citation_date", "2017/06/12") + f"<link rel=canonical href={URL}>"
    facts = read(html, PAPER)
    assert (facts.title, facts.authors, facts.published) == (
        "A Theory of Models",
        ("Ada Lovelace",),
        "2017-06-12",
    )
    assert (facts.kind, facts.canonical_url, facts.blocked) == ("paper", URL, False)
