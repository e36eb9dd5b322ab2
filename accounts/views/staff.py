"""The door of the admin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse


def staff_door(request: HttpRequest) -> HttpResponse:
    """Send a visitor of the admin to our own log-in page, which is throttled as the admin's is not.

    Raises PermissionDenied for somebody who is logged in and not staff.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('accounts:login')}?{request.GET.urlencode()}")
