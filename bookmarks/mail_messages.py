"""What a mail asks to be kept. Import `read_message`, `MailMessage`.

Pure. Whatever a message is made of, reading it has an answer: parts that cannot be decoded are
read as far as they can be, attachments and all behind the first megabyte are not read at all.
"""

import email
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from html.parser import HTMLParser

from bookmarks.shared_words import first_address, without

MAX_BYTES = 1024 * 1024
MAX_WORDS = 10_000
MAX_PARTS = 50
MAX_DEPTH = 20
# RFC 3834, 2 and 5, and what programs that answer by themselves wrote before it.
PRECEDENCES = frozenset({"bulk", "junk", "auto_reply", "auto-reply"})
ANSWERS_ITSELF = ("X-Autoreply", "X-Autorespond", "X-Loop")
RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
REPLIES = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
# A number alone is no tag: "issue #12".
TAG = re.compile(r"(?:^|(?<=\s))#(?=\S*[^\W\d])([^\s,#]+)")
SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)  # RFC 3676, 4.3


@dataclass(frozen=True)
class MailMessage:
    """What a message says. `name` is the same for every copy of it; `url` is "" without one."""

    name: str
    recipients: tuple[str, ...]
    automatic: bool
    url: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    words: str = ""


class Unreadable(ValueError):
    """This is no message that can be taken apart."""


def read_message(data: bytes) -> MailMessage:
    """Return what a message says; raise Unreadable for parts nested beyond measure."""
    data = data[:MAX_BYTES]
    if data.count(b"multipart/") + data.count(b"message/rfc822") > MAX_PARTS:
        raise Unreadable("It has too many parts.")
    try:
        message = email.message_from_bytes(data)
        subject, body, links = _header(message, "Subject"), *_body(message)
    except (RecursionError, MessageError, ValueError, LookupError) as error:
        raise Unreadable(f"It cannot be read: {type(error).__name__}.") from error
    tags = tuple(TAG.findall(subject))
    title = " ".join(TAG.sub("", REPLIES.sub("", subject)).split())
    words = SIGNATURE.split(body, maxsplit=1)[0].strip()
    url = first_address(title) or first_address(words) or links
    return MailMessage(
        name=_name(message, data),
        recipients=tuple(_recipients(message)),
        automatic=_is_automatic(message),
        url=url,
        title=without(title, url),
        tags=tags,
        words=without(words, url)[:MAX_WORDS],
    )


def _name(message: Message, data: bytes) -> str:
    """Return a digest of the Message-ID, or of the whole where there is none (RFC 5322, 3.6.4)."""
    given = str(message.get("Message-ID", "")).strip()
    return hashlib.sha256(given.encode(errors="replace") or data).hexdigest()


def _is_automatic(message: Message) -> bool:
    """Tell whether no person sent this: an answer by a program, a bounce, a loop."""
    submitted = str(message.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    return (
        submitted != "no"
        or precedence in PRECEDENCES
        or any(name in message for name in ANSWERS_ITSELF)
        or str(message.get("Return-Path", "")).strip() == "<>"
        or message.get_content_type() == "multipart/report"
    )


def _recipients(message: Message) -> Iterator[str]:
    for name in RECIPIENTS:
        headers = [str(value) for value in message.get_all(name, [])][:MAX_PARTS]
        yield from (address for _, address in getaddresses(headers)[:MAX_PARTS] if address)


def _header(message: Message, name: str) -> str:
    """Return a header with its encoded words decoded (RFC 2047), as one line."""
    raw = message.get(name, "")
    try:
        text = str(make_header(decode_header(raw)))
    except (MessageError, ValueError, LookupError):
        text = str(raw)
    return " ".join(text.split())


def _body(message: Message) -> tuple[str, str]:
    """Return the words of a message, and the first link of its HTML if its text has none."""
    found = {"text/plain": "", "text/html": ""}
    for part in _parts(message):
        kind = part.get_content_type()
        if kind in found and not found[kind].strip():
            found[kind] = _text(part)
    plain, html = found.values()
    if first_address(plain) or not html:
        return plain, ""
    reader = _Reader()
    reader.feed(html)
    words = "\n".join(" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return (plain if plain.strip() else words), reader.link


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """Yield the parts that are no attachments, in their order."""
    if depth > MAX_DEPTH or message.get_content_disposition() == "attachment":
        return
    payload = message.get_payload() if message.is_multipart() else None
    if not isinstance(payload, list):
        yield message
        return
    for part in payload[:MAX_PARTS]:
        if isinstance(part, Message):
            yield from _parts(part, depth + 1)


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8", errors="replace")
    except (LookupError, ValueError):  # a charset nobody knows
        return data.decode("utf-8", errors="replace")


class _Reader(HTMLParser):
    """Collects the words of HTML and its first link."""

    HIDDEN = frozenset({"head", "script", "style", "title"})
    BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "blockquote"})

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.link = ""
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, a new line, or where hidden words begin."""
        if tag in self.HIDDEN and not self._hidden:
            self._hidden = tag
        if tag in self.BREAKS:
            self.words.append("\n")
        target = dict(attrs).get("href") or ""
        if tag == "a" and not self.link and first_address(target) == target:
            self.link = target

    def handle_endtag(self, tag: str) -> None:
        """Note where hidden words end."""
        if tag == self._hidden:
            self._hidden = ""

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if not self._hidden:
            self.words.append(" ".join(data.split("\n")))
