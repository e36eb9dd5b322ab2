"""People and what belongs to them as people: keys, sessions, held names. Import `User`."""

import secrets

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone


def make_feed_key() -> str:
    """Return a new secret for feed addresses: 20 hex digits, as Pinboard's RSS secret has."""
    return secrets.token_hex(10)


class UserManager(BaseUserManager["User"]):
    """Makes and finds accounts; `accounts.signup` is the door with all the rules."""

    def create_user(self, username: str, password: str | None = None, email: str = "") -> "User":
        """Store and return an account under the folded name; without password nobody can log in."""
        user = self.model(username=username.lower(), email=self.normalize_email(email))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of a name written in any case; raise User.DoesNotExist."""
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """One person. The name is stored folded to lower case, so that it is unique in any case."""

    username = models.CharField(max_length=30, unique=True)
    email = models.EmailField(blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    # The account that found the site empty. The database lets only one row say so, which
    # settles who is first when two people sign up at once.
    is_first = models.BooleanField(default=False)
    private_by_default = models.BooleanField(default=False)
    # With the database's own defaults, so that the release before goes on making accounts while
    # the new one is being put in its place.
    fetch_pages = models.BooleanField(default=True, db_default=True)
    fetch_private = models.BooleanField(default=True, db_default=True)
    feed_key = models.CharField(max_length=20, unique=True, default=make_feed_key)
    mail_key = models.CharField(
        max_length=20,
        unique=True,
        null=True,
        blank=True,
        help_text="of the address to save by mail",
    )
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        # \Z, because Python's $, which SQLite is given, also matches before a final line feed.
        constraints = [
            models.CheckConstraint(
                name="accounts_user_name_form",
                condition=models.Q(username__regex=r"^[a-z0-9_]{2,30}\Z"),
            ),
            models.CheckConstraint(
                name="accounts_user_feed_key_form",
                condition=models.Q(feed_key__regex=r"^[0-9a-f]{20}\Z"),
            ),
            models.CheckConstraint(
                name="accounts_user_mail_key_form",
                condition=models.Q(mail_key=None) | models.Q(mail_key__regex=r"^[0-9a-f]{20}\Z"),
            ),
            models.UniqueConstraint(
                name="accounts_user_one_first",
                fields=["is_first"],
                condition=models.Q(is_first=True),
            ),
        ]

    def __str__(self) -> str:
        return self.username


class Session(AbstractBaseSession):
    """One browser, with whose it is beside the data, so that a person's sessions can be ended."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")


class ApiToken(models.Model):
    """A key for programs. Only its digest is kept; the key itself is shown once, when made."""

    class Scope(models.TextChoices):
        """What a token opens."""

        READ = "read", "read"
        WRITE = "write", "read and write"

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60, blank=True)
    scope = models.CharField(max_length=5, choices=Scope.choices, default=Scope.WRITE)
    created = models.DateTimeField(default=timezone.now)
    last_used = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_apitoken_digest_form",
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}\Z"),
            ),
            models.CheckConstraint(
                name="accounts_apitoken_scope", condition=models.Q(scope__in=("read", "write"))
            ),
        ]


class HeldName(models.Model):
    """A name nobody can take until a while after its account went; a keyed digest, not the name."""

    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)


class Invitation(models.Model):
    """Leave to sign up once while registration is by invitation; gone once used."""

    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)


class Attempts(models.Model):
    """How often something was tried in a window of time; written by `accounts.throttle` alone."""

    # A keyed digest of what is counted: neither names nor addresses stand in this table.
    bucket = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.BigIntegerField(db_index=True)  # when the window ends, in seconds since 1970
