"""Nothing inside is read, nothing hangs, nothing fills the memory; `bench.hostile` prints it."""

from collections.abc import Iterator

import pytest

from tests.hostile_corpus import CASES, Case, World

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as running:
        yield running


def test_the_corpus_is_large_and_names_nothing_twice() -> None:
    names = {case.name for case in CASES}
    assert len(names) == len(CASES) >= 150


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_fetcher_comes_out_unharmed(
    case: Case, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, f"http://127.0.0.1:{world.canary.port}")
    monkeypatch.setenv("no_proxy", "")
    verdict = world.run(case)
    assert verdict.kind is case.expected
    assert verdict.heard == 0
    assert verdict.seconds < case.seconds + 1
    assert verdict.megabytes < 50
    sent = {name for one in world.server.received for name in one.headers}
    assert not sent & {"cookie", "authorization", "proxy-authorization", "referer"}
