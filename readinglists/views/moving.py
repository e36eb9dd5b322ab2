"""What the doors that move items and sections have in common. Import `moved`,
`number_in`, `section_named`."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from readinglists.models import Item, ReadingList, Section
from readinglists.ordering import Misplaced
from readinglists.views.access import wants_fragment

GONE = "This is not in the list any more."
# No key of the database has more digits.
MOST_DIGITS = 18


def moved(
    request: HttpRequest,
    move: Callable[[], object],
    back: Callable[[], str],
    shown: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """Move, then answer a script with what is `shown` (204), and lead everyone else to `back`.

    A place that is none is told: a script by 409 with the sentence, everyone else on the page.
    """
    try:
        move()
    except Misplaced as error:
        if wants_fragment(request):
            return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, str(error))
    except (Item.DoesNotExist, Section.DoesNotExist, ReadingList.DoesNotExist):
        raise Http404(GONE) from None
    if not wants_fragment(request):
        return redirect(back())
    return shown() if shown else HttpResponse(status=204)


def number_in(text: str) -> int | None:
    """Return the id that stands in a form, None for an empty one; raises Misplaced for nonsense."""
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > MOST_DIGITS:
        raise Misplaced("There is no such place in this list.")
    return int(text)


def section_named(reading_list: ReadingList, text: str) -> Section | None:
    """Return the section whose id stands in a form; none ("", "0") is before all of them.

    Raises Misplaced when it is not in the list.
    """
    section_id = number_in(text)
    if not section_id:
        return None
    sections = Section.objects.filter(reading_list=reading_list)
    section = sections.select_related("parent").filter(pk=section_id).first()
    if section is None:
        raise Misplaced("That section is of another list, or gone.")
    return section
