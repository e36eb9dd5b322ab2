"""The API described by OpenAPI 3.1, out of what checks its input. Import `document`."""

import inspect
import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bookmarks.api.linkding.operations import Operation, with_refusals
from bookmarks.api.linkding.representations import ID
from bookmarks.api.linkding.routes import ROUTES
from bookmarks.api.linkding.values import Shape

Described = dict[str, Any]
MEANINGS = {
    200: "What was asked for",
    201: "Saved",
    204: "Done",
    400: "Not understood; says what is wrong with which field",
    401: "Nobody is known by this token",
    403: "Not allowed",
    404: "Nothing is there, or it is another's",
    413: "Too large",
    429: "Too many calls",
}
ANY = {"type": "object"}


@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """Answer with the description; any site may read it."""
    server = request.build_absolute_uri("/").rstrip("/")
    text = json.dumps(description(server), indent=1)
    response = HttpResponse(text, content_type="application/json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def description(server: str) -> Described:
    """Return the whole description of the API at the address of a site."""
    schemes = {
        "token": {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "Token HEX, with a token of your settings page",
        },
        "bearer": {"type": "http", "scheme": "bearer"},
        "basic": {"type": "http", "scheme": "basic"},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Softmarks, as linkding's REST API", "version": settings.LINKDING_LEVEL},
        "servers": [{"url": server}],
        "security": [{name: []} for name in schemes],
        "paths": {f"/api/{path}": _path(path) for path in ROUTES},
        "components": {"securitySchemes": schemes},
    }


def _path(path: str) -> Described:
    ids = [
        {"name": name, "in": "path", "required": True, "schema": ID.schema()}
        for name in re.findall(r"{(\w+)}", path)
    ]
    said = {method: _operation(one, partly=method) for method, one in ROUTES[path].items()}
    return {**said, **({"parameters": ids} if ids else {})}


def _operation(one: Operation, partly: str) -> Described:
    said: Described = {
        "operationId": f"{one.name}_{partly}",
        "summary": (inspect.getdoc(one.function) or "").partition("\n")[0],
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": name in one.query.required,
                "schema": kind.schema(),
            }
            for name, kind in one.query.fields.items()
        ],
        "responses": {
            str(status): _answer(status, shape, one.content_type)
            for status, shape in sorted(with_refusals(one).items())
        },
    }
    if one.body:
        schema = one.body.input_schema(partly=one.partly)
        content = {"application/json": {"schema": schema}}
        said["requestBody"] = {"required": True, "content": content}
    if one.for_visitors:
        said["security"] = [{}]
    return said


def _answer(status: int, shape: Shape | None, content_type: str) -> Described:
    said: Described = {"description": MEANINGS[status]}
    if status != 204:
        schema = shape.schema() if shape else ANY if status == 400 else {"type": "string"}
        said["content"] = {
            content_type if status == 200 else "application/json": {"schema": schema}
        }
    return said
