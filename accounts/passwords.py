"""Changing a password, and setting a new one when it is forgotten."""

from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User
from accounts.sessions import end_sessions


def set_password(user: User, password: str, *, keep_session: str | None = None) -> None:
    """Give a person a new password and end all their sessions but one (OWASP ASVS 5.0, 7.4.3).

    Raises django's ValidationError when the password is too easy to guess; nothing changes then.
    """
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    end_sessions(user, keep=keep_session)


def people_at(email: str) -> list[int]:
    """Return the ids of the accounts with this e-mail address in any case; often none."""
    return list(
        User.objects.filter(email__iexact=email, is_active=True).values_list("pk", flat=True)
    )


def mail_reset_links(ids: Sequence[int]) -> None:
    """Mail each address among these accounts one letter with a link for each of its accounts.

    A letter goes to the address as the account has it, never as somebody typed it (CVE-2019-19844).
    """
    by_address: defaultdict[str, list[User]] = defaultdict(list)
    for user in User.objects.filter(pk__in=ids).exclude(email="").order_by("pk"):
        by_address[user.email].append(user)
    for address, users in by_address.items():
        context = {
            "site": settings.BASE_URL,
            "links": [(user.username, reset_link(user)) for user in users],
        }
        text = render_to_string("accounts/mails/reset.txt", context)
        send_mail("A new password for Softmarks", text, None, [address])


def reset_link(user: User) -> str:
    """Return the address at which a person may set a new password once, within the hour.

    The host is BASE_URL's: a request's Host header is the sender's to choose (OWASP, "Forgot
    Password Cheat Sheet").
    """
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return settings.BASE_URL + reverse("accounts:new_password", args=[uid, token])
