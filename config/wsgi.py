"""The WSGI door that gunicorn opens."""

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

CHARSET = re.compile(r";\s*charset\s*=\s*(?:\"[^\"]*\"|[^;]*)", re.IGNORECASE)


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer a request, read as UTF-8 whatever charset its Content-Type names.

    Django takes that name for a codec before any middleware runs, and a header could name one
    that turns no bytes into text. Our forms are UTF-8.
    """
    if content_type := environ.get("CONTENT_TYPE"):
        environ["CONTENT_TYPE"] = CHARSET.sub("", content_type)
    return django(environ, start_response)
