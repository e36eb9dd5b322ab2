"""What phones share: where the address is, and which words are left."""

import pytest

from bookmarks.shared_words import Shared, find_shared

URL = "https://arxiv.org/abs/1706.03762"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (("T", "W", URL), Shared(URL, "T", "W")),
        (("", URL, ""), Shared(URL, "", "")),
        (("T", URL, ""), Shared(URL, "T", "")),
        (("T", f"T {URL}", ""), Shared(URL, "T", "")),
        (
            ("", f"Attention is all you need: {URL}", ""),
            Shared(URL, "Attention is all you need", ""),
        ),
        (("", f"Look at this ({URL}).", ""), Shared(URL, "Look at this", "")),
        (("T", f"Some words\n\n{URL}\nvia app", ""), Shared(URL, "T", "Some words\n\n\nvia app")),
        ((URL, "", ""), Shared(URL, "", "")),
        ((f"T {URL}", "words", ""), Shared(URL, "T", "words")),
        (("T", f"{URL} and https://e.org/", ""), Shared(URL, "T", "and https://e.org/")),
        (("T", "no address", ""), Shared("", "T", "no address")),
        (("", "", ""), Shared("", "", "")),
    ],
)
def test_the_address_is_found_wherever_it_stands(
    given: tuple[str, str, str], found: Shared
) -> None:
    assert find_shared(*given) == found


def test_a_long_text_is_read_in_one_pass() -> None:
    assert find_shared("", "x " * 500_000).url == ""
    assert find_shared("", "http://" * 50_000).url.startswith("http://")
