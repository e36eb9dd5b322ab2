"""Typed readers of environment variables. Import `Environment`.

A wrong value never stops the settings from loading: it is replaced by the default and kept in
`Environment.problems`, so that `manage.py check` can name it together with a hint.
"""

import ipaddress
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

TRUE_WORDS = frozenset({"1", "on", "yes", "true"})
FALSE_WORDS = frozenset({"0", "off", "no", "false"})


@dataclass(frozen=True)
class Problem:
    """One variable whose value cannot be used, and what to write instead."""

    name: str
    message: str
    hint: str


@dataclass
class Environment:
    """The variables of one process, read with types; what could not be read is in `problems`."""

    variables: Mapping[str, str] = field(default_factory=lambda: os.environ)
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, default: Value, parse: Callable[[str], Value], hint: str) -> Value:
        """Return `parse(value)` of the variable, or `default` when it is absent, empty or wrong."""
        text = self.variables.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except (ValueError, ImproperlyConfigured) as error:
            self.problems.append(Problem(name, f"{name} cannot be used: {error}.", hint))
            return default

    def text(self, name: str, default: str = "") -> str:
        """Return the variable without surrounding blanks."""
        return self.variables.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        """Return an on/off variable."""
        return self.read(name, default, parse_flag, "Write on or off.")

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Return a whole number between `least` and `most`."""

        def parse(text: str) -> int:
            return parse_number(text, least, most)

        return self.read(name, default, parse, f"Write a whole number from {least} to {most}.")

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """Return one of the given words."""

        def parse(text: str) -> str:
            if text.lower() not in choices:
                raise ValueError(f"'{text}' is none of {', '.join(choices)}")
            return text.lower()

        return self.read(name, default, parse, f"Write one of: {', '.join(choices)}.")

    def words(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list written with commas or blanks between its words."""
        return tuple(self.variables.get(name, "").replace(",", " ").split()) or default

    def hosts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Return a list of host names, where `.example.org` stands for all names below it."""
        return self.read(
            name,
            default,
            lambda text: tuple(parse_host(word) for word in split_words(text)),
            "Write names without scheme and port, such as softmarks.example, with commas between.",
        )

    def host(self, name: str) -> str:
        """Return one host name, "" when there is none."""

        def parse(text: str) -> str:
            if text.startswith((".", "*", "[")):
                raise ValueError(f"'{text}' is not the name of a host")
            return parse_host(text).lower()

        return self.read(name, "", parse, "Write one name, such as save.softmarks.example.")

    def networks(self, name: str) -> tuple[Network, ...]:
        """Return a list of networks in CIDR form."""
        return self.read(
            name,
            (),
            lambda text: tuple(ipaddress.ip_network(word) for word in split_words(text)),
            "Write networks in CIDR form, such as 10.0.0.0/8, with commas between them.",
        )

    def ports(self, name: str, default: frozenset[int]) -> frozenset[int]:
        """Return a set of TCP ports."""
        return self.read(
            name,
            default,
            lambda text: frozenset(parse_number(word, 1, 65535) for word in split_words(text)),
            "Write port numbers from 1 to 65535 with commas between them.",
        )

    def address(self, name: str) -> str:
        """Return an http(s) address, "" when there is none."""

        def parse(text: str) -> str:
            parts = urlsplit(text)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
                raise ValueError(f"'{text}' is not an http or https address")
            return text

        return self.read(name, "", parse, "Write an address, such as https://hub.example/.")

    def origin(self, name: str, default: str) -> str:
        """Return an http(s) address without path, such as https://softmarks.example."""
        return self.read(
            name,
            default,
            parse_origin,
            "Write the address people use, such as https://softmarks.example, without a path.",
        )


def split_words(text: str) -> list[str]:
    """Split at commas and blanks."""
    return text.replace(",", " ").split()


def parse_flag(text: str) -> bool:
    """Return what an on/off word says; raise ValueError for any other word."""
    if text.lower() in TRUE_WORDS:
        return True
    if text.lower() in FALSE_WORDS:
        return False
    raise ValueError(f"'{text}' is neither on nor off")


def parse_number(text: str, least: int, most: int) -> int:
    """Return a whole number within bounds; raise ValueError otherwise."""
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise ValueError(f"'{text}' is not a whole number from {least} to {most}")
    return int(text)


def parse_host(text: str) -> str:
    """Return a host name, address or `*`; raise ValueError for anything else."""
    if not re.fullmatch(r"\*|\.?[a-zA-Z0-9_-]+(?:\.[a-zA-Z0-9_-]+)*|\[[0-9a-fA-F:.]+\]", text):
        raise ValueError(f"'{text}' is not the name of a host")
    return text


def parse_origin(text: str) -> str:
    """Return scheme and host of an http(s) address; raise ValueError for anything else."""
    parts = urlsplit(text.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"'{text}' is not an http or https address")
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ValueError(f"'{text}' holds more than a host")
    return f"{parts.scheme}://{parts.netloc}".lower()


def keep_secret(folder: Path) -> str:
    """Return the secret key kept in `folder`, made on first use; mode 600.

    Raises OSError when the folder cannot be written. Two processes that start at once agree on
    one key, because the finished file is linked into place and only one link can win.
    """
    place = folder / "secret_key"
    if not place.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f".secret_key.{os.getpid()}.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, place)
        except FileExistsError:
            pass  # another process was first; its key is the one
        finally:
            draft.unlink()
    return place.read_text().strip()
