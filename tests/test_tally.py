"""The last line of bin/test counts everything, and nothing that broke is lost in it."""

from pathlib import Path

import pytest

from tests.tally import FAILED, PASSED, SKIPPED, Tally, read_report

pytestmark = pytest.mark.once

REPORT = """<testsuites>
<testsuite tests="10" failures="1" errors="1" skipped="2"/>
<testsuite tests="5" failures="0" errors="0" skipped="0"/>
</testsuites>"""


def test_counts_add_up() -> None:
    total = PASSED + PASSED + FAILED + SKIPPED
    assert total == Tally(2, 1, 1)


def test_the_line_has_one_form() -> None:
    assert str(Tally(3, 0)) == "3 passed, 0 failed"
    assert str(Tally(3, 1, 2)) == "3 passed, 1 failed, 2 skipped"


def test_a_report_is_counted(tmp_path: Path) -> None:
    (tmp_path / "report").write_text(REPORT)
    assert read_report(tmp_path / "report", status=1) == Tally(11, 2, 2)


@pytest.mark.parametrize("status", [2, 3, -9])
def test_a_run_that_breaks_down_is_a_failure(tmp_path: Path, status: int) -> None:
    assert read_report(tmp_path / "none", status) == FAILED
    (tmp_path / "report").write_text('<testsuite tests="4" failures="0" errors="0" skipped="0"/>')
    assert read_report(tmp_path / "report", status) == Tally(4, 1)


def test_a_selection_without_tests_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "report").write_text('<testsuite tests="0" failures="0" errors="0" skipped="0"/>')
    assert read_report(tmp_path / "report", status=5) == Tally()
