"""The plan of a list: what is read after what, the weeks it takes, what one read in past weeks."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from readinglists.graph import HEIGHT, WIDTH
from readinglists.lines import LEFT_ASIDE
from readinglists.outline import read_outline
from readinglists.pictures import (
    BAR,
    COLUMN,
    LABEL,
    TALLEST,
    WEEKS_BACK,
    columns_of,
    graph_of,
    in_order,
    weeks_of,
)
from readinglists.planning import DEFAULT_HOURS, HOURS, lay_out_weeks
from readinglists.progress import read_times
from readinglists.views.access import readable, reader_of
from readinglists.views.lists import list_context


@require_safe
def show_plan(request: HttpRequest, username: str, slug: str) -> HttpResponse:
    """Show the plan of a list at `?hours=` a week, for a reader of what is left to them."""
    reading_list = readable(request, username, slug)
    reader = reader_of(request)
    hours = _hours(request.GET.get("hours", ""))
    outline = read_outline(reading_list, reader, bare=True)
    lines = in_order(outline)
    left = [line for line in lines if outline.states.get(line.item_id) not in LEFT_ASIDE]
    today = timezone.now().date()
    monday = today - timedelta(days=today.weekday())
    plan = lay_out_weeks([(line.item_id, line.minutes) for line in left], hours, monday)
    since = timezone.now() - timedelta(weeks=WEEKS_BACK)
    times = read_times(reader, lines, since) if reader else []
    columns = columns_of(times, today)
    context = {
        **list_context(reading_list, reader),
        "hours": hours,
        "all_hours": HOURS,
        "totals": outline.totals,
        "plan": plan,
        "weeks": weeks_of(reading_list, plan, hours),
        "last_week": plan.weeks[-1] if plan.weeks else None,
        "bar": BAR,
        "graph": graph_of(reading_list, lines),
        "box_width": WIDTH,
        "box_height": HEIGHT,
        "letters": LABEL,
        "columns": columns,
        "columns_width": COLUMN * WEEKS_BACK,
        "columns_height": TALLEST,
        "read_in_them": sum(column.count for column in columns),
    }
    return render(request, "readinglists/plan.html", context)


def _hours(text: str) -> int:
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    return wanted if wanted in HOURS else DEFAULT_HOURS
