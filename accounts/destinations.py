"""Where a person goes after logging in. Import `safe_destination`."""

import re
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

HOME = "/"


def safe_destination(text: str) -> str:
    """Return the `next` of a request if it is a page of this site, else the home page.

    Only a path that one of our routes answers will do: not another host however written, which
    Django tells, and not `/%2Fhost` or `/%5Chost`, which some proxies take for one (OWASP,
    "Unvalidated Redirects and Forwards").
    """
    if not re.match(r"/(?!%2f|%5c)", text, re.IGNORECASE):
        return HOME
    if not url_has_allowed_host_and_scheme(text, allowed_hosts=None):
        return HOME
    try:
        resolve(unquote(urlsplit(text).path))
    except Resolver404:
        return HOME
    return text
