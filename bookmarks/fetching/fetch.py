"""Asking for one page; import `fetch_page`."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import chain
from urllib.parse import urljoin

from bookmarks.fetching.content_coding import KNOWN_CODINGS, coding_of, decoded
from bookmarks.fetching.errors import BadAnswer, NotAPage, NotReachable
from bookmarks.fetching.guard import Answer, GuardedSession
from bookmarks.fetching.policy import FetchPolicy
from bookmarks.fetching.sniff import PDF, binary_type, sniff
from bookmarks.fetching.targets import check_url

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# RFC 9110, 15.4: the only ones that say where the page is from now on.
PERMANENT = frozenset({301, 308})

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPES = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
PDF_TYPES = frozenset({PDF, "application/x-pdf"})
# Types that say nothing, or that pages and feeds share: the first bytes decide.
VAGUE_TYPES = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "*/*"}
    | {"application/xml", "text/xml"}
)

# A server that asks for more patience than this is not worth remembering.
LONGEST_WAIT = 7 * 24 * 3600


@dataclass(frozen=True)
class Fetched:
    """A page as it came: `url` is where it was in the end, `redirects` the URLs before that one.

    `body` is decompressed and at most as long as the policy allows; `cut` says that there was
    more. With `not_modified` the body is empty, since the one fetched before still holds.
    `permanent` says that there were redirects and each of them was for good (301, 308).
    """

    url: str
    status: int
    content_type: str = ""
    body: bytes = b""
    cut: bool = False
    etag: str = ""
    last_modified: str = ""
    not_modified: bool = False
    redirects: tuple[str, ...] = ()
    permanent: bool = False


def fetch_page(
    url: str, policy: FetchPolicy, *, etag: str = "", last_modified: str = ""
) -> Fetched:
    """Fetch the page at `url`, following redirects, each judged anew.

    `etag` and `last_modified` are those of an earlier answer; with them the server may say that
    nothing has changed (RFC 9110, 13). Raises FetchError in one of its kinds.
    """
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in conditions.items() if value}
    trail: list[str] = []
    statuses: list[int] = []
    with GuardedSession(policy) as session:
        while True:
            target = check_url(url, policy)
            _check_trail(target.url, trail, policy.max_redirects, statuses)
            if policy.visit:
                policy.visit(target.url)
            with session.get(target, headers) as answer:
                if answer.status not in REDIRECTS:
                    fetched = _page(answer, target.url, policy, bool(headers))
                    permanent = bool(statuses) and PERMANENT.issuperset(statuses)
                    return replace(fetched, redirects=tuple(trail), permanent=permanent)
                url = _redirect_target(answer, target.url)
            trail.append(target.url)
            statuses.append(answer.status)


def _check_trail(url: str, trail: list[str], most: int, statuses: list[int]) -> None:
    status = statuses[-1] if statuses else 0
    if url in trail:
        sentence = "The site redirects in a circle."
        raise BadAnswer(status, f"redirects in a circle at {url}", sentence=sentence)
    if len(trail) > most:
        sentence = "The site redirects too many times."
        raise BadAnswer(status, f"more than {most} redirects", sentence=sentence)


def _redirect_target(answer: Answer, url: str) -> str:
    """Where a redirect leads; its body is never read, it may be a bomb or never end."""
    location = answer.headers.get("Location", "").strip()
    if not location:
        raise BadAnswer(answer.status, f"status {answer.status} without a Location")
    try:
        # Header bytes arrive as latin-1; what servers mean is UTF-8.
        location = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        pass
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise BadAnswer(answer.status, f"Location {location!r}: {error}") from error


def _page(answer: Answer, url: str, policy: FetchPolicy, conditional: bool) -> Fetched:
    content_type = answer.headers.get("Content-Type", "").strip()
    not_modified = answer.status == 304 and conditional
    if not not_modified:
        _check_answer(answer, content_type)
    body, cut = (b"", False) if not_modified else _read(answer, content_type, policy)
    return Fetched(
        url=url,
        status=answer.status,
        content_type=content_type,
        body=body,
        cut=cut,
        etag=answer.headers.get("ETag", ""),
        last_modified=answer.headers.get("Last-Modified", ""),
        not_modified=not_modified,
    )


def _check_answer(answer: Answer, content_type: str) -> None:
    """Turn away, before the body is read, what cannot be a page."""
    if not 200 <= answer.status < 300:
        wait = retry_after(answer.headers.get("Retry-After", ""), datetime.now(UTC))
        raise BadAnswer(answer.status, retry_after=wait)
    if essence(content_type) not in PAGE_TYPES | TEXT_TYPES | VAGUE_TYPES | PDF_TYPES:
        raise NotAPage(content_type)
    coding = coding_of(answer.headers.get("Content-Encoding", ""))
    if coding not in KNOWN_CODINGS:
        sentence = "The site sent an answer that could not be read."
        raise BadAnswer(answer.status, f"content coding {coding!r}", sentence=sentence)


def essence(content_type: str) -> str:
    """The media type alone, without parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def _read(answer: Answer, content_type: str, policy: FetchPolicy) -> tuple[bytes, bool]:
    """The body up to the cap, and whether it was cut there or by the server."""
    body = bytearray()
    pieces = decoded(answer.chunks(), coding_of(answer.headers.get("Content-Encoding", "")))
    try:
        first = next(pieces, b"")
        found = _checked_type(first, essence(content_type))
        max_bytes = policy.max_pdf_bytes if found == PDF else policy.max_bytes
        for piece in chain((first,), pieces):
            body += piece
            if len(body) > max_bytes:
                return bytes(body[:max_bytes]), True
    except NotReachable:
        # The connection broke in the middle; the head of the page is what we came for.
        if not body:
            raise
        return bytes(body), True
    return bytes(body), False


def _checked_type(first: bytes, media_type: str) -> str:
    """The type that the first bytes show, if any; raises NotAPage for what we cannot read."""
    vague = media_type in VAGUE_TYPES | PDF_TYPES
    found = sniff(first) if vague else binary_type(first)
    if found and found != PDF and found not in PAGE_TYPES:
        raise NotAPage(found)
    return found


def retry_after(header: str, now: datetime) -> int | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3), a week at most; None if none."""
    if header.strip().isdecimal():
        return min(int(header.strip()[:9]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0, min(int((moment - now).total_seconds()), LONGEST_WAIT))
