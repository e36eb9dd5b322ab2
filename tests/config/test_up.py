"""`manage.py up`: it serves, it stops, and says in one sentence why it cannot."""

import signal
import socket
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import pytest

from config.serving import explain
from tests.sites import MakeSite, Site
from tests.waiting import is_alive, wait_for


def family(site: Site) -> list[psutil.Process]:
    """Return all processes of a running site."""
    assert site.process
    first = psutil.Process(site.process.pid)
    return [first, *first.children(recursive=True)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_of_a_site_is_left_when_its_first_process_ends(
    make_site: MakeSite, number: int
) -> None:
    site = make_site()
    site.start()
    members = family(site)
    site.stop(number)
    wait_for(lambda: not any(map(is_alive, members)), 20, "the end of every process")


def test_a_site_starts_again_on_the_same_folder(make_site: MakeSite) -> None:
    site = make_site()
    site.start()
    assert site.stop(signal.SIGINT) == 0
    site.start()
    assert "Bringing the database up to date" not in site.log


def test_a_site_starts_right_after_its_first_process_was_killed(make_site: MakeSite) -> None:
    site = make_site()
    site.start()
    site.stop(signal.SIGKILL)
    site.start()
    assert site.stop() == 0


@pytest.mark.once
def test_a_web_server_that_is_killed_comes_back(make_site: MakeSite) -> None:
    site = make_site()
    site.start()
    first, *others = family(site)
    [web] = [
        child
        for child in others
        if child.ppid() == first.pid
        and any(each.status == psutil.CONN_LISTEN for each in child.net_connections("tcp"))
    ]
    web.kill()
    wait_for(lambda: "The web server ended (SIGKILL)" in site.log, what="the news of its end")

    def answers() -> bool:
        try:
            urlopen(f"{site.url}/login/", timeout=5).close()
        except HTTPError:
            return True
        except OSError:
            return False
        return True

    wait_for(answers, what="an answer of the new web server")


@pytest.mark.once
def test_a_second_start_on_the_same_folder_is_refused(make_site: MakeSite) -> None:
    site = make_site()
    site.start()
    assert site.process
    again = Site(site.folder, site.variables)
    assert again.refusal() == (
        f"Softmarks already runs on {site.folder} (process {site.process.pid}):"
        " stop it, or set DATA_DIR to another folder."
    )


@pytest.mark.once
def test_a_taken_port_is_refused(make_site: MakeSite) -> None:
    site = make_site()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        site.port = other.getsockname()[1]
        assert site.refusal() == (
            f"Port {site.port} of 127.0.0.1 is taken by another program:"
            " stop that one, or set PORT to another number."
        )


@pytest.mark.once
@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"HOST": "192.0.2.1"}, "192.0.2.1 is not an address of this machine"),
        ({"HOST": "no.such.host.invalid"}, "no.such.host.invalid is not an address"),
        ({"PORT": "http"}, "PORT cannot be used: 'http' is not a whole number from 1 to 65535."),
        ({"REGISTRATION": "maybe"}, "REGISTRATION cannot be used: 'maybe' is none of open, invite"),
        ({"DATABASE_URL": "mysql://host/name"}, "DATABASE_URL cannot be used"),
        ({"DATABASE_URL": "postgres://127.0.0.1:1/none"}, "The database cannot be used ("),
        ({"DATABASE_URL": "sqlite:////no/such/folder/file"}, "The database cannot be used ("),
    ],
)
def test_what_cannot_work_is_refused_in_one_sentence(
    make_site: MakeSite, variables: dict[str, str], sentence: str
) -> None:
    site = make_site()
    site.variables |= variables
    refusal = site.refusal()
    assert refusal.startswith(sentence)
    assert "\n" not in refusal


@pytest.mark.once
@pytest.mark.parametrize("secret", ["", "k3y-" * 16])
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, secret: str) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    refusal = Site(folder, {"SECRET_KEY": secret}).refusal()
    assert f"{folder} cannot be written" in refusal
    assert "Not a directory" in refusal


@pytest.mark.once
def test_a_port_that_only_root_may_use_is_explained() -> None:
    refused = PermissionError(13, "Permission denied")
    assert explain(refused, "127.0.0.1", 80) == (
        "This account may not listen on port 80: set PORT to 1024 or higher."
    )


def test_an_empty_database_is_met_with_a_hint(make_site: MakeSite) -> None:
    site = make_site()
    site.start()
    assert "`bin/run --demo`" in site.log


def test_a_demo_fills_an_empty_database_and_no_other(make_site: MakeSite) -> None:
    site = make_site()
    site.start("--demo")
    assert "`bin/run --demo`" not in site.log
    with urlopen(f"{site.url}/recent/") as answer:
        assert b"bookmark_title" in answer.read()
    site.stop()
    site.start("--demo")
    assert "There are accounts already, so --demo changes nothing." in site.log
