"""The visible text: main part, excerpt, number of words."""

import pytest

from bookmarks.fetching.extract.text import clean, count_words, cut
from tests.bookmarks.fetching.extract import LOREM, read

SECOND = "The second paragraph says what the first one left out, and it takes its time to do so."
PAGE = f"<h1>How to train</h1><p>{LOREM}</p><p>{SECOND}</p>"


def describe(text: str) -> str:
    return f'<meta name="description" content="{text}">'


def test_a_long_description_is_the_excerpt() -> None:
    facts = read(describe(LOREM * 2) + PAGE)
    assert facts.excerpt == facts.description == LOREM * 2
    assert facts.sources["excerpt"] == "description"


def test_a_short_description_gives_way_to_the_opening_of_the_text() -> None:
    facts = read(describe("A short summary of what is said below.") + PAGE)
    assert facts.description == "A short summary of what is said below."
    assert facts.excerpt == f"{LOREM}\n\n{SECOND}"


def test_a_description_that_was_cut_off_gives_way_too() -> None:
    facts = read(describe(f"{LOREM} {LOREM[:90]} […]") + PAGE + f"<p>{LOREM}</p>")
    assert facts.excerpt == f"{LOREM}\n\n{SECOND}\n\n{LOREM}"


def test_a_short_description_is_quoted_when_there_is_no_text() -> None:
    facts = read(describe("A short summary."))
    assert facts.excerpt == "A short summary."


def test_the_excerpt_ends_after_about_1500_characters_with_a_word() -> None:
    facts = read("<h1>x</h1>" + f"<p>{LOREM}</p>" * 30)
    assert 1300 < len(facts.excerpt) <= 1500
    assert facts.excerpt.endswith((".", "…"))
    assert facts.excerpt.startswith(LOREM + "\n\n")


@pytest.mark.parametrize(
    ("html", "description"),
    [
        ('<meta property="og:description" content="The first of all summaries, and the best one.">',
         "The first of all summaries, and the best one."),
        (
            '<meta property="og:description" content="A slogan">'
            + describe("A plain description that says a good deal more"),
            "A plain description that says a good deal more",
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","description":"By data"}'
            "</script>",
            "By data",
        ),
        (f"<p>short</p><p>{LOREM}</p>", LOREM),
        ("<p>short</p>", ""),
    ],
)  # fmt: skip
def test_the_description_is(html: str, description: str) -> None:
    assert read(html).description == description


def test_a_description_is_cut_at_5000_characters() -> None:
    assert len(read(describe("word " * 3000)).description) <= 5000


@pytest.mark.parametrize(
    "around",
    [
        "<nav><p>{}</p></nav>",
        "<footer><p>{}</p></footer>",
        "<aside><p>{}</p></aside>",
        "<div class='related-posts'><p>{}</p></div>",
        "<div id=comments><p>{}</p></div>",
        "<div role=navigation><p>{}</p></div>",
        "<div style='display: none'><p>{}</p></div>",
        "<div hidden><p>{}</p></div>",
        "<div aria-hidden=true><p>{}</p></div>",
        "<script>{}</script>",
        "<style>{}</style>",
        "<template><p>{}</p></template>",
        "<textarea>{}</textarea>",
        "<!-- {} -->",
        "<ul><li><a href=/x>{}</a></li></ul>",
    ],
)
def test_what_is_beside_the_point_is_not_quoted(around: str) -> None:
    stray = "This should not be quoted at all. It is beside the point, whatever it says."
    facts = read(PAGE + around.format(stray))
    assert facts.excerpt == f"{LOREM}\n\n{SECOND}"


def test_a_class_that_says_sidebar_does_not_hide_the_page() -> None:
    facts = read(f"<div class='has sidebar'>{PAGE}</div><p>x</p>")
    assert facts.excerpt == f"{LOREM}\n\n{SECOND}"


def test_paragraphs_may_be_made_by_line_breaks() -> None:
    facts = read(f"<table><tr><td>{LOREM}<br><br>{SECOND}<br>And more.</td></tr></table>")
    assert facts.excerpt == f"{LOREM}\n\n{SECOND} And more."


def test_inline_markup_does_not_break_words() -> None:
    line = "Cross-<b>ent</b>ropy <i>loss</i> is what <a href=/x>we</a> minimise here."
    facts = read(f"<p>{line * 2}</p>")
    assert facts.excerpt.startswith("Cross-entropy loss is what we minimise here.")


def test_a_page_that_needs_scripts_is_read_by_what_it_shows_without() -> None:
    facts = read(f"<div id=root></div><noscript><p>{LOREM}</p></noscript>")
    assert facts.excerpt == LOREM
    facts = read(f"<p>{SECOND * 10}</p><noscript><p>{LOREM}</p></noscript>")
    assert LOREM not in facts.excerpt


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one two three", 3), ("don't stop", 2), ("机器学习", 4), ("GPT-4 和 LLM", 4)],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(text) == count


def test_characters_that_are_words_are_counted_apart() -> None:
    assert read(f"<p>{LOREM}</p><p>{LOREM} 机器学习</p>").cjk_count == 4
    assert read(f"<p>{LOREM}</p>").cjk_count == 0
    assert read("").cjk_count is None
    plain = read("# GPT 机器学习", content_type="text/plain")
    assert (plain.word_count, plain.cjk_count) == (5, 4)


def test_the_text_has_its_headings_and_lists_parted_by_blank_lines() -> None:
    items = "<ul><li>One<li>Two</ul><nav>Menu</nav>"
    facts = read(f"<h1>How to train</h1><p>{LOREM}</p>{items}<p>{SECOND}</p>")
    assert facts.text == f"How to train\n\n{LOREM}\n\nOne\n\nTwo\n\n{SECOND}"
    assert read("").text == ""


@pytest.mark.parametrize("content_type", ["text/html", "text/plain"])
def test_a_text_is_kept_up_to_200_000_characters(content_type: str) -> None:
    mark = "<p>" if content_type == "text/html" else "\n\n"
    text = read(f"{mark}{LOREM}" * 2000, content_type=content_type).text
    assert 199_900 < len(text) <= 200_000
    assert text.startswith(f"{LOREM}\n\n{LOREM}\n\n")


def test_a_text_file_is_kept_with_its_paragraphs() -> None:
    facts = read(f"# Title\n\n{LOREM}\n \n\n\nshort", content_type="text/markdown")
    assert facts.text == f"# Title\n\n{LOREM}\n\nshort"


AROUND = "<p>Words that are no text of this page, and many of them, in a sentence.</p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<form>{AROUND}</form>", ""),
        (f"<div class=paywall>{AROUND}</div>", ""),
        (f"<div class='box signature'>{AROUND}</div>", ""),
        ("", f"<div class=footnotes>{AROUND}</div>"),
        ("", f"<h2>More from this site</h2>{AROUND}"),
        ("", f"<h3>Related articles</h3>{AROUND}"),
    ],
)
def test_what_stands_in_the_midst_of_the_text_is_not_counted(before: str, after: str) -> None:
    text = f"<h1>How to train</h1>{before}<p>{LOREM}</p><p>{SECOND}</p>{after}"
    assert read(text).word_count == count_words(f"How to train {LOREM} {SECOND}")


def test_a_heading_that_ends_a_text_does_not_end_it_at_the_start() -> None:
    text = f"<h2>Related work</h2><p>{LOREM}</p><p>{SECOND}</p>"
    assert read(text).word_count == count_words(f"Related work {LOREM} {SECOND}")


def test_a_form_around_the_page_is_no_form_in_it() -> None:
    assert read(f"<form>{PAGE}</form>").excerpt == f"{LOREM}\n\n{SECOND}"


def test_of_a_thread_the_messages_are_counted() -> None:
    post = (
        "<div><b class=message-name>Ada</b><dl class=pairs><dd>Joined in 2012</dl>"
        f"<div class=message-body><p>{LOREM}</p></div><i class=signature>{SECOND}</i></div>"
    )
    thread = read(f"<h1>How to train</h1>{post * 3}", "https://forum.example/t/how/12")
    assert thread.word_count == 3 * count_words(LOREM)


@pytest.mark.parametrize(
    "thread",
    [
        "<form>{}</form>",
        "<div class=comments>{}</div>",
        "<div class=comments><form>{}</form></div>",
    ],
)
def test_a_thread_is_read_whatever_stands_around_it(thread: str) -> None:
    others = "<p>Words of the board.</p>" * 9
    post = f"<div class=message-userContent><div class=bbWrapper><p>{LOREM}</p></div></div>"
    facts = read(others + thread.format(post * 3), "https://forum.example/t/how/12")
    assert facts.word_count == 3 * count_words(LOREM)


def test_what_a_message_quotes_is_not_counted_again() -> None:
    post = f"<div class=post-body><blockquote>{SECOND}</blockquote><p>{LOREM}</p></div>"
    facts = read(post * 2, "https://forum.example/t/how/12")
    assert facts.text == f"{LOREM}\n\n{LOREM}"
    assert SECOND in read(post, "https://site.example/blog/how-to-train-it").text


def test_an_aside_inside_of_a_message_is_none_of_its_text() -> None:
    post = f"<div class=post-body><p>{LOREM}</p><aside><p>{SECOND}</p></aside></div>"
    assert read(post * 2, "https://forum.example/t/how/12").text == f"{LOREM}\n\n{LOREM}"


def test_a_heading_more_with_links_below_ends_a_text() -> None:
    after = '<h2>More Essays</h2><p><a href="/x">Another essay</a></p>'
    assert read(PAGE + after).text.endswith(SECOND)
    assert "More Essays" in read(PAGE + "<h2>More Essays</h2><p>are wanted here.</p>").text


def test_a_long_page_of_labels_is_text_too() -> None:
    labels = "<table>" + "<tr><td>Small lamp<td>12 euros</tr>" * 30 + "</table>"
    assert read(labels, "https://site.example/pricing").word_count == 120


@pytest.mark.parametrize("hint", ["post tag-newsletter", "post category-social", "has-sidebar"])
def test_what_a_post_is_about_does_not_make_it_an_aside(hint: str) -> None:
    others = "".join(f"<p>{SECOND}</p>" for _ in range(5))
    assert LOREM in read(f"<div class='{hint}'><p>{LOREM}</p></div>{others}").text


@pytest.mark.parametrize("hint", ["tag-list", "newsletter", "tags"])
def test_what_is_called_an_aside_is_one(hint: str) -> None:
    others = "".join(f"<p>{SECOND}</p>" for _ in range(5))
    assert LOREM not in read(f"<div class='{hint}'><p>{LOREM}</p></div>{others}").text


def test_a_page_made_of_many_parts_is_counted_whole() -> None:
    jobs = "".join(f"<tr><td>Engineer {n}<td>Some place</tr>" for n in range(40))
    page = f"<div><p>{LOREM}</p></div><table>{jobs}</table>"
    assert read(page, "https://site.example/jobs").word_count == 40 * 4 + count_words(LOREM)


def test_only_the_main_text_is_counted() -> None:
    menu = "<nav>" + "<a href=/x>menu</a> " * 50 + "</nav>"
    assert read(menu + PAGE).word_count == count_words(f"How to train {LOREM} {SECOND}")
    assert read("<p>short</p>").word_count is None


@pytest.mark.parametrize(
    ("text", "limit", "result"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("several words here", 14, "several words…"),
        ("a word, and more", 8, "a word…"),
        ("x" * 30, 10, "x" * 9 + "…"),
    ],
)
def test_a_text_is_cut_at_a_word(text: str, limit: int, result: str) -> None:
    assert cut(text, limit) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a\x00b\x1fc", "abc"),
        ("\ud800x", "x"),
        ("a\u202e\u2067b", "ab"),
        ("\ufeffa\u200bb\u00adc", "abc"),
        ("  a \t\n b\u3000c ", "a b c"),
        ("&amp;amp;", "&amp;"),
        ("&lt;b&gt; &#60;", "&lt;b&gt; &#60;"),
        ("?id=X&noteId=Y", "?id=X&noteId=Y"),
        ("&nbsp;", ""),
    ],
)
def test_a_text_is_cleaned(text: str, result: str) -> None:
    assert clean(text) == result
