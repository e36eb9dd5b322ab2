"""Programs written for linkding, pointed at a site of ours by its address alone."""

import asyncio
import inspect
import json
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiolinkding
import pytest

from tests.sites import Site

with warnings.catch_warnings():  # what it imports of click is on its way out
    warnings.simplefilter("ignore")
    from linkding_cli.commands import bookmark, tag, user

pytestmark = [pytest.mark.once, pytest.mark.django_db]

URL = "https://example.org/?q=1&r=2"
SAID: dict[str, Any] = {
    "title": "\"Quoted\" & 'single' 🦜",
    "description": "one\ntwo",
    "notes": "three",
    "tag_names": ["ML", "vision"],
}


def token(site: Site, name: str, folder: Path) -> str:
    """Make an account on a site and return its token."""
    secret = folder / "password"
    secret.write_text("correct horse battery staple")
    printed = site.command("add_user", name, "--password-file", str(secret))
    return printed.strip().splitlines()[-1].rpartition(":")[2]


def test_aiolinkding_goes_round(site: Site, tmp_path: Path) -> None:
    # In a thread of its own: the browser's tests leave a loop running in theirs.
    with ThreadPoolExecutor(1) as threads:
        whole_round = round_of_aiolinkding(site.url, token(site, "aio", tmp_path))
        threads.submit(asyncio.run, whole_round).result()


async def round_of_aiolinkding(url: str, secret: str) -> None:
    client = await aiolinkding.async_get_client(url, secret)
    marks, tags = client.bookmarks, client.tags
    made = await marks.async_create(URL, **SAID, unread=True)
    assert {name: made[name] for name in SAID} == SAID
    assert await marks.async_get_single(made["id"]) == made
    again = await marks.async_create(URL, title="Again", shared=True)
    assert (again["id"], again["title"], again["notes"]) == (made["id"], "Again", "three")
    for query, number in (("#ml", 1), ("again", 1), ("absent", 0), ("!unread", 0)):
        assert (await marks.async_get_all(query=query))["count"] == number, query
    changed = await marks.async_update(made["id"], tag_names=["new"], unread=True)
    assert (changed["tag_names"], changed["unread"], changed["shared"]) == (["new"], True, False)
    await marks.async_archive(made["id"])
    assert (await marks.async_get_all())["results"] == []
    assert (await marks.async_get_archived())["count"] == 1
    await marks.async_unarchive(made["id"])
    assert [one["name"] for one in (await tags.async_get_all())["results"]] == ["new"]
    label = await tags.async_create("made")
    assert (await tags.async_get_single(label["id"]))["name"] == "made"
    assert (await client.user.async_get_profile())["theme"] == "auto"
    with pytest.raises(aiolinkding.errors.RequestError):
        await marks.async_create("javascript:alert(1)")
    await marks.async_delete(made["id"])
    with pytest.raises(aiolinkding.errors.UnknownEndpointError):
        await marks.async_get_single(made["id"])
    stranger = await aiolinkding.async_get_client(url, "0" * 40)
    with pytest.raises(aiolinkding.errors.InvalidTokenError):
        await stranger.bookmarks.async_get_all()


def test_linkding_cli_goes_round(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Its commands themselves: its reader of command lines cannot go with Celery's version of click.
    client = aiolinkding.Client(site.url, token(site, "cli", tmp_path))
    context = SimpleNamespace(obj=SimpleNamespace(client=client))

    def printed(command: Callable[..., None], *words: object, **options: object) -> Any:
        absent = {name: None for name in inspect.signature(command).parameters if name != "ctx"}
        given = dict(zip(absent, words, strict=False)) | options
        command(context, **absent | given)
        text = capsys.readouterr().out
        return json.loads(text) if text.startswith("{") else text

    said = {"title": SAID["title"], "notes": "three", "tag_names": "ML,vision"}
    made = printed(bookmark.create, URL, **said)
    assert [made[name] for name in ("title", "notes", "tag_names")] == (
        [SAID["title"], "three", ["ML", "vision"]]
    )
    assert printed(bookmark.update, made["id"], tag_names="x")["tag_names"] == ["x"]
    assert "archived" in printed(bookmark.archive, made["id"])
    listed = printed(bookmark.get_all, archived=True, query="#x", limit=5)
    assert [one["id"] for one in listed["results"]] == [made["id"]]
    printed(bookmark.unarchive, made["id"])
    assert printed(bookmark.get_by_id, made["id"])["is_archived"] is False
    assert printed(tag.get_all)["count"] == 1
    assert printed(tag.create, "y")["name"] == "y"
    assert printed(user.get_profile_info)["theme"] == "auto"
    printed(bookmark.delete, made["id"])
    assert printed(bookmark.get_all)["results"] == []
