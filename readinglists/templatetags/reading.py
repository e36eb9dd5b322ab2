"""Tags and filters for templates of reading lists: `{% load reading %}`."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import User
from bookmarks.markup import Html, plain_title, with_math
from bookmarks.paths import list_path as bookmarks_path
from bookmarks.wording import counted
from readinglists import adding, entries, estimates, paths, shelves
from readinglists.models import Item, Progress, ReadingList
from readinglists.outline import Totals

register = template.Library()
State = Progress.State
NOT_BEGUN = ("", "not begun")
STEP = (
    ' <button form="list-act" formaction="{{at}}move/" name="to" value="{0}"'
    ' aria-label="Move {0}: {{title}}">{0}</button>'
)
ACTIONS = (
    ' <a class="edit" href="{at}edit/">edit</a>'
    f"{STEP.format('up')}{STEP.format('down')}"
    ' <a href="{at}move/">move</a>'
    ' <button form="list-act" formaction="{at}delete/">delete</button>'
)
PART_ACTIONS = (
    (
        '<span class="edit_links"><a href="{list}add/?section={id}">add</a>'
        f' <a href="{{at}}edit/">edit</a>{STEP.format("up")}{STEP.format("down")}</span>'
    )
    .replace("{{", "{")
    .replace("}}", "}")
)
PART_PROGRESS = '<small class="part-progress" id="sp-{id}">%s</small>'
PART_DONE = (
    '{done} of {items} read<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none"'
    ' aria-hidden="true"><rect width="100" height="4"/>'
    '<rect class="done" width="{share}" height="4"/></svg>'
)
PART_HEAD = (
    '<header class="part-head"><h{level} dir="auto"><span class="number">{number}</span> {shown}'
    "</h{level}>"
)
WAITING = '<p class="waiting"><a href="{open_url}" data-load="{at}">Show {count} item{many}</a></p>'
PART = '<section class="part level{level}" id="s-{id}" data-section="{id}">\n'
CONTENT = (
    '<li class="level{}"><a href="{}"><span class="number">{}</span> <span dir="auto">{}</span></a>'
    ' <small id="sc-{}">{}</small></li>\n'
)
STARS = '<span class="stars" title="{} star{}">{}</span>'
ALTERNATE = (
    '<a class="alternate" href="{}" rel="noreferrer noopener nofollow ugc" data-role="{}">{}</a>'
)
CREDIT = '<span>suggested by <a href="{}">{}</a></span>'


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
    return paths.path_of(reading_list)


@register.simple_tag
def item_path(reading_list: ReadingList, item: Item) -> str:
    """Return what leads to an item in its list."""
    return paths.item_path(reading_list.owner.username, reading_list.slug, item.pk)


@register.simple_tag
def progress_control(item_id: int, path: str, state: str) -> SafeString:
    """Draw the buttons with which a reader notes how far they are with an item.

    A page has dozens, each with a button a state, so they are filled in here.
    """
    return format_html(_control(state), id=item_id, at=path)


@register.simple_tag
def item_actions(path: str, title: str) -> SafeString:
    """Draw what an editor can do with an item, at the path of it."""
    return format_html(ACTIONS, at=path, title=title)


@register.simple_tag
def item_marks(kind: str, stars: int, site: str) -> SafeString:
    """Draw what kind of thing an item is, its stars and its site; empty ones are left out."""
    return _marks(kind, stars, site)


@lru_cache(maxsize=4096)
def _marks(kind: str, stars: int, site: str) -> SafeString:
    many = "" if stars == 1 else "s"
    marks = [
        format_html('<span class="kind">{}</span>', kind) if kind else "",
        format_html(STARS, stars, many, "★" * stars) if stars else "",
        format_html('<span class="site-of">{}</span>', site) if site else "",
    ]
    return format_html_join("\n", "{}", ((mark,) for mark in marks if mark))


@register.simple_tag
def item_links(entry: entries.ItemEntry) -> SafeString:
    """Draw the other links, chips and tags of an item, what it comes after, and who suggested it.

    A page has dozens of items, few of which have all of these, so they are put together here.
    """
    parts = [
        *(_alternate(*one) for one in entry.alternates),
        *(_chip(chip) for chip in entry.chips),
        _after(entry.after) if entry.after else "",
        *(_tag(*one) for one in entry.tags),
        format_html(CREDIT, bookmarks_path(entry.credit), entry.credit) if entry.credit else "",
    ]
    return format_html_join("", "{} ", ((part,) for part in parts if part))


@lru_cache(maxsize=4096)
def _tag(label: str, path: str) -> SafeString:
    return format_html('<a class="tag" href="{}">{}</a>', path, label)


@lru_cache(maxsize=32)
def _chip(chip: str) -> SafeString:
    return format_html('<span class="chip">{}</span>', chip)


def _alternate(label: str, href: str, role: str) -> SafeString:
    return format_html(ALTERNATE, href, role, label)


def _after(links: Iterable[tuple[str, str]]) -> SafeString:
    shown = ((href, with_math(title, most=12)) for title, href in links)
    return format_html(
        "<span>after {}</span>", format_html_join(", ", '<a href="{}" dir="auto">{}</a>', shown)
    )


@register.simple_tag
def part_progress(part_id: str, totals: Totals) -> SafeString:
    """Draw how far a reader is with a section; nothing stands in it where there are no items."""
    form = PART_PROGRESS % (PART_DONE if totals.items else "")
    return format_html(form, id=part_id, done=totals.done, items=totals.items, share=totals.share)


@register.simple_tag
def part_head(part: entries.PartEntry, head: entries.ListHead, signed_in: bool) -> SafeString:
    """Draw the heading of a section, how far a reader is with it, what an editor can do with it."""
    return _drawn(part, head, signed_in, "{}")


@register.simple_tag
def waiting_part(part: entries.PartEntry, head: entries.ListHead, signed_in: bool) -> SafeString:
    """Draw a section whose items wait, in one go: a list may have a thousand of them."""
    return _drawn(part, head, signed_in, PART + "{}" + WAITING + "</section>\n")


def _drawn(
    part: entries.PartEntry, head: entries.ListHead, signed_in: bool, around: str
) -> SafeString:
    """Return the heading of a section, where it has one, in what is `around` it."""
    form = ""
    if part.title:
        progress = PART_PROGRESS % (PART_DONE if part.totals.items else "") if signed_in else ""
        form = f"{PART_HEAD}{progress}{PART_ACTIONS if head.editable else ''}</header>\n"
    totals = part.totals
    return format_html(
        around.replace("{}", form),
        id=part.id,
        level=part.level,
        number=part.number,
        shown=with_math(part.title, most=12),
        title=plain_title(part.title),
        done=totals.done,
        items=totals.items,
        share=totals.share,
        list=head.path,
        at=part.path,
        open_url=part.open_url,
        count=part.count,
        many="" if part.count == 1 else "s",
    )


@register.simple_tag
def contents(parts: Iterable[entries.PartEntry]) -> SafeString:
    """Draw the table of contents of a list: what leads to each section, opened where it waits."""
    rows = (
        (
            part.level,
            part.open_url if part.items is None else f"#s-{part.id}",
            part.number,
            with_math(part.title, most=12),
            part.id,
            part.totals.items,
        )
        for part in parts
        if part.title
    )
    return format_html_join("", CONTENT, rows)


@lru_cache(maxsize=8)
def _control(state: str) -> str:
    """Return the buttons for a state, to be filled with the id and the path of an item."""
    button = '<button form="progress-form" formaction="{at}progress/" name="state" value="%s"%s>%s'
    menu = "".join(
        button % (value, ' aria-current="true"' if value == state else "", words) + "</button>"
        for value, words in (NOT_BEGUN, *State.choices)  # "" takes the state back
    )
    is_read = state == State.READ
    title = "Read; press to take it back" if is_read else "Mark read"
    value, words = "" if is_read else State.READ.value, state_words(state)
    return (
        f'<div class="states" id="p-{{id}}"><button class="status {state}" form="progress-form"'
        f' formaction="{{at}}progress/" name="state" value="{value}"'
        f' aria-pressed="{str(is_read).lower()}" aria-label="read" title="{title}"></button>'
        f'<details><summary aria-label="{words}: change" title="{words}"></summary>'
        f'<div class="menu">{menu}</div></details></div>'
    )


@register.simple_tag
def lists_with(page_id: int, viewer: User | None = None) -> tuple[list[ReadingList], str]:
    """Return public lists that a page is in, and the viewer's own, with their number in words."""
    found = shelves.lists_with(page_id, viewer)
    if len(found) > shelves.NAMED:
        return found[: shelves.NAMED], f"more than {shelves.NAMED} lists"
    return found, counted(len(found), "list")


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
