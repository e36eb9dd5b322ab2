"""The audit of the pinned requirements for known vulnerabilities. Import `audit`."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND = ("-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json")


@dataclass(frozen=True)
class Audit:
    """What was found out: `vulnerable` packages, and how many could be looked up at all."""

    vulnerable: tuple[str, ...]
    looked_up: int
    asked: int


def audit(requirements: Path) -> Audit:
    """Ask the public database about every pinned package; it is no failure when it is away."""
    answer = subprocess.run(
        [sys.executable, *COMMAND, "--progress-spinner", "off", "--requirement", requirements],
        capture_output=True,
        text=True,
        check=False,
    )
    if not answer.stdout.startswith("{"):
        return Audit((), 0, requirements.read_text().count("=="))
    packages: list[dict[str, Any]] = json.loads(answer.stdout)["dependencies"]
    vulnerable = [describe(package) for package in packages if package.get("vulns")]
    looked_up = [package for package in packages if "skip_reason" not in package]
    return Audit(tuple(vulnerable), len(looked_up), len(packages))


def describe(package: dict[str, Any]) -> str:
    """Return a package with the names of its vulnerabilities."""
    names = ", ".join(vulnerability["id"] for vulnerability in package["vulns"])
    return f"{package['name']} {package['version']}: {names}"
