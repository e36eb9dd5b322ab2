"""`manage.py recognise`, as it is run in a pipe."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from bookmarks.management.commands.recognise import answer

MANAGE = Path(__file__).parents[3] / "manage.py"
NOTHING = {"identity": None, "canonical_url": None, "fetch_url": None, "kind": None}


def answers(monkeypatch: pytest.MonkeyPatch, given_: bytes) -> list[dict[str, Any]]:
    """What the command prints for these bytes."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given_), "ascii"))
    out = io.StringIO()
    call_command("recognise", "--jsonl", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_it_answers_a_line_with_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"https://arxiv.org/pdf/1706.03762v5\r\n\nhttps://youtu.be/kCc8FmEb1nY"
    arxiv = "https://arxiv.org/abs/1706.03762"
    first, empty, last = answers(monkeypatch, lines)
    assert first == {
        "identity": "arxiv:1706.03762",
        "canonical_url": arxiv,
        "fetch_url": arxiv,
        "kind": "paper",
    }
    assert empty == NOTHING
    assert last["identity"] == "youtube:kCc8FmEb1nY"


@pytest.mark.parametrize(
    "line",
    [
        b"https://arxiv.org/abs/1706.03762\xff",
        b"\x00",
        b"\xed\xa0\x80",
        b"mailto:a@b.c",
        b"a title",
    ],
)
def test_what_is_no_address_is_answered_with_nulls(
    monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    assert answers(monkeypatch, line + b"\nhttps://example.com/") == [
        NOTHING,
        NOTHING | {"canonical_url": "https://example.com/", "fetch_url": "https://example.com/"},
    ]


@pytest.mark.parametrize(
    ("url", "shown", "kind"),
    [
        ("https://Example.com/a?utm_source=x&b=1#part", "https://example.com/a?b=1", None),
        ("(example.com/a).", "https://example.com/a", None),
        ("https://x.com/a/status/1?s=20", "https://x.com/a/status/1", None),
        ("https://bit.ly/abc", "https://bit.ly/abc", None),
        ("http://d2l.ai/", "https://d2l.ai/", "book"),
        ("https://huggingface.co/blog/rlhf", "https://huggingface.co/blog/rlhf", "post"),
    ],
)
def test_a_plain_address_is_its_own(url: str, shown: str, kind: str | None) -> None:
    assert answer(url) == NOTHING | {"canonical_url": shown, "fetch_url": shown, "kind": kind}


def test_a_kind_that_is_not_known_is_null() -> None:
    assert answer("https://www.kaggle.com/uciml/iris") == {
        "identity": "kaggle:uciml/iris",
        "canonical_url": "https://www.kaggle.com/uciml/iris",
        "fetch_url": "https://www.kaggle.com/uciml/iris",
        "kind": None,
    }


def test_each_line_is_answered_before_the_next_is_given() -> None:
    command = [sys.executable, str(MANAGE), "recognise", "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in (b"https://youtu.be/kCc8FmEb1nY\n", b"\xff\n"):
            process.stdin.write(line)
            process.stdin.flush()
            assert json.loads(process.stdout.readline()).keys() == NOTHING.keys()
        process.stdin.close()
        assert process.wait(timeout=20) == 0


def test_urls_can_be_arguments() -> None:
    out = io.StringIO()
    call_command("recognise", "https://arxiv.org/abs/1706.03762", stdout=out)
    assert json.loads(out.getvalue())["kind"] == "paper"


def test_without_urls_it_says_what_to_give() -> None:
    with pytest.raises(CommandError, match="--jsonl"):
        call_command("recognise")


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_an_answer(text: str) -> None:
    assert answer(text).keys() == NOTHING.keys()
