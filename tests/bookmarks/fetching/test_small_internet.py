"""The fetcher on an internet of our own: the system's resolver, public and private addresses."""

import json
import subprocess
from typing import Any

import pytest

from tests.small_internet import NO_NETWORK, PRIVATE, START, TARPITS, TRIES
from tests.source import ROOT

pytestmark = pytest.mark.once

Played = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def played() -> Played:
    """Play all parts once; left out, with the reason, where no network can be made."""
    try:
        run = subprocess.run(
            START, cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
        )
    except FileNotFoundError as error:
        pytest.skip(f"REBINDING WAS NOT TESTED WITH A REAL RESOLVER: {error}")
    if run.returncode == NO_NETWORK or run.stderr.startswith("unshare:"):
        pytest.skip(f"REBINDING WAS NOT TESTED WITH A REAL RESOLVER: {run.stderr.strip()}")
    assert run.returncode == 0, run.stderr
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    return {line["part"]: line for line in lines}


def test_public_sites_are_fetched_by_name_and_by_address(played: Played) -> None:
    assert played["sites"]["result"] == ["hello"] * 6


def test_a_name_that_changes_its_mind_a_thousand_times_leads_nowhere_else(played: Played) -> None:
    assert played["rebinding"]["result"]["once"] == {"hello": TRIES}
    assert played["rebinding"]["result"]["again"] == "Refused refused"
    assert played["rebinding"]["heard"] == []


def test_whoever_looks_up_twice_would_have_been_led_inside(played: Played) -> None:
    assert played["the_trap_works"]["result"] == PRIVATE[0]
    assert played["the_trap_works"]["heard"] == [PRIVATE[0]]


def test_one_private_address_among_many_condemns_a_name(played: Played) -> None:
    assert played["mixed"]["result"] == {"Refused refused": 2 + len(PRIVATE)}
    assert played["mixed"]["heard"] == []


def test_no_redirect_leads_from_a_public_site_inside(played: Played) -> None:
    assert played["redirects"]["result"] == {"Refused refused": 3 * len(PRIVATE)}
    assert played["redirects"]["heard"] == []


def test_names_without_an_answer_end_in_time_and_hold_up_nobody_else(played: Played) -> None:
    result = played["tarpits"]["result"]
    assert result["ends"] == {"ResolverFailed resolver": TARPITS}
    assert (result["meanwhile"], result["waiting"]) == ("hello", TARPITS)
    assert result["seconds"] < 5
