"""What workers do, step by step, and a server for them. Import `leased`, `refresh`, `refreshed`."""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network

import pytest
from pytest_django import Settings

from accounts.models import User
from bookmarks import pages
from bookmarks.models import Bookmark
from bookmarks.storing import store_bookmark
from bookmarks.turns import Lease, lease_next, line_up
from tests.bookmarks.keeping import asked
from tests.hostile_server import HostileServer, Wire, head, page

ARTICLE = (
    "<!doctype html><html lang=en><title>On priors</title>"
    '<meta property="og:site_name" content="The Journal">'
    '<meta name="description" content="What one believes before the data have spoken.">'
    "<article><h1>On priors</h1><p>" + "A prior is a belief held before the data. " * 20
)


def lease_job(job_id: int) -> Lease | None:
    """Put a job in line and take the first of a free host, as a worker does that was hinted at."""
    line_up(job_id)
    return lease_next()


def leased(job_id: int) -> Lease:
    """Take a job that must be to be had."""
    lease = lease_job(job_id)
    assert lease
    assert lease.job_id == job_id
    return lease


def refresh(job_id: int) -> None:
    """Do the job that is first in line, if there is one."""
    if lease := lease_job(job_id):
        pages.refresh_page(lease)


@pytest.fixture
def server(settings: Settings) -> Iterator[HostileServer]:
    """Return a web server that the operator lets the fetcher reach."""
    cached = pages.fetch_policy
    with HostileServer(answers={"/": page(ARTICLE)}) as running:
        settings.FETCH_ALLOW_NETWORKS = (ip_network("127.0.0.0/8"),)
        settings.FETCH_ALLOW_PORTS = frozenset({running.port})
        cached.cache_clear()
        yield running
    cached.cache_clear()


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch, server: HostileServer) -> None:
    """Let a server that never finishes cost half a second, not fifteen."""
    policy = replace(pages.fetch_policy(), seconds=0.5)
    monkeypatch.setattr(pages, "fetch_policy", lambda: policy)


def refreshed(owner: User, url: str, title: str = "", private: bool = False) -> Bookmark:
    """Save an address, do its job, and return the bookmark."""
    job_id = store_bookmark(owner, asked(url, title=title, private=private)).job_id
    assert job_id
    refresh(job_id)
    return Bookmark.objects.select_related("page").get(owner=owner, url=url)


def drip(wire: Wire) -> None:
    wire.send(head("200 OK", Content_Type="text/html"))
    wire.drip(b" ")
