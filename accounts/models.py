"""People. Import `User`."""


from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, username: str, password: str | None = None, email: str = "") -> "User":
        """Store and return an account under the folded name; without password nobody can log in."""
        user = self.model(username=username.lower(), email=self.normalize_email(email))
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """One person. The name is stored folded to lower case, so that it is unique in any case."""

    username = models.CharField(max_length=30, unique=True)
    email = models.EmailField(blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_user_name_form",
                condition=models.Q(username__regex=r"^[a-z0-9_]{2,30}$"),
            )
        ]

    def __str__(self) -> str:
        return self.username
