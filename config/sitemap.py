"""The sitemap: its index, and its parts (https://www.sitemaps.org/protocol.html).

The same for whoever asks: public pages alone, without those of robots.txt and those marked noindex.
"""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bookmarks.public_pages import PEOPLE, SIZE, TAGS
from bookmarks.wording import machine_time
from readinglists.public_pages import LISTS

KINDS = {"people": PEOPLE, "tags": TAGS, "lists": LISTS}
FIXED = ("/", "/recent/", "/popular/", "/lists/", "/lists/followed/", "/bookmarklets/")
SITES = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEADERS = {"Cache-Control": "public, max-age=3600"}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with the index of all parts; what each kind costs is one look into an index."""
    parts: list[tuple[str, datetime | None]] = [("/sitemap-pages-0.xml", None)]
    for name, pages in KINDS.items():
        last = pages.last()
        numbers = range(0 if last is None else last // SIZE + 1)
        parts += [(f"/sitemap-{name}-{number}.xml", None) for number in numbers]
    return _answer("sitemapindex", "sitemap", parts)


@require_safe
def sitemap_part(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Answer with the pages of a range of ids; 404 beyond the last."""
    start = int(number) * SIZE
    if kind == "pages":
        if start:
            raise Http404("There is one such part, number 0.")
        return _answer("urlset", "url", [(path, None) for path in FIXED])
    pages = KINDS[kind]
    last = pages.last()
    if last is None or start > last:
        raise Http404("There is no such part.")
    return _answer("urlset", "url", pages.between(start, start + SIZE))


def _answer(root: str, name: str, pages: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SITES}">']
    for path, changed_at in pages:
        changed = f"<lastmod>{machine_time(changed_at)}</lastmod>" if changed_at else ""
        lines.append(f"<{name}><loc>{escape(settings.BASE_URL + path)}</loc>{changed}</{name}>")
    content = "\n".join([*lines, f"</{root}>\n"])
    return HttpResponse(content, content_type="application/xml; charset=utf-8", headers=HEADERS)
