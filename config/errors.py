"""What people see when a page is not there, a form is stale or something broke."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with the sentence the view raised Http404 with, where it is one of ours."""
    if _is_for_programs(request):
        return JsonResponse({"detail": "Not found."}, status=404)
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "errors/404.html", {"reason": reason}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 to what cannot be read: too long, broken, or meant for another host."""
    if _is_for_programs(request):
        return JsonResponse({"detail": "Bad request."}, status=400)
    return HttpResponse(loader.get_template("errors/400.html").render(), status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose token is missing or old, saying how to keep what was typed."""
    return render(request, "errors/403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database, which may be what broke."""
    if _is_for_programs(request):
        return JsonResponse({"detail": "Something broke here."}, status=500)
    return HttpResponse(loader.get_template("errors/500.html").render(), status=500)


def _is_for_programs(request: HttpRequest) -> bool:
    """Tell whether the path is one of the API whose programs read JSON before the status."""
    return request.path.lstrip("/").startswith("api/")
