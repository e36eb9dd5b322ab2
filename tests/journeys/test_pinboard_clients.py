"""Programs written for Pinboard do all they can here, once they are given the site's address."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import aiopinboard.api
import pinboard.pinboard
import pytest
import requests
from aiopinboard.errors import RequestError

from tests.journeys.reader import PASSWORD, Reader
from tests.sites import Site
from tests.waiting import wait_for

pytestmark = pytest.mark.once

# The site would not even try to fetch these.
URL = "http://127.0.0.1:9/a?b=c&d=é#part"
SECOND = "http://127.0.0.1:9/2"
TITLE = "\"Quotes\" & 'ampersands' <b> 🦜"
WORDS = "one & <two>\n\nthree 日本語; four"
MOMENT = datetime(2014, 7, 13, 3, 3, 58, tzinfo=UTC)
DAY = date(2014, 7, 13)


def token_of(reader: Reader) -> str:
    """Return a token of a person, which their password is changed for."""
    asked = f"{reader.site}/v1/user/api_token/?format=json"
    answer = requests.get(asked, auth=(reader.name, PASSWORD), timeout=20)
    return f"{reader.name}:{answer.json()['result']}"


def assert_grows(update: Callable[[], Any], write: Callable[[], Any]) -> None:
    """Hold the time of the last change to grow with a write; it is told to the second."""
    before = update()
    wait_for(lambda: write() is not False and update() > before, 5, "a later time of change")


def test_the_client_pinboard(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinboard.pinboard, "PINBOARD_API_ENDPOINT", f"{site.url}/v1/")
    reader = Reader(site.url, "pia").sign_up()
    token = token_of(reader)
    api = pinboard.Pinboard(token)
    said = {"url": URL, "description": TITLE, "extended": WORDS, "tags": ["Ml", "C++", ".own"]}
    assert api.posts.add(**said, dt=MOMENT, shared=False, toread=True)
    [kept] = api.posts.get(url=URL)["posts"]
    assert (kept.url, kept.description, kept.extended) == (URL, TITLE, WORDS)
    assert (kept.tags, kept.shared, kept.toread) == (["Ml", "C++", ".own"], False, True)
    assert kept.time == MOMENT.replace(tzinfo=None)
    with pytest.raises(pinboard.PinboardError, match="already exists"):
        api.posts.add(url=URL, description="Another", replace=False)

    kept.description = "Changed"
    kept.save()
    api.posts.add(url=SECOND, description="Second", tags=["ml"])
    recent = api.posts.recent(tag="ML", count=5)["posts"]
    assert [one.description for one in recent] == ["Second", "Changed"]
    assert [one.time for one in recent][1:] == [kept.time]
    assert len(api.posts.all(tag=["mL"])) == 2
    assert len(api.posts.all(start=1, results=5, fromdt="2014-07-13T03:03:57Z")) == 1
    assert api.posts.dates(tag="c++")["dates"] == {DAY: 1}
    assert api.posts.suggest(url=URL)[0] == {"popular": []}
    assert "ml" in [tag.lower() for tag in api.posts.suggest(url=URL)[1]["recommended"]]

    api.tags.rename(old="ML", new="learning")
    counts = {tag.name: tag.count for tag in api.tags.get()}
    assert counts == {"learning": 2, "C++": 1, ".own": 1}
    api.tags.delete(tag="C++")
    assert len(api.tags.get()) == 2
    assert api.user.api_token()["result"] == token.partition(":")[2]
    assert len(api.user.secret()["result"]) == 20

    reader.send("/note/add/", {"title": TITLE, "text": WORDS, "private": "on"})
    [note] = api.notes.list()["notes"]
    assert (note["title"], int(note["length"])) == (TITLE, len(WORDS))
    assert api.notes[note["id"]]()["text"] == WORDS

    assert_grows(api.posts.update, lambda: api.posts.add(url=URL, description="Again"))
    assert api.posts.delete(url=URL)
    with pytest.raises(pinboard.PinboardError, match="item not found"):
        api.posts.delete(url=URL)
    with pytest.raises(pinboard.PinboardAuthenticationError):
        pinboard.Pinboard("pia:0123456789").posts.recent()


def test_the_client_aiopinboard(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aiopinboard.api, "API_URL_BASE", f"{site.url}/v1")
    token = token_of(Reader(site.url, "aio").sign_up())
    # In a thread of its own: the browser's tests leave a loop running in theirs.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, asynchronous_round(aiopinboard.API(token))).result()
        refused = aiopinboard.API("aio:0123456789").tag.async_get_tags()
        with pytest.raises(RequestError, match="401"):
            threads.submit(asyncio.run, refused).result()


async def asynchronous_round(api: aiopinboard.API) -> None:
    """Do all that this client can do."""
    posts, tags = api.bookmark, api.tag
    said = {"description": WORDS, "tags": ["Ml", "C++"], "created_datetime": MOMENT}
    await posts.async_add_bookmark(URL, TITLE, **said, shared=True, toread=True)  # type: ignore[arg-type]
    kept = await posts.async_get_bookmark_by_url(URL)
    assert kept
    assert (kept.href, kept.title, kept.description) == (URL, TITLE, WORDS)
    assert (kept.tags, kept.shared, kept.unread) == (["Ml", "C++"], True, True)
    assert kept.last_modified == MOMENT
    with pytest.raises(RequestError, match="already exists"):
        await posts.async_add_bookmark(URL, "Another", replace=False)
    before = await posts.async_get_last_change_datetime()
    await posts.async_add_bookmark(SECOND, "Second", tags=["ml"])
    assert await posts.async_get_last_change_datetime() >= before

    assert len(await posts.async_get_all_bookmarks(tags=["ML"])) == 2
    assert len(await posts.async_get_all_bookmarks(tags=["ML", "c++"], results=5)) == 1
    assert len(await posts.async_get_recent_bookmarks(count=1)) == 1
    assert len(await posts.async_get_bookmarks_by_date(DAY)) == 1
    assert (await posts.async_get_dates())[DAY] == 1
    assert set(await posts.async_get_suggested_tags(URL)) == {"popular", "recommended"}

    await tags.async_rename_tag("mL", "learning")
    counts = {name: int(count) for name, count in (await tags.async_get_tags()).items()}
    assert counts == {"learning": 2, "C++": 1}
    await tags.async_delete_tag("c++")
    assert list(await tags.async_get_tags()) == ["learning"]
    assert await api.note.async_get_notes() == []

    await posts.async_delete_bookmark(URL)
    assert await posts.async_get_bookmark_by_url(URL) is None
    with pytest.raises(RequestError, match="item not found"):
        await posts.async_delete_bookmark(URL)
