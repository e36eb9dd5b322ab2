"""Who is it? Names with passwords, and API tokens, checked behind the throttle."""

import re

from django.contrib.auth import authenticate

from accounts.models import User
from accounts.throttle import LOG_IN
from accounts.tokens import Key, find_key


class WrongCredentials(Exception):
    """No such account, or not its password: the same answer to both."""

    def __init__(self, sentence: str = "Name and password do not match.") -> None:
        super().__init__(sentence)


def check_password(username: str, password: str, *, address: str, device: str = "") -> User:
    """Return the account of a name, in any case, with this password.

    An unknown name costs as much time as a known one, because Django then hashes for nothing
    (OWASP ASVS 5.0, 6.3.8). Raises WrongCredentials, and TooMany before anything is hashed.
    """
    name = username.strip().lower()
    attempt = LOG_IN.count(address, name, device)
    user = authenticate(username=name, password=password)
    if not isinstance(user, User):
        raise WrongCredentials
    attempt.give_back()
    return user


def confirm_password(user: User, password: str, *, address: str) -> None:
    """Make sure that whoever is logged in is the person, before something that cannot be undone.

    These tries have a budget of their own: a thief of a session cannot guess for ever, and a
    stranger at the log-in form cannot use up this budget. Raises WrongCredentials and TooMany.
    """
    try:
        check_password(user.username, password, address=address, device="logged in")
    except WrongCredentials as error:
        raise WrongCredentials("This is not your password.") from error


def check_basic(username: str, secret: str, *, address: str) -> Key:
    """Return the key that HTTP Basic (RFC 7617) presents: NAME with the password or a token.

    A token may have its NAME before it, as some clients take a whole NAME:HEX for a password.
    Tokens are told by their form, 40 hex digits, and are read first. Raises WrongCredentials
    and TooMany.
    """
    name, colon, hex_digits = secret.rpartition(":")
    if re.fullmatch(r"[0-9a-fA-F]{40}", hex_digits) and (
        not colon or name.lower() == username.lower()
    ):
        key = find_key(f"{username}:{hex_digits}")
        if key:
            return key
    return Key(check_password(username, secret, address=address), can_write=True)
