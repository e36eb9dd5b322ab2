"""What is made of what a bookmarklet brings from a tab: nothing in it is trusted."""

import json
import time
from typing import Any

import pytest

from bookmarks.carried import MAX_BYTES, BadPayload, TooLarge, read_carried

pytestmark = pytest.mark.once

URL = "https://papers.example/42"
META = [
    ["citation_title", "A Note on Engines"],
    ["citation_author", "Lovelace, Ada"],
    ["citation_author", "Hopper, Grace"],
    ["citation_publication_date", "2016/09/01"],
    ["description", "A note in which numbers are told to be more than numbers, at some length."],
    ["og:site_name", "Papers"],
]
ARTICLE = {
    "@type": "NewsArticle",
    "headline": "A Note on Engines",
    "author": {"@type": "Person", "name": "Ada Lovelace"},
    "datePublished": "2016-09-01",
}


def payload(**said: Any) -> str:
    return json.dumps(
        {"url": URL, "title": "A Note on Engines | Papers", "lang": "en"} | said, ensure_ascii=False
    )


def test_each_fact_says_which_place_in_the_tab_it_came_from() -> None:
    own = read_carried(payload(meta=META)).own_facts
    assert own
    assert (own["authors"], own["published"]) == (["Ada Lovelace", "Grace Hopper"], "2016-09-01")
    assert (own["site_name"], own["language"]) == ("Papers", "en")
    assert own["sources"]["authors"] == "tab: citation_author"
    assert own["sources"]["published"] == "tab: citation_publication_date"
    assert own["sources"]["site_name"] == "tab: og:site_name"
    assert own["sources"]["excerpt"] == "tab: description"


def test_the_paper_is_called_as_it_calls_itself() -> None:
    said = payload(meta=[["citation_title", "A Note on Engines"]], title="Reader 3.1")
    assert read_carried(said).title == "A Note on Engines"


def test_linked_data_is_read() -> None:
    own = read_carried(payload(ld=[json.dumps(ARTICLE)])).own_facts
    assert own
    assert (own["authors"], own["published"]) == (["Ada Lovelace"], "2016-09-01")
    assert own["sources"]["authors"].startswith("tab: json-ld")


def test_what_an_address_names_is_its_kind_and_no_other_is_guessed() -> None:
    paper = read_carried(payload(url="https://arxiv.org/abs/1706.03762")).own_facts
    assert paper
    assert (paper["kind"], paper["sources"]["kind"]) == ("paper", "tab: address")
    page = read_carried(payload(url="https://papers.example/about")).own_facts
    assert page
    assert "kind" not in page


def test_markup_stays_text() -> None:
    nasty = '"></title><script>x</script><meta name="author" content="Eve">'
    said = payload(
        title=nasty,
        h1=nasty,
        lang=nasty,
        canonical=nasty,
        meta=[["description", nasty], [nasty, "x"]],
    )
    own = read_carried(said).own_facts or {}
    assert "authors" not in own
    closing = json.dumps({**ARTICLE, "headline": "</script><meta name=author content=Eve>"})
    own = read_carried(payload(ld=[closing])).own_facts or {}
    assert own["authors"] == ["Ada Lovelace"]


WRONG_TYPES: dict[str, list[Any]] = {
    "meta": [{}, "text", 5, [5], [["a"]], [["a", 5]], [[None, "b"]], [["a", "b", "c"]]],
    "ld": [{}, "text", [5], [None], [{"@type": "Article"}], ["["], ["{]"]],
    "title": [5, None, ["a"], {}],
    "lang": [5, []],
    "unknown": ["anything"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG_TYPES.items() for value in values]
)
def test_what_has_another_type_is_dropped(name: str, value: object) -> None:
    own = read_carried(payload(**{name: value})).own_facts or {}
    assert own.keys() <= {"title", "site_name", "language", "sources"}


NO_PAYLOADS = ["", "[]", "5", "null", "{", '"text"', "[" * 50_000, "1" * 5_000, "{}"]
NO_ADDRESSES = ["javascript:alert(1)", "file:///etc/passwd", "about:blank", "https://[", 5, None]


@pytest.mark.parametrize("text", NO_PAYLOADS, ids=range(len(NO_PAYLOADS)))
def test_what_is_no_payload_is_refused(text: str) -> None:
    with pytest.raises(BadPayload):
        read_carried(text)


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_a_page_without_a_web_address_is_refused(url: object) -> None:
    with pytest.raises(BadPayload):
        read_carried(payload(url=url))


def test_too_much_is_refused_by_its_bytes() -> None:
    fits = payload(more="x" * (MAX_BYTES - len(payload(more=""))))
    assert read_carried(fits).own_facts
    with pytest.raises(TooLarge):
        read_carried(fits[:-3] + "ü" + fits[-2:])


def test_halves_of_letters_and_controls_do_no_harm() -> None:
    odd = "A\x00B\ud800C\u202eD"
    own = read_carried(
        payload(meta=[["citation_author", "Ada Love\ud800lace"]], title=odd)
    ).own_facts
    assert own
    assert own["authors"] == ["Ada Lovelace"]


def test_a_wall_in_the_tab_tells_nothing_of_the_page() -> None:
    seen = read_carried(payload(title="Just a moment...", h1="papers.example"))
    assert (seen.title, seen.own_facts) == ("", None)


HOSTILE = {
    "brackets": "[" * 29_000,
    "nested": '{"a":' * 5_800,
    "braces": "{" * 29_000,
    "commas": "[1" + ", " * 14_000,
    "entities": "&amp;" * 5_800,
    "comments": "<!--" * 7_000,
    "digits": "1" * 29_000,
    "people": '{"@type":"Article","author":[' + '{"name":"A B"},' * 1_900 + "{}]}",
    "date": '{"@type":"Article","datePublished":"' + "2" * 29_000 + '"}',
    "text": '{"@type":"Article","description":"' + "a. " * 9_600 + '"}',
}


@pytest.mark.parametrize("script", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_scripts_take_no_time(script: str) -> None:
    started = time.thread_time()
    read_carried(payload(ld=[script], meta=META))
    assert time.thread_time() - started < 0.5  # they take 0.005


@pytest.mark.parametrize("unit", ["A, ", "1", "and ", "by ", " | ", "&", "<b>", "é", "2016 "])
def test_hostile_meta_elements_take_no_time(unit: str) -> None:
    names = ["citation_author", "author", "description", "citation_title", "citation_date"]
    meta = [[name, unit * (4_000 // len(unit.encode()))] for name in [*names, "og:site_name"]]
    started = time.thread_time()
    read_carried(payload(meta=meta))
    assert time.thread_time() - started < 0.5
