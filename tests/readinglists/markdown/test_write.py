"""Lists as Markdown: what is written, and that it is read back as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglists.drafts import ROLES, Invalid, ItemDraft, make_item_draft, make_list_draft
from readinglists.markdown.exact import claims_exact, read_exact
from readinglists.markdown.write import Head, Heading, bullet, write_list

pytestmark = pytest.mark.once

# Words that would be markup, ends of lines, and other scripts.
ODD = [
    *("[a](b)", "**b**", "_c_", "`d`", "&amp;", "<!-- x", "# e", "- f", "> g", "1. h", "| i | j |"),
    *("---", "===", "```", "~~~", " - ", "; ", "\\", "…", ":star:", "([pdf](u))", "*by X*", "$x$"),
    *(
        "[r]: http://x/",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "東京",
        "é",
        "(",
        ")",
        "]",
        "by",
        "2017",
        "http://x",
    ),
]
WORDS = st.lists(st.sampled_from(ODD) | st.text(max_size=8), max_size=8).map("".join)
PATHS = st.text("ab()[]*_&;=?#%$~<>é' ", max_size=20)
URLS = PATHS.map(lambda path: f"https://example.org/{path}")
ALTERNATES = st.fixed_dictionaries({"url": URLS, "role": st.sampled_from(ROLES), "label": WORDS})
HEADS = st.tuples(WORDS, WORDS, WORDS)
ITEMS = st.fixed_dictionaries(
    {
        "url": st.just("") | URLS,
        "title": WORDS,
        "authors_text": WORDS,
        "venue": WORDS,
        "year": st.none() | st.integers(1000, 2100),
        "note": WORDS,
        "tags": WORDS,
        "stars": st.integers(0, 5),
        "number": WORDS,
        "need": st.sampled_from(["", "required", "optional", "background"]),
        "level": st.sampled_from(["", "intro", "core", "advanced"]),
        "reading_pass": st.sampled_from(["", "skim", "read", "study"]),
        "minutes": st.none() | st.integers(1, 100_000),
        "alternates": st.lists(ALTERNATES, max_size=3),
    }
)


def written(head: Head, *parts: Heading | ItemDraft) -> str:
    return "".join(write_list(head, parts))


def drafted(fields: dict[str, object]) -> ItemDraft:
    try:
        return make_item_draft(**fields)  # type: ignore[arg-type]
    except Invalid:
        return make_item_draft(title="refused")


def test_a_list_is_written_as_an_awesome_list() -> None:
    attention = make_item_draft(
        url="https://arxiv.org/abs/1706.03762",
        title="Attention Is All You Need",
        authors_text="Vaswani et al.",
        venue="NeurIPS",
        year=2017,
        need="required",
        level="core",
        reading_pass="study",
        minutes=90,
        stars=2,
        tags="transformers nlp",
        note="Where it began.\n\nRead section 3 twice.",
        alternates=[
            {"url": "https://arxiv.org/pdf/1706.03762", "role": "pdf"},
            {"url": "https://example.org/talk", "role": "video", "label": "Part 2"},
        ],
    )
    words = make_item_draft(title="Decision trees", note="- one\n- two")
    text = written(
        Head("Learning", "Where to *begin*.", ("ml",)),
        Heading("Basics", 1, "Read in order."),
        words,
        Heading("Deeper", 2),
        attention,
    )
    assert text == (
        '---\nsoftmarks: 1\ntitle: "Learning"\ntags: ["ml"]\n---\n'
        "\n# Learning\n\nWhere to *begin*.\n"
        "\n## Basics\n\nRead in order.\n"
        "\n- **Decision trees**\n\n  - one\n  - two\n"
        "\n### Deeper\n\n"
        "- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)"
        ' ([pdf](https://arxiv.org/pdf/1706.03762)) ([Part 2](https://example.org/talk "video"))'
        " *by Vaswani et al.; in NeurIPS; 2017; required; core; to study; 90 min*"
        " :star::star: `transformers` `nlp` - Where it began.\n\n  Read section 3 twice.\n"
    )


@pytest.mark.parametrize(
    ("item", "line"),
    [
        (
            {"title": "a [b] | c_d*", "url": "https://x.org/"},
            r"- [a \[b\] \| c\_d\*](https://x.org/)",
        ),
        ({"title": "T", "url": "https://x.org/a_(b)"}, "- [T](https://x.org/a_(b))"),
        ({"title": "T", "url": "https://x.org/a)b"}, "- [T](<https://x.org/a)b>)"),
        ({"title": "T", "url": "https://x.org/?a&copy;b"}, r"- [T](https://x.org/?a\&copy;b)"),
        ({"url": "https://x.org/"}, "- <https://x.org/>"),
        ({"note": "words alone"}, "- … - words alone"),
        (
            {"title": "a", "note": "first\n===\nno heading"},
            "- **a**\n\n  first\n  ===\n  no heading",
        ),
        ({"title": "a", "tags": "`x`"}, "- **a** `` `x` ``"),
    ],
)
def test_what_would_be_markup_is_escaped(item: dict[str, str], line: str) -> None:
    assert bullet(make_item_draft(**item)) == line  # type: ignore[arg-type]


def test_words_below_a_heading_that_could_be_items_are_quoted() -> None:
    text = written(Head("T", "- not an item\n\n[nor](http://this)"))
    assert text.endswith("\n# T\n\n> - not an item\n>\n> [nor](http://this)\n")


@settings(max_examples=150, deadline=None)
@given(HEADS, st.lists(ITEMS | st.tuples(WORDS, st.integers(1, 3), WORDS), max_size=4))
def test_what_is_read_back_is_what_was_written(
    head: tuple[str, str, str], given_parts: list[dict[str, object] | tuple[str, int, str]]
) -> None:
    title, description, tags = head
    draft = make_list_draft(f"T{title}", description=description, tags=tags)
    parts: list[Heading | ItemDraft] = []
    for part in given_parts:
        if isinstance(part, dict):
            parts.append(drafted(part))
        else:
            named = make_list_draft(f"S{part[0]}", description=part[2])
            parts.append(Heading(named.title, part[1], named.description))
    text = written(Head(draft.title, draft.description, draft.labels, {"by": title}), *parts)
    assert claims_exact(text)
    again = read_exact(text)
    assert again is not None
    assert written(again[0], *again[1]) == text
    for was, now in zip(parts, again[1], strict=True):
        if isinstance(was, ItemDraft) and isinstance(now, ItemDraft):
            assert (was.title, was.url, was.labels) == (now.title, now.url, now.labels)
            assert without_blanks(was.note) == without_blanks(now.note)


def without_blanks(note: str) -> list[str]:
    return [line if line.strip() else "" for line in note.split("\n")]


@pytest.mark.parametrize(
    "change",
    [
        ("- [T]", "* [T]"),
        ("- [T]", "Some words\n\n- [T]"),
        ("softmarks: 1", "softmarks: 2"),
        ('title: "L"', "title: {"),
        ("- [T](https://x.org/)", "- [T](https://x.org/) and more"),
        ("- [T](https://x.org/)", "- [T](javascript:x)"),
    ],
)
def test_what_was_changed_by_hand_is_not_read_exactly(change: tuple[str, str]) -> None:
    item = make_item_draft(title="T", url="https://x.org/")
    text = written(Head("L"), item, item)
    assert read_exact(text) is not None
    assert read_exact(text.replace(*change)) is None
