"""What programs that read the web may read here (RFC 9309)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# Forms, settings and what is somebody's own are nobody's reading; places inside lists only repeat
# what permalinks show. What is private is told to nobody anyway, whatever stands here.
RULES = """User-agent: *
Disallow: /add
Disallow: /api/
Disallow: /bookmarks$
Disallow: /bookmarks/
Disallow: /bookmarks?
Disallow: /deleted/
Disallow: /g:
Disallow: /groups/
Disallow: /import/
Disallow: /lists/add/
Disallow: /lists/import/
Disallow: /lists/new/
Disallow: /lists/reading/
Disallow: /login/
Disallow: /logout/
Disallow: /network/
Disallow: /note/
Disallow: /password/
Disallow: /settings/
Disallow: /signup/
Disallow: /staff/
Disallow: /suggestions/
Disallow: /toread/
Disallow: /url/
Disallow: /v1/
Disallow: /*/secret:
Disallow: /*/before:
Disallow: /*/after:
Disallow: /u:*/export/
Disallow: /u:*/cite/
Disallow: /u:*/duplicates/
Disallow: /u:*/private/
Disallow: /u:*/unread/
Disallow: /u:*/starred/
Disallow: /u:*/untagged/
Disallow: /u:*/gone/
Disallow: /u:*/archived/
Disallow: /u:*/*/edit/
Disallow: /u:*/*/delete/
Disallow: /u:*/*/restore/
Disallow: /u:*/*/text/
Disallow: /u:*/l:*/add/
Disallow: /u:*/l:*/add-section/
Disallow: /u:*/l:*/editors/
Disallow: /u:*/l:*/follow/
Disallow: /u:*/l:*/fork/
Disallow: /u:*/l:*/groups/
Disallow: /u:*/l:*/import/
Disallow: /u:*/l:*/move/
Disallow: /u:*/l:*/paste/
Disallow: /u:*/l:*/pick/
Disallow: /u:*/l:*/plan/
Disallow: /u:*/l:*/progress/
Disallow: /u:*/l:*/suggest
Disallow: /u:*/l:*/upstream/
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer with the rules, and where the sitemap is."""
    content = f"{RULES}\nSitemap: {settings.BASE_URL}/sitemap.xml\n"
    return HttpResponse(content, content_type="text/plain; charset=utf-8")
