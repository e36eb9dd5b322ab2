"""What all operations have in common. Import `operation`, `Operation`, `Call`, `view_of`.

An operation declares what it takes and what it answers; here its caller is found out, what is
sent is checked by the declaration, and what it raises becomes an answer in JSON.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from accounts.http import PRIVATE
from accounts.models import User
from accounts.throttle import Limiter, TooMany, client_address
from bookmarks.api.callers import Refused, identify_by_header
from bookmarks.api.linkding.answers import DETAIL, Problem, refusal
from bookmarks.api.linkding.values import Invalid, Shape

NOBODY = "Authentication credentials were not provided."
WRONG = "Invalid token."
# Ten calls a second, over five minutes; the extension asks with every change of tab.
PACE = Limiter("linkding's API", 300, address=0, everyone=0, pair=3000)
VISITORS_PACE = Limiter("linkding's API, visitors", 300, address=300, everyone=3000)

Function = Callable[..., HttpResponseBase]
Answers = Mapping[int, Shape | None]


@dataclass(frozen=True)
class Call:
    """One call of an operation: by whom, and what it says."""

    request: HttpRequest
    viewer: User | AnonymousUser
    asked: Mapping[str, Any]
    sent: dict[str, Any]

    @property
    def user(self) -> User:
        """Whose account is called; operations for visitors ask `viewer`."""
        if not isinstance(self.viewer, User):
            raise TypeError("this operation is for visitors too")
        return self.viewer


@dataclass(frozen=True)
class Operation:
    """What can be done at a path, and all there is to say of it."""

    function: Function
    answers: Answers
    query: Shape = field(default_factory=lambda: Shape("", {}))
    body: Shape | None = None
    partly: bool = False
    writes: bool = False
    for_visitors: bool = False
    content_type: str = "application/json"

    @property
    def name(self) -> str:
        """Its name in the description."""
        return f"{self.function.__module__.rpartition('.')[2]}_{self.function.__name__}"


def operation(answers: Answers, **declared: Any) -> Callable[[Function], Operation]:
    """Make an operation of a function that takes a `Call` and the ids of the path."""
    return lambda function: Operation(function, answers, **declared)


def view_of(operations: Mapping[str, Operation]) -> Callable[..., HttpResponseBase]:
    """Return the view of a path out of what can be done there, by method."""

    @csrf_exempt  # cookies are not read
    def view(request: HttpRequest, **ids: str) -> HttpResponseBase:
        try:
            response = _answered(request, operations, {k: int(v) for k, v in ids.items()})
        except Problem as problem:
            response = refusal(problem)
        for name, value in PRIVATE.items():
            response.headers[name] = value
        return response

    return view


def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer a path at which nothing is."""
    return refusal(Problem(404, "Not found."))


nowhere.csrf_exempt = True  # type: ignore[attr-defined]


def _answered(
    request: HttpRequest, operations: Mapping[str, Operation], ids: dict[str, int]
) -> HttpResponseBase:
    method = "get" if request.method == "HEAD" else str(request.method).lower()
    chosen = operations.get(method)
    if chosen is None:
        allowed = ", ".join(sorted(name.upper() for name in operations))
        raise Problem(405, f'Method "{str(request.method)[:20]}" not allowed.', Allow=allowed)
    viewer = _viewer(request, chosen)
    try:
        asked = chosen.query.read_parameters(request.GET)
        sent = _sent(request, chosen)
        return chosen.function(Call(request, viewer, asked, sent), **ids)
    except Invalid as error:
        raise Problem(400, error.errors) from None


def _viewer(request: HttpRequest, chosen: Operation) -> User | AnonymousUser:
    """Return who calls, counted; raises `Problem` when nobody may, or too often."""
    try:
        if not request.headers.get("Authorization") and chosen.for_visitors:
            VISITORS_PACE.count(client_address(request))
            return AnonymousUser()
        caller = identify_by_header(request)
        if chosen.writes and not caller.can_write:
            raise Problem(403, "This token may only read.")
        # Counted by the person alone, whatever the address.
        PACE.count("", caller.user.username, device="any")
        return caller.user
    except Refused as error:
        if error.status != 401:
            raise Problem(error.status, str(error)) from None
        sentence = WRONG if request.headers.get("Authorization") else NOBODY
        raise Problem(401, sentence, WWW_Authenticate="Token") from None
    except TooMany as error:
        raise Problem(429, f"Request was throttled. {error}", Retry_After=str(error.seconds)) from (
            None
        )


def _sent(request: HttpRequest, chosen: Operation) -> dict[str, Any]:
    """Return what the body says; raises `Invalid`, and `Problem` for what is no JSON."""
    if chosen.body is None:
        return {}
    try:
        body = request.body
    except RequestDataTooBig:
        raise Problem(413, "The body is too large; 2.5 MB are the most.") from None
    except UnreadablePostError:
        raise Problem(400, "The body did not arrive whole.") from None
    try:
        value = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        what = str(error) if isinstance(error, json.JSONDecodeError) else "it is not JSON in UTF-8"
        raise Problem(400, f"JSON parse error - {what}") from None
    return chosen.body.read(value, partly=chosen.partly)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def with_refusals(chosen: Operation) -> dict[int, Shape | None]:
    """Return all that an operation can answer, refusals included, by status."""
    answers: dict[int, Shape | None] = {**chosen.answers}
    for status in (401, 404, 429):
        answers.setdefault(status, DETAIL)
    if chosen.writes:
        answers.setdefault(403, DETAIL)
    if chosen.body:
        answers.setdefault(413, DETAIL)
    return answers
