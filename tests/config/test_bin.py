"""bin/run, from a fresh copy of the project, and what keeps it from starting."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from config import processes
from tests.services import free_port
from tests.suite import ROOT, SITE_VARIABLES
from tests.waiting import wait_for

pytestmark = pytest.mark.once

BASE_PYTHON = str(Path(sys.base_prefix) / "bin" / "python3")


def environment(**variables: str) -> dict[str, str]:
    """Return what a person's shell has, with the variables added."""
    ours = {*SITE_VARIABLES.split(), "DJANGO_SETTINGS_MODULE", "PYTHONPATH"}
    return {name: text for name, text in os.environ.items() if name not in ours} | variables


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the project as it would be cloned."""
    folder = tmp_path / "a fresh clone"
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():  # one may be deleted, and that not yet committed
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def start(copy: Path, output: Path, variables: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start bin/run from another folder and wait for its address."""
    with output.open("wb") as lines:
        process = processes.start(
            [copy / "bin" / "run"],
            cwd=copy.parent,
            env=environment(PYTHON=BASE_PYTHON, **variables),
            output=lines,
        )

    def is_up() -> bool:
        return "Softmarks is at" in output.read_text() or process.poll() is not None

    wait_for(is_up, 180, "the address")
    assert process.poll() is None, output.read_text()
    return process


def work(process: subprocess.Popen[bytes]) -> float:
    """Return the seconds a running site has computed, which no other program makes longer."""
    first = psutil.Process(process.pid)
    times = [each.cpu_times() for each in (first, *first.children(recursive=True))]
    return sum(
        each.user + each.system + each.children_user + each.children_system for each in times
    )


def test_a_fresh_clone_serves_and_its_second_start_is_quick(copy: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    variables = {"PORT": str(free_port()), "DATA_DIR": "data", "HOST": "127.0.0.1"}
    process = start(copy, output, variables)
    told = output.read_text()
    assert "Making a Python" in told
    assert "Installing requirements.txt" in told
    assert "Bringing the database up to date" in told
    assert told.endswith(
        f"Softmarks is at http://127.0.0.1:{variables['PORT']}/ - stop it with Ctrl-C.\n"
    )
    data = tmp_path / "data"
    private = [data, data / "softmarks.sqlite3", data / "secret_key"]
    assert [place.stat().st_mode & 0o777 for place in private] == [0o700, 0o600, 0o600]
    with urlopen(f"http://127.0.0.1:{variables['PORT']}/login/") as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0

    process = start(copy, output, variables)
    assert work(process) < 5
    assert "Installing" not in output.read_text()
    process.terminate()
    assert process.wait(20) == 0


def refusal(copy: Path, **variables: str) -> str:
    """Run bin/run where it cannot; return what it says."""
    done = subprocess.run(
        [copy / "bin" / "run"],
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr


def test_an_old_python_is_refused(copy: Path, tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.10.13 || exit 1\n')
    old.chmod(0o755)
    assert refusal(copy, PYTHON=str(old)) == (
        "Softmarks needs Python 3.11 or newer and found Python 3.10.13:"
        " install one, or set PYTHON to the path of one.\n"
    )


def test_a_missing_python_is_refused(copy: Path) -> None:
    assert "found none at all" in refusal(copy, PYTHON="/no/such/python")


def test_a_python_without_venv_is_refused(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['ensurepip'] = None\n")
    path = f"{Path(BASE_PYTHON).parent}:/usr/bin:/bin"  # without uv
    said = refusal(copy, PYTHON=BASE_PYTHON, PYTHONPATH=str(tmp_path), PATH=path)
    assert said == (
        "This Python cannot make virtual environments: install its venv module"
        " (Debian, Ubuntu: apt install python3-venv), or put uv on the PATH.\n"
    )


def test_a_folder_of_the_project_that_cannot_be_written_is_refused(copy: Path) -> None:
    (copy / ".venv").touch()
    said = refusal(copy, PYTHON=BASE_PYTHON)
    assert said == f"The folder {copy / '.venv'} cannot be written: File exists.\n"


def test_stopping_an_installation_stops_what_it_runs(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    inner = (
        f"import os, time; print(os.getpid(), file=open({str(mark)!r}, 'w', buffering=1));"
        " time.sleep(600)"
    )
    outer = f"from config import processes; processes.run([{sys.executable!r}, '-c', {inner!r}])"
    process = processes.start([sys.executable, "-c", outer])
    number = wait_for(lambda: mark.exists() and mark.read_text(), what="the inner process")
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 128 + signal.SIGTERM
    assert not psutil.pid_exists(int(number))
