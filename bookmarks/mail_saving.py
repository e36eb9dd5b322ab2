"""Saving by mail: from a message and its recipient to a bookmark. Import `save_mail`, `Refused`.

Each person may have an address, NAME+KEY@MAIL_DOMAIN. Nothing is ever answered by mail, so nothing
here can be part of a loop; whoever delivers the message is told by what is raised.
"""

from dataclasses import replace

from django.conf import settings
from django.db import transaction

from accounts.mail_addresses import find_mail_owner
from accounts.models import User
from accounts.throttle import Limiter
from bookmarks.drafts import InvalidDraft, make_draft
from bookmarks.links import BadUrl, clean_url
from bookmarks.mail_messages import MailMessage, read_message
from bookmarks.models import Bookmark, SavedMail
from bookmarks.saving import save_bookmark
from bookmarks.storing import Stored, lock_owner
from bookmarks.tag_names import BadTags, split_tags

# Of one person. `everyone` bounds what a flood can do to the site.
MAILS = Limiter("mail", seconds=3600, address=3000, everyone=3000, account=60)


class UnknownAddress(Exception):
    """No recipient is an address of this site; it tells nothing of which part was wrong."""

    def __init__(self) -> None:
        super().__init__("There is no such address here.")


class Refused(ValueError):
    """There is nothing in the message that can be saved; `str()` says why."""


def save_mail(data: bytes, recipient: str = "") -> Stored | None:
    """Save the first address in a message for the person it was sent to.

    Returns None where there is nothing to do: a program sent it, or it was saved before.
    Raises UnknownAddress, Refused, `mail_messages.Unreadable`, and `throttle.TooMany`.
    """
    message = read_message(data)
    owner = _owner([recipient] if recipient else message.recipients)
    if message.automatic:
        return None
    if not message.url:
        raise Refused("There is no web address in it.")
    if SavedMail.objects.filter(owner=owner, name=message.name).exists():
        return None
    MAILS.count("", owner.username)
    with transaction.atomic():
        lock_owner(owner)  # two copies that come at once are one
        _, new = SavedMail.objects.get_or_create(owner=owner, name=message.name)
        return _save(owner, message) if new else None


def _owner(recipients: list[str] | tuple[str, ...]) -> User:
    for address in recipients:
        if owner := find_mail_owner(address, settings.MAIL_DOMAIN):
            return owner
    raise UnknownAddress


def _save(owner: User, message: MailMessage) -> Stored:
    """Save anew, or add to what is there: nothing that was said before is lost."""
    try:
        url = clean_url(message.url)
        labels = split_tags(message.tags)
    except (BadUrl, BadTags) as error:
        raise Refused(str(error)) from error
    kept = Bookmark.objects.at(owner, url)
    try:
        if kept is None:
            draft = make_draft(
                url,
                title=message.title,
                description=message.words,
                tags=labels,
                private=owner.private_by_default,
                source="mail",
            )
        else:
            said = "" if message.words in kept.description else message.words
            draft = make_draft(
                kept.url,
                title=kept.title or message.title,
                description="\n\n".join(filter(None, (kept.description, said))),
                tags=split_tags([*kept.labels, *labels]),
                private=kept.private,
                unread=kept.unread,
            )
            draft = replace(draft, source=kept.source)
    except (InvalidDraft, BadTags) as error:
        raise Refused(str(error)) from error
    return save_bookmark(owner, draft)
