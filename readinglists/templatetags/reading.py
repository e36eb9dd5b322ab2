"""Tags and filters for templates of reading lists: `{% load reading %}`."""

from typing import Any

from django import template
from django.template import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from bookmarks.markup import Html
from readinglists import adding, entries, estimates, paths, shelves
from readinglists.models import Item, Progress, ReadingList
from readinglists.outline import Totals

register = template.Library()
State = Progress.State
NOT_BEGUN = ("", "not begun")


@register.filter
def title_of(item: Item) -> str:
    """Return what an item is called."""
    return entries.title_of(item)


@register.filter
def note_html(text: str) -> Html:
    """Return a note as HTML."""
    return entries.note_html(text)


@register.filter
def time_of(minutes: int) -> str:
    """Return a time in words: "3 h 40"."""
    return estimates.in_words(minutes)


@register.filter
def path_of(reading_list: ReadingList) -> str:
    """Return where a list, read with its owner, stands."""
    return paths.list_path(reading_list.owner.username, reading_list.slug)


@register.simple_tag
def item_path(reading_list: ReadingList, item: Item) -> str:
    """Return what leads to an item in its list."""
    return paths.item_path(reading_list.owner.username, reading_list.slug, item.pk)


@register.simple_tag
def progress_states() -> list[tuple[str, str]]:
    """Return the states one may choose, with their words; "" takes the state back."""
    return [NOT_BEGUN, *State.choices]


@register.simple_tag
def lists_with(page_id: int, viewer: User | None = None) -> tuple[list[ReadingList], str]:
    """Return public lists that a page is in, and the viewer's own, with their number in words."""
    found = shelves.lists_with(page_id, viewer)
    if len(found) > shelves.NAMED:
        return found[: shelves.NAMED], f"more than {shelves.NAMED} lists"
    return found, f"{len(found)} list" + ("" if len(found) == 1 else "s")


@register.simple_tag(takes_context=True)
def choice_of_list(context: RequestContext) -> dict[str, Any]:
    """Return lists to put the page at `url` on, and the place that is chosen, "" for none.

    That is what the form said before, else with `tolist` the place that was used last.
    """
    request = context["request"]
    said = request.POST if request.method == "POST" else request.GET
    lists = adding.lists_to_choose(request.user, str(context.get("url") or ""))
    wanted = said.get("tolist", "").lower() in ("yes", "1", "on", "true")
    first = next((one.last for one in lists if not one.item_id), "") if wanted else ""
    return {"lists": lists, "wanted": wanted, "chosen": said.get(adding.FIELD, first)}


@register.filter
def state_words(state: str) -> str:
    """Return a state in words."""
    return State(state).label if state else NOT_BEGUN[1]


@register.simple_tag
def ring(totals: Totals) -> SafeString:
    """Draw how much is done as a ring. What it says stands in words beside it."""
    return format_html(
        '<svg class="ring" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="8"/>'
        '<circle class="done" cx="10" cy="10" r="8" pathLength="100" stroke-dasharray="{} 100"'
        ' transform="rotate(-90 10 10)"/></svg>',
        totals.share,
    )


@register.simple_tag
def bar(totals: Totals) -> SafeString:
    """Draw how much is done as a bar. What it says stands in words beside it."""
    return format_html(
        '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="100" height="4"/><rect class="done" width="{}" height="4"/></svg>',
        totals.share,
    )
