"""No secret that stands in an address reaches the log."""

import io
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client

from config.masking import MaskingFormatter
from tests.sites import Site
from tests.waiting import wait_for


@contextmanager
def written_by_the_site(written: io.StringIO) -> Iterator[None]:
    """Let what the site logs go there for a while."""
    (handler,) = (h for h in logging.getLogger().handlers if h.name == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(written)
    try:
        yield
    finally:
        handler.setStream(before)


ADDRESSES = [
    ("/feeds/atom/secret:0123456789abcdef0123/u:ada/", "/feeds/atom/secret:…/u:ada/"),
    ("/rss/secret:0123456789abcdef0123/u:ada/?cb=x", "/rss/secret:…/u:ada/?cb=x"),
    ("/v1/posts/all?auth_token=ada:0123ABC&x=1", "/v1/posts/all?auth_token=…&x=1"),
    ("/g:0123ab/calendar/0123456789abcdef0123.ics", "/g:0123ab/calendar/…"),
    ("/g:0123ab/join/0123456789abcdef0123/", "/g:0123ab/join/…/"),
    ("/feeds/0123456789abcdef0123/all?q=x", "/feeds/…/all?q=x"),
    ("/recent/", "/recent/"),
    ("/t:secret/", "/t:secret/"),
]


@pytest.mark.parametrize(("address", "logged"), ADDRESSES)
def test_it_masks_what_opens_doors(address: str, logged: str) -> None:
    record = logging.LogRecord("x", logging.WARNING, "x", 1, "Not Found: %s", (address,), None)
    assert MaskingFormatter().format(record) == f"Not Found: {logged}"


def test_a_traceback_is_masked_too() -> None:
    log = logging.getLogger("tests.masking")
    written = io.StringIO()
    with written_by_the_site(written):
        try:
            raise RuntimeError("no answer for /v1/posts/all?auth_token=ada:0123ABC")
        except RuntimeError:
            log.exception("What %s said", "auth_token=ada:0123ABC")
    assert "0123ABC" not in written.getvalue()
    assert written.getvalue().count("auth_token=…") == 3


def test_the_log_of_a_wrong_feed_key_does_not_hold_it(visitor_client: Client) -> None:
    written = io.StringIO()
    with written_by_the_site(written):
        key = "feedfeedfeedfeedfeed"
        assert visitor_client.get(f"/feeds/atom/secret:{key}/u:nobody/").status_code == 404
    assert written.getvalue() == ""  # what is not there is not logged at all


@pytest.mark.once
def test_a_running_site_logs_no_token(site: Site) -> None:
    token = "ada:feedfeedfeedfeedfeedfeedfeedfeedfeedfeed"
    marked = f"auth_token={token}"
    for line in (
        f"GET /v1/posts/all?{marked} HTTP/1.1",
        f"GET /v1/posts/all?{marked}",
        f"GET /v1/posts/add?{marked}&x={'x' * 20_000} HTTP/1.1",
    ):
        with socket.create_connection(("127.0.0.1", site.port), 10) as connection:
            connection.sendall(f"{line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
            assert connection.recv(100).startswith(b"HTTP/1.1 4")
    wait_for(lambda: "Invalid" in site.log, 10, "the complaint about a request that is none")
    assert token not in site.log
    assert "auth_token=…" in site.log
