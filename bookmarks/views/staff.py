"""How fetching stands, for staff: counts, hosts and reasons, never what anybody keeps."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bookmarks.jobs import wake_host
from bookmarks.queue_report import busy_hosts, latest_failures, report_queue, resting_hosts
from bookmarks.wording import in_a_while

NO_HOST = "No page of such a host is waited for."


@require_safe
def fetches(request: HttpRequest) -> HttpResponse:
    """Show the queue, its hosts and what failed; to all but staff there is no such page."""
    _check_staff(request)
    now = timezone.now()
    report = report_queue(now)
    waiting = {host.host: host for host in report.hosts}
    hosts = {host.name: host for host in (*busy_hosts(report), *resting_hosts(now))}
    context = {
        "report": report,
        "later": report.queued - report.due,
        "hosts": [
            {
                "host": host,
                "waiting": waiting.get(name),
                "resting": _ahead(host.resting_until, now),
                "next": _ahead(host.free_at, now) or "now",
            }
            for name, host in hosts.items()
        ],
        "latest": latest_failures(now),
    }
    return render(request, "bookmarks/fetches.html", context)


@require_POST
def wake(request: HttpRequest) -> HttpResponse:
    """Let a host be asked at once, as a button of that page says."""
    _check_staff(request)
    name = request.POST.get("host", "").replace("\x00", "")
    if not wake_host(name):
        raise Http404(NO_HOST)
    messages.success(request, f"{name} is asked again within half a minute.")
    return redirect("bookmarks:fetches")


def _check_staff(request: HttpRequest) -> None:
    if not (request.user.is_authenticated and request.user.is_staff):
        raise Http404


def _ahead(at: datetime | None, now: datetime) -> str:
    """Return when something is, "" when that is past."""
    return in_a_while(at, now) if at and at > now else ""
