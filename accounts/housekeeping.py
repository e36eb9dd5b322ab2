"""Throwing away what is over. Import `forget_expired`; once a day is often enough."""

from django.utils import timezone

from accounts.models import HeldName, Invitation, Session
from accounts.throttle import forget_old_attempts


def forget_expired() -> int:
    """Delete old sessions, counts of tries, holds of names and invitations; return how many."""
    now = timezone.now()
    return (
        Session.objects.filter(expire_date__lte=now).delete()[0]
        + HeldName.objects.filter(until__lte=now).delete()[0]
        + Invitation.objects.filter(until__lte=now).delete()[0]
        + forget_old_attempts()
    )
