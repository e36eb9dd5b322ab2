"""What browsers ask for to install the site, and to search it. Import `manifest`, `search_engine`.

Web Application Manifest (https://www.w3.org/TR/appmanifest/) with a share target
(https://w3c.github.io/web-share-target/), OpenSearch 1.1
(https://github.com/dewitt/opensearch). Nobody who asks is looked at: the same for everyone.
"""

import html
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

MANIFEST_TYPE = "application/manifest+json; charset=utf-8"
SEARCH_TYPE = "application/opensearchdescription+xml; charset=utf-8"
PUBLIC = {"Cache-Control": "public, max-age=3600"}
ICONS = (
    ("icons/icon-192.png", "192x192", "any"),
    ("icons/icon-512.png", "512x512", "any"),
    ("icons/maskable-512.png", "512x512", "maskable"),
)
SEARCH = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Softmarks</ShortName>
<Description>Your bookmarks by words, by #tags or by an address</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image width="16" height="16" type="image/svg+xml">{icon}</Image>
<Url type="text/html" template="{search}?q={{searchTerms}}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="{this}"/>
</OpenSearchDescription>
"""


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Answer with the manifest: names, icons, and where to send what is shared."""
    return HttpResponse(
        json.dumps(_manifest(), ensure_ascii=False, indent=1),
        content_type=MANIFEST_TYPE,
        headers=PUBLIC,
    )


def _manifest() -> dict[str, Any]:
    icons = [
        {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for name, sizes, purpose in ICONS
    ]
    vector = {"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    return {
        "id": "/",
        "name": "Softmarks",
        "short_name": "Softmarks",
        "description": "Bookmarks for people who read about machine learning.",
        "lang": "en",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fcfbf8",
        "theme_color": "#fcfbf8",
        "categories": ["education", "productivity"],
        "icons": [*icons, vector],
        "shortcuts": [
            {"name": "Add a bookmark", "url": reverse("bookmarks:add")},
            {"name": "Unread", "url": reverse("bookmarks:unread")},
        ],
        "share_target": {
            "action": reverse("bookmarks:shared"),
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }


@require_safe
def search_engine(request: HttpRequest) -> HttpResponse:
    """Answer with the description by which a browser offers the site among its search engines."""
    said = {
        "icon": f"{settings.BASE_URL}{static('favicon.svg')}",
        "search": f"{settings.BASE_URL}{reverse('find')}",
        "this": f"{settings.BASE_URL}{reverse('opensearch')}",
    }
    content = SEARCH.format(**{name: html.escape(text) for name, text in said.items()})
    return HttpResponse(content, content_type=SEARCH_TYPE, headers=PUBLIC)
