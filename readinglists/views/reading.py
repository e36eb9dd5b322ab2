"""What one is reading: lists in progress with what is next, and what was read lately."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest, signed_in
from readinglists.following import followed_by
from readinglists.recent import read_lately
from readinglists.summaries import lists_in_progress, read_summaries

IN_PROGRESS = 12
FOLLOWED = 50
READ_LATELY = 10


@require_safe
@signed_in
def my_reading(request: SignedInRequest) -> HttpResponse:
    """Show the reader's own lists in progress."""
    in_progress = lists_in_progress(request.user, IN_PROGRESS)
    context = {
        "summaries": read_summaries(in_progress, request.user),
        "followed": followed_by(request.user)[:FOLLOWED],
        "lately": read_lately(request.user, READ_LATELY),
    }
    return render(request, "readinglists/reading.html", context)
