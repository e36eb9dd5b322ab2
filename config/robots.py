"""What programs that read the web may read here (RFC 9309)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# Forms and settings are nobody's reading; places inside lists only repeat what permalinks show.
RULES = """User-agent: *
Disallow: /add
Disallow: /login/
Disallow: /signup/
Disallow: /settings/
Disallow: /password/
Disallow: /*/before:
Disallow: /*/after:
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer with the rules."""
    return HttpResponse(RULES, content_type="text/plain; charset=utf-8")
