"""How forms of accounts come back: shown anew, or refused for a while."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.throttle import TooMany


def ask(
    request: HttpRequest, template: str, form: Form, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Show a form, with everything typed but the passwords and with what is wrong."""
    return render(request, template, {"form": form, **(context or {})})


def ask_later(
    request: HttpRequest,
    template: str,
    form: Form,
    error: TooMany,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form that was sent too often: 429 with Retry-After (RFC 6585)."""
    form.add_error(None, str(error))
    response = ask(request, template, form, context)
    response.status_code = 429
    response["Retry-After"] = str(error.seconds)
    return response
