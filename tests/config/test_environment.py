"""Variables are read with types; a wrong one is named together with what to write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import ERROR, run_checks
from pytest_django.fixtures import Settings

from config.environment import Environment, keep_secret

pytestmark = pytest.mark.once

Read = Callable[[Environment], Any]

READERS: dict[str, Read] = {
    "flag": lambda env: env.flag("X", False),
    "number": lambda env: env.number("X", 4, 1, 64),
    "choice": lambda env: env.choice("X", "open", ("open", "closed")),
    "networks": lambda env: [str(network) for network in env.networks("X")],
    "ports": lambda env: sorted(env.ports("X", frozenset({80}))),
    "origin": lambda env: env.origin("X", "http://localhost:8000"),
    "words": lambda env: env.words("X", ("localhost",)),
    "text": lambda env: env.text("X", "default"),
}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("flag", "on", True),
        ("flag", "Yes", True),
        ("flag", "0", False),
        ("number", "64", 64),
        ("choice", "Closed", "closed"),
        ("networks", "10.0.0.0/8, fd00::/8", ["10.0.0.0/8", "fd00::/8"]),
        ("ports", "443 8080", [443, 8080]),
        ("origin", "https://Softmarks.example/", "https://softmarks.example"),
        ("words", "a.example, b.example", ("a.example", "b.example")),
        ("text", "  inner blanks stay ", "inner blanks stay"),
    ],
)
def test_a_value_is_read(kind: str, text: str, value: object) -> None:
    environment = Environment({"X": text})
    assert READERS[kind](environment) == value
    assert environment.problems == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("flag", False),
        ("number", 4),
        ("choice", "open"),
        ("networks", []),
        ("ports", [80]),
        ("origin", "http://localhost:8000"),
        ("words", ("localhost",)),
        ("text", "default"),
    ],
)
@pytest.mark.parametrize("variables", [{}, {"X": ""}, {"X": " "}])
def test_without_a_value_the_default_is_taken(
    kind: str, value: object, variables: dict[str, str]
) -> None:
    environment = Environment(variables)
    assert READERS[kind](environment) == value
    assert environment.problems == []


@pytest.mark.parametrize(
    ("kind", "text", "reason", "hint"),
    [
        ("flag", "maybe", "'maybe' is neither on nor off", "Write on or off."),
        ("number", "0", "'0' is not a whole number from 1 to 64", "Write a whole number"),
        ("number", "4.5", "'4.5' is not a whole number", "Write a whole number"),
        ("number", "٤", "'٤' is not a whole number", "Write a whole number"),
        ("choice", "ajar", "'ajar' is none of open, closed", "Write one of: open, closed."),
        ("networks", "10.0.0.1/8", "10.0.0.1/8 has host bits set", "Write networks in CIDR form"),
        ("ports", "80,99999", "'99999' is not a whole number", "Write port numbers"),
        ("origin", "softmarks.example", "is not an http or https address", "Write the address"),
        ("origin", "https://softmarks.example/here", "holds more than a host", "Write the address"),
        ("origin", "https://me@softmarks.example", "holds more than a host", "Write the address"),
    ],
)
def test_a_wrong_value_is_named_with_a_hint_and_the_default_taken(
    kind: str, text: str, reason: str, hint: str
) -> None:
    environment = Environment({"X": text})
    assert READERS[kind](environment) == READERS[kind](Environment({}))
    [problem] = environment.problems
    assert problem.name == "X"
    assert problem.message.startswith("X cannot be used: ")
    assert reason in problem.message
    assert problem.hint.startswith(hint)


def test_a_problem_is_a_system_check_error(settings: Settings) -> None:
    environment = Environment({"PORT": "http"})
    environment.number("PORT", 8000, 1, 65535)
    settings.ENVIRONMENT = environment
    [error] = [message for message in run_checks() if message.level >= ERROR]
    assert error.id == "softmarks.E001"
    assert error.msg.startswith("PORT cannot be used")
    assert error.hint


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    secret = keep_secret(folder)
    assert len(secret) > 60
    assert keep_secret(folder) == secret
    assert [place.name for place in folder.iterdir()] == ["secret_key"]
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
