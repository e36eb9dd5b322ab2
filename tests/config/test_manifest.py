"""What makes the site installable, a target of sharing, and a search engine of the browser."""

from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from accounts.models import User
from tests.bookmarks.keeping import keep

OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
URL = "https://arxiv.org/abs/1706.03762"


def size_of(name: str) -> str:
    """Return width and height of a static PNG, from its header."""
    path = finders.find(name)
    assert isinstance(path, str)
    with open(path, "rb") as file:
        head = file.read(24)
    assert head.startswith(b"\x89PNG")
    return f"{int.from_bytes(head[16:20])}x{int.from_bytes(head[20:24])}"


def test_the_manifest_names_pictures_and_pages_that_are_there(visitor_client: Client) -> None:
    answer = visitor_client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"].startswith("application/manifest+json")
    told = answer.json()
    pngs = [icon for icon in told["icons"] if icon["type"] == "image/png"]
    assert {icon["sizes"] for icon in pngs} == {"192x192", "512x512"}
    for icon in pngs:
        assert size_of(icon["src"].removeprefix("/static/")) == icon["sizes"]
    assert {icon.get("purpose") for icon in told["icons"]} >= {"any", "maskable"}
    assert told["display"] == "standalone"
    for path in (told["start_url"], *(one["url"] for one in told["shortcuts"])):
        assert visitor_client.get(path).status_code in (200, 302)
    head = BeautifulSoup(visitor_client.get("/").content, "lxml")
    assert head.select_one('link[rel=manifest][href="/manifest.webmanifest"]')


def shared(client: Client, told: dict[str, str]) -> dict[str, str]:
    """Share as the manifest says, and return what the form holds then."""
    target = client.get("/manifest.webmanifest").json()["share_target"]
    assert target["method"] == "GET"
    said = {target["params"][name]: value for name, value in told.items()}
    form = BeautifulSoup(client.get(target["action"], said).content, "lxml").select_one(
        "form.saving"
    )
    assert form
    values = {str(one["name"]): str(one.get("value", "")) for one in form.select("input[name]")}
    area = form.select_one("textarea")
    return values | {"description": area.text.strip() if area else ""}


def test_what_a_phone_shares_fills_the_form(alice: User, alice_client: Client) -> None:
    form = shared(alice_client, {"title": "Attention", "text": f"Read this\n{URL}"})
    assert (form["url"], form["title"], form["description"]) == (URL, "Attention", "Read this")
    assert form["source"] == "share"
    keep(alice, URL, title="Mine", description="Mine")
    form = shared(alice_client, {"text": URL})
    assert (form["title"], form["description"]) == ("Mine", "Mine")
    assert shared(alice_client, {"text": "<b>no address</b>"})["url"] == ""


def test_sharing_without_being_logged_in_leads_back_after_it(visitor_client: Client) -> None:
    answer = visitor_client.get("/add/shared", {"title": "T & T", "text": URL})
    login = urlsplit(answer.headers["Location"])
    back = urlsplit(parse_qs(login.query)["next"][0])
    assert (login.path, back.path.rstrip("/")) == ("/login/", "/add")
    assert parse_qs(back.query)["url"] == [URL]
    assert parse_qs(back.query)["title"] == ["T & T"]
    long = visitor_client.get("/add/shared", {"text": f"{URL} {'é' * 9000}"})
    assert len(long.headers["Location"]) < 2000


def test_browsers_find_words_and_addresses_by_the_search_they_are_offered(
    alice: User, alice_client: Client, bob_client: Client
) -> None:
    head = BeautifulSoup(alice_client.get("/recent/").content, "lxml")
    link = head.select_one("link[rel=search]")
    assert link
    answer = alice_client.get(str(link["href"]))
    assert answer.headers["Content-Type"].startswith(str(link["type"]))
    root = ElementTree.fromstring(answer.content)
    assert len(root.findtext(f"{OPEN_SEARCH}ShortName") or "") <= 16
    template = root.find(f"{OPEN_SEARCH}Url[@type='text/html']")
    assert template is not None
    address = template.attrib["template"].removeprefix(settings.BASE_URL)
    kept = keep(alice, URL, title="Attention & more", private=True)
    keep(alice, "https://e.org/other", title="Other")
    found = alice_client.get(address.replace("{searchTerms}", "attention+%26+MORE"))
    titles = [one.text for one in BeautifulSoup(found.content, "lxml").select("a.bookmark_title")]
    assert titles == ["Attention & more"]
    mine = alice_client.get(address.replace("{searchTerms}", URL))
    assert mine.headers["Location"] == f"/u:alice/b:{kept.slug}/"
    assert b"Attention" not in bob_client.get(address.replace("{searchTerms}", "attention")).content
    theirs = bob_client.get(address.replace("{searchTerms}", URL), follow=True)
    assert theirs.status_code == 404


@pytest.mark.parametrize("passed", ["", "50", "x", "٣", "9" * 40, "-1", "20000"])
def test_a_search_goes_on_where_it_was_and_shrugs_at_wrong_places(
    alice: User, alice_client: Client, passed: str
) -> None:
    keep(alice, title="word")
    answer = alice_client.get("/bookmarks", {"q": "word", "passed": passed})
    assert answer.status_code == 200
