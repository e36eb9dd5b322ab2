"""What can go wrong between a URL and its page, as one tree; import `FetchError` to catch it all.

FetchError            a page could not be had
├── Refused           policy forbids the URL (scheme, port, private address ...); never retried
├── Busy          we ask enough of that address already; asked again in a moment
├── NotReachable      name, connection, TLS or protocol failed before an answer; retried
│   └── ResolverFailed    the name service is in trouble, which says nothing about the site
├── TooSlow           the answer did not come within the time allowed; retried
├── TooLarge          the answer's header section is larger than any honest one; not retried
├── BadAnswer         the server answered, but not with a page (status, redirects, coding)
├── NotAPage          the answer is something else: an image, a video, an archive; not retried
└── Unreadable        the page came, and broke whoever tried to read it

Each error carries two texts. `cause` is for the log and may name addresses and ports. `sentence`
is for the person who saved the link and says nothing by which somebody could map a network
through us: whether a port is closed, filtered or silent, the sentence is the same.
"""

GONE = frozenset({404, 410})
RETRY_STATUSES = frozenset({408, 425, 429})


class FetchError(Exception):
    """A page could not be had.

    `cause` is the detail for the log, `code` one word for rows and metrics, `sentence` what the
    person may read, `retry` whether asking again later makes sense.
    """

    code = "failed"
    sentence = "The page could not be reached."
    retry = False

    def __init__(self, cause: str = "", *, code: str = "") -> None:
        super().__init__(cause)
        self.cause = cause
        if code:
            self.code = code

    def __str__(self) -> str:
        return f"{self.code}: {self.cause}" if self.cause else self.code


class Refused(FetchError):
    """The policy forbids this URL; the reason stays in the log."""

    code = "refused"
    sentence = "This address was refused by policy."


class Busy(FetchError):
    """As many of our connections as are decent lead to the address already; nothing failed."""

    code = "busy"
    retry = True


class NotReachable(FetchError):
    """No answer: `code` is dns, resolver, connect, certificate, tls or protocol."""

    code = "unreachable"
    retry = True


class ResolverFailed(NotReachable):
    """The name could not be looked up: no answer, or one that says so (RFC 1035, 4.1.1, SERVFAIL).

    Whether there is such a name is not known; the site is not to blame.
    """

    code = "resolver"


class TooSlow(FetchError):
    """The time allowed for the whole fetch ran out."""

    code = "slow"
    retry = True


class TooLarge(FetchError):
    """The header section is too long; a long body is cut instead, since its head is enough."""

    code = "large"
    sentence = "The site sent an answer too large to read."


class BadAnswer(FetchError):
    """The server answered `status`, and there is no page in the answer.

    `retry_after` is the number of seconds the server asked us to wait, when it did.
    """

    code = "answer"

    def __init__(
        self, status: int, cause: str = "", *, sentence: str = "", retry_after: int | None = None
    ) -> None:
        super().__init__(cause or f"status {status}")
        self.status = status
        self.sentence = sentence or _sentence_for_status(status)
        self.retry = status in RETRY_STATUSES or status >= 500
        self.retry_after = retry_after


class NotAPage(FetchError):
    """The answer is a file of another kind; `noun` names it in words ("a PDF")."""

    code = "not-a-page"

    def __init__(self, content_type: str) -> None:
        super().__init__(content_type)
        self.content_type = content_type
        self.noun = noun_for_type(content_type)
        self.sentence = f"This is {self.noun}, not a web page."


class Unreadable(FetchError):
    """The page came but reading it failed: `code` is crash, memory, slow, locked or damaged.

    It is read again later only when the machine may be to blame and not the page.
    """

    code = "crash"
    sentence = "The page could not be read."

    def __init__(self, cause: str, *, code: str = "", retry: bool = False) -> None:
        super().__init__(cause, code=code)
        self.sentence = UNREADABLE.get(code, self.sentence)
        self.retry = retry


UNREADABLE = {
    "locked": "This PDF is locked with a password.",
    "damaged": "This PDF is damaged and could not be read.",
}


def _sentence_for_status(status: int) -> str:
    if status in GONE:
        return f"The site says that this page is gone ({status})."
    if status in (401, 402, 403, 407, 451):
        return f"The site does not show this page to us ({status})."
    return f"The site answered with an error ({status})."


NOUNS = (
    ("application/pdf", "a PDF"),
    ("image/", "an image"),
    ("video/", "a video"),
    ("audio/", "a sound file"),
    ("application/rss+xml", "a feed"),
    ("application/atom+xml", "a feed"),
    ("application/feed+json", "a feed"),
    ("application/json", "a data file"),
    ("text/csv", "a data file"),
    ("application/zip", "an archive"),
    ("application/gzip", "an archive"),
    ("application/x-tar", "an archive"),
    ("application/postscript", "a PostScript file"),
    ("application/epub+zip", "an e-book"),
    ("text/xml", "an XML file"),
    ("application/xml", "an XML file"),
    ("font/", "a font"),
    ("text/css", "a style sheet"),
    ("text/javascript", "a script"),
    ("application/javascript", "a script"),
    ("application/msword", "a text document"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml", "a text document"),
    ("application/vnd.oasis.opendocument.text", "a text document"),
    ("application/vnd.ms-powerpoint", "a slide show"),
    ("application/vnd.openxmlformats-officedocument.presentationml", "a slide show"),
    ("application/vnd.ms-excel", "a spreadsheet"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml", "a spreadsheet"),
)


def noun_for_type(content_type: str) -> str:
    """The kind of file behind a media type, in words a person would use, with its article."""
    essence = content_type.partition(";")[0].strip().lower()
    for prefix, noun in NOUNS:
        if essence.startswith(prefix):
            return noun
    return "a file"
