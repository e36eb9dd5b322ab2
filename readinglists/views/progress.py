"""How far a reader is with an item, as the buttons beside it say."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.destinations import safe_destination
from accounts.http import SignedInRequest, signed_in
from readinglists.models import Item, Progress
from readinglists.outline import Outline, Totals, read_outline
from readinglists.paths import item_path, list_path, place_in_list
from readinglists.progress import set_progress
from readinglists.views.access import item_in, readable, wants_fragment

NO_STATE = "Choose one of: to read, skimmed, reading, read, dropped."


@dataclass(frozen=True)
class ItemProgress:
    """An item as far as its buttons need it."""

    id: int
    path: str
    state: str


@dataclass(frozen=True)
class PartProgress:
    """A section as far as its bar needs it."""

    id: int
    totals: Totals


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
    outline = read_outline(reading_list, request.user, bare=True)
    context = {
        "entry": ItemProgress(item.pk, item_path(owner, slug, item.pk), state),
        "parts": _parts_around(outline, item),
        "totals": outline.totals,
        "next_up": outline.next_up,
        "head": {"path": list_path(owner, slug)},
    }
    return render(request, "readinglists/_noted.html", context)


def _parts_around(outline: Outline, item: Item) -> list[PartProgress]:
    """Return the section of an item and those around it."""
    parts = {part.section.pk: part for part in outline.top.walk() if part.section}
    around, section_id = [], item.section_id
    while section_id and (part := parts.get(section_id)) and part.section:
        around.append(PartProgress(section_id, part.totals))
        section_id = part.section.parent_id
    return around
