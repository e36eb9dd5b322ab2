"""A hostile server and a policy that lets the fetcher reach it."""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from bookmarks.fetching.policy import FetchPolicy
from tests.hostile_server import HostileServer

LOOPBACK = ip_network("127.0.0.0/8")


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as running:
        yield running


@pytest.fixture
def policy(server: HostileServer) -> FetchPolicy:
    """Loopback and the server's port are allowed, and a hanging server costs half a second."""
    return FetchPolicy(
        user_agent="Softmarks/test (+https://softmarks.example/about)",
        allow_networks=(LOOPBACK,),
        allow_ports=frozenset({80, 443, server.port}),
        seconds=5,
        max_bytes=64 * 1024,
    )


@pytest.fixture
def hasty(policy: FetchPolicy) -> FetchPolicy:
    """The same with a wall clock of 0.4 seconds, for servers that never finish."""
    return replace(policy, seconds=0.4)


@pytest.fixture
def closed(policy: FetchPolicy) -> FetchPolicy:
    """The same without the operator's permission to reach loopback."""
    return replace(policy, allow_networks=())
