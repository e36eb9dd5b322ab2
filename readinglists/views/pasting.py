"""Adding many items at once: pasting lines, the look at what they become, adding them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest, signed_in
from bookmarks.wording import counted
from readinglists.drafts import Invalid
from readinglists.items import add_items
from readinglists.models import ReadingList
from readinglists.ordering import Misplaced
from readinglists.pasting import MAX_LINES, mark_known, read_lines
from readinglists.paths import path_of
from readinglists.stepping import sections_in_order
from readinglists.views.access import NOT_HERE, editable
from readinglists.views.moving import section_named


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def paste(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Show the form, what the pasted lines would become, or with `run` add them."""
    reading_list = editable(request, username, slug)
    asked = request.POST if request.method == "POST" else request.GET
    path = path_of(reading_list)
    context: dict[str, Any] = {
        "reading_list": reading_list,
        "path": path,
        "most": MAX_LINES,
        "text": request.POST.get("text", ""),
        "section": asked.get("section", ""),
    }
    if request.method == "POST":
        try:
            section = section_named(reading_list, context["section"])
            lines = read_lines(context["text"])
            mark_known(reading_list, lines)
            drafts = [line.draft for line in lines if line.draft and not line.why]
            context |= {"lines": lines, "new": len(drafts)}
            if "run" in request.POST and drafts:
                added = add_items(reading_list, drafts, request.user, section=section)
                messages.success(request, f"{counted(len(added), 'item')} added.")
                return redirect(f"{path}?open={section.pk if section else 0}")
        except (Invalid, Misplaced) as error:
            context["error"] = str(error)
        except ReadingList.DoesNotExist:
            raise Http404(NOT_HERE) from None
    context["sections"] = sections_in_order(reading_list.pk)
    status = 422 if "error" in context else 200
    return render(request, "readinglists/paste.html", context, status=status)
