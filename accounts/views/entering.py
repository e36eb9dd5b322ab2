"""Signing up, logging in and logging out."""

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.credentials import WrongCredentials, check_password
from accounts.destinations import HOME, safe_destination
from accounts.devices import known_device, remember_device
from accounts.forms import LogInForm, SignUpForm
from accounts.models import User
from accounts.signup import SignUpRefused, sign_up
from accounts.throttle import SIGN_UP, TooMany, client_address
from accounts.views.answers import ask, ask_later


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Let a person in, and on to where they were going."""
    destination = _destination(request)
    if request.user.is_authenticated:
        return redirect(destination)
    form = LogInForm(request.POST or None)
    if form.is_valid():
        try:
            return _enter(request, _person(request, form), destination)
        except WrongCredentials as error:
            form.add_error("password", str(error))
        except TooMany as error:
            return ask_later(request, "accounts/login.html", form, error, _next(destination))
    return ask(request, "accounts/login.html", form, _next(destination))


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_page(request: HttpRequest) -> HttpResponse:
    """Make an account, log its person in, and on to where they were going."""
    destination = _destination(request)
    if request.user.is_authenticated:
        return redirect(destination)
    if settings.REGISTRATION == "closed":
        return render(request, "accounts/signup_closed.html", status=403)
    form = _sign_up_form(request)
    if form.is_valid():
        try:
            attempt = SIGN_UP.count(client_address(request))
            return _enter(request, sign_up(**form.cleaned_data), destination)
        except SignUpRefused as refusal:
            attempt.give_back()
            for field, sentences in refusal.errors.items():
                form.add_error(field, sentences)
        except TooMany as error:
            return ask_later(request, "accounts/signup.html", form, error, _next(destination))
    return ask(request, "accounts/signup.html", form, _next(destination))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def log_out(request: HttpRequest) -> HttpResponse:
    """Ask by GET, so that no link or image elsewhere logs anybody out; end the session by POST."""
    if request.method != "POST":
        return render(request, "accounts/logout.html")
    auth.logout(request)
    return redirect(HOME)


def _destination(request: HttpRequest) -> str:
    return safe_destination(request.POST.get("next") or request.GET.get("next", ""))


def _next(destination: str) -> dict[str, str]:
    """Return what the templates keep of the destination through the form and between the pages."""
    return {"next": "" if destination == HOME else destination}


def _sign_up_form(request: HttpRequest) -> SignUpForm:
    return SignUpForm(
        request.POST or None,
        initial={"invitation": request.GET.get("invitation", "")},
        by_invitation=settings.REGISTRATION == "invite",
    )


def _person(request: HttpRequest, form: LogInForm) -> User:
    """Return whom name and password belong to; raise WrongCredentials or TooMany."""
    name = form.cleaned_data["username"].lower()
    return check_password(
        name,
        form.cleaned_data["password"],
        address=client_address(request),
        device=known_device(request, name),
    )


def _enter(request: HttpRequest, user: User, destination: str) -> HttpResponse:
    """Begin a new session for this person, under a new key (OWASP ASVS 5.0, 7.2.4)."""
    auth.login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    response = redirect(destination)
    remember_device(response, user.username)
    return response
