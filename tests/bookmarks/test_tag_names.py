"""What a tag is called, and which two names are one tag."""

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from bookmarks.models import Tag
from bookmarks.tag_names import BadTags, fold_tag, is_private_tag, is_tag_name, split_tags
from bookmarks.tags import find_tags, intern_tags, suggest_tags

SPLIT = [
    ("bayes nlp", ("bayes", "nlp"), "blanks"),
    ("bayes,nlp", ("bayes", "nlp"), "commas"),
    (" ,bayes , nlp,, ", ("bayes", "nlp"), "both, and too many of them"),
    ("bayes\tnlp\r\nml\u00a0ai\u3000x", ("bayes", "nlp", "ml", "ai", "x"), "any kind of blank"),
    (["bayes nlp", "ml"], ("bayes", "nlp", "ml"), "several texts"),
    ([], (), "none"),
    ("", (), "nothing"),
    ("z a m", ("z", "a", "m"), "the order typed"),
    ("NLP nlp Nlp", ("NLP",), "one name once, as first typed"),
    ("straße STRASSE", ("straße",), "one name in other capitals"),
    ("e\u0301 é", ("é",), "one letter written in two ways"),
    ("C++ c# c", ("C++", "c#", "c"), "signs are part of a name"),
    (
        "a'b a\"b a;b a*b a/b a%b <b>",
        ("a'b", 'a"b', "a;b", "a*b", "a/b", "a%b", "<b>"),
        "all signs",
    ),
    (".secret .NET", (".secret", ".NET"), "leading dots"),
    (". .. ...", (), "dots alone are no name"),
    ("a.b a.", ("a.b", "a."), "other dots"),
    ("a\x00b", ("a", "b"), "NUL"),
    ("a\u202eb \u2066c", ("a", "b", "c"), "characters that turn text around"),
    ("a\u200bb\ufeff", ("a", "b"), "blanks without width"),
    ("a\ud800b \udfff", ("ab",), "halves of characters"),
    ("日本語 العربية 🤗", ("日本語", "العربية", "🤗"), "other scripts"),
]


@pytest.mark.parametrize(("text", "labels", "reason"), SPLIT, ids=[row[2] for row in SPLIT])
def test_it_splits_tags(text: str | list[str], labels: tuple[str, ...], reason: str) -> None:
    assert split_tags(text) == labels, reason


def test_it_keeps_the_case_in_which_a_tag_was_typed() -> None:
    assert split_tags("PyTorch") == ("PyTorch",)
    assert fold_tag("PyTorch") == "pytorch"


def test_it_takes_a_hundred_tags_and_no_more() -> None:
    hundred = [f"tag{number}" for number in range(100)]
    assert split_tags(hundred) == tuple(hundred)
    with pytest.raises(BadTags, match="These are 101 tags; 100 are the most"):
        split_tags([*hundred, "another"])


def test_a_tag_typed_twice_counts_once_towards_the_hundred() -> None:
    hundred = [f"tag{number}" for number in range(100)]
    assert len(split_tags([*hundred, "TAG0", "tag1"])) == 100


def test_it_takes_a_tag_of_255_characters_and_no_longer() -> None:
    assert split_tags("é" * 255) == ("é" * 255,)
    with pytest.raises(BadTags, match=r"has 256 characters; 255 are the most"):
        split_tags("é" * 256)


def test_it_counts_characters_as_they_are_shown() -> None:
    assert split_tags("e\u0301" * 255) == ("é" * 255,)


@pytest.mark.parametrize(
    ("label", "private"),
    [(".a", True), ("..a", True), (".NET", True), ("a", False), ("a.b", False), ("a.", False)],
)
def test_a_leading_dot_makes_a_tag_private(label: str, private: bool) -> None:
    assert is_private_tag(label) is private


def test_folding_a_character_twice_is_folding_it_once_for_all_of_unicode() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        folded = fold_tag(character)
        assert fold_tag(folded) == folded, hex(code)
        assert len(fold_tag(unicodedata.normalize("NFC", character))) <= 3 * len(
            unicodedata.normalize("NFC", character)
        )


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text() | st.lists(st.text()))
def test_whatever_is_typed_every_label_is_a_storable_name(text: str | list[str]) -> None:
    try:
        labels = split_tags(text)
    except BadTags:
        return
    assert split_tags(" ".join(labels)) == labels
    assert tuple(" ".join(labels).split()) == labels
    assert len({fold_tag(label) for label in labels}) == len(labels)
    for label in labels:
        assert is_tag_name(fold_tag(label))
        assert is_private_tag(label) == is_private_tag(fold_tag(label))


@pytest.mark.django_db
def test_every_character_that_may_stand_in_a_tag_can_be_stored() -> None:
    """The database has its own idea of a blank; it must not be another one."""
    labels = [label for code in range(sys.maxunicode + 1) for label in split_tags(chr(code))]
    assert len(labels) > 1_000_000
    names = {fold_tag("".join(labels[start : start + 200])) for start in range(0, len(labels), 200)}
    Tag.objects.bulk_create([Tag(name=name) for name in names], batch_size=1000)
    assert set(Tag.objects.values_list("name", flat=True)) == names


@pytest.mark.django_db
def test_the_longest_names_can_be_stored_and_found() -> None:
    labels = ["ΐ" * 255, "ﬃ" * 255, "🤗" * 255, "\u1e9e" * 255]
    assert split_tags(labels) == tuple(labels)
    tags = intern_tags(labels)
    assert find_tags(labels) == [tags[label] for label in labels]


@pytest.mark.django_db
@pytest.mark.parametrize("label", ["\x00", "a\x00b", "a b", "a,b", "", "\ud800", "x" * 5000])
def test_what_can_be_no_tag_is_found_nowhere_and_breaks_nothing(label: str) -> None:
    intern_tags(["a", "b"])
    assert find_tags([label]) is None
    assert find_tags(["a", label]) is None


@pytest.mark.django_db
def test_tags_are_found_in_any_case_and_in_the_order_asked_for() -> None:
    made = intern_tags(["NLP", "bayes"])
    assert find_tags(["BAYES", "nlp"]) == [made["bayes"], made["NLP"]]


@pytest.mark.django_db
def test_a_tag_is_made_once() -> None:
    one = intern_tags(["NLP"])["NLP"]
    assert intern_tags(["nlp", "new"])["nlp"] == one
    assert Tag.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["\x00", "a\x00", "\ud800", "a b", "%", "_", "\\", "'"])
def test_suggestions_for_odd_beginnings_are_none(prefix: str, alice: User) -> None:
    intern_tags(["a", "b"])
    assert suggest_tags(alice, prefix) == []


@pytest.mark.parametrize("label", ["👩‍🔬", "نیم‌فاصله"])
def test_it_keeps_the_joiners_of_emoji_and_persian_words(label: str) -> None:
    assert split_tags(label) == (label,)
