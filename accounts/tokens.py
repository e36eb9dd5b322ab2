"""API tokens: 40 hex digits (160 bits), presented as NAME:HEX or alone, kept as digests.

A random secret of this size cannot be searched, so a plain SHA-256 does; OWASP ASVS 5.0, 11.4.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import ApiToken, User, make_feed_key

# The date of last use is for the person to see what is idle; one write an hour is enough for it.
USE_NOTED_EVERY = timedelta(hours=1)


MOST = 50
# Of these programs made themselves, each time they were given a password.
MOST_OF_PROGRAMS = 20
MADE_BY_PROGRAM = "made by a program"


class TooManyTokens(Exception):
    """A person has as many tokens as one may have."""

    def __init__(self) -> None:
        super().__init__(f"You have {MOST} tokens; revoke one that is idle first.")


@dataclass(frozen=True)
class Key:
    """Whose door a token or a password opens, and whether it may change things there."""

    user: User
    can_write: bool


def make_token(user: User, label: str = "", *, can_write: bool = True) -> str:
    """Store a new token and return it as NAME:HEX; it cannot be shown again.

    Raises TooManyTokens.
    """
    if user.api_tokens.count() >= MOST:
        raise TooManyTokens
    secret = secrets.token_hex(20)
    scope = ApiToken.Scope.WRITE if can_write else ApiToken.Scope.READ
    ApiToken.objects.create(user=user, digest=_digest(secret), label=label, scope=scope)
    return f"{user.username}:{secret}"


@transaction.atomic
def make_program_token(user: User) -> str:
    """Store a token for a program that came with the password, and return it as NAME:HEX.

    Programs throw such tokens away without a word, and make new ones: when there are many, the one
    longest out of use goes. Raises TooManyTokens where all are of the person's own making.
    """
    User.objects.select_for_update().get(pk=user.pk)
    mine = user.api_tokens.filter(label=MADE_BY_PROGRAM)
    if mine.count() >= MOST_OF_PROGRAMS or user.api_tokens.count() >= MOST:
        idlest = mine.order_by(Coalesce("last_used", "created"), "pk").values("pk")[:1]
        mine.filter(pk__in=list(idlest.values_list("pk", flat=True))).delete()
    return make_token(user, MADE_BY_PROGRAM)


def find_key(presented: str) -> Key | None:
    """Return what a token, NAME:HEX or HEX alone, opens; None when it opens nothing."""
    name, colon, secret = presented.strip().rpartition(":")
    if not re.fullmatch(r"[0-9a-fA-F]{40}", secret):
        return None
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=_digest(secret), user__is_active=True)
        .first()
    )
    if token is None or (colon and not _same(name.lower(), token.user.username)):
        return None
    _note_use(token)
    return Key(token.user, can_write=token.scope == ApiToken.Scope.WRITE)


def revoke_token(user: User, pk: int) -> bool:
    """End one of a person's tokens; return whether there was such a token."""
    count, _ = user.api_tokens.filter(pk=pk).delete()
    return count == 1


def renew_feed_key(user: User) -> None:
    """Give a person a new feed key; addresses of private feeds with the old one end at once."""
    user.feed_key = make_feed_key()
    user.save(update_fields=["feed_key"])


def find_feed_reader(name: str, feed_key: str) -> User | None:
    """Return the person whose private feeds this name and key open; None when they open none."""
    user = User.objects.filter(username=name.lower(), is_active=True).first()
    if user is None or not _same(feed_key.lower(), user.feed_key):
        return None
    return user


def find_feed_owner(feed_key: str) -> User | None:
    """Return the person whose key this is, where no name stands beside it.

    What an index tells by its time is not how much of so long a secret was right.
    """
    return User.objects.filter(feed_key=feed_key.lower(), is_active=True).first()


def _note_use(token: ApiToken) -> None:
    """Write down that a token is in use."""
    now = timezone.now()
    idle = Q(last_used=None) | Q(last_used__lt=now - USE_NOTED_EVERY)
    if token.last_used is None or token.last_used < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(idle, pk=token.pk).update(last_used=now)


def _same(given: str, kept: str) -> bool:
    """Compare without telling by the time taken how much of a secret was right."""
    return hmac.compare_digest(given.encode(), kept.encode())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.lower().encode()).hexdigest()
