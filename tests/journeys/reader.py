"""A person with a browser without scripts, who walks a site over HTTP. Import `Reader`."""

from dataclasses import dataclass, field
from typing import Any

import requests
from bs4 import BeautifulSoup

PASSWORD = "correct horse battery staple"


@dataclass
class Reader:
    """One person on one site; cookies are kept, forms are filled in and sent as they stand."""

    site: str
    name: str
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str, **query: str) -> requests.Response:
        """Open a page."""
        return self.session.get(self.site + path, params=query, timeout=20)

    def page(self, path: str) -> BeautifulSoup:
        """Open a page that must be there, as a tree."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return BeautifulSoup(answer.text, "lxml")

    def send(self, path: str, fields: dict[str, Any]) -> requests.Response:
        """Fill in the form with a token on a page and send it there."""
        token = self.page(path).select_one("[name=csrfmiddlewaretoken]")
        assert token, path
        data = fields | {"csrfmiddlewaretoken": token["value"]}
        return self.session.post(self.site + path, data=data, timeout=20)

    def sign_up(self) -> "Reader":
        """Make an account, which also logs in."""
        answer = self.send("/signup/", {"username": self.name, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        assert self.get("/u:" + self.name + "/").status_code == 200
        return self

    def save(self, url: str, **fields: str) -> requests.Response:
        """Save a page through the form."""
        return self.send("/add", {"url": url, **fields})

    def titles(self, path: str) -> list[str]:
        """Return the titles that a list shows, in order."""
        return [link.get_text(strip=True) for link in self.page(path).select(".bookmark_title")]

    def excerpts(self, path: str) -> list[str]:
        """Return the excerpts that a list shows."""
        return [quote.get_text(strip=True) for quote in self.page(path).select("blockquote")]

    def count(self, path: str) -> str:
        """Return the count in the heading of a list."""
        count = self.page(path).select_one("h1 .count")
        assert count, path
        return count.get_text(strip=True)
