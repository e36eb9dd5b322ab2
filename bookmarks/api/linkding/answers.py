"""What is answered, always in JSON. Import `Problem`, `to_json`, `page`, `refusal`, `streamed`."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from bookmarks.api.linkding.values import Kind, Many, Nothing, Shape, Text, Whole
from bookmarks.api.streaming import in_pieces

JSON = "application/json"


class Problem(Exception):
    """The call cannot be answered as it was meant; `body` says why."""

    def __init__(self, status: int, body: Mapping[str, Any] | str, **headers: str) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = {"detail": body} if isinstance(body, str) else dict(body)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


DETAIL = Shape("Detail", {"detail": Text()})
ERROR = Shape("Error", {"error": Text()})
MISSING = "No such thing, or it is not yours."


def to_json(value: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Return an answer that is one object."""
    return HttpResponse(json.dumps(value), status=status, content_type=JSON)


def refusal(problem: Problem) -> HttpResponse:
    """Return the answer that tells a problem."""
    response = to_json(problem.body, problem.status)
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response


def empty() -> HttpResponse:
    """Return an answer without a body."""
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    return response


def page_of(shape: Shape) -> Shape:
    """Return the shape of a part of a list."""
    address = Nothing(Text(format="uri"))
    fields: dict[str, Kind] = {
        "count": Whole(),
        "next": address,
        "previous": address,
        "results": Many(shape),
    }
    return Shape(f"{shape.name}Page", fields)


def page(
    request: HttpRequest,
    results: Iterable[Mapping[str, Any]],
    *,
    count: int,
    more: bool,
    offset: int,
    limit: int,
) -> StreamingHttpResponse:
    """Return a part of a list, written while it is read, with the addresses of its neighbours."""
    before = _address(request, max(0, offset - limit), limit) if offset else None
    after = _address(request, offset + limit, limit) if more else None
    head = json.dumps({"count": count, "next": after, "previous": before})
    written = map(json.dumps, results)
    pieces = in_pieces(f'{head[:-1]}, "results": [', written, ", ", "]}")
    return StreamingHttpResponse(pieces, content_type=JSON)


def _address(request: HttpRequest, offset: int, limit: int) -> str:
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(offset)
    return f"{request.build_absolute_uri(request.path)}?{query.urlencode()}"


def told(moment: datetime) -> str:
    """Return a moment in UTC, to the microsecond."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
