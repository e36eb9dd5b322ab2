"""The forms of accounts. They only ask; what may be is decided in `signup` and `credentials`."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import User
from accounts.passwords import set_password

# Longer passwords only cost time; NIST SP 800-63B asks for 64 at least.
PASSWORD_LENGTH = 256


class PasswordField(forms.CharField):
    """A password: blanks at its ends count, it is never sent back, a toggle shows it."""

    def __init__(self, *, new: bool = False, **kwargs: Any) -> None:
        attributes = {
            "autocomplete": "new-password" if new else "current-password",
            "data-show-password": True,
        }
        super().__init__(
            strip=False,
            max_length=PASSWORD_LENGTH,
            widget=forms.PasswordInput(attrs=attributes),
            **kwargs,
        )


def name_input() -> forms.TextInput:
    """Return an input for an account name that no keyboard corrects."""
    return forms.TextInput(
        attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    )


class LogInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(label="Name", max_length=150, widget=name_input())
    password = PasswordField()


class SignUpForm(forms.Form):
    """A new account; `invitation` is there only while registration is by invitation."""

    username = forms.CharField(
        label="Name",
        max_length=150,
        widget=name_input(),
        help_text="2 to 30 of a–z, 0–9 and underscores. Your public page is /u:name/.",
    )
    password = PasswordField(new=True, help_text="8 characters or more.")
    email = forms.EmailField(
        label="E-mail (optional)",
        required=False,
        help_text="Only to set a new password when you forget yours. Shown to nobody.",
    )
    invitation = forms.CharField(label="Invitation code", max_length=100)

    def __init__(self, *args: Any, by_invitation: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_invitation:
            del self.fields["invitation"]


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]  # no generic when it runs
    """How a person's bookmarks are saved."""

    class Meta:
        model = User
        fields = ["private_by_default", "fetch_pages", "fetch_private"]
        labels = {
            "private_by_default": "Save all as private",
            "fetch_pages": "Fetch the pages I save",
            "fetch_private": "Also those I save as private",
        }
        help_texts = {
            "private_by_default": "Ticks “private” on every new bookmark; you can untick it there.",
            "fetch_pages": "For their titles and excerpts. The sites see that somebody here saved"
            " them, not who.",
            "fetch_private": "Without this the sites of private bookmarks are never asked.",
        }


class TokenForm(forms.Form):
    """A new API token."""

    label = forms.CharField(
        label="What it is for", max_length=60, required=False, help_text="Such as: phone, backup."
    )
    can_write = forms.BooleanField(
        label="May change things",
        required=False,
        initial=True,
        help_text="Without this the token only reads.",
    )


class EmailForm(forms.Form):
    """Another e-mail address. The password is asked for, because mail opens the account."""

    email = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="Leave it empty to have none; a forgotten password is then lost.",
    )
    password = PasswordField(label="Your password")


class ChangePasswordForm(forms.Form):
    """A new password in place of the old one."""

    old_password = PasswordField(label="Your password now")
    password = PasswordField(label="New password", new=True, help_text="8 characters or more.")


class DeleteForm(forms.Form):
    """The password, before everything goes."""

    password = PasswordField(label="Your password")


class ForgottenForm(forms.Form):
    """The address to which a link is mailed."""

    email = forms.EmailField(label="Your e-mail")


class NewPasswordForm(forms.Form):
    """A new password by a mailed link; made and saved by Django's PasswordResetConfirmView."""

    password = PasswordField(label="New password", new=True, help_text="8 characters or more.")

    def __init__(self, user: User | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Return the password unless it is too easy to guess."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def save(self) -> None:
        """Set the password and end all sessions."""
        if self.user is not None:
            set_password(self.user, self.cleaned_data["password"])
