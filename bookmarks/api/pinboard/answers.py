"""What is answered, as XML or JSON. Import `Form`, and a function for each answer.

JSON is compact and on one line, with ASCII alone and `/` escaped, under the type `text/json`:
some clients take it apart with a regular expression, and some accept no other type. XML keeps
line breaks in attributes and has none of the characters that XML 1.0 forbids.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from bookmarks.api.streaming import in_pieces
from bookmarks.models import Bookmark, Note
from bookmarks.wording import machine_time

DECLARATION = '<?xml version="1.0" encoding="UTF-8" ?>\n'
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
IN_ATTRIBUTES = ESCAPES | str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
Text = str | int


class Form(Enum):
    """The form of an answer; the value is its content type."""

    XML = "text/xml; charset=utf-8"
    JSON = "text/json; charset=utf-8"


def answer(form: Form, body: str) -> HttpResponse:
    """Return a whole answer; XML gets its declaration."""
    return HttpResponse(DECLARATION + body if form is Form.XML else body, content_type=form.value)


def code(form: Form, text: str) -> HttpResponse:
    """Answer a call on posts with a status text."""
    json_body = to_json({"result_code": text})
    return answer(form, json_body if form is Form.JSON else tag("result", {"code": text}))


def result(form: Form, text: str) -> HttpResponse:
    """Answer a call on tags or the person with one text."""
    json_body = to_json({"result": text})
    return answer(form, json_body if form is Form.JSON else f"<result>{escaped(text)}</result>")


def update(form: Form, moment: datetime) -> HttpResponse:
    """Answer with the time of the last change."""
    said = machine_time(moment)
    json_body = to_json({"update_time": said})
    return answer(form, json_body if form is Form.JSON else tag("update", {"time": said}))


def posts(
    form: Form, name: str, bookmarks: Iterable[Bookmark], moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with posts, written while they are read: with a moment an object, else an array."""
    if form is Form.JSON:
        opening, closing, between = "[", "]", ","
        if moment:
            head = to_json({"date": machine_time(moment), "user": name})
            opening, closing = f'{head[:-1]},"posts":[', "]}"
        written = (to_json(as_post(bookmark)) for bookmark in bookmarks)
    else:
        said = {"dt": machine_time(moment)} if moment else {}
        opening = DECLARATION + tag("posts", {**said, "user": name}, open_=True) + "\n"
        closing, between = "</posts>\n", ""
        written = (as_xml_post(bookmark) + "\n" for bookmark in bookmarks)
    pieces = in_pieces(opening, written, between, closing)
    return StreamingHttpResponse(pieces, content_type=form.value)


def dates(form: Form, name: str, tags: Iterable[str], days: dict[str, int]) -> HttpResponse:
    """Answer with how many posts each day has, newest first."""
    labels = "+".join(tags)
    if form is Form.JSON:
        return answer(form, to_json({"user": name, "tag": labels, "dates": days}))
    rows = [tag("date", {"count": number, "date": day}) + "\n" for day, number in days.items()]
    opening = tag("dates", {"user": name, "tag": labels}, open_=True)
    return answer(form, f"{opening}\n{''.join(rows)}</dates>\n")


def suggested(form: Form, popular: list[str], recommended: list[str]) -> HttpResponse:
    """Answer with two lists of tags, each in an object of its own, as clients count on."""
    if form is Form.JSON:
        return answer(form, to_json([{"popular": popular}, {"recommended": recommended}]))
    kinds = [("popular", popular), ("recommended", recommended)]
    rows = [f"<{kind}>{escaped(one)}</{kind}>\n" for kind, labels in kinds for one in labels]
    return answer(form, f"<suggested>\n{''.join(rows)}</suggested>\n")


def tags(form: Form, counts: dict[str, int]) -> HttpResponse:
    """Answer with tags and their counts: in JSON as text, which most clients read, or numbers."""
    if form is Form.JSON:
        as_said = int if settings.PINBOARD_TAG_COUNTS == "number" else str
        return answer(form, to_json({label: as_said(number) for label, number in counts.items()}))
    rows = [tag("tag", {"count": number, "tag": label}) + "\n" for label, number in counts.items()]
    return answer(form, f"<tags>\n{''.join(rows)}</tags>\n")


def notes(form: Form, found: list[Note]) -> HttpResponse:
    """Answer with notes, their texts left out; in JSON a length is text here."""
    if form is Form.JSON:
        told_ones = [as_note(note) | {"length": str(note.length)} for note in found]
        order = ("id", "hash", "title", "length", "created_at", "updated_at")
        rows = [{name: one[name] for name in order} for one in told_ones]
        return answer(form, to_json({"count": len(found), "notes": rows}))
    opening = tag("notes", {"count": len(found)}, open_=True)
    written = "".join(as_xml_note(note) + "\n" for note in found)
    return answer(form, f"{opening}\n{written}</notes>\n")


def note(form: Form, found: Note) -> HttpResponse:
    """Answer with one note and its text; in JSON its length is a number here."""
    if form is Form.JSON:
        said = as_note(found)
        digest = said.pop("hash")
        return answer(form, to_json(said | {"text": found.text, "hash": digest}))
    return answer(form, as_xml_note(found, found.text) + "\n")


def as_note(note: Note) -> dict[str, Text]:
    """Return the fields of a note, in Pinboard's order, without its text."""
    return {
        "id": note.key,
        "title": note.title,
        "created_at": note_time(note.created_at),
        "updated_at": note_time(note.updated_at),
        "length": note.length,
        "hash": note.digest,
    }


def as_xml_note(note: Note, text: str | None = None) -> str:
    """Return a note as an XML element, with a text in it or without."""
    said = as_note(note)
    order = ("title", "hash", "created_at", "updated_at", "length")
    parts = [*((name, str(said[name])) for name in order), *([("text", text)] if text else [])]
    inside = "".join(f"<{name}>{escaped(value)}</{name}>" for name, value in parts)
    return tag("note", {"id": note.key}, open_=True) + inside + "</note>"


def note_time(moment: datetime) -> str:
    """Return a moment as Pinboard tells those of notes."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "seconds")


def as_post(bookmark: Bookmark) -> dict[str, str]:
    """Return the fields of a post, in Pinboard's order.

    Where the person gave no title it is that of the page, as clients that send a whole post back
    must send one.
    """
    shared, toread = _yes(not bookmark.private), _yes(bookmark.unread)
    title = bookmark.shown_title[:255]
    said = (title, bookmark.description, bookmark.labels_text, shared, toread)
    return {
        "href": bookmark.url,
        "description": title,
        "extended": bookmark.description,
        "meta": _md5("\0".join(said)),
        "hash": _md5(bookmark.url),
        "time": machine_time(bookmark.saved_at),
        "shared": shared,
        "toread": toread,
        "tags": bookmark.labels_text,
    }


def as_xml_post(bookmark: Bookmark) -> str:
    """Return a post as an XML element."""
    post = as_post(bookmark)
    order = ("href", "time", "description", "extended", "tags", "hash", "meta", "shared", "toread")
    return tag("post", {"tag" if name == "tags" else name: post[name] for name in order})


def to_json(value: object) -> str:
    """Return JSON as Pinboard writes it."""
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/")


def tag(name: str, attributes: dict[str, Text], *, open_: bool = False) -> str:
    """Return an element that is empty, or only its start."""
    said = "".join(
        f' {key}="{ILLEGAL.sub("", str(value)).translate(IN_ATTRIBUTES)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{said}>" if open_ else f"<{name}{said} />"


def escaped(text: str) -> str:
    """Return text as it stands in an element."""
    return ILLEGAL.sub("", text).translate(ESCAPES)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _md5(text: str) -> str:
    """Return the MD5 that clients compare with; it guards nothing."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
