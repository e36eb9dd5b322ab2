"""A program that calls Pinboard's API. Import `Program`, `body_of`."""

import json
from typing import Any
from xml.etree import ElementTree

from django.test import Client

from accounts.models import User
from accounts.tokens import make_token


class Program:
    """Calls with a token of one person, and without cookies."""

    def __init__(self, owner: User, *, can_write: bool = True) -> None:
        self.token = make_token(owner, can_write=can_write)

    def call(self, method: str, **asked: object) -> Any:
        """Return the answer."""
        said = {name: str(value) for name, value in asked.items()}
        return Client().get(f"/v1/{method}", {"auth_token": self.token, **said})

    def text(self, method: str, **asked: object) -> str:
        """Return the text of an answer in JSON."""
        response = self.call(method, format="json", **asked)
        assert response.headers["Content-Type"] == "text/json; charset=utf-8"
        return body_of(response)

    def json(self, method: str, **asked: object) -> Any:
        """Return what an answer in JSON holds."""
        return json.loads(self.text(method, **asked))

    def xml(self, method: str, **asked: object) -> ElementTree.Element:
        """Return the root of an answer in XML."""
        response = self.call(method, **asked)
        assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
        return ElementTree.fromstring(body_of(response))


def body_of(response: Any) -> str:
    """Return the text of an answer that is no error, streamed or not."""
    assert response.status_code == 200
    return str(response.getvalue().decode())
