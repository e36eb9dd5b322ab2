"""Addresses by which people save by mail: NAME+KEY@DOMAIN. Import `mail_address`,
`renew_mail_key`, `drop_mail_key`, `find_mail_owner`.

The key is kept as it is, like a feed key, since its owner looks it up again and again. Whoever has
it can add bookmarks and nothing else: it opens nothing and changes no words that are there.
"""

import hmac
import re

from accounts.models import User, make_feed_key

ADDRESS = re.compile(r"([a-z0-9_]{2,30})\+([0-9a-f]{20})@([a-z0-9.-]+)", re.IGNORECASE | re.ASCII)


def mail_address(user: User, domain: str) -> str:
    """Return a person's address, "" where they have none."""
    return f"{user.username}+{user.mail_key}@{domain}" if user.mail_key and domain else ""


def renew_mail_key(user: User) -> None:
    """Give a person an address, in place of the one they had."""
    user.mail_key = make_feed_key()
    user.save(update_fields=["mail_key"])


def drop_mail_key(user: User) -> None:
    """Take a person's address away."""
    user.mail_key = None
    user.save(update_fields=["mail_key"])


def find_mail_owner(address: str, domain: str) -> User | None:
    """Return whose address this is; None for a wrong name, key or domain alike.

    The case of an address does not matter; some servers fold it.
    """
    match = ADDRESS.fullmatch(address.strip())
    if not domain or match is None or match[3].lower() != domain.lower():
        return None
    user = User.objects.filter(username=match[1].lower(), is_active=True).first()
    kept = user.mail_key if user else None
    # Compared also where there is nothing to compare with, so that both cost the same.
    right = hmac.compare_digest(match[2].lower(), kept or "-" * 20)
    return user if kept and right else None
