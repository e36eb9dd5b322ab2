"""Saving by mail: what a message comes to, and whose address takes it."""

import io
import random
import sys
from dataclasses import replace
from email.message import EmailMessage

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from accounts.mail_addresses import drop_mail_key, mail_address, renew_mail_key
from accounts.models import User
from bookmarks.mail_messages import MAX_BYTES, Unreadable, read_message
from bookmarks.mail_saving import MAILS
from bookmarks.models import Bookmark, SavedMail
from tests.bookmarks.keeping import keep

DOMAIN = "save.example"
URL = "https://arxiv.org/abs/1706.03762"


def mail(text: str = "", subject: str = "", html: str = "", **headers: str) -> bytes:
    """Return a message as a program for mail writes it; `_` in names stands for a dash."""
    message = EmailMessage()
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (mail(URL, "Attention"), (URL, "Attention", (), "")),
        (mail(f"Why: {URL}\n\nmore\n-- \nAda\n0123", "T"), (URL, "T", (), "Why\n\nmore")),
        (mail("words", f"{URL} #nlp #C++ #.o #1"), (URL, "#1", ("nlp", "C++", ".o"), "words")),
        (mail(URL, "Fwd: Re: fw: É – ü #日本"), (URL, "É – ü", ("日本",), "")),
        (mail("plain", "T", f"<a href='{URL}'>x</a>"), (URL, "T", (), "plain")),
        (mail(" ", "", f"<style>x</style><p>See <a href={URL}>it</a>"), (URL, "", (), "See it")),
        (mail(URL, "T", "<a href=https://other.example/>x</a>"), (URL, "T", (), "")),
        (mail("nothing", "T", "<a href=javascript:x>x</a>"), ("", "T", (), "nothing")),
        (b"", ("", "", (), "")),
        (b"Subject: =?x-none?q?a?=\nContent-Type: text/plain; charset=\x00\n\nhttp://e.org/\xff",
         ("http://e.org/\ufffd", "=?x-none?q?a?=", (), "")),
    ],
)  # fmt: skip
def test_a_message_is_an_address_with_words(
    data: bytes, expected: tuple[str, str, tuple[str, ...], str]
) -> None:
    found = read_message(data)
    assert (found.url, found.title, found.tags, found.words) == expected


def test_attachments_are_not_read() -> None:
    message = EmailMessage()
    message.set_content("see below")
    message.add_attachment("http://evil.example/", filename="a.txt")
    message.add_attachment(f"<a href='{URL}'>", subtype="html", filename="a.html")
    message.add_attachment(b"x" * MAX_BYTES, maintype="image", subtype="png", filename="a.png")
    found = read_message(message.as_bytes())
    assert (found.url, found.words) == ("", "see below")


def test_no_message_is_so_malformed_that_reading_it_breaks() -> None:
    whole = mail(f"é {URL}", "=?utf-8?b?w6k=?= #t", f"<p>{URL}", To="a@b.c", Message_ID="<1@e>")
    rng = random.Random(7)
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
        for number in range(5000)
    )
    read = 0
    for data in [nested, *(_broken(whole, rng) for _ in range(500))]:
        try:
            read_message(data)
        except Unreadable:
            continue
        read += 1
    assert read > 400


def _broken(data: bytes, rng: random.Random) -> bytes:
    """Return a message with some bytes changed, moved or cut off."""
    broken = bytearray(data)
    for _ in range(rng.randrange(1, 12)):
        at = rng.randrange(len(broken))
        broken[at : at + rng.randrange(3)] = rng.choice(
            [b"\x00", b"\n\n", b"=?", b"\xff", b'"', b"<"]
        )
    return bytes(broken[: rng.randrange(1, len(broken))]) if rng.random() < 0.3 else bytes(broken)


@pytest.fixture
def address(alice: User, settings: Settings) -> str:
    """Return Alice's secret address."""
    settings.MAIL_DOMAIN = DOMAIN
    renew_mail_key(alice)
    return mail_address(alice, DOMAIN)


def send(monkeypatch: pytest.MonkeyPatch, data: bytes, to: str = "") -> tuple[int, str]:
    """Hand a message to the command; return its exit status and what it says."""
    out = io.StringIO()
    stdin = io.TextIOWrapper(io.BytesIO(data))
    monkeypatch.setattr(sys, "stdin", stdin)
    try:
        call_command("save_mail", to=to, stdout=out)
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue().strip()


def test_a_mail_becomes_a_bookmark_once(
    alice: User, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = mail(f"{URL}\nwhy", "Attention #nlp", To=f"Ada <{address.upper()}>", Message_ID="<1@e>")
    assert send(monkeypatch, data) == (0, "Saved.")
    kept = Bookmark.objects.get()
    assert (kept.owner, kept.url, kept.title, kept.description) == (alice, URL, "Attention", "why")
    assert (kept.labels, kept.private, kept.source) == (["nlp"], False, "mail")
    again = mail("https://e.org/other", "Attention", Message_ID="<1@e>")
    assert send(monkeypatch, again, address) == (0, "Nothing to do.")
    assert Bookmark.objects.count() == SavedMail.objects.count() == 1


def test_what_was_said_before_stays_and_the_default_decides_what_is_private(
    alice: User, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(alice, URL, "a B", title="Mine", description="Mine", private=True, unread=True)
    assert send(monkeypatch, mail(f"{URL}\nmore", "New #b #c"), address)[0] == 0
    kept = Bookmark.objects.get()
    assert (kept.title, kept.description, kept.labels) == ("Mine", "Mine\n\nmore", ["a", "B", "c"])
    assert (kept.private, kept.unread) == (True, True)
    User.objects.update(private_by_default=True)
    assert send(monkeypatch, mail("https://e.org/new"), address)[0] == 0
    assert Bookmark.objects.get(url="https://e.org/new").private


def test_who_has_not_the_address_learns_nothing_and_saves_nothing(
    alice: User, bob: User, address: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    key = alice.mail_key
    wrong = [
        *(f"nobody+{key}@{DOMAIN}", f"bob+{key}@{DOMAIN}", f"alice+{'0' * 20}@{DOMAIN}"),
        *(f"alice@{DOMAIN}", f"alice+{key}@other.example", f"alice+@{DOMAIN}", "x", "é@x"),
    ]
    said = {send(monkeypatch, mail(URL), to) for to in wrong}
    assert said == {(67, "There is no such address here.")}
    assert send(monkeypatch, mail(URL))[0] == 67
    drop_mail_key(alice)
    assert send(monkeypatch, mail(URL), address)[0] == 67
    renew_mail_key(alice)
    assert send(monkeypatch, mail(URL), address)[0] == 67
    User.objects.update(is_active=False)
    assert send(monkeypatch, mail(URL), mail_address(alice, DOMAIN))[0] == 67
    settings.MAIL_DOMAIN = ""
    assert send(monkeypatch, mail(URL), address)[0] == 78
    assert not Bookmark.objects.exists()


def test_what_programs_send_by_themselves_is_taken_and_dropped(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for headers in (
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=y"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
    ):
        assert send(monkeypatch, mail(URL, **headers), address) == (0, "Nothing to do.")
    assert send(monkeypatch, mail("no address here"), address)[0] == 65
    assert send(monkeypatch, mail(URL, "x " + "#" + "y" * 300), address)[0] == 65
    assert not Bookmark.objects.exists()
    assert send(monkeypatch, mail(URL, Auto_Submitted="no"), address)[0] == 0


def test_too_many_mails_an_hour_are_to_come_later(
    address: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.RATE_LIMITS = True
    monkeypatch.setattr("bookmarks.mail_saving.MAILS", replace(MAILS, account=2))
    statuses = [
        send(monkeypatch, mail(f"https://e.org/{number}"), address)[0] for number in range(3)
    ]
    assert statuses == [0, 0, 75]
    assert Bookmark.objects.count() == 2
