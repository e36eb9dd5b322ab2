"""Signing up. Import `sign_up` for visitors, `add_account` for the operator."""

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from accounts.invitations import redeem_invitation
from accounts.models import User
from accounts.names import (
    TAKEN,
    NameRefused,
    check_free,
    check_name,
    fold_name,
)

UNKNOWN_INVITATION = "This invitation is used, too old or unknown."


class SignUpRefused(Exception):
    """A sign-up that cannot be: `errors` says why, by form field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(" ".join(sentence for some in errors.values() for sentence in some))
        self.errors = errors


class RegistrationClosed(Exception):
    """Only the operator makes accounts here."""


def sign_up(username: str, password: str, email: str = "", *, invitation: str = "") -> User:
    """Make an account for a visitor and return it; the first one of an empty site is staff.

    Raises RegistrationClosed, and SignUpRefused with everything that cannot be.
    """
    if settings.REGISTRATION == "closed":
        raise RegistrationClosed
    name = _check(username, password, email)
    user = _prepare(name, password, email)
    with transaction.atomic():
        if settings.REGISTRATION == "invite" and not redeem_invitation(invitation):
            raise SignUpRefused({"invitation": [UNKNOWN_INVITATION]})
        _insert(user)
    return user


def add_account(username: str, password: str, email: str = "", *, staff: bool = False) -> User:
    """Make an account on the operator's word: reserved names and short passwords are allowed.

    Raises SignUpRefused.
    """
    try:
        name = fold_name(username)
        check_free(name)
        check_email(email)
    except (NameRefused, ValidationError) as error:
        raise SignUpRefused(
            {"email": error.messages}
            if isinstance(error, ValidationError)
            else {"username": [str(error)]}
        ) from error
    user = _prepare(name, password, email)
    user.is_staff = user.is_superuser = staff
    _insert(user)
    return user


def check_email(email: str) -> None:
    """Raise ValidationError unless the address is empty or well formed."""
    if email:
        validate_email(email)


def _check(username: str, password: str, email: str) -> str:
    """Return the name folded; raise SignUpRefused with everything wrong at once."""
    errors: dict[str, list[str]] = {}
    name = ""
    try:
        name = check_name(username)
        check_free(name)
    except NameRefused as error:
        errors["username"] = [str(error)]
    try:
        check_email(email)
    except ValidationError as error:
        errors["email"] = error.messages
    try:
        validate_password(password, User(username=name, email=email))
    except ValidationError as error:
        errors["password"] = error.messages
    if errors:
        raise SignUpRefused(errors)
    return name


def _prepare(name: str, password: str, email: str) -> User:
    """Return the account unsaved; hashing is slow, so it is done before a transaction begins."""
    user = User(username=name, email=User.objects.normalize_email(email))
    user.set_password(password)
    return user


def _insert(user: User) -> None:
    """Insert the account, as the first one when there is none; raise SignUpRefused when taken."""
    if not User.objects.exists():
        user.is_first = user.is_staff = user.is_superuser = True
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        if User.objects.filter(username=user.username).exists():
            raise SignUpRefused({"username": [TAKEN]}) from error
        if not user.is_first:
            raise
        _insert_second(user)


def _insert_second(user: User) -> None:
    """Insert an account that another one beat to being the first."""
    user.is_first = user.is_staff = user.is_superuser = False
    _insert(user)
