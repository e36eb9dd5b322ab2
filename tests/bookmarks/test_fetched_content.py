"""What strangers wrote is data: nothing of it is fetched, run, or served as a document."""

import json
import re
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from bookmarks import pages
from bookmarks.models import FetchJob
from bookmarks.texts import text_of
from tests.bookmarks.keeping import keep
from tests.bookmarks.working import refreshed
from tests.hostile_server import HostileServer, page

PROSE = "A prior is a belief held before the data. " * 20

# Each place of a page that names another address, or has a browser or a parser ask for one.
NAMING = """<?xml-stylesheet href="{canary}/xsl"?>
<!DOCTYPE html PUBLIC "-//X//DTD//EN" "{canary}/dtd" [<!ENTITY e SYSTEM "{canary}/entity">]>
<html manifest="{canary}/manifest"><head><title>On priors &e;</title><base href="{canary}/">
<link rel="icon" href="{canary}/icon.png"><link rel="shortcut icon" href="icon.ico">
<link rel="apple-touch-icon" href="/touch.png"><link rel="canonical" href="{canary}/canonical">
<link rel="stylesheet" href="{canary}/css"><link rel="preload" as="script" href="/preload">
<link rel="dns-prefetch" href="{canary}"><link rel="prefetch" href="{canary}/prefetch">
<link rel="alternate" type="application/json+oembed" href="{canary}/oembed">
<link rel="alternate" type="application/rss+xml" href="{canary}/feed">
<link rel="amphtml" href="{canary}/amp"><link rel="next" href="{canary}/next">
<link rel="license" href="{canary}/licence"><link rel="import" href="{canary}/import">
<meta http-equiv="refresh" content="0;url={canary}/refresh">
<meta property="og:image" content="{canary}/image"><meta property="og:url" content="{canary}/url">
<meta property="og:video" content="{canary}/video"><meta name="twitter:image" content="{canary}/t">
<meta name="citation_pdf_url" content="{canary}/pdf"><meta name="citation_doi" content="10.1/x">
<meta http-equiv="Content-Security-Policy" content="report-uri {canary}/csp">
<script src="{canary}/script"></script><script>location = "{canary}/location"</script>
<script type="application/ld+json">{{"@context": "{canary}/context", "@type": "Article",
"@id": "{canary}/id", "image": "{canary}/ld-image", "author": {{"@id": "{canary}/author"}},
"license": "{canary}/ld-licence", "mainEntityOfPage": "{canary}/main"}}</script></head>
<body background="{canary}/background"><article><h1>On priors</h1><p>{prose}</p>
<img src="{canary}/img" srcset="{canary}/srcset 2x"><iframe src="{canary}/frame"></iframe>
<object data="{canary}/object"></object><embed src="{canary}/embed"><video src="{canary}/v" poster
="{canary}/poster"></video><svg><image href="{canary}/svg"/><use xlink:href="{canary}/use"/></svg>
<a rel="author" href="{canary}/ada" ping="{canary}/ping">Ada</a><form action="{canary}/form">
<math><annotation-xml encoding="text/html" href="{canary}/m"/></math></form></article></body></html>
"""

SCRIPT = '<script>alert("stolen")</script>'
DRAWING = '<svg onload=alert("stolen")>'
# The same once more, as a page shows it as text; so it comes out of a parser whole.
SHOWN = SCRIPT.replace("<", "&lt;") + DRAWING.replace("<", "&lt;")
MARKUP = f"""<!doctype html><html lang="en"><title>On {SHOWN}</title>
<meta name="author" content="Ada {SHOWN.replace('"', "&quot;")}"><meta property="og:site_name"
content="J {SHOWN.replace('"', "&quot;")}"><meta name="description" content="What {
    SHOWN.replace('"', "&quot;")
} says."><article><h1>On {SHOWN}</h1><p>{SHOWN} {PROSE}</p>{DRAWING}</article></html>"""

# What a browser may run when it is led there by an address of ours.
DOCUMENTS = re.compile(r"<(?:script|svg)\b[^>]*>?\s*(?:alert|onload)|<svg onload|<script>alert")


@pytest.mark.parametrize("xhtml", [False, True])
def test_a_page_that_names_addresses_everywhere_has_none_of_them_asked_for(
    xhtml: bool, alice: User, server: HostileServer
) -> None:
    with HostileServer("127.0.0.2", server.port) as canary:  # allowed, and yet never asked
        body = NAMING.format(canary=canary.url("").removesuffix("/"), prose=PROSE)
        kind = "application/xhtml+xml" if xhtml else "text/html"
        server.answers["/"] = page(body, Content_Type=kind, Refresh=f"0;url={canary.url('/')}")
        bookmark = refreshed(alice, server.url("/"))
        assert bookmark.page.title.startswith("On priors")
        assert bookmark.page.image == canary.url("/image")
        assert canary.received == []
    assert server.paths() == ["/"]
    assert not FetchJob.objects.exclude(state="done").exists()


def test_a_page_that_sends_its_reader_inside_is_not_followed(
    alice: User, server: HostileServer, settings: Settings
) -> None:
    settings.FETCH_ALLOW_NETWORKS = (ip_network("127.0.0.1/32"),)
    pages.fetch_policy.cache_clear()
    with HostileServer("127.0.0.2", server.port) as canary:
        server.answers["/"] = page(f'<meta http-equiv=refresh content="0;url={canary.url("/")}">')
        assert refreshed(alice, server.url("/")).page.state == "refused"
        assert canary.received == []


def test_what_was_fetched_is_shown_as_text_wherever_it_is_shown(
    alice: User, alice_client: Client, visitor_client: Client, server: HostileServer
) -> None:
    server.answers["/"] = page(MARKUP)
    bookmark = refreshed(alice, server.url("/"))
    assert SCRIPT in bookmark.page.title
    assert SCRIPT in text_of(bookmark.page)
    mine = f"/u:alice/b:{bookmark.slug}/"
    paths = ["/u:alice/", mine, f"{mine}text/", f"{mine}edit/", f"/url:{bookmark.page.key}/"]
    for client in (alice_client, visitor_client):
        for path in [*paths, "/recent/", "/popular/", f"/add?url={server.url('/')}"]:
            answer = client.get(path)
            assert not DOCUMENTS.search(answer.content.decode()), path
            assert "svg" not in answer.get("Content-Type", "")
    assert "alert(" in alice_client.get(f"{mine}text/").content.decode()


# Where each form of feed holds HTML; its titles are plain text.
CONTENT: dict[str, Callable[[bytes], Any]] = {
    "atom": lambda feed: ElementTree.fromstring(feed).findtext(".//{*}content"),
    "rss": lambda feed: ElementTree.fromstring(feed).findtext(".//item/description"),
    "json": lambda feed: json.loads(feed)["items"][0]["content_html"],
}


@pytest.mark.parametrize("form", CONTENT)
def test_what_was_fetched_is_escaped_in_the_html_of_feeds(
    form: str, alice: User, visitor_client: Client, server: HostileServer
) -> None:
    server.answers["/"] = page(MARKUP)
    refreshed(alice, server.url("/"))
    answer = visitor_client.get(f"/feeds/{form}/u:alice/")
    content = CONTENT[form](answer.content)
    assert "alert(" in content
    assert not DOCUMENTS.search(content)
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("kind", ["image/svg+xml", "text/html", "application/octet-stream"])
def test_a_drawing_is_kept_by_nobody(kind: str, alice: User, server: HostileServer) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}<title>no</title></svg>'
    server.answers["/"] = page(drawing, Content_Type=kind)
    kept = refreshed(alice, server.url("/")).page
    assert SCRIPT not in text_of(kept) + kept.excerpt + kept.title


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("аррӏе.com", "xn--80ak6aa92e.com"),  # apple in Cyrillic
        ("pаypal.com", "xn--pypal-4ve.com"),  # one Cyrillic letter
        ("gοοgle.com", "xn--ggle-0nda.com"),  # two Greek ones
    ],
)
def test_a_name_that_looks_like_another_shows_its_letters_in_dns(
    host: str, shown: str, alice: User, alice_client: Client
) -> None:
    bookmark = keep(alice, f"https://{host}/login", title="Log in")
    assert bookmark.url == f"https://{host}/login"
    for path in ("/u:alice/", f"/u:alice/b:{bookmark.slug}/"):
        assert f'class="site-of">{shown}<' in alice_client.get(path).content.decode()
