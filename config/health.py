"""Whether the site works, for monitors and for clients that ask which API it speaks."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


@csrf_exempt  # so that a POST learns it is a 405
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        status = "healthy"
    except DatabaseError:
        status = "unhealthy"
    said = {"version": settings.LINKDING_LEVEL, "status": status, "softmarks": settings.VERSION}
    return JsonResponse(said, status=200 if status == "healthy" else 503)
