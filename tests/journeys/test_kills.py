"""Processes are killed at random while people save: what was acknowledged is kept, once."""

import contextlib
import random
import signal
import subprocess
from pathlib import Path
from textwrap import indent

import psutil
import requests

from tests.journeys.reader import Reader
from tests.outside import Outside
from tests.sites import MakeSite, Site
from tests.waiting import wait_for

SAVES = 60
KILLS_EVERY = 4
# What time does by itself in two minutes: leases of dead workers run out, and are swept.
TWO_MINUTES_LATER = """
from datetime import timedelta
from django.utils import timezone
from bookmarks.models import FetchJob
from bookmarks.tasks import sweep_fetch_jobs
past = timezone.now() - timedelta(minutes=2)
FetchJob.objects.filter(state="leased").update(leased_until=past)
FetchJob.objects.filter(state="queued").update(sent_at=past, due_at=past)
sweep_fetch_jobs()
"""
# One process for as long as it takes, for starting one takes longer than most jobs.
EVERY_JOB_ENDS = f"""
import time
from bookmarks.models import FetchJob
deadline = time.monotonic() + 90
while FetchJob.objects.filter(state__in=FetchJob.OPEN).exists() and time.monotonic() < deadline:
{indent(TWO_MINUTES_LATER, "    ")}
    time.sleep(0.2)
print(FetchJob.objects.filter(state__in=FetchJob.OPEN).count())
"""


def members(site: Site) -> list[psutil.Process]:
    """Return all processes of a site, the first one first."""
    assert site.process
    first = psutil.Process(site.process.pid)
    return [first, *first.children(recursive=True)]


def kill_somebody(site: Site, chance: random.Random, seen: set[psutil.Process]) -> None:
    """Kill one process of the site with signal 9; start the site again when it was the first."""
    with contextlib.suppress(psutil.NoSuchProcess):
        alive = members(site)
        seen.update(alive)
        chance.choice(alive).kill()
    assert site.process
    with contextlib.suppress(subprocess.TimeoutExpired):
        site.process.wait(0.2)
    if site.has_ended():
        site.start()


def try_to_save(reader: Reader, url: str) -> bool:
    """Save a page and tell whether that was acknowledged."""
    try:
        return reader.save(url, tags="chaos").status_code == 200
    except (requests.RequestException, AssertionError):
        return False  # the site was just being killed


def test_no_acknowledged_save_is_lost_and_every_job_ends(
    make_site: MakeSite, outside: Outside
) -> None:
    site = make_site(FETCH_ALLOW_NETWORKS="127.0.0.0/8", FETCH_ALLOW_PORTS=str(outside.port))
    site.start()
    reader = Reader(site.url, "chaos").sign_up()
    chance = random.Random(7)
    seen: set[psutil.Process] = set()
    acknowledged = []
    for number in range(SAVES):
        url = outside.put(f"/chaos/{number}", f"<title>Chaos {number}</title><p>Text.</p>")
        if try_to_save(reader, url):
            acknowledged.append(url)
        if number % KILLS_EVERY == 0:
            kill_somebody(site, chance, seen)
    assert len(acknowledged) > SAVES // 2

    assert site.command("shell", "-c", EVERY_JOB_ENDS).split()[-1] == "0", "jobs are left"
    wait_for(lambda: reader.get("/u:chaos/").ok, 30, "the site after the last kill")
    saved = saved_urls(reader)
    assert set(acknowledged) <= set(saved)
    assert len(saved) == len(set(saved))
    assert "Traceback" not in site.log
    site.command("recount", "--check")
    assert site.stop(signal.SIGTERM) == 0
    wait_for(lambda: not [p for p in seen if p.is_running()], 20, "the end of every process")


def saved_urls(reader: Reader) -> list[str]:
    """Return every address that the reader's pages list."""
    found: list[str] = []
    path = "/u:chaos/"
    while path:
        page = reader.page(path)
        found += [str(link["href"]) for link in page.select("a.bookmark_title")]
        earlier = page.select_one("a#top_earlier")
        path = str(earlier["href"]) if earlier else ""
    return found


def test_saving_goes_on_while_the_queue_is_down(make_site: MakeSite, outside: Outside) -> None:
    site = make_site(FETCH_ALLOW_NETWORKS="127.0.0.0/8", FETCH_ALLOW_PORTS=str(outside.port))
    if "REDIS_URL" in site.variables:
        site.variables["REDIS_URL"] = "redis://127.0.0.1:1/0"  # nobody listens there
    else:
        queue = Path(site.folder) / "queue"
        queue.mkdir(exist_ok=True)
    site.start()
    reader = Reader(site.url, "patient").sign_up()
    if "REDIS_URL" not in site.variables:
        (Path(site.folder) / "queue").rename(Path(site.folder) / "queue-gone")
    for number in range(3):
        url = outside.put(f"/patient/{number}", "<title>Patience</title>")
        answer = reader.save(url)
        assert answer.status_code == 200
        assert answer.elapsed.total_seconds() < 2
    assert len(reader.titles("/u:patient/")) == 3
