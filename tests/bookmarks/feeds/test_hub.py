"""WebSub: which feeds name a hub, and what a real hub on loopback is told."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from ipaddress import ip_network
from urllib.parse import parse_qs

import feedparser
import pytest
from django.conf import settings as site
from django.db.models import F
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from accounts.models import User
from bookmarks import pages
from bookmarks.hub_pings import MOST_ATTEMPTS, ping_due
from bookmarks.importing import begin_import, run_import
from bookmarks.models import FeedPing
from bookmarks.saving import change_bookmark, delete_bookmark, save_bookmark, set_flags
from tests.bookmarks.api.calling import Program
from tests.bookmarks.keeping import asked, keep

NETSCAPE = "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>"


class Hub(ThreadingHTTPServer):
    """Takes what publishers post; `told` has the topics, `status` is what it answers."""

    told: list[str]
    status: int = 204


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert form["hub.mode"] == ["publish"]
        assert form["hub.url"] == form["hub.topic"]
        self.server.told += form["hub.url"]
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub(settings: Settings) -> Iterator[Hub]:
    """Return a running hub that the site is told of."""
    with Hub(("127.0.0.1", 0), _Handler) as running:
        running.told = []
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        port = running.server_address[1]
        settings.WEBSUB_HUB = f"http://127.0.0.1:{port}/hub?x=1"
        settings.FETCH_ALLOW_NETWORKS = (ip_network("127.0.0.0/8"),)
        settings.FETCH_ALLOW_PORTS = frozenset({port})
        pages.fetch_policy.cache_clear()
        yield running
        running.shutdown()
        thread.join()
    pages.fetch_policy.cache_clear()


def save(commit: DjangoCaptureOnCommitCallbacks, owner: User, tags: str, **fields: object) -> None:
    """Save a bookmark and commit that."""
    with commit(execute=True):
        save_bookmark(owner, asked("", tags, **fields))


def later() -> int:
    """Let all that waits be due, and tell the hub."""
    FeedPing.objects.update(due_at=F("due_at") - timedelta(hours=2))
    return ping_due(lambda: False)


def test_the_hub_is_told_once_of_each_feed_that_names_it(
    alice: User, hub: Hub, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for _ in range(3):
        save(django_capture_on_commit_callbacks, alice, "Bayes .zanzibar")
    save(django_capture_on_commit_callbacks, alice, "zanzibar", private=True)
    assert ping_due(lambda: False) == 0  # a minute later
    assert later() == len(hub.told) == len(set(hub.told)) == 3 * 4
    assert not FeedPing.objects.exists()
    assert not [topic for topic in hub.told if "zanzibar" in topic or "secret" in topic]
    reader = Client()
    for topic in hub.told:
        answer = reader.get(topic.removeprefix(site.BASE_URL))
        assert answer.status_code == 200
        expected = f'<{site.WEBSUB_HUB}>; rel="hub", <{topic}>; rel="self"'
        assert answer.headers["Link"] == expected
        if "/json/" in topic:
            assert answer.json()["hubs"] == [{"type": "WebSub", "url": site.WEBSUB_HUB}]
            assert answer.json()["feed_url"] == topic
        else:
            links = {link.rel: link.href for link in feedparser.parse(answer.content).feed.links}
            assert (links["hub"], links["self"]) == (site.WEBSUB_HUB, topic)
        otherwise = topic.removeprefix(site.BASE_URL).replace("t:bayes", "t:BAYES")
        assert reader.get(otherwise).headers["Link"] == expected  # in whatever spelling


def test_whatever_others_see_changed_is_told_and_nothing_else(
    alice: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.WEBSUB_HUB = "https://hub.example/"
    root = f"{site.BASE_URL}/feeds/atom/"
    program, everyone = Program(alice), "recent/ u:alice/"

    def told(work: Callable[[], object]) -> str:
        """Return the feeds that are to be told of, in the order of their names."""
        with django_capture_on_commit_callbacks(execute=True):
            work()
        atom = FeedPing.objects.filter(topic__startswith=root).order_by("topic")
        paths = sorted(ping.topic.removeprefix(root) for ping in atom)
        FeedPing.objects.all().delete()
        return " ".join(paths)

    def import_file() -> None:
        urls = (f'<A HREF="{one.url}" TAGS="hush3">' for one in (public, secret))
        file = BytesIO(f"{NETSCAPE}{''.join(urls)}<A HREF=https://x.example/ TAGS=C>".encode())
        list(run_import(begin_import(alice, file), file))

    public, secret = keep(alice, tags="a"), keep(alice, tags="hush", private=True)
    other = keep(alice, public.url.replace("https", "http"), tags="b")
    of_a = "recent/ t:a/ u:alice/ u:alice/t:a/"
    assert told(partial(set_flags, public, starred=True, unread=True)) == ""
    assert told(partial(set_flags, public, private=True)) == of_a
    public.refresh_from_db()
    assert told(partial(set_flags, public, private=False)) == of_a
    assert told(partial(change_bookmark, public, asked(public.url, "z"))) == (
        "recent/ t:a/ t:z/ u:alice/ u:alice/t:a/ u:alice/t:z/"
    )
    assert told(partial(save_bookmark, alice, asked(public.url, "hush2", private=True))) == (
        "recent/ t:z/ u:alice/ u:alice/t:z/"
    )
    assert told(partial(set_flags, secret, private=True)) == ""
    assert told(import_file) == "recent/ t:c/ u:alice/ u:alice/t:c/"
    assert told(partial(delete_bookmark, secret)) == ""
    assert told(lambda: program.json("tags/rename", old="b", new="C")) == (
        "recent/ t:b/ t:c/ u:alice/ u:alice/t:b/ u:alice/t:c/"
    )
    assert told(lambda: program.json("tags/delete", tag="hush2")) == ""
    monkeypatch.setattr("bookmarks.hub_pings.MOST_WAITING", 0)
    assert told(lambda: program.json("posts/delete", url=other.url)) == everyone


def test_other_feeds_name_no_hub(alice: User, hub: Hub) -> None:
    keep(alice, tags="a b")
    for path in (
        f"/feeds/atom/secret:{alice.feed_key}/u:alice/",
        "/feeds/atom/u:alice",
        "/feeds/atom/popular/",
        "/feeds/atom/recent/?count=2",
        "/feeds/atom/recent/before:9000000000/",
        "/feeds/atom/t:a/t:b/",
        "/feeds/atom/u:alice/public/",
        "/rss/recent/",
    ):
        answer = Client().get(path)
        assert (path, answer.status_code) == (path, 200)
        assert b"hub" not in answer.content
        assert "Link" not in answer.headers


def test_a_hub_that_fails_is_tried_again_and_then_left_alone(
    alice: User, hub: Hub, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    save(django_capture_on_commit_callbacks, alice, "")
    FeedPing.objects.exclude(topic__endswith="/atom/recent/").delete()
    hub.status = 500
    for attempt in range(1, MOST_ATTEMPTS):
        assert later() == 0
        assert FeedPing.objects.get().attempts == attempt
        assert ping_due(lambda: False) == 0  # not before its time
    assert len(hub.told) == MOST_ATTEMPTS - 1
    assert later() == 0
    assert not FeedPing.objects.exists()
    save(django_capture_on_commit_callbacks, alice, "")
    hub.status = 202
    assert later() == 6


def test_without_a_hub_nothing_is_noted_and_a_private_network_is_not_reached(
    alice: User,
    hub: Hub,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.FETCH_ALLOW_NETWORKS = ()
    pages.fetch_policy.cache_clear()
    save(django_capture_on_commit_callbacks, alice, "")
    assert later() == 0
    assert hub.told == []
    FeedPing.objects.all().delete()
    settings.WEBSUB_HUB = ""
    save(django_capture_on_commit_callbacks, alice, "")
    assert not FeedPing.objects.exists()
    assert b"hub" not in Client().get("/feeds/atom/recent/").content
