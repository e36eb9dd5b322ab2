"""linkding's API keeps to its description: whatever is sent, it answers as it says it does."""

import json
import re
from collections.abc import Iterator
from typing import Any

import hypothesis
import jsonschema
import pytest
from hypothesis import strategies

from accounts.models import User
from bookmarks.api.linkding.openapi import description
from bookmarks.texts import keep_text
from tests.bookmarks.api.linkding import Client
from tests.bookmarks.keeping import keep

DESCRIPTION = description("https://softmarks.example")
Operation = tuple[str, str, dict[str, Any]]
SURE = [
    *("https://example.org/1", "https://example.org/new", "ml", "", "#ml or not (x", "title_asc"),
    *("yes", "off", "2024-05-17T12:00:00Z", "\0", "\ud800", "x" * 3000, "-1", "1e9", "é🦜"),
]
ODD = strategies.one_of(
    strategies.none(),
    strategies.booleans(),
    strategies.sampled_from([0, -1, 2**31, 2**63, 10**30, 1.5]),
    strategies.sampled_from(SURE),
    strategies.lists(strategies.sampled_from(SURE), max_size=2),
    strategies.just({"a": []}),
).map(lambda value: value)  # one choice among others, not six


def operations() -> Iterator[Operation]:
    """Yield what can be done: method, path and description."""
    for path, methods in DESCRIPTION["paths"].items():
        for method, said in methods.items():
            if method != "parameters":
                yield method.upper(), path, said


def values(schema: dict[str, Any]) -> strategies.SearchStrategy[Any]:
    """Return values that a schema allows, and now and then odd ones."""
    if "anyOf" in schema:
        return strategies.one_of([values(one) for one in schema["anyOf"]])
    kind = schema["type"]
    right: strategies.SearchStrategy[Any] = strategies.none()
    if "enum" in schema:
        right = strategies.sampled_from(schema["enum"])
    elif schema.get("format") == "uri":
        right = strategies.sampled_from(SURE[:2])
    elif kind == "string":
        right = strategies.sampled_from(SURE)
    elif kind == "boolean":
        right = strategies.booleans()
    elif kind == "integer":
        right = strategies.sampled_from([schema["minimum"], 1, 2, schema["maximum"]])
    elif kind == "array":
        right = strategies.lists(values(schema["items"]), max_size=3)
    elif kind == "object":
        return objects(schema)
    return strategies.one_of(right, right, right, ODD)


def objects(schema: dict[str, Any]) -> strategies.SearchStrategy[Any]:
    """Return objects with some of the fields of a schema, mostly the required ones among them."""
    fields = {name: values(kind) for name, kind in schema["properties"].items()}
    required = {name: fields.pop(name) for name in schema["required"]}
    whole = strategies.fixed_dictionaries(required, optional=fields)
    return strategies.one_of(whole, whole, whole, ODD)


@strategies.composite
def calls(
    draw: strategies.DrawFn, one: Operation, known: list[int]
) -> tuple[str, dict[str, str], Any]:
    """Return an address with ids, mostly `known` ones, parameters and a body for an operation."""
    _, path, said = one
    ids = strategies.sampled_from([*known, *known, *known, 0, 10**18 - 1])
    filled = re.sub(r"{\w+}", lambda _: str(draw(ids)), path)
    query = {
        each["name"]: str(draw(values(each["schema"])))
        for each in said["parameters"]
        if each["required"] or draw(strategies.booleans())
    }
    body = None
    if "requestBody" in said:
        body = draw(values(said["requestBody"]["content"]["application/json"]["schema"]))
    return filled.removeprefix("/api/"), query, body


OPERATIONS = list(operations())


def test_it_is_described_in_valid_schemas(alice: User) -> None:
    answer = json.loads(Client(None).call("GET", "openapi.json").getvalue())
    assert answer["paths"] == json.loads(json.dumps(DESCRIPTION["paths"]))
    assert answer["servers"] == [{"url": "http://testserver"}]
    names = [said["operationId"] for _, _, said in OPERATIONS]
    assert len(names) == len(set(names)) >= 28
    for _, path, said in OPERATIONS:
        schemas = [one["schema"] for one in said["parameters"]]
        schemas += [
            content["schema"]
            for answer in [*said["responses"].values(), said.get("requestBody", {})]
            for content in answer.get("content", {}).values()
        ]
        for schema in schemas:
            jsonschema.Draft202012Validator.check_schema(schema)
        assert said["summary"].endswith("."), path


@pytest.mark.django_db
def test_whatever_is_sent_is_answered_as_described(alice: User) -> None:
    kept = keep(alice, "https://example.org/1", "ml", unread=True)
    keep_text(kept.page_id, "text")
    client = Client(alice)
    bundle = client.send("POST", "bundles/", {"name": "one", "search": "x or #ml"}, 201)
    known = [kept.pk, bundle["id"]]
    seen = {status for one in OPERATIONS for status in statuses_of(client, one, known)}
    assert {200, 201, 204, 400, 403, 404} <= seen


def statuses_of(client: Client, one: Operation, known: list[int]) -> set[int]:
    """Call an operation in many ways, hold it to its description, return the statuses."""
    method, _, said = one
    seen: set[int] = set()

    @hypothesis.settings(max_examples=12)
    @hypothesis.given(calls(one, known))
    def answers_as_described(call: tuple[str, dict[str, str], Any]) -> None:
        path, query, body = call
        query = {name: text.replace("\ud800", "") for name, text in query.items()}
        response = client.call(method, path, body, **query)
        content = response.getvalue()
        seen.add(response.status_code)
        described = said["responses"].get(str(response.status_code))
        assert described, (response.status_code, content)
        assert (content == b"") == (response.status_code == 204)
        for kind, told in described.get("content", {}).items():
            assert response.headers["Content-Type"].startswith(kind)
            if kind == "application/json":
                jsonschema.validate(json.loads(content), told["schema"])

    answers_as_described()
    return seen
