"""The weekly mail as a mail server gets it."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from readinglists.groups.digests import send_due_digests
from readinglists.groups.talk import ask, write_note
from readinglists.models import StudyGroup
from tests.readinglists.groups.grouping import entries, make_group, session
from tests.readinglists.making import add, make_list


class MailServer(socketserver.ThreadingTCPServer):
    """Takes letters as a mail server does (RFC 5321), on loopback, and keeps them."""

    daemon_threads = True

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        super().__init__(("127.0.0.1", 0), Talk)


class Talk(socketserver.StreamRequestHandler):
    """One connection of a program that sends mail."""

    server: MailServer

    def handle(self) -> None:
        """Answer each command until the program goes."""
        self.say("220 loopback")
        while line := self.rfile.readline():
            command = line[:4].upper().strip()
            if command == b"QUIT":
                return self.say("221 bye")
            if command == b"DATA":
                self.say("354 go on")
                self.server.letters.append(self.letter())
            self.say("250 ok")
        return None

    def say(self, words: str) -> None:
        """Answer."""
        self.wfile.write(f"{words}\r\n".encode())

    def letter(self) -> EmailMessage:
        """Read a letter up to the lonely dot."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        return letter


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """Start a mail server, to which the site sends."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


LETTER = """\
Tuesdays

Tue 5 March 2030, 18:30 (Europe/Berlin): session 1
Room “Ω”
alice presents.
- Über ∇f ≥ 0
  https://example.org/one
- . a dot at the beginning
{url}s:1/

New questions:
- bob, about “. a dot at the beginning”: Why?

New notes:
- session 1, by alice

The group: {url}

You get this mail once a week as bob, a member of this group. To get no more:
"""


@pytest.mark.once
@pytest.mark.django_db
def test_the_letter_says_what_is_read_asked_and_noted(
    alice: User,
    bob: User,
    mail_server: MailServer,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading_list = make_list(alice)
    add(reading_list, r"Über $\nabla f \ge 0$", url="https://example.org/one")
    add(reading_list, ". a dot at the beginning")
    group = make_group(alice, bob, reading_list=reading_list, place="Room “Ω”")
    first = session(group)
    first.presenter = alice
    first.save()
    at = datetime(2030, 3, 4, 7, tzinfo=UTC)
    asked = ask(entries(group)[1], bob, "Why?")
    noted = write_note(first, None, alice, "So.", seen=0)
    assert noted is not None
    type(asked).objects.update(asked_at=at)
    type(noted).objects.update(changed_at=at)
    StudyGroup.objects.update(digest_due_at=at)
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert send_due_digests() == len(mail_server.letters) == 2
    letter = mail_server.letters[1]
    assert (letter["To"], letter["Subject"]) == (bob.email, "This week in Tuesdays")
    text, _, leave = letter.get_content().replace("\r\n", "\n").rstrip().rpartition("\n")
    assert f"{text}\n" == LETTER.format(url=f"{settings.BASE_URL}/g:{group.key}/")
    assert letter["List-Unsubscribe"].replace("\n", "").replace(" ", "") == f"<{leave}>"
    Client().post(leave.removeprefix(settings.BASE_URL), {"List-Unsubscribe": "One-Click"})
    monkeypatch.setattr(timezone, "now", lambda: at.replace(day=11))
    StudyGroup.objects.update(digest_due_at=at)
    send_due_digests()
    assert [one["To"] for one in mail_server.letters[2:]] == [alice.email]
