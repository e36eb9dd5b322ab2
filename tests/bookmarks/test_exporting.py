"""Bookmarks as files: what is in them, who may have them, by page and by command."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from bookmarks import exporting
from bookmarks.exporting import export_bookmarks, formats
from bookmarks.listing import Listing, Shelf
from bookmarks.models import Page
from tests.bookmarks.keeping import SOME_DAY, keep

pytestmark = pytest.mark.django_db


def addresses(listing: Listing, viewer: User) -> list[str]:
    posts = json.loads("".join(export_bookmarks("pinboard_json", listing, viewer)))
    return [post["href"] for post in posts]


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_bookmarks", *arguments, stdout=out)
    return out.getvalue()


def test_all_is_exported_once_however_many_share_a_moment(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 3)
    mine = [keep(alice, saved_at=SOME_DAY).url for _ in range(7)]
    keep(bob)
    assert addresses(Listing(alice), alice) == mine[::-1]


def test_a_list_with_tags_or_on_a_shelf_is_exported_alone(alice: User) -> None:
    both = keep(alice, tags="bayes mcmc", unread=True).url
    keep(alice, tags="bayes")
    keep(alice, unread=True)
    assert addresses(Listing(alice, ("bayes", "mcmc")), alice) == [both]
    assert addresses(Listing(alice, ("bayes",), Shelf.UNREAD), alice) == [both]


@pytest.mark.parametrize("form", formats())
def test_private_things_are_in_files_of_the_owner_alone(form: str, alice: User, bob: User) -> None:
    keep(alice, "https://example.org/secret", private=True)
    keep(alice, "https://example.org/open", ".hidden shown")
    own = "".join(export_bookmarks(form, Listing(alice), alice))
    assert "secret" in own
    assert ".hidden" in own
    other = "".join(export_bookmarks(form, Listing(alice), bob))
    assert "open" in other
    assert "secret" not in other
    assert "hidden" not in other


def test_what_a_page_is_called_is_exported_only_where_it_shows(alice: User) -> None:
    bookmark = keep(alice, private=True)
    Page.objects.filter(pk=bookmark.page_id).update(title="Somebody else's finding")
    assert "finding" not in "".join(export_bookmarks("csv", Listing(alice), alice))


@pytest.mark.parametrize("form", formats())
def test_the_owner_downloads_a_file(form: str, alice: User, alice_client: Client) -> None:
    keep(alice, "https://example.org/secret", private=True)
    response = alice_client.get(f"/u:alice/export/{form}")
    assert response.streaming
    assert b"secret" in b"".join(response.streaming_content)  # type: ignore[attr-defined]
    ending = formats()[form].ending
    assert response["Content-Disposition"] == f'attachment; filename="alice-bookmarks.{ending}"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_what_a_list_shows_is_what_it_exports(alice: User, alice_client: Client) -> None:
    keep(alice, "https://example.org/both", "C/C++", unread=True)
    keep(alice, "https://example.org/read", "C/C++")
    keep(alice, "https://example.org/other", unread=True)
    for path, found in (
        ("/u:alice/", {"both", "read", "other"}),
        ("/u:alice/t:C%252FC++/", {"both", "read"}),
        ("/u:alice/unread/", {"both", "other"}),
        ("/u:alice/t:C%252FC++/unread/", {"both"}),
    ):
        assert f'href="{path}export/"' in alice_client.get(path).content.decode()
        page = alice_client.get(f"{path}export/").content.decode()
        assert 'href="pinboard_json"' in page
        posts = json.loads(body(alice_client, f"{path}export/pinboard_json"))
        assert {post["href"].rpartition("/")[2] for post in posts} == found


@pytest.mark.parametrize("path", ["/u:alice/export/", "/u:alice/unread/export/csv"])
def test_nobody_exports_what_is_somebody_elses(
    path: str, alice: User, bob_client: Client, visitor_client: Client
) -> None:
    assert bob_client.get(path).status_code == 404
    assert visitor_client.get(path)["Location"].startswith("/login/?next=/u%3Aalice/")
    assert "export/" not in bob_client.get("/u:alice/").content.decode()


@pytest.mark.parametrize(
    "path",
    ["/u:alice/export/docx", "/u:nobody/export/", "/u:alice/t:a/t:b/t:c/t:d/export/csv"],
)
def test_what_cannot_be_exported_is_not_found(path: str, alice_client: Client) -> None:
    assert alice_client.get(path).status_code == 404


def test_the_command_prints_or_writes_the_file(alice: User, tmp_path: Path) -> None:
    keep(alice, "https://example.org/é", description="two\nlines", private=True)
    file = tmp_path / "alice.csv"
    assert printed("Alice", "--format", "csv", "--output", str(file)) == ""
    assert file.read_bytes().decode() == printed("alice", "--format", "csv")
    assert file.read_bytes().count(b"\r\n") == 2
    assert json.loads(printed("alice"))["bookmarks"][0]["private"] is True


def test_the_command_tells_what_is_wrong(alice: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no account called nobody"):
        printed("nobody")
    with pytest.raises(CommandError, match="cannot be written"):
        printed("alice", "--output", str(tmp_path / "no" / "folder"))
    with pytest.raises(CommandError, match="invalid choice"):
        printed("alice", "--format", "docx")
