"""Requests whose Content-Type names a charset, on a real site."""

import pytest

from tests.journeys.reader import Reader
from tests.sites import Site

CHARSETS = ["utf-16", "utf-7", "rot13", "hex", "idna", "no-such", '"x"']


@pytest.fixture(scope="module")
def reader(site: Site) -> Reader:
    """Sign somebody up."""
    return Reader(site.url, "odd_headers").sign_up()


@pytest.mark.parametrize("charset", CHARSETS)
def test_every_address_is_read_as_utf8(reader: Reader, charset: str) -> None:
    header = {"Content-Type": f"text/plain; charset={charset}"}
    answer = reader.session.get(f"{reader.site}/add?title=%C3%A9%ff", headers=header, timeout=20)
    assert answer.status_code == 200
    assert 'value="é' in answer.text


@pytest.mark.parametrize("charset", CHARSETS)
def test_every_form_is_read_as_utf8(reader: Reader, charset: str) -> None:
    token = reader.page("/add").select_one("[name=csrfmiddlewaretoken]")
    assert token
    form = f"csrfmiddlewaretoken={token['value']}&url=https%3A%2F%2Fexample.com%2F&title=%C3%A9"
    header = {"Content-Type": f"application/x-www-form-urlencoded; charset={charset}"}
    address = f"{reader.site}/add"
    answer = reader.session.post(address, data=form, headers=header, timeout=20)
    assert answer.status_code == 200
    assert reader.titles("/u:odd_headers/") == ["é"]
