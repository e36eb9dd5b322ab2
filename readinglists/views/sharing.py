"""A list for other sites: as JSON, and as a page to show in a frame."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from readinglists.entries import parts_of
from readinglists.models import ReadingList
from readinglists.outline import read_outline
from readinglists.sharing import list_as_json, url_of
from readinglists.views.access import NOT_HERE, readable

FRAMED = settings.CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
PUBLIC = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}


@require_safe
def list_json(request: HttpRequest, username: str, slug: str) -> HttpResponse:
    """Answer with a whole list as JSON; see docs/api.md."""
    reading_list = readable(request, username, slug)
    outline = read_outline(reading_list, None, whole=True)
    content = json.dumps(list_as_json(outline), ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    if reading_list.visibility == ReadingList.Visibility.PUBLIC:
        response.headers["Access-Control-Allow-Origin"] = "*"
    else:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, username: str, slug: str) -> HttpResponse:
    """Show a public list in the frame of another site.

    Who looks at it is not asked: the same answer for everyone, no cookie read or set.
    """
    lists = ReadingList.objects.listed().select_related("owner")
    named = lists.filter(owner__username=username.lower(), owner__is_active=True, slug=slug)
    reading_list = named.first() if username.isascii() and username.isprintable() else None
    if reading_list is None:
        raise Http404(NOT_HERE)
    outline = read_outline(reading_list, None)
    context = {
        "reading_list": reading_list,
        "url": url_of(reading_list),
        "parts": parts_of(outline),
    }
    content = render_to_string("readinglists/embed.html", context)
    return HttpResponse(content, headers=PUBLIC | {"Content-Security-Policy": FRAMED})
