"""docker-compose.yml: its commands serve, and it holds the variables that are needed."""

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import yaml

from config import processes
from tests.sites import ROOT, MakeSite, Site
from tests.waiting import wait_for

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
PROGRAMS = ("web", "worker", "beat")


@pytest.fixture
def production(make_site: MakeSite) -> Site:
    """Return a site with what docker-compose.yml sets, and what its reader has to."""
    return make_site(
        BASE_URL="https://softmarks.example",
        SECRET_KEY="k3y-" * 16,
        PROXIES=SERVICES["web"]["environment"]["PROXIES"],
        HOST="127.0.0.1",
        PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    )


@pytest.fixture
def programs(production: Site) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Run the three programs as the file says."""
    with (production.folder / "log").open("ab") as log:
        started = {
            name: processes.start(
                ["/usr/bin/env", *shlex.split(SERVICES[name]["command"])],
                cwd=ROOT,
                env=production.environment,
                output=log,
            )
            for name in PROGRAMS
        }
    yield started
    processes.stop(list(started.values()), grace=20)


def health(site: Site, **headers: str) -> int:
    """Return the status of the health page, or 0 when nobody answers."""
    asked = Request(
        f"{site.url}/health", headers={n.replace("_", "-"): h for n, h in headers.items()}
    )
    try:
        with urlopen(asked, timeout=5) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except OSError:
        return 0


def test_its_programs_serve_and_stop(
    production: Site, programs: dict[str, subprocess.Popen[bytes]]
) -> None:
    wait_for(lambda: health(production, X_Forwarded_Proto="https") == 200, 30, "the web server")
    wait_for(lambda: list(production.folder.glob("beat*")), 30, "beat's schedule")
    running = {name: program.poll() for name, program in programs.items()}
    assert running == dict.fromkeys(PROGRAMS), production.log
    processes.stop(list(programs.values()), grace=20)
    # One that is still starting knows no better than to end by the signal.
    assert {program.wait() for program in programs.values()} <= {0, -signal.SIGTERM}


@pytest.mark.once
def test_every_service_is_watched_and_comes_back() -> None:
    lasting = {name: service for name, service in SERVICES.items() if name != "prepare"}
    assert [name for name, service in lasting.items() if "healthcheck" not in service] == []
    assert {service["restart"] for service in lasting.values()} == {"unless-stopped"}


@pytest.mark.once
def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


@pytest.mark.once
def test_our_own_services_run_the_same_image_with_the_same_settings() -> None:
    ours = [SERVICES[name] for name in ("prepare", *PROGRAMS)]
    assert {service["image"] for service in ours} == {"softmarks"}
    assert all(service["environment"] == ours[0]["environment"] for service in ours)
