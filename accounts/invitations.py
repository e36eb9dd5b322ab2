"""Invitations: leave to sign up once, while REGISTRATION is `invite`."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from accounts.models import Invitation


def make_invitation(days: int) -> str:
    """Store an invitation good for so many days and return its code, which is kept nowhere."""
    code = secrets.token_urlsafe(16)
    Invitation.objects.create(digest=_digest(code), until=timezone.now() + timedelta(days=days))
    return code


def redeem_invitation(code: str) -> bool:
    """Use a code up and return whether it was good; of two people at once one gets True."""
    count, _ = Invitation.objects.filter(digest=_digest(code), until__gt=timezone.now()).delete()
    return count == 1


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().encode()).hexdigest()
