"""Notes in Markdown: what they may say, what they may not, and how long that takes at most."""

import time

import pytest
from bs4 import BeautifulSoup

from bookmarks.markup import markdown, markdown_words
from bookmarks.markup.notes import LONGEST

pytestmark = pytest.mark.once

# Elements and attributes that run, load or send something.
ALLOWED = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h4", "h5", "h6", "math", "mrow", "mi", "mn", "mo", "mtext", "msup", "msub", "mfrac"),
    *("mstyle", "mspace", "msqrt"),
}
ATTRIBUTES = {"href", "rel", "title", "dir", "start", "display", "stretchy"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{color:red}</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action=//evil.example><input name=x>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/)",
    "[x](/settings/)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](http://evil.example/pixel.png)",
    '![x](http://evil.example/"onerror="alert(1))',
    '[x](http://a.example "\\" onmouseover=alert(1) x=\\"")',
    '[x](http://a.example/"onmouseover="alert(1))',
    '```"><script>alert(1)</script>\nx\n```',
    "`</code><script>alert(1)</script>`",
    r"$\text{<img/src=x/onerror=alert(1)>}$",
    r"$\text{</mtext></math><script>alert(1)</script>}$",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\style{background:url(//evil.example)}{x}$",
    r"\(\class{bookmark}{x}\)",
    r'$$\text{<a href="javascript:alert(1)">x</a>}$$',
    "x\x00<script>alert(1)</script>",
    "\ufdd0<b>0\ufdd1 &#xFDD0;",
]


@pytest.mark.parametrize("note", HOSTILE)
def test_nothing_hostile_comes_through(note: str) -> None:
    page = BeautifulSoup(markdown(note), "lxml")
    elements = page.body.find_all(True) if page.body else []
    assert {each.name for each in elements} <= ALLOWED
    for each in elements:
        assert set(each.attrs) <= ATTRIBUTES
        if "href" in each.attrs:
            assert str(each["href"]).startswith(("http://", "https://", "mailto:"))
            assert each["rel"] == ["noreferrer", "noopener", "nofollow", "ugc"]


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("*em*, **strong**, ~~no~~", "<em>em</em>, <strong>strong</strong>, <s>no</s>"),
        ("`x<y`", "<code>x&lt;y</code>"),
        ("1 < 2 <b>", "1 &lt; 2 &lt;b&gt;"),
        ("# One", '<h4>One</h4>'),
        ("Two\n---", '<h5>Two</h5>'),
        ("###### Six", '<h6>Six</h6>'),
        ("3. a\n4. b", '<ol start="3">'),
        ("> q", "<blockquote>"),
        ("[x](https://a.example)", '<a href="https://a.example" rel="noreferrer'),
        ("[x](mailto:a@b.example)", 'href="mailto:a@b.example"'),
        ("![pic](http://a.example/p.png)", '<a href="http://a.example/p.png"'),
        ("a $x_1$ and `$y$`", "a <math display=\"inline\"><mrow><msub><mi>x</mi><mn>1</mn></msub>"),
        ("a $x_1$ and `$y$`", "<code>$y$</code>"),
        ("$$\nx\n$$", '<math display="block">'),
        (r"\(x\), \[y\]", '<mrow><mi>x</mi></mrow></math>, <math display="block">'),
        ("costs $5 and $10, \\$3", "costs $5 and $10, $3"),
        ("$x^$", "$x^$"),
    ],
)  # fmt: skip
def test_what_a_note_may_say(note: str, shown: str) -> None:
    assert shown in markdown(note)


def test_a_picture_in_a_link_is_its_words() -> None:
    links = BeautifulSoup(markdown("[![badge](http://i.example)](http://a.example)"), "lxml")
    assert [(link["href"], link.text) for link in links.select("a")] == [
        ("http://a.example", "badge")
    ]


def test_words_of_a_note_have_no_marks() -> None:
    note = "# A **b** `c`\n\ntext [l](http://x.example) $x^2$\n\n- a\n- b"
    assert markdown_words(note) == "A b c text l x² a b"


def test_formulas_are_plain_where_they_cannot_be_shown() -> None:
    assert markdown("*a* $x^2<y$", math=False) == "<p><em>a</em> x² &lt; y</p>"


def test_what_is_too_long_is_cut() -> None:
    assert len(markdown("a" * 3 * LONGEST)) < LONGEST + 50


def test_a_note_has_a_measure_of_formulas() -> None:
    html = markdown(" ".join(f"$a_{{{number}}}$" for number in range(1000)))
    assert html.count("<math") == 200
    assert "$a_{200}$" in html


BOMBS = {
    **{mark: mark for mark in ("[", "![", "[a](", "[[a]", "[](", "[a](<b", "](", '[a](b "')},
    **{mark: mark for mark in ("*a **a ", "_a __a ", "**a*", "*a_ ", "a**b", "~~a~", "***", "_")},
    **{mark: mark for mark in ("> ", "- ", "> - ", "* a\n", "1. ", "# a\n", "    - a\n", "\t")},
    **{mark: mark for mark in ("`", "`a``", "``` \n", "<", "<a ", "<!--", "<?", "<http://")},
    **{mark: mark for mark in ("&", "&#x", "\\", "[a]: b\n", "[a][b]", "\n", "\u00a0", "a")},
    **{mark: mark for mark in ("$", "$$", "$x", "$a$ ", "\\(", "\\(a", "\\[", "$\\sqrt{x}$")},
    **{mark: mark for mark in ("[abcdefg", "![abcdef", "[a](bcde", "[[a]bcdefghijklmn")},
    "nested links": "[a" * 1000 + "](b)" * 1000,
    "nested lists": "".join("  " * depth + "- a\n" for depth in range(200)),
    "nested quotes": "".join(">" * depth + "a\n" for depth in range(190)),
    "ticks": "".join("`" * length + "a" for length in range(190)),
    "references": "".join(f"[{name}]: x\n" for name in range(1500)) + "[1]" * 1000,
    "stars": "*" * 9000 + "a" + "*" * 9000,
    "formulas": " ".join("$" + f"x_{{{number}}}" * 60 + "$" for number in range(100)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_note_takes_half_a_second(name: str) -> None:
    bomb = (BOMBS[name] * LONGEST)[:LONGEST]
    # The machine may be busy once.
    assert any(seconds_of(note) < 0.5 for note in (bomb, bomb[:-1]))


def seconds_of(note: str) -> float:
    """Return how long the processor is at a note that was not rendered before."""
    started = time.process_time()
    markdown(note)
    return time.process_time() - started


def test_bullets_typed_as_signs_are_a_list() -> None:
    html = markdown("It has\n• one thing\n• another\n  that goes on\n\nand 3 · 4.")
    assert html == (
        "<p>It has</p>\n<ul>\n<li>one thing</li>\n<li>another\nthat goes on</li>\n</ul>\n"
        "<p>and 3 · 4.</p>"
    )
    assert "• kept" in markdown("```\n• kept\n```")
