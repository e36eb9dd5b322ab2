"""What all methods have in common. Import `method`, `Call`.

A method is told who calls and with what; here its caller is found out, and what it raises becomes
an answer in the protocol's own form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.throttle import Limiter, TooMany
from bookmarks.api.pinboard import answers
from bookmarks.api.pinboard.answers import Form
from bookmarks.api.pinboard.callers import Caller, Refused, identify
from bookmarks.api.pinboard.parameters import BadParameter, Parameters

PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
CHALLENGE = 'Basic realm="API", charset="UTF-8"'


@dataclass(frozen=True)
class Call:
    """One call of a method."""

    caller: Caller
    form: Form
    asked: Parameters

    @property
    def user(self) -> User:
        """Whose account is called."""
        return self.caller.user


def _pace(kind: str, seconds: int) -> Limiter:
    return Limiter(f"Pinboard's API {kind}", seconds, address=0, everyone=0, pair=1)


# Pinboard's: one call of a person in so many seconds.
PACE = _pace("", 3)
RECENT_PACE = _pace("recent", 60)
ALL_PACE = _pace("all", 300)

Method = Callable[..., HttpResponseBase]


def method(
    *, writes: bool = False, status: str = "result", pace: Limiter = PACE
) -> Callable[[Method], Method]:
    """Make a view of a function that takes a `Call`.

    `writes` refuses tokens that only read; `status` names the key of a refusal: "code" or "result";
    `pace` is how often a person may call.
    """
    answered = partial(_answered, writes=writes, status=status, pace=pace)

    def decorate(function: Method) -> Method:
        @csrf_exempt  # cookies are not read
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(function)
        def view(request: HttpRequest, **parts: str) -> HttpResponseBase:
            response = answered(request, function, parts)
            for name, value in PRIVATE.items():
                response.headers[name] = value
            return response

        return view

    return decorate


def _answered(
    request: HttpRequest,
    function: Method,
    parts: dict[str, str],
    *,
    writes: bool,
    status: str,
    pace: Limiter,
) -> HttpResponseBase:
    """Answer a call, or say why not."""
    asked = Parameters(request)
    form = Form.JSON if asked.text("format").lower() == "json" else Form.XML
    try:
        caller = identify(request)
        if writes and not caller.can_write:
            raise Refused(403, "403 Forbidden: this token may only read.")
        # Counted by the person alone, whatever the address.
        pace.count("", caller.user.username, device="any")
        return function(Call(caller, form, asked), **parts)
    except Refused as refusal:
        return _plain(refusal.status, str(refusal))
    except TooMany as error:
        response = _plain(429, f"429 {error}")
        response.headers["Retry-After"] = str(error.seconds)
        return response
    except BadParameter as error:
        write = answers.code if status == "code" else answers.result
        return write(form, str(error))


def _plain(status: int, sentence: str) -> HttpResponse:
    response = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    if status == 401:
        response.headers["WWW-Authenticate"] = CHALLENGE
    return response
