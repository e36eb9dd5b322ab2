"""Who gets what of a public, an unlisted and a private list, at every route there is.

A route that is new needs a line in ROUTES. Private lists were public once: Bob followed it, and
suggested something, before it got the title that nobody else may learn.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from readinglists.drafts import make_list_draft
from readinglists.following import follow
from readinglists.importing import start_import
from readinglists.lists import add_section, delete_list, edit_list, set_editors
from readinglists.models import ReadingList
from readinglists.suggesting import suggest_item
from tests.people import signed_in
from tests.readinglists.groups.grouping import entries, make_group
from tests.readinglists.making import add, make_list

pytestmark = [pytest.mark.django_db, pytest.mark.once]
VIEWERS = ("visitor", "other", "editor", "owner")
VISIBILITIES = ("public", "unlisted", "private")
SECRET = "Zanzibar"
URL = "https://example.org/paper"
NONE = "9" * 15
ITEM, SECTION = "{list}i:{item}/", "{list}s:{section}/"
GROUP, SESSION = "/g:{group}/", "/g:{group}/s:1/"
ENTRY = f"{SESSION}e:{{entry}}/"
ANY_KEY = "0" * 20

# Of a list. Whoever may read it; the same signed in; who edits it; its owner; of a public one all.
READ = {
    "list": "{list}",
    "section": SECTION,
    "item": ITEM,
    "plan": "{list}plan/",
    "json": "{list}list.json",
    "export": "{list}export/",
    "export_file": "{list}export/markdown",
    "export_section": f"{SECTION}export/",
    "download_section": f"{SECTION}export/bibtex",
    "export_item": f"{ITEM}export/",
    "download_item": f"{ITEM}export/ris",
    "feed_list": "/feeds/atom{list}",
}
SIGNED = {
    "follow": "{list}follow/",
    "progress": f"{ITEM}progress/",
    "fork": "{list}fork/",
    "suggest": "{list}suggest/",
    "suggest_change": f"{ITEM}suggest/",
    "new_group": "{list}groups/new/",
}
EDIT = {
    "edit": "{list}edit/",
    "add_item": "{list}add/",
    "paste": "{list}paste/",
    "pick": "{list}pick/",
    "restore_item": "{list}restore/",
    "edit_item": f"{ITEM}edit/",
    "move_item": f"{ITEM}move/",
    "delete_item": f"{ITEM}delete/",
    "add_section": "{list}add-section/",
    "edit_section": f"{SECTION}edit/",
    "move_section": f"{SECTION}move/",
    "delete_section": f"{SECTION}delete/",
    "import_again": "{list}import/",
    "upstream": "{list}upstream/",
    "suggestions": "{list}suggestions/",
    "suggestion": "{list}suggestions/{suggestion}/",
}
OWN = {"editors": "{list}editors/", "delete": "{list}delete/"}
PUBLIC = {"embed": "{list}embed/"}
# Of no one list: of everybody's, or of one's own.
APART = {
    "all": "/lists/",
    "most": "/lists/followed/",
    "by": "/u:alice/lists/",
    "feeds_opml": "/u:alice/feeds.opml",
    "add": "/lists/add/",
    "new": "/lists/new/",
    "import": "/lists/import/",
    "reading": "/lists/reading/",
    "network": "/network/",
    "feed_network": "/feeds/atom/secret:{key}/u:bob/network/",
    "rss_network": "/rss/secret:{key}/u:bob/network/",
    "json_network": "/json/secret:{key}/u:bob/network/",
    "own_suggestions": "/suggestions/",
    "groups": "/groups/",
    "cite_tags": "/u:alice/t:optics/cite/",
    "download_tags": "/u:alice/t:optics/cite/bibtex",
}
# Of somebody's own thing, which has a number or a key; to others it is not there.
THINGS = {
    "import_preview": "/lists/import/{import}/",
    "import_report": "/lists/import/{import}/report.json",
    "withdraw": "/suggestions/{suggestion}/withdraw/",
    "group": GROUP,
    "join_group": f"{GROUP}join/{ANY_KEY}/",
    "leave_group": f"{GROUP}leave/",
    "group_settings": f"{GROUP}settings/",
    "group_about": f"{GROUP}about/",
    "group_feeds": f"{GROUP}feeds/",
    "group_link": f"{GROUP}link/",
    "delete_group": f"{GROUP}delete/",
    "remove_member": f"{GROUP}m:alice/remove/",
    "hand_over": f"{GROUP}m:alice/owner/",
    "repeat_group": f"{GROUP}again/",
    "shift_sessions": f"{GROUP}shift/",
    "take_turns": f"{GROUP}turns/",
    "session": SESSION,
    "edit_session": f"{SESSION}edit/",
    "add_entry": f"{SESSION}add/",
    "swap": f"{SESSION}swap/",
    "present": f"{SESSION}present/",
    "step_down": f"{SESSION}step-down/",
    "session_note": f"{SESSION}note/",
    "entry_note": f"{ENTRY}note/",
    "ask": f"{ENTRY}ask/",
    "move_entry": f"{ENTRY}move/",
    "take_question_back": f"{SESSION}q:1/delete/",
    "group_calendar": f"{GROUP}calendar/{ANY_KEY}.ics",
    "group_feed": f"{GROUP}feed/{ANY_KEY}.atom",
    "unsubscribe": f"{GROUP}unsubscribe/none/",
}
OF_LIST = READ | SIGNED | EDIT | OWN | PUBLIC
ROUTES = OF_LIST | APART | THINGS
# Pages of the site at which one might look for traces of a list.
ELSEWHERE = ("/", "/recent/", "/popular/", "/u:alice/", f"/url/?url={URL}", "/robots.txt")
FEEDS = ("/feeds/atom/recent/", "/feeds/json/u:alice/", "/feeds/rss/popular/")


@dataclass(frozen=True)
class Scene:
    """One list with all that hangs on it, and who looks at it."""

    reading_list: ReadingList
    ids: dict[str, str]
    clients: dict[str, Client]

    def path(self, route: str) -> str:
        return ROUTES[route].format(**self.ids)


@pytest.fixture(params=VISIBILITIES)
def scene(request: pytest.FixtureRequest, alice: User, bob: User) -> Scene:
    """Return a list of each visibility in turn; Dora made a suggestion, Bob followed."""
    carol = User.objects.create_user("carol", "a long enough one", "carol@example.org")
    dora = User.objects.create_user("dora", "a long enough one", "dora@example.org")
    made = make_list(alice, "Before")
    section = add_section(made, "Part")
    item = add(made, "Paper", url=URL, section=section)
    set_editors(made, [carol])
    follow(bob, made)
    group = make_group(alice, reading_list=made)
    ids = {
        "section": section.pk,
        "item": item.pk,
        "suggestion": suggest_item(made, dora, {"title": "new"}).pk,
        "group": group.key,
        "entry": entries(group)[0].pk,
        "key": bob.feed_key,
    }
    made = edit_list(made, make_list_draft(SECRET, visibility=request.param))
    ids["import"] = start_import(
        alice, text="# Title\n\n- [a](https://e.org)", reading_list=made
    ).pk
    ids["list"] = f"/u:alice/l:{made.slug}/"
    clients = dict(zip(VIEWERS, [Client(), *map(signed_in, (bob, carol, alice))], strict=True))
    return Scene(made, {name: str(one) for name, one in ids.items()}, clients)


def test_every_route_has_its_line() -> None:
    found = [one.name or one.callback.__name__ for one in _routes(get_resolver())]
    assert sorted(found) == sorted(ROUTES)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_each_opens_what_is_theirs_to_open(scene: Scene, viewer: str) -> None:
    client, told = scene.clients[viewer], scene.reading_list.visibility
    edits = viewer in ("editor", "owner")
    wrong = []
    for route in OF_LIST:
        allowed = (
            told == "public"
            if route in PUBLIC
            else viewer == "owner"
            if route in OWN
            else edits
            if route in EDIT
            else (edits and route != "feed_list") or told != "private"
        )
        login = viewer == "visitor" and route in SIGNED | EDIT | OWN
        answer = client.get(scene.path(route))
        if answer.status_code == 405 or route == "upstream":  # for forms alone; for forks alone
            continue
        open_to = answer.status_code in (200, 302)
        at_login = answer.headers.get("Location", "").startswith("/login/")
        if not (at_login if login else open_to is allowed):
            wrong.append((route, answer.status_code))
    assert not wrong


@pytest.mark.parametrize("viewer", ["visitor", "other"])
def test_what_is_not_theirs_is_answered_as_what_is_not_there(scene: Scene, viewer: str) -> None:
    client = scene.clients[viewer]
    private = scene.reading_list.visibility == "private"
    hidden = OF_LIST | THINGS if private else EDIT | OWN
    there, none = scene.ids, _missing(scene.ids)
    absent = replace(scene, ids=none)
    wrong = []
    for route in hidden:
        for ask in (client.get, client.post):
            answers = ask(scene.path(route)), ask(absent.path(route))
            if _said(answers[0], there) != _said(answers[1], none):
                wrong.append((route, [one.status_code for one in answers]))
    assert not wrong


@pytest.mark.parametrize("scene", ["private"], indirect=True)
def test_no_form_of_an_editor_breaks_when_nothing_is_in_it(scene: Scene) -> None:
    wrong = []
    for viewer, routes in (("editor", SIGNED | EDIT), ("owner", OWN | THINGS)):
        for route in routes:
            with transaction.atomic():
                answer = scene.clients[viewer].post(scene.path(route))
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                wrong.append((viewer, route))
    assert not wrong


@pytest.mark.parametrize("viewer", ["visitor", "other"])
def test_other_pages_are_the_same_with_a_hidden_list_and_without(scene: Scene, viewer: str) -> None:
    client, hidden = scene.clients[viewer], scene.reading_list.visibility != "public"
    paths = [*map(scene.path, APART), *ELSEWHERE, *FEEDS]
    before = {path: _said(client.get(path, follow=True), {}) for path in paths}
    delete_list(scene.reading_list)
    after = {path: _said(client.get(path, follow=True), {}) for path in paths}
    changed = [path for path in paths if before[path] != after[path]]
    assert hidden is not ("/lists/" in changed), changed
    assert not hidden or not changed
    assert not hidden or not [path for path, said in before.items() if SECRET in said[-1]]


def test_a_hidden_list_opens_with_no_key_but_its_owners(
    scene: Scene, alice: User, bob: User
) -> None:
    path, client = scene.ids["list"], scene.clients["visitor"]
    asked = {
        "bob": f"/feeds/atom/secret:{bob.feed_key}{path}",
        "alice": f"/feeds/atom/secret:{alice.feed_key}{path}",
    }
    answers = {name: client.get(one).status_code for name, one in asked.items()}
    assert answers == {"bob": 404, "alice": 200}


def test_who_suggested_something_learns_no_new_title(scene: Scene) -> None:
    page = signed_in(User.objects.get(username="dora")).get("/suggestions/").content.decode()
    assert (SECRET in page) is (scene.reading_list.visibility == "public")
    assert "new" in page


def test_search_engines_are_kept_from_hidden_lists(scene: Scene) -> None:
    if scene.reading_list.visibility == "public":
        assert b'content="noindex"' not in scene.clients["visitor"].get(scene.ids["list"]).content
    for viewer in ("visitor", "owner"):
        for route in READ if scene.reading_list.visibility != "public" else ():
            answer = scene.clients[viewer].get(scene.path(route))
            told = answer.headers.get("X-Robots-Tag") == "noindex" or (
                not answer.streaming and b'content="noindex"' in answer.content
            )
            assert told or answer.status_code != 200, (viewer, route)


def _routes(resolver: URLResolver, inside: bool = False) -> Iterator[URLPattern]:
    """Yield the routes of reading lists, wherever they are included."""
    inside = inside or resolver.app_name == "readinglists"
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _routes(one, inside)
        elif inside:
            yield one


def _missing(ids: dict[str, str]) -> dict[str, str]:
    """Return names of things that are not there."""
    none = dict.fromkeys(ids, NONE)
    return none | {"list": "/u:alice/l:none/", "group": "f" * 20, "key": ids["key"]}


def _said(answer: HttpResponseBase, ids: dict[str, str]) -> tuple[int, str, str]:
    """Return what an answer says, but for tokens and for the address that was asked for."""
    body = b"".join(answer).decode() if answer.streaming else answer.content.decode()  # type: ignore[attr-defined]
    where = unquote(answer.headers.get("Location", ""))
    said = [where, re.sub(r'(?:name="csrfmiddlewaretoken" value|data-csrf)="[^"]*"', "", body)]
    names = {ids.get("list", ""): "LIST", ids.get("group", ""): "GROUP"}
    for name in filter(None, names):
        for written in (name, name.replace(":", "%3A")):
            said = [one.replace(written, names[name]) for one in said]
    said = [re.sub(r"(?<=[:/])[0-9]+(?=/)", "N", one) for one in said]
    return answer.status_code, said[0], said[1]
