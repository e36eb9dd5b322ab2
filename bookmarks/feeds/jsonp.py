"""JSON for pages that load it as a script (JSONP), as Pinboard's feeds offer: `?cb=FUNCTION`.

Import `with_callback`. The name is held to what it may be, so that an address of this site never
runs words of whoever wrote it.
"""

import re
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase

SCRIPT_TYPE = "text/javascript; charset=utf-8"
NAME = r"[A-Za-z_$][A-Za-z0-9_$]*"
CALLBACK = re.compile(rf"{NAME}(?:\.{NAME}|\[[0-9]{{1,4}}\])*")
LONGEST = 100

View = Callable[..., HttpResponseBase]


def with_callback(view: View) -> View:
    """Make a view of JSON answer with a call of the function that `cb` names, where it does."""

    @wraps(view)
    def answer(request: HttpRequest, **parts: str) -> HttpResponseBase:
        callback = request.GET.get("cb", "")
        if not callback:
            return view(request, **parts)
        if len(callback) > LONGEST or not CALLBACK.fullmatch(callback):
            sentence = "“cb” is the name of a function, such as show or site.show.\n"
            return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
        response = view(request, **parts)
        if isinstance(response, HttpResponse) and response.status_code == 200:
            response.content = b"%s(%s);" % (callback.encode(), response.content)
            response.headers["Content-Type"] = SCRIPT_TYPE
        return response

    return answer
