"""Changing a password, and getting a new one by mail."""

import logging

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from kombu.exceptions import OperationalError

from accounts.credentials import WrongCredentials, confirm_password
from accounts.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm
from accounts.http import SignedInRequest, signed_in
from accounts.passwords import mail_reset_links, people_at, set_password
from accounts.tasks import send_reset_links
from accounts.throttle import RESET, TooMany, client_address
from accounts.views.answers import ask, ask_later

logger = logging.getLogger(__name__)


@sensitive_post_parameters("old_password", "password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_password(request: SignedInRequest) -> HttpResponse:
    """Change the password; this session goes on under a new key, all others end."""
    template = "accounts/password.html"
    form = ChangePasswordForm(request.POST or None)
    if form.is_valid():
        try:
            _change(request, **form.cleaned_data)
        except WrongCredentials as error:
            form.add_error("old_password", str(error))
        except ValidationError as error:
            form.add_error("password", error)
        except TooMany as error:
            return ask_later(request, template, form, error)
        else:
            messages.success(request, "Your password is changed.")
            return redirect("accounts:settings")
    return ask(request, template, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Mail a link to set a new password; the answer tells nobody whether there is an account."""
    template = "accounts/forgotten.html"
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            RESET.count(client_address(request), email.lower())
        except TooMany as error:
            return ask_later(request, template, form, error)
        _mail_later(people_at(email))
        return redirect("accounts:reset_sent")
    return ask(request, template, form)


@require_http_methods(["GET", "HEAD"])
def reset_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way, if there is anybody to get it."""
    return render(request, "accounts/reset_sent.html")


@require_http_methods(["GET", "HEAD"])
def reset_done(request: HttpRequest) -> HttpResponse:
    """Say that the new password is set."""
    return render(request, "accounts/reset_done.html")


class NewPassword(PasswordResetConfirmView):
    """Set a new password by a mailed link, which Django checks and takes out of the address."""

    form_class = NewPasswordForm  # type: ignore[assignment]  # has all that the view asks of it
    template_name = "accounts/new_password.html"
    success_url = reverse_lazy("accounts:reset_done")


def _change(request: SignedInRequest, old_password: str, password: str) -> None:
    """Set the new password; raise WrongCredentials, TooMany or ValidationError."""
    confirm_password(request.user, old_password, address=client_address(request))
    set_password(request.user, password, keep_session=request.session.session_key)
    update_session_auth_hash(request, request.user)


def _mail_later(ids: list[int]) -> None:
    """Leave the letters to the worker, also when there is none to write, as that takes as long."""
    try:
        send_reset_links.delay_on_commit(ids)
    except (OperationalError, OSError):
        logger.warning("The queue cannot be reached; a reset mail is sent without it.")
        mail_reset_links(ids)
