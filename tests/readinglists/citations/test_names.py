"""Names of authors, taken apart as BibTeX does."""

import pytest

from readinglists.citations.names import Name, read_name, split_authors

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ashish Vaswani", Name("Vaswani", "Ashish")),
        ("Vaswani, Ashish", Name("Vaswani", "Ashish")),
        ("Geoffrey E. Hinton", Name("Hinton", "Geoffrey E.")),
        ("Laurens van der Maaten", Name("van der Maaten", "Laurens")),
        ("van der Maaten, Laurens", Name("van der Maaten", "Laurens")),
        ("Nando de Freitas", Name("de Freitas", "Nando")),
        ("Pierre-Simon De La Place", Name("De La Place", "Pierre-Simon")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "Jr.")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", "Jr.")),
        ("King, Martin Luther Jr.", Name("King", "Martin Luther", "Jr.")),
        ("Max Welling III", Name("Welling", "Max", "III")),
        ("OpenAI", Name(literal="OpenAI")),
        ("Gemini Team", Name(literal="Gemini Team")),
        ("Meta AI, Research", Name(literal="Meta AI, Research")),
        ("Barnes and Noble", Name(literal="Barnes and Noble")),
        ("李飞飞", Name(literal="李飞飞")),
        ("", Name(literal="")),
    ],
)
def test_a_name_has_its_parts(text: str, name: Name) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        ("Vaswani et al.", ["Vaswani"], True),
        (
            "A. Vaswani, N. Shazeer and N. Parmar",
            ["Vaswani, A.", "Shazeer, N.", "Parmar, N."],
            False,
        ),
        ("Vaswani, A., Shazeer, N.", ["Vaswani, A.", "Shazeer, N."], False),
        ("Vaswani, Ashish; Shazeer, Noam", ["Vaswani, Ashish", "Shazeer, Noam"], False),
        ("Ada King & Grace Hopper", ["King, Ada", "Hopper, Grace"], False),
        ("Martin King, Jr., Ada Byron et al", ["King, Martin, Jr.", "Byron, Ada"], True),
        ("", [], False),
    ],
)
def test_authors_are_parted(text: str, names: list[str], others: bool) -> None:
    found, more = split_authors(text)
    assert ([name.sorted for name in found], more) == (names, others)
