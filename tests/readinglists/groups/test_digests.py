"""The weekly mail: when, to whom, once."""

import threading
from datetime import UTC, datetime, timedelta
from smtplib import SMTPConnectError, SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from readinglists.groups.digests import send_due_digests
from readinglists.groups.membership import join
from readinglists.groups.talk import ask, write_note
from readinglists.models import GroupMember, StudyGroup
from tests.readinglists.groups.grouping import entries, make_group, session

# The sessions are on Tuesday 5 and 12 March 2030; Berlin is an hour ahead of UTC.
SUNDAY = datetime(2030, 3, 3, 12, tzinfo=UTC)
MONDAY = datetime(2030, 3, 4, 7, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Return a list of one: what time it is."""
    here = [SUNDAY]
    monkeypatch.setattr(timezone, "now", lambda: here[0])
    return here


def receivers() -> list[str]:
    return sorted(address for letter in mail.outbox for address in letter.to)


@pytest.mark.django_db
def test_it_comes_on_monday_morning_by_the_clock_of_the_group(
    alice: User, bob: User, now: list[datetime]
) -> None:
    group = make_group(alice, bob)
    now[0] = MONDAY - timedelta(minutes=1)
    assert send_due_digests() == 0
    now[0] = MONDAY
    assert send_due_digests() == 2
    assert receivers() == ["alice@example.org", "bob@example.org"]
    letter = mail.outbox[0]
    assert letter.subject == "This week in Tuesdays"
    for words in ("Tue 5 March 2030, 18:30", "one", "https://example.org/two", f"/g:{group.key}/"):
        assert words in letter.body
    assert send_due_digests() == 0
    now[0] = MONDAY + timedelta(days=6, hours=23)
    assert send_due_digests() == 0
    now[0] = MONDAY + timedelta(days=7)
    assert send_due_digests() == 2


@pytest.mark.django_db
def test_it_tells_what_was_said_and_skips_weeks_without_anything(
    alice: User, bob: User, now: list[datetime]
) -> None:
    group = make_group(alice, bob)
    now[0] = datetime(2030, 4, 1, 6, tzinfo=UTC)
    assert send_due_digests() == 0
    question = ask(entries(group)[0], bob, "Why <that>?")
    note = write_note(session(group), None, alice, "So.", seen=0)
    assert note is not None
    # Rows take the time of this machine, which is years before.
    type(question).objects.update(asked_at=now[0])
    type(note).objects.update(changed_at=now[0])
    now[0] = datetime(2030, 4, 8, 6, tzinfo=UTC)
    assert send_due_digests() == 2
    assert "bob, about “one”: Why <that>?" in mail.outbox[0].body
    assert "No session in the coming week." in mail.outbox[0].body


@pytest.mark.django_db
def test_it_goes_to_those_who_want_it_and_have_an_address(
    alice: User, bob: User, now: list[datetime]
) -> None:
    carol = User.objects.create_user("carol", None, "")
    dave = User.objects.create_user("dave", None, "dave@example.org")
    group = make_group(alice, bob, carol, dave)
    GroupMember.objects.filter(user=bob).update(wants_digest=False)
    User.objects.filter(pk=dave.pk).update(is_active=False)
    now[0] = MONDAY
    send_due_digests()
    assert receivers() == ["alice@example.org"]
    assert GroupMember.objects.filter(group=group).count() == 4


@pytest.mark.django_db
def test_who_joins_during_the_week_waits_for_monday(
    alice: User, bob: User, now: list[datetime]
) -> None:
    group = make_group(alice)
    now[0] = MONDAY + timedelta(hours=1)
    GroupMember.objects.filter(user=alice).update(digest_for=None)
    join(group, group.join_key, bob)
    send_due_digests()
    assert receivers() == ["alice@example.org"]


@pytest.mark.django_db
def test_a_killed_process_sends_nobody_a_second_letter(
    alice: User, bob: User, now: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    carol = User.objects.create_user("carol", None, "carol@example.org")
    make_group(alice, bob, carol)
    now[0] = MONDAY
    send = EmailMessage.send

    def killed(letter: EmailMessage, fail_silently: bool = False) -> int:
        if letter.to == ["bob@example.org"]:
            raise SystemExit
        return send(letter, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", killed)
    with pytest.raises(SystemExit):
        send_due_digests()
    monkeypatch.setattr(EmailMessage, "send", send)
    assert receivers() == ["alice@example.org"]
    send_due_digests()
    # Bob's may have gone out before the kill: he gets none rather than two.
    assert receivers() == ["alice@example.org", "carol@example.org"]


@pytest.mark.django_db
def test_a_mail_server_that_is_away_gets_the_letters_later(
    alice: User, bob: User, now: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_group(alice, bob)
    now[0] = MONDAY
    with monkeypatch.context() as away:

        def refuse(letter: EmailMessage, fail_silently: bool = False) -> int:
            raise SMTPConnectError(421, "away")

        away.setattr(EmailMessage, "send", refuse)
        with pytest.raises(SMTPConnectError):
            send_due_digests()
    assert send_due_digests() == 2
    assert receivers() == ["alice@example.org", "bob@example.org"]


@pytest.mark.django_db
def test_an_address_that_is_refused_keeps_nobody_else_waiting(
    alice: User, bob: User, now: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_group(alice, bob)
    now[0] = MONDAY
    send = EmailMessage.send

    def refuse(letter: EmailMessage, fail_silently: bool = False) -> int:
        if letter.to == ["alice@example.org"]:
            raise SMTPRecipientsRefused({})
        return send(letter, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", refuse)
    assert send_due_digests() == 1
    assert receivers() == ["bob@example.org"]
    assert send_due_digests() == 0


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_send_one_letter_each(
    alice: User, bob: User, now: list[datetime]
) -> None:
    make_group(alice, bob)
    now[0] = MONDAY
    start, sent = threading.Barrier(2), []

    def beat() -> None:
        try:
            start.wait(10)
            sent.append(send_due_digests())
        finally:
            connection.close()

    threads = [threading.Thread(target=beat) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(sent) == 2
    assert receivers() == ["alice@example.org", "bob@example.org"]
    assert StudyGroup.objects.get().digest_due_at == MONDAY + timedelta(days=7)


@pytest.mark.django_db
def test_the_link_in_the_mail_ends_it_without_logging_in(
    alice: User, bob: User, visitor_client: Client, now: list[datetime]
) -> None:
    make_group(alice, bob)
    now[0] = MONDAY
    send_due_digests()
    letter = next(one for one in mail.outbox if one.to == ["bob@example.org"])
    url = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert url in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/" + url.split("/", 3)[3]
    # Machines that look at links in mails end nothing.
    assert b"Stop the mail" in visitor_client.get(path).content
    assert GroupMember.objects.get(user=bob).wants_digest
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not GroupMember.objects.get(user=bob).wants_digest
    assert GroupMember.objects.get(user=alice).wants_digest


@pytest.mark.django_db
def test_a_forged_link_ends_nothing(
    alice: User, visitor_client: Client, now: list[datetime]
) -> None:
    group = make_group(alice)
    for token in ("1", "MQ:1abc:xyz", "..:..", "x" * 200):
        answer = visitor_client.post(f"/g:{group.key}/unsubscribe/{token}/")
        assert answer.status_code == 404
    assert GroupMember.objects.get().wants_digest
