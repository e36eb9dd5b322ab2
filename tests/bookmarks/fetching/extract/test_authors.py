"""Who wrote a page, and who did not."""

import pytest

from bookmarks.fetching.extract.cited import cited
from bookmarks.fetching.extract.names import handles, people
from tests.bookmarks.fetching.extract import LOREM, URL, read

H1 = "<title>How to train</title><h1>How to train</h1>"
SITE_AS_AUTHOR = (
    '<meta property="og:site_name" content="Deep Site"><meta name="author" content="Deep Site">'
)
TEXT = f"<p>{LOREM}</p><p>{LOREM}</p>"
ARTICLE = '{"@type":"Article","headline":"How to train",'


@pytest.mark.parametrize(
    ("html", "authors"),
    [
        (H1, ()),
        ('<meta name="author" content="Ada Lovelace">', ("Ada Lovelace",)),
        (
            '<meta name="author" content="Ada Lovelace and Alan Turing">',
            ("Ada Lovelace", "Alan Turing"),
        ),
        ('<meta name="citation_author" content="Vaswani, Ashish">', ("Ashish Vaswani",)),
        (
            '<meta name="citation_author" content="Vaswani, Ashish"/>'
            '<meta name="citation_author" content="Shazeer, Noam"/>',
            ("Ashish Vaswani", "Noam Shazeer"),
        ),
        (
            '<meta name="citation_authors" content="Hinton, Geoffrey; Bengio, Yoshua">',
            ("Geoffrey Hinton", "Yoshua Bengio"),
        ),
        ('<meta name="DC.creator" content="Curie, Marie">', ("Marie Curie",)),
        (
            f'<script type="application/ld+json">{ARTICLE}"author":{{"@type":"Person",'
            '"name":"Ada Lovelace"}}</script>',
            ("Ada Lovelace",),
        ),
        (
            f'<script type="application/ld+json">{ARTICLE}"author":["Ada Lovelace",[{{"name":'
            '"Alan Turing"}]]}</script>',
            ("Ada Lovelace", "Alan Turing"),
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"BlogPosting","author":'
            '{"@id":"#ada"}},{"@type":"Person","@id":"#ada","name":"Ada Lovelace"}]}</script>',
            ("Ada Lovelace",),
        ),
        (H1 + '<p class="byline">By Ada Lovelace, Senior Editor</p>', ("Ada Lovelace",)),
        (
            H1 + '<div class="byline"><a class="author">Ada Lovelace</a> THE SITE</div>',
            ("Ada Lovelace",),
        ),
        (
            H1 + '<p class="byline">By <a class="author">Ada Lovelace</a> and '
            '<a class="author">Alan Turing</a></p>',
            ("Ada Lovelace", "Alan Turing"),
        ),
        (H1 + '<a rel="author" href="/x">Ada Lovelace</a>', ("Ada Lovelace",)),
        (H1 + '<span itemprop="author">Ada Lovelace</span>', ("Ada Lovelace",)),
        (
            H1 + '<span itemprop="author" itemscope><link itemprop="name" content="3Blue1Brown">'
            "</span>",
            ("3Blue1Brown",),
        ),
        (H1 + "<p>By Ada Lovelace</p>", ("Ada Lovelace",)),
        (H1 + "<p>By</p><p>Ada Lovelace</p>", ("Ada Lovelace",)),
        (H1 + "<p>Von Ada Lovelace | 3. Mai 2021</p>", ("Ada Lovelace",)),
        (H1 + '<a href="/authors/ada">Ada Lovelace</a>', ("Ada Lovelace",)),
        (
            '<meta name="twitter:label1" content="Written by">'
            '<meta name="twitter:data1" content="Ada Lovelace">',
            ("Ada Lovelace",),
        ),
        # Who is no author.
        ('<meta name="author" content="admin">', ()),
        ('<meta name="author" content="brandon-peaktwo">', ()),
        ('<meta name="dcterms.creator" content="brandon">', ()),
        (H1 + "<p>By February</p>", ()),
        ('<meta name="author" content="{{author}}">', ()),
        ('<meta name="author" content="https://facebook.com/ada">', ()),
        ('<meta name="author" content="ada@site.example">', ()),
        (H1 + "<p>by the way, this is text</p>", ()),
        (H1 + TEXT + '<footer><p class="author">Web Agency Ltd</p></footer>', ()),
        (H1 + TEXT + '<div class="related"><p class="byline">By Somebody Else</p></div>', ()),
        (H1 + TEXT + '<ol class="comments"><li><b class="author">A Reader</b></ol>', ()),
        # The site itself only when there is nobody else.
        (
            SITE_AS_AUTHOR + H1 + "<p>By Ada Lovelace</p>",
            ("Ada Lovelace",),
        ),
        (SITE_AS_AUTHOR, ("Deep Site",)),
    ],
)
def test_the_authors_are(html: str, authors: tuple[str, ...]) -> None:
    assert read(html).authors == authors


def test_a_page_that_is_no_article_has_no_author() -> None:
    html = '<meta name="author" content="Web Agency"><p>By Web Agency'
    assert read(html, "https://site.example/").authors == ()
    assert read(html, "https://site.example/pricing").authors == ()


THREAD = "https://forum.example/t/a-question/12"


@pytest.mark.parametrize(
    ("html", "author"),
    [
        ('<div data-author="Noah_B">x</div><div data-author="Other">y</div>', "Noah_B"),
        (
            H1 + "<p>Started by user3080392, June 04, 2024</p><b class=poster>Other</b>",
            "user3080392",
        ),
        (H1 + '<span>Thread starter</span> <a href="/members/ada.1/">ada_l</a>', "ada_l"),
        (
            H1 + '<div itemprop="author"><a href="/u/1">drat</a> <span>1764 badges</span></div>'
            '<div itemprop="author"><a href="/u/2">other</a></div>',
            "drat",
        ),
        (H1 + '<dl class="postprofile"><dt>Ada<dd>Senator<dd>Posts: 4032</dl>', "Ada"),
        (H1 + '<a href="./memberlist.php?mode=viewprofile&u=1">Ada</a>', "Ada"),
        (
            '<script type="application/ld+json">{"@type":"QAPage","mainEntity":{"@type":"Question",'
            '"author":{"name":"sorairolake"}}}</script>',
            "sorairolake",
        ),
    ],
)
def test_the_author_of_a_thread_is_who_started_it(html: str, author: str) -> None:
    assert read(html, THREAD).authors == (author,)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ada Lovelace", ["Ada Lovelace"]),
        ("Written by Ada Lovelace on Friday, May 3", ["Ada Lovelace"]),
        ("Ada Lovelace & Alan Turing", ["Ada Lovelace", "Alan Turing"]),
        (
            "Ada Lovelace, Alan Turing and Grace Hopper",
            ["Ada Lovelace", "Alan Turing", "Grace Hopper"],
        ),
        ("Ada Lovelace, Ph.D.", ["Ada Lovelace"]),
        ("Ada Lovelace, Staff Writer", ["Ada Lovelace"]),
        ("Ada Lovelace (Editor)", ["Ada Lovelace"]),
        ("Ada Lovelace | Updated May 3", ["Ada Lovelace"]),
        ("Ada Lovelace May 3, 2021", ["Ada Lovelace"]),
        ("Ada Lovelace is a mathematician", ["Ada Lovelace"]),
        ("Ada Lovelace, ada lovelace", ["Ada Lovelace"]),
        ("Conan O'Brien", ["Conan O'Brien"]),
        ("李飞飞", ["李飞飞"]),
        ("Anderson Silva", ["Anderson Silva"]),
        ("April Smith", ["April Smith"]),
        ("Editorial Team", []),
        ("Posted", []),
        ("", []),
        ("one two three four five six seven", []),
    ],
)
def test_names_are_taken_from_a_byline(byline: str, names: list[str]) -> None:
    assert people([byline]) == names


def test_all_authors_of_a_large_group_are_kept_in_order() -> None:
    given = [f"Family{chr(97 + n % 26)}{chr(97 + n // 26)}, Given" for n in range(600)]
    names = cited(given)
    assert names[:2] == ["Given Familyaa", "Given Familyba"]
    assert len(names) == 500


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        (
            ["Ashish Vaswani, Noam Shazeer, Niki Parmar"],
            ["Ashish Vaswani", "Noam Shazeer", "Niki Parmar"],
        ),
        (["Ashish Vaswani, Noam Shazeer"], ["Ashish Vaswani", "Noam Shazeer"]),
        (["van den Oord, Aaron"], ["Aaron van den Oord"]),
        (["Vaswani, A., Shazeer, N."], ["A. Vaswani", "N. Shazeer"]),
        (["Ng, Andrew Y"], ["Andrew Y Ng"]),
        (["King, Martin Luther Jr."], ["Martin Luther King Jr."]),
        (["King, Martin, Jr."], ["Martin King Jr."]),
        (["Hinton, Geoffrey and LeCun, Yann"], ["Geoffrey Hinton", "Yann LeCun"]),
        (
            ["Ada Lovelace, Alan Turing and Emmy Noether"],
            ["Ada Lovelace", "Alan Turing", "Emmy Noether"],
        ),
        (["DeepSeek-AI"], ["DeepSeek-AI"]),
        (["OpenAI; Josh Achiam"], ["OpenAI", "Josh Achiam"]),
        (["Anonymous"], []),
        (["https://orcid.org/0000-0001", "a@b.example"], []),
    ],
)
def test_authors_in_tags_for_citing_are(tags: list[str], names: list[str]) -> None:
    assert cited(tags) == names


def test_a_handle_may_be_what_a_name_may_not() -> None:
    assert handles(["user3080392", "by Noah_B", "admin"]) == ["user3080392", "Noah_B"]


def test_where_the_authors_were_found_is_told() -> None:
    assert read('<meta name="author" content="Ada Lovelace">', URL).sources["authors"] == "author"
