"""What all methods have in common. Import `method`, `Call`.

A method is told who calls and with what; here its caller is found out, and what it raises becomes
an answer in the protocol's own form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from accounts.http import PRIVATE
from accounts.models import User
from accounts.throttle import Limiter, TooMany
from bookmarks.api.callers import Caller, Refused, identify
from bookmarks.api.pinboard import answers
from bookmarks.api.pinboard.answers import Form
from bookmarks.api.pinboard.parameters import (
    BadParameter,
    NotFound,
    Parameters,
    Unreadable,
    wants_json,
)

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

# HEAD asks what GET would answer, and so must change nothing.
READING, WRITING = ("GET", "HEAD", "POST"), ("GET", "POST")
Method = Callable[..., HttpResponseBase]


def method(
    *, writes: bool = False, status: str = "result", pace: Limiter = PACE
) -> Callable[[Method], Method]:
    """Make a view of a function that takes a `Call`.

    `writes` refuses tokens that only read; `status` names the key of a refusal: "code" or "result";
    `pace` is how often a person may call.
    """
    answered = partial(_answered, writes=writes, status=status, pace=pace)
    allowed = WRITING if writes else READING

    def decorate(function: Method) -> Method:
        @csrf_exempt  # cookies are not read
        @wraps(function)
        def view(request: HttpRequest, **parts: str) -> HttpResponseBase:
            if request.method in allowed:
                answer = answered(request, function, parts)
                _keep_private(answer)
                return answer
            response = _refusal(request, status, 405, "something went wrong: use GET or POST")
            response.headers["Allow"] = ", ".join(allowed)
            return response

        return view

    return decorate


@csrf_exempt
def unknown(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer for a method that is none of Pinboard's, in the form of an answer of its kind."""
    status = "code" if path.startswith("posts/") else "result"
    return _refusal(request, status, 404, "something went wrong: there is no such method")


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
    try:
        asked = Parameters(request)
        form = Form.JSON if asked.wants_json else Form.XML
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
    except Unreadable as error:
        return _refusal(request, status, 400, str(error))
    except NotFound as error:
        return _refusal(request, status, 404, str(error))
    except BadParameter as error:
        return _refusal(request, status, 200, str(error))


def _refusal(request: HttpRequest, status: str, number: int, sentence: str) -> HttpResponse:
    """Return a status text, with a number of HTTP's."""
    form = Form.JSON if wants_json(request) else Form.XML
    response = (answers.code if status == "code" else answers.result)(form, sentence)
    response.status_code = number
    _keep_private(response)
    return response


def _keep_private(response: HttpResponseBase) -> None:
    for name, value in PRIVATE.items():
        response.headers[name] = value


def _plain(status: int, sentence: str) -> HttpResponse:
    response = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    if status == 401:
        response.headers["WWW-Authenticate"] = CHALLENGE
    return response
