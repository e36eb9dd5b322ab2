"""add_user, api_token and invite."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from accounts.models import User
from accounts.signup import sign_up
from accounts.tokens import find_key
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """Return the path of a file with a password in its first line."""
    path = tmp_path / "secret.txt"
    path.write_text(f"{PASSWORD}\nnot this\n")
    return str(path)


def run(*words: str) -> tuple[str, str]:
    """Return what a command says on stdout and on stderr."""
    out, err = io.StringIO(), io.StringIO()
    call_command(*words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_add_user_makes_an_account_and_prints_its_token_alone(secret: str) -> None:
    out, err = run("add_user", "Ada", "--password-file", secret, "--email", "ada@example.org")
    assert re.fullmatch(r"ada:[0-9a-f]{40}\n", out)
    key = find_key(out)
    assert key is not None
    assert key.can_write
    assert key.user.check_password(PASSWORD)
    assert key.user.email == "ada@example.org"
    assert "ada" in err


def test_the_first_one_is_staff_and_later_ones_when_asked_for(secret: str) -> None:
    for name, *more in (["ada"], ["bob"], ["eve", "--staff"]):
        run("add_user", name, "--password-file", secret, *more)
    flags = dict(User.objects.values_list("username", "is_staff"))
    assert flags == {"ada": True, "bob": False, "eve": True}


def test_add_user_reads_the_password_from_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    run("add_user", "ada", "--password-file", "-")
    assert User.objects.get().check_password(PASSWORD)


def test_add_user_asks_at_a_terminal_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [PASSWORD, PASSWORD, PASSWORD, "other"]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _: answers.pop(0))
    run("add_user", "ada")
    assert User.objects.get().check_password(PASSWORD)
    with pytest.raises(CommandError, match="differ"):
        run("add_user", "bob")


def test_without_a_terminal_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match="--password-file"):
        run("add_user", "ada")


@pytest.mark.parametrize(
    ("name", "more", "reason"),
    [
        ("a", [], "2 to 30"),
        ("a b", [], "2 to 30"),
        ("ALICE", [], "taken"),
        ("ada", ["--email", "nowhere"], "valid email"),
        ("ada", ["--password-file", "/nowhere"], "cannot be read"),
        ("ada", ["--password-file", "/dev/null"], "empty"),
    ],
)
def test_add_user_refuses_what_cannot_be(
    alice: User, secret: str, name: str, more: list[str], reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        run("add_user", name, "--password-file", secret, *more)
    assert User.objects.count() == 1


def test_a_weak_password_is_the_operators_choice_but_is_said(tmp_path: Path) -> None:
    (tmp_path / "weak").write_text("short")
    _, err = run("add_user", "admin", "--password-file", str(tmp_path / "weak"))
    assert "weak" in err


def test_api_token_prints_a_new_one_and_the_old_ones_stay(secret: str) -> None:
    first, _ = run("add_user", "ada", "--password-file", secret)
    second, _ = run("api_token", "ADA")
    reading, _ = run("api_token", "ada", "--read-only", "--label", "backup")
    assert first != second
    assert find_key(first)
    assert find_key(second)
    key = find_key(reading)
    assert key is not None
    assert not key.can_write


def test_api_token_for_nobody_is_refused() -> None:
    with pytest.raises(CommandError, match="no account called ada"):
        run("api_token", "ada")


def test_invite_prints_an_address_that_lets_one_person_in(settings: Settings) -> None:
    settings.REGISTRATION = "invite"
    out, err = run("invite", "--days", "3")
    match = re.fullmatch(re.escape(settings.BASE_URL) + r"/signup/\?invitation=(\S+)\n", out)
    assert match is not None
    assert err == ""
    assert sign_up("ada", PASSWORD, invitation=match[1])


def test_invite_says_when_nobody_is_asked_for_it(settings: Settings) -> None:
    assert "REGISTRATION is open" in run("invite")[1]
    with pytest.raises(CommandError):
        run("invite", "--days", "0")


@pytest.mark.parametrize("command", ["add_user", "api_token", "invite"])
def test_help_teaches_by_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command(command, "--help")
    assert f"Example: manage.py {command}" in " ".join(capsys.readouterr().out.split())
