"""An installation is prepared once, however many do it at the same time."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from config.locks import Taken, take_lock
from tests.sites import ROOT, MakeSite, Site, new_database


def start_preparing(site: Site) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "prepare"],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.usefixtures("site_maker")  # it touches a database, though not through a fixture
def test_three_at_once_on_an_empty_database_prepare_it_once(tmp_path: Path) -> None:
    variables = {}
    with ExitStack() as stack:
        if url := os.environ.get("DATABASE_URL"):
            name = f"empty_{os.getpid()}"
            variables["DATABASE_URL"] = stack.enter_context(new_database(url, name))
        site = Site(tmp_path, variables)
        answers = [
            program.communicate(timeout=100)[0]
            for program in [start_preparing(site) for _ in range(3)]
        ]
        assert sum("Bringing the database up to date" in answer for answer in answers) == 1
        assert sum("Laying out the static files" in answer for answer in answers) == 1
        assert "Traceback" not in "".join(answers)


def test_what_is_prepared_is_not_prepared_again(make_site: MakeSite) -> None:
    assert make_site().command("prepare") == ""


@pytest.mark.once
def test_a_changed_static_file_is_laid_out(make_site: MakeSite) -> None:
    site = make_site()
    stamp = site.folder / "static" / ".stamp"
    stamp.write_text("of other files")
    assert site.command("prepare") == "Laying out the static files ...\n"
    assert stamp.read_text() != "of other files"


@pytest.mark.once
def test_a_lock_is_held_until_it_is_closed(tmp_path: Path) -> None:
    place = tmp_path / "lock"
    lock = take_lock(place, seconds=0)
    began = time.monotonic()
    with pytest.raises(Taken) as taken:
        take_lock(place, seconds=0.1)
    assert time.monotonic() - began >= 0.1
    assert taken.value.holder == str(os.getpid())
    os.close(lock)
    os.close(take_lock(place, seconds=0))
