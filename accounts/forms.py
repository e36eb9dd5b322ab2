"""The forms of accounts. They only ask; what may be is decided in `signup` and `credentials`."""

from typing import Any

from django import forms

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
