"""Counting what passed over checks and test runs. Import `Tally`, `read_report`."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True)
class Tally:
    """How many checks and tests passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


PASSED, FAILED, SKIPPED = Tally(passed=1), Tally(failed=1), Tally(skipped=1)


def read_report(place: Path, status: int) -> Tally:
    """Return the counts of pytest's JUnit report; a run that broke down counts as a failure."""
    if not place.exists():
        return FAILED
    total = Tally()
    for suite in ElementTree.parse(place).iter("testsuite"):
        number = {
            name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
        }
        failed = number["failures"] + number["errors"]
        total += Tally(number["tests"] - failed - number["skipped"], failed, number["skipped"])
    no_test_selected = 5
    if status not in (0, no_test_selected) and not total.failed:
        return total + FAILED
    return total
