"""From fetch jobs to the facts of pages. Import `work`, `refresh_page`."""

import dataclasses
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, partial
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bookmarks import jobs, outcomes, robots
from bookmarks.alternates import learn_alternates
from bookmarks.fetching.errors import Busy, FetchError, ResolverFailed
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.fetch import Fetched, fetch_page
from bookmarks.fetching.policy import FetchPolicy
from bookmarks.fetching.reader import read_page
from bookmarks.health import mark_found, mark_gone
from bookmarks.hosts import release_host
from bookmarks.models import Bookmark, Page
from bookmarks.outcomes import Outcome
from bookmarks.texts import keep_text
from bookmarks.turns import Lease, lease_next, line_up, next_chance

log = logging.getLogger(__name__)

State = Page.State

# How long a host is let alone whose address is asked enough already, or whose robots.txt was read
# just now; no pace is slower.
BUSY = timedelta(seconds=3)
# Until the name service is asked again. One that knows nothing of a name for a whole day is taken
# at its word: then it is the name that is broken.
UNRESOLVED = timedelta(minutes=2)
RESOLVED_AT_THE_LATEST = timedelta(days=1)
# Who waits for a host looks that often whether something else came in.
LOOKS_EVERY = 0.25


def work(is_over: Callable[[], bool]) -> None:
    """Fetch the pages whose turn it is until none can be had soon, or until `is_over`."""
    while not is_over():
        lined_up = line_up()
        if lease := lease_next():
            refresh_page(lease)
        elif lined_up:
            continue
        elif (wait := next_chance()) is None:
            return
        else:
            time.sleep(min(wait, LOOKS_EVERY))


def refresh_page(lease: Lease) -> None:
    """Work on a leased job and keep what comes of it.

    Nothing is locked while the network is waited for. The result is kept only if the lease still
    holds when it comes.
    """
    page = Page.objects.filter(pk=lease.page_id).first()
    if page is None:  # its last saver left meanwhile, and the job with it
        return
    try:
        outcome = _try(page, lease)
    except (Busy, robots.JustRead) as reason:
        jobs.give_back(lease, BUSY)
        log.debug("page %s waits: %s", page.key, reason)
    except ResolverFailed as reason:
        jobs.put_off(lease, UNRESOLVED)
        log.info("page %s waits: %s", page.key, reason)
    else:
        _keep(lease, outcome)


@cache
def fetch_policy() -> FetchPolicy:
    """Return the operator's rules as the fetcher takes them."""
    return FetchPolicy(
        user_agent=f"Softmarks/{settings.VERSION} (+{settings.BASE_URL}/)",
        allow_networks=settings.FETCH_ALLOW_NETWORKS,
        allow_ports=settings.FETCH_ALLOW_PORTS,
        own_hosts=_own_hosts(),
    )


def _own_hosts() -> frozenset[str]:
    """Return the names under which this site itself is known; it must not fetch itself.

    Loopback names are left to the rule about networks, which the operator may open.
    """
    names = {*settings.ALLOWED_HOSTS, urlsplit(settings.BASE_URL).hostname or ""}
    return frozenset(names - {"*", "", "localhost", "127.0.0.1", "[::1]", "::1"})


def _try(page: Page, lease: Lease) -> Outcome:
    policy = _policy_for(lease)
    try:
        fetched = fetch_page(page.url, policy, etag=page.etag, last_modified=page.last_modified)
        if fetched.not_modified:
            return outcomes.unchanged(page)
        fetched, facts = _read(fetched, policy)
    except Busy:
        raise
    except robots.Unwanted:
        return outcomes.unwanted()
    except FetchError as error:
        if isinstance(error, ResolverFailed) and _is_young(lease):
            raise
        log.info("page %s: %s", page.key, error)
        return outcomes.failed(page, error, scheduled=lease.scheduled)
    return outcomes.read(page, fetched, facts)


def _read(fetched: Fetched, policy: FetchPolicy) -> tuple[Fetched, PageFacts]:
    """Return the facts of an answer, and the answer they are of.

    Where an all but empty page only sends its reader on, that is followed, once. What a server
    says for the next look is of the page that sent on, and so is not kept.
    """
    facts = read_page(fetched.body, fetched.url, fetched.content_type)
    if not facts.refresh_to:
        return fetched, facts
    trail = (*fetched.redirects, fetched.url)
    end = fetch_page(facts.refresh_to, policy)
    end = dataclasses.replace(
        end, redirects=(*trail, *end.redirects), permanent=False, etag="", last_modified=""
    )
    return end, read_page(end.body, end.url, end.content_type)


def _policy_for(lease: Lease) -> FetchPolicy:
    """Return the rules for one job; who comes unasked heeds the robots.txt of every hop."""
    policy = dataclasses.replace(fetch_policy(), claim=partial(jobs.claim_address, lease))
    if not lease.scheduled:
        return policy
    return dataclasses.replace(policy, visit=partial(robots.check, policy=policy))


def _is_young(lease: Lease) -> bool:
    return jobs.was_asked_for_since(lease, timezone.now() - RESOLVED_AT_THE_LATEST)


@transaction.atomic
def _keep(lease: Lease, outcome: Outcome) -> None:
    """Write what came out, if the lease still holds, and show the facts to all who wait for them.

    The job's row is changed first: a save that has it locked is let through and seen below. The
    page comes last, as it does when bookmarks are stored, so that the two cannot deadlock.
    """
    ended = jobs.finish_job(lease, reason=outcome.reason, retry=outcome.retry, rest=outcome.rest)
    if ended is None:
        log.info("job %s was given to another worker; its result is dropped", lease.job_id)
        return
    release_host(lease.host, timed_out=outcome.timed_out, rest=outcome.rest)
    now = timezone.now()
    columns = outcome.columns | {"tried_at": now, "retry_at": ended.retry_at}
    if not ended.retry_at:
        columns |= outcome.final
    elif "state" in columns:
        columns["state"] = State.RETRYING
    if "fetched_at" in columns:
        _show_facts(lease.page_id, now)
    if outcome.found:
        mark_found(lease.page_id)
    elif outcome.gone:
        mark_gone(lease.page_id, now)
    if outcome.text is not None:
        keep_text(lease.page_id, outcome.text)
    learn_alternates(lease.page_id, outcome.addresses, columns.get("title", ""))
    Page.objects.filter(pk=lease.page_id).update(**columns)


def _show_facts(page_id: int, now: datetime) -> None:
    """Show them wherever they are waited for; who wants no fetch learns of nobody else's."""
    waiting = Bookmark.objects.filter(page_id=page_id, facts_at=None, unfetched_at=None)
    waiting.update(facts_at=now)
