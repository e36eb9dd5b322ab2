"""The settings page: preferences, keys, and the way to e-mail, password and deletion."""

from django.conf import settings as server
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.credentials import WrongCredentials, confirm_password
from accounts.forms import EmailForm, PreferencesForm, TokenForm
from accounts.http import SignedInRequest, signed_in
from accounts.mail_addresses import drop_mail_key, mail_address, renew_mail_key
from accounts.throttle import TooMany, client_address
from accounts.tokens import TooManyTokens, make_token, renew_feed_key, revoke_token
from accounts.views.answers import ask, ask_later


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def settings_page(request: SignedInRequest) -> HttpResponse:
    """Show everything there is to set; keep the preferences."""
    form = PreferencesForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return _saved(request, "Your settings are saved.")
    return _show(request, preferences=form)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_email(request: SignedInRequest) -> HttpResponse:
    """Change the e-mail address of somebody who knows the password."""
    template = "accounts/email.html"
    form = EmailForm(request.POST or None, initial={"email": request.user.email})
    if form.is_valid():
        try:
            confirm_password(
                request.user, form.cleaned_data["password"], address=client_address(request)
            )
        except WrongCredentials as error:
            form.add_error("password", str(error))
        except TooMany as error:
            return ask_later(request, template, form, error)
        else:
            request.user.email = form.cleaned_data["email"]
            request.user.save(update_fields=["email"])
            return _saved(request, "Your e-mail address is changed.")
    return ask(request, template, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def renew_feed_key_page(request: SignedInRequest) -> HttpResponse:
    """Give the person a new feed key."""
    if request.method != "POST":  # back from logging in again, half way through
        return redirect("accounts:settings")
    renew_feed_key(request.user)
    return _saved(request, "You have a new feed key. Addresses with the old one no longer work.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def renew_mail_key_page(request: SignedInRequest) -> HttpResponse:
    """Give the person an address to save by mail, in place of the one they had."""
    if request.method != "POST" or not server.MAIL_DOMAIN:
        return redirect("accounts:settings")
    had = request.user.mail_key
    renew_mail_key(request.user)
    old = " Mail to the old one is no longer taken." if had else ""
    return _saved(request, f"You have a new address to save by mail.{old}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def drop_mail_key_page(request: SignedInRequest) -> HttpResponse:
    """Take the person's address to save by mail away."""
    if request.method != "POST":
        return redirect("accounts:settings")
    drop_mail_key(request.user)
    return _saved(request, "Mail is no longer taken for you.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def make_token_page(request: SignedInRequest) -> HttpResponse:
    """Make an API token and show it, this once."""
    if request.method != "POST":
        return redirect("accounts:settings")
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            token = make_token(request.user, **form.cleaned_data)
        except TooManyTokens as error:
            form.add_error("label", str(error))
        else:
            return render(request, "accounts/token_made.html", {"token": token})
    return _show(request, token_form=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def revoke_token_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """End one of the person's tokens; anybody else's is not there."""
    if request.method != "POST":
        return redirect("accounts:settings")
    if not revoke_token(request.user, pk):
        raise Http404("There is no such token.")
    return _saved(request, "The token is revoked.")


def _show(
    request: SignedInRequest,
    preferences: PreferencesForm | None = None,
    token_form: TokenForm | None = None,
) -> HttpResponse:
    context = {
        "preferences": preferences or PreferencesForm(instance=request.user),
        "token_form": token_form or TokenForm(),
        "mail_domain": server.MAIL_DOMAIN,
        "mail_address": mail_address(request.user, server.MAIL_DOMAIN),
        "tokens": request.user.api_tokens.order_by("-pk"),
    }
    return render(request, "accounts/settings.html", context)


def _saved(request: SignedInRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("accounts:settings")
