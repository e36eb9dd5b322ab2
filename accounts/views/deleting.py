"""Deleting one's account."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.credentials import WrongCredentials, confirm_password
from accounts.deletion import delete_account
from accounts.forms import DeleteForm
from accounts.http import SignedInRequest, signed_in
from accounts.throttle import TooMany, client_address
from accounts.views.answers import ask, ask_later


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete_account_page(request: SignedInRequest) -> HttpResponse:
    """Delete everything, once the person has typed the password."""
    template = "accounts/delete.html"
    form = DeleteForm(request.POST or None)
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
            delete_account(request.user)
            auth.logout(request)
            return redirect("accounts:deleted")
    return ask(request, template, form)


@require_http_methods(["GET", "HEAD"])
def deleted(request: HttpRequest) -> HttpResponse:
    """Say that the account is gone."""
    return render(request, "accounts/deleted.html")
