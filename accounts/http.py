"""The request of somebody logged in, as a type, and the door that only lets such requests in.

Import `SignedInRequest`, `signed_in`, and for answers that are one person's alone `PRIVATE`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.models import User

# Headers of what is one person's alone: kept by no cache, found by no search. The address may hold
# a key, and is told to no other site.
PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


class SignedInRequest(HttpRequest):
    """A request of a person logged in."""

    user: User


def signed_in(
    view: Callable[Concatenate[SignedInRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """Let a view be called by people logged in only; everyone else logs in first, then comes back.

    A form sent after the session ended leads back to the page it stood on, which it names in
    `next`, or to its own address.
    """

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        if not request.user.is_authenticated:
            stood_on = request.POST.get("next") or request.get_full_path()
            return redirect_to_login(stood_on)
        return view(cast(SignedInRequest, request), *args, **kwargs)

    return door
