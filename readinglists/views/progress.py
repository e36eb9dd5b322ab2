"""How far a reader is with an item, as the buttons beside it say."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.destinations import safe_destination
from accounts.http import SignedInRequest, signed_in
from readinglists.models import Progress
from readinglists.paths import item_path, place_in_list
from readinglists.progress import set_progress
from readinglists.views.access import item_in, readable, wants_fragment
from readinglists.views.figures import ItemProgress, figures_of

NO_STATE = "Choose one of: to read, skimmed, reading, read, dropped."


@require_POST
@signed_in
def note_progress(request: SignedInRequest, username: str, slug: str, item_id: str) -> HttpResponse:
    """Note how far the reader is with an item, and lead back to it, or to `next`.

    A script is answered with the parts of the page that this changes.
    """
    reading_list = readable(request, username, slug)
    item = item_in(reading_list, item_id)
    state = request.POST.get("state", "")
    if state and state not in Progress.State.values:
        raise BadRequest(NO_STATE)
    set_progress(request.user, item, state)
    owner = reading_list.owner.username
    if not wants_fragment(request):
        if wanted := request.POST.get("next"):
            return redirect(safe_destination(wanted))
        return redirect(place_in_list(owner, slug, item.section_id or 0, item.pk))
    entry = ItemProgress(item.pk, item_path(owner, slug, item.pk), state)
    return figures_of(request, reading_list, [item.section_id], entry)
