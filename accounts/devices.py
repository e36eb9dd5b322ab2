"""Browsers a person logged in with before: they keep a log-in budget that strangers cannot use up.

The mark is a signed cookie naming account and browser. It opens nothing; see `accounts.throttle`.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

COOKIE = "device"
LASTS = 180 * 24 * 3600
_SALT = "accounts.devices"


def known_device(request: HttpRequest, name: str) -> str:
    """Return the mark of this browser if `name` logged in with it before, else an empty text."""
    try:
        owner, mark = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return ""
    return str(mark) if owner == name else ""


def remember_device(response: HttpResponse, name: str) -> None:
    """Mark this browser as one that `name` has logged in with."""
    response.set_cookie(
        COOKIE,
        signing.dumps([name, secrets.token_hex(8)], salt=_SALT),
        max_age=LASTS,
        path=reverse("accounts:login"),
        secure=settings.SECURE,
        httponly=True,
        samesite="Strict",
    )
