"""The weekly mail of a group. Import `send_due_digests`, `unsubscribe_token`, `unsubscribe`.

Nobody gets it twice: before each letter the member's row is claimed for this week by a conditional
update, whoever else is sending at the same time. A process that is killed between claim and letter
has this one letter lost; the others of the group go out at the next beat. Where the mail server
refuses, the claim is given back.
"""

import logging
from datetime import date, datetime, timedelta
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
)

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from readinglists.groups.news import News, read_news
from readinglists.groups.paths import group_path, session_path
from readinglists.groups.schedule import monday_of, next_monday
from readinglists.groups.zones import DIGEST_AT, day_and_time, zone_of
from readinglists.models import GroupMember, GroupSession, StudyGroup

log = logging.getLogger(__name__)

GROUPS_A_RUN = 100
SHOWN = 20
AHEAD = timedelta(days=8)
BACK = timedelta(days=7)
SALT = "readinglists.digest"
# What is wrong with one letter or one address: it would be wrong again, and is not tried again.
LETTER_REFUSED = (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, ValueError)


def send_due_digests() -> int:
    """Send the weekly mails that are due and return how many letters went out.

    Raises SMTPException or OSError when the mail server cannot be reached; the next run goes on.
    """
    now = timezone.now()
    due = StudyGroup.objects.filter(digest_due_at__lte=now).select_related("reading_list")
    sent = 0
    for group in due.order_by("digest_due_at", "pk")[:GROUPS_A_RUN]:
        sent += _send_digest(group, now)
        following = next_monday(now, zone_of(group), DIGEST_AT)
        done = StudyGroup.objects.filter(pk=group.pk, digest_due_at=group.digest_due_at)
        done.update(digest_due_at=following)
    return sent


def unsubscribe_token(member: GroupMember) -> str:
    """Return what ends a member's weekly mails, without logging in."""
    return signing.dumps(member.pk, salt=SALT)


def unsubscribe(token: str, key: str) -> bool:
    """End the weekly mails that a token stands for; return whether it is a token of ours."""
    member_id = member_of_token(token)
    if member_id is None:
        return False
    GroupMember.objects.filter(pk=member_id, group__key=key).update(wants_digest=False)
    return True


def member_of_token(token: str) -> int | None:
    """Return the member's id in a token, None for a token that we did not make."""
    try:
        return int(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _send_digest(group: StudyGroup, now: datetime) -> int:
    week = monday_of(now, zone_of(group))
    ahead = list(
        GroupSession.objects.filter(group=group, starts_at__gte=now, starts_at__lt=now + AHEAD)
        .select_related("presenter")
        .prefetch_related("entries")
        .order_by("starts_at")
    )
    news = read_news(group, SHOWN, since=now - BACK)
    if not (ahead or news.questions or news.notes):
        return 0
    waiting = GroupMember.objects.filter(_unsent(week), group=group, wants_digest=True)
    members = waiting.filter(user__is_active=True).exclude(user__email="")
    connection, sent = get_connection(), 0
    try:
        for member in members.select_related("user").order_by("pk"):
            letter = _letter(group, member, ahead, news)
            sent += _send_once(member, letter, week, connection)
    finally:
        connection.close()
    return sent


def _unsent(week: date) -> Q:
    return Q(digest_for=None) | Q(digest_for__lt=week)


def _send_once(
    member: GroupMember, letter: EmailMessage, week: date, connection: BaseEmailBackend
) -> bool:
    """Send one letter unless somebody sent it; return whether it went out."""
    mine = GroupMember.objects.filter(_unsent(week), pk=member.pk, wants_digest=True)
    if not mine.update(digest_for=week):
        return False
    letter.connection = connection
    try:
        letter.send()
    except LETTER_REFUSED:
        log.warning("The weekly mail of member %s cannot be sent.", member.pk)
        return False
    except (SMTPException, OSError):
        claimed = GroupMember.objects.filter(pk=member.pk, digest_for=week)
        claimed.update(digest_for=member.digest_for)
        raise
    return True


def _letter(
    group: StudyGroup, member: GroupMember, ahead: list[GroupSession], news: News
) -> EmailMessage:
    site = settings.BASE_URL
    leave = site + group_path(group.key, f"unsubscribe/{unsubscribe_token(member)}")
    context = {
        "group": group,
        "name": member.user.username,
        "ahead": [
            {
                "session": one,
                "when": day_and_time(one.starts_at, group),
                "url": site + session_path(group.key, one.number),
            }
            for one in ahead
        ],
        "questions": news.questions,
        "notes": news.notes,
        "url": site + group_path(group.key),
        "leave": leave,
    }
    text = render_to_string("readinglists/groups/mails/digest.txt", context)
    headers = {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        "Auto-Submitted": "auto-generated",  # RFC 3834
    }
    subject = f"This week in {group.title}"
    return EmailMessage(subject, text, None, [member.user.email], headers=headers)
