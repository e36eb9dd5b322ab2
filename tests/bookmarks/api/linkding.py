"""A program that calls linkding's API. Import `Client`, `ALL`."""

import json
from typing import Any

from django import test

from accounts.models import User
from accounts.tokens import make_token

ALL = {"limit": "1000"}


class Client:
    """Calls with a token of one person, or of nobody, and without cookies."""

    def __init__(self, owner: User | None, *, can_write: bool = True) -> None:
        token = make_token(owner, can_write=can_write).partition(":")[2] if owner else ""
        self.headers = {"Authorization": f"Token {token}"} if token else {}
        self.browser = test.Client(enforce_csrf_checks=True)

    def call(self, method: str, path: str, body: object = None, **asked: object) -> Any:
        """Return the answer; a body that is no text is sent as JSON."""
        raw = body if isinstance(body, str | bytes) else b"" if body is None else json.dumps(body)
        said = {name: str(value) for name, value in asked.items()}
        return self.browser.generic(
            method,
            f"/api/{path}",
            raw,
            content_type="application/json",
            headers=self.headers,
            query_params=said,
        )

    def send(self, method: str, path: str, body: object = None, status: int = 200) -> Any:
        """Return what an answer holds, after comparing its status."""
        response = self.call(method, path, body)
        content = response.getvalue()
        assert response.status_code == status, content
        return json.loads(content) if content else None

    def get(self, path: str, **asked: object) -> Any:
        """Return what is at a path."""
        response = self.call("GET", path, **asked)
        assert response.status_code == 200, response.getvalue()
        assert response.headers["Content-Type"] == "application/json"
        return json.loads(response.getvalue())

    def urls(self, path: str = "bookmarks/", **asked: object) -> list[str]:
        """Return the last part of the address of each bookmark in a list."""
        return [one["url"].rpartition("/")[2] for one in self.get(path, **asked)["results"]]
