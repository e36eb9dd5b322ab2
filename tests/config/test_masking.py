"""No secret that stands in an address reaches the log."""

import io
import logging

import pytest
from django.test import Client

from config.masking import MaskSecrets

ADDRESSES = [
    ("/feeds/atom/secret:0123456789abcdef0123/u:ada/", "/feeds/atom/secret:…/u:ada/"),
    ("/v1/posts/all?auth_token=ada:0123ABC&x=1", "/v1/posts/all?auth_token=…&x=1"),
    ("/g:0123ab/calendar/0123456789abcdef0123.ics", "/g:0123ab/calendar/…"),
    ("/g:0123ab/join/0123456789abcdef0123/", "/g:0123ab/join/…/"),
    ("/recent/", "/recent/"),
    ("/t:secret/", "/t:secret/"),
]


@pytest.mark.parametrize(("address", "logged"), ADDRESSES)
def test_it_masks_what_opens_doors(address: str, logged: str) -> None:
    record = logging.LogRecord("x", logging.WARNING, "x", 1, "Not Found: %s", (address,), None)
    assert MaskSecrets().filter(record)
    assert record.getMessage() == f"Not Found: {logged}"


def test_the_log_of_a_wrong_feed_key_does_not_hold_it(visitor_client: Client) -> None:
    (handler,) = (h for h in logging.getLogger().handlers if h.name == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    written = io.StringIO()
    before = handler.setStream(written)
    try:
        key = "feedfeedfeedfeedfeed"
        assert visitor_client.get(f"/feeds/atom/secret:{key}/u:nobody/").status_code == 404
    finally:
        handler.setStream(before)
    assert written.getvalue() == ""  # what is not there is not logged at all
