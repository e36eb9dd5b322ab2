"""Who calls an API. Import `Caller`, `identify`, `identify_by_header`, `Refused`.

A token (NAME:HEX, or HEX alone) in a header `Authorization: Bearer` or `Token`, HTTP Basic
(RFC 7617) with password or token, and in Pinboard's API also a parameter `auth_token`. Cookies are
never read, so that no other site can call in one's name.
"""

import base64
import binascii
from dataclasses import dataclass

from django.http import HttpRequest

from accounts.credentials import WrongCredentials, check_basic
from accounts.models import User
from accounts.throttle import client_address
from accounts.tokens import Key, find_key

# What a page of another site can make a browser send with a password it remembers.
UNASKED = ("no-cors", "navigate", "websocket")


class Refused(Exception):
    """Nobody is known by what the call presents, or they may not do this; `status` is HTTP's."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Caller:
    """Whose account is called, what may be done there, and the token's HEX if there was one."""

    user: User
    can_write: bool
    token: str = ""


def identify(request: HttpRequest) -> Caller:
    """Return who calls. Raises `Refused`, and `TooMany` while passwords are guessed."""
    presented = request.GET.get("auth_token") or request.POST.get("auth_token") or ""
    if presented:
        return _caller(find_key(presented), presented)
    return identify_by_header(request)


def identify_by_header(request: HttpRequest) -> Caller:
    """Return who calls by the header alone, as `identify` does."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() in ("bearer", "token"):
        return _caller(find_key(value), value)
    if scheme.lower() != "basic":
        raise Refused(401, "401 Forbidden")
    _check_asked(request)
    name, secret = _parse_basic(value)
    try:
        key = check_basic(name, secret, address=client_address(request))
    except WrongCredentials:
        raise Refused(401, "401 Forbidden") from None
    digits = secret.rpartition(":")[2]
    return _caller(key, digits if find_key(f"{name}:{digits}") else "")


def _caller(key: Key | None, presented: str) -> Caller:
    if key is None:
        raise Refused(401, "401 Forbidden")
    return Caller(key.user, key.can_write, presented.strip().rpartition(":")[2])


def _check_asked(request: HttpRequest) -> None:
    """Refuse what a page of another site had sent with a remembered password (Fetch Metadata)."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site in ("cross-site", "same-site") and request.headers.get("Sec-Fetch-Mode") in UNASKED:
        raise Refused(403, "403 Forbidden: another site sent this call.")


def _parse_basic(value: str) -> tuple[str, str]:
    """Return name and secret; UTF-8, or Latin-1 from older clients."""
    try:
        raw = base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise Refused(401, "401 Forbidden") from None
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    name, _, secret = text.partition(":")
    return name.replace("\0", ""), secret
