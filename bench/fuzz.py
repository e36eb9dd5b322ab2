"""Does any input break what reads strangers' input? Run `.venv/bin/python -m bench.fuzz`.

A million URLs, bytes, pages and PDFs by default, put together from seeds by mutation. Every failure
is printed with what makes it again: the part, the seed and the number of the case.
"""

import argparse
import logging
import random
import time
from collections.abc import Callable
from html import escape

from bookmarks.fetching.charset_labels import CODECS, ENCODINGS
from bookmarks.fetching.decode import decode
from bookmarks.fetching.detection import OTHER_CODECS
from bookmarks.fetching.errors import Refused, Unreadable
from bookmarks.fetching.extract import extract
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.pdf import extract_pdf
from bookmarks.fetching.policy import FetchPolicy
from bookmarks.fetching.targets import check_url
from bookmarks.identities import recognise
from bookmarks.links import clean_url, url_key
from tests.bookmarks.fetching.pdf import PROSE, Text, lines, make_pdf

CASES, SEED = 1_000_000, 20261124
# The dearest input may cost this much processor time.
SECONDS = 2.0
POLICY = FetchPolicy(user_agent="fuzz")

URLS = (
    "https://arxiv.org/abs/1706.03762v5?context=cs.CL#S1",
    "http://user:secret@example.com:8080/a/../b/%7Eada/?q=1&utm_source=x#!/route",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10s",
    "https://github.com/huggingface/transformers/blob/main/README.md",
    "https://huggingface.co/papers/1706.03762",
    "https://doi.org/10.1038/s41586-021-03819-2",
    "https://openreview.net/forum?id=rJl-b3RcF7",
    "http://bücher.example/é?ü=ö",
    "https://[2606:4700:4700::1111]:8443/x;y=1",
    "https://proceedings.mlr.press/v139/a.html",
)
PIECES = (
    *("%", "%00", "%2F", "%zz", "\\", "//", "/../", "@", ":", ":80", "[", "]", "#", "?", "&", "="),
    *("\x00", "\t", "\n", "\r", " ", "\u202e", "\u200d", "\ufeff", "\ud800", "。", "ａ", "ß", "İ"),
    *("xn--", "xn--a", ".", "..", "javascript:", "http://", "127.0.0.1", "[::1]", "1e9", "٣", "😀"),
)
TAGS = (
    *("html", "head", "body", "title", "meta", "link", "script", "style", "svg", "template", "p"),
    *("article", "h1", "a", "time", "table", "td", "noscript", "textarea", "select", "base", "pre"),
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>On priors</title>
<meta name="citation_title" content="On priors"><meta name="citation_author" content="Ada, B.">
<meta property="og:title" content="On priors"><meta property="article:published_time"
content="2024-05-17T12:00:00Z"><link rel="canonical" href="/a?id=1"><meta name="description"
content="What one believes."><script type="application/ld+json">{"@graph":[{"@type":"Article",
"headline":"On priors","author":[{"name":"Ada"}],"datePublished":"2024-05-17"}]}</script></head>
<body><article><h1>On priors</h1><p class="byline">By <a rel="author" href="/ada">Ada</a></p>
<time datetime="2024-05-17">May 17</time><p>A prior is a belief held before the data.</p>
<pre>x = 1</pre><table><tr><td>1</td></tr></table></article></body></html>"""

PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li>On priors</rdf:li></rdf:Alt>
</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>"""
HEADING = Text("A Heading of the Page", 20, 72, 740)
PDFS = (
    make_pdf([[HEADING, *lines(*PROSE)]] * 2, {"Title": "On priors", "Author": "Ada, B."}),
    make_pdf([[HEADING, *lines("Ada Lovelace", "Abstract", *PROSE)]], outline=["One", "Two"]),
    make_pdf([[HEADING, Text("arXiv:1706.03762v5", 20, 20, 300, turned=True)]], xmp=PACKET),
    make_pdf([[Text("Über Größen und Maße", 18), *lines(*PROSE)]], language="de"),
)
# What may be said of a file that cannot be read (bookmarks.fetching.errors).
PDF_TROUBLES = ("damaged", "locked", "slow")
PDF_PIECES = (
    *(b"<<", b">>", b"[", b"]", b"(", b")", b"<", b">", b"stream\n", b"endstream", b"endobj", b"%"),
    *(b"1 0 R", b"2 0 R", b"4 0 R", b"/Kids", b"/Parent 5 0 R", b"/Prev 9", b"/Filter", b"/Length"),
    *(b"/ASCII85Decode", b"/LZWDecode", b"/FlateDecode", b"-1", b"99999999999", b"null", b"\x00"),
    *(
        b"\xfe\xff\xd8\x00",
        b"trailer",
        b"startxref\n0",
        b"xref\n0 1",
        b"/Encrypt 1 0 R",
        b"9 0 obj",
    ),
)


def mutated(text: str, chance: random.Random, pieces: tuple[str, ...], most: int = 4) -> str:
    """The text with a few places cut, doubled, swapped or filled with something odd."""
    for _ in range(chance.randint(1, most)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 1, 1, 3, 10, 40)))
        inside = chance.choice(("", chance.choice(pieces), text[start:end] * 2, _any_text(chance)))
        text = text[:start] + inside + text[end:]
    return text


def _any_text(chance: random.Random) -> str:
    return "".join(
        chr(chance.choice((chance.randrange(0x80), chance.randrange(0x10FFFF)))) for _ in "12"
    )


def try_url(chance: random.Random) -> None:
    """Clean, compare, recognise and judge one address; cleaning twice changes nothing."""
    url = mutated(chance.choice(URLS), chance, PIECES)
    if chance.random() < 0.3:
        try:
            check_url(url, POLICY)
        except Refused:
            pass
    try:
        cleaned = clean_url(url)
    except ValueError:
        return
    url_key(cleaned)
    if clean_url(cleaned) != cleaned:
        raise AssertionError(f"not idempotent: {url!r} {cleaned!r}")
    recognise(cleaned)


def try_bytes(chance: random.Random) -> None:
    """Decode bytes under some label; the result is text that can be stored."""
    encoding = chance.choice(tuple(CODECS))
    label = chance.choice(("", "utf-7", encoding, encoding, chance.choice(tuple(ENCODINGS))))
    kind = chance.random()
    if kind < 0.4:
        body = bytearray(chance.randbytes(chance.randint(0, 60)))
    else:
        text = mutated(f"<meta charset={label}>{chance.choice(URLS)}", chance, PIECES)
        codec = CODECS[encoding] if CODECS[encoding] != "-" else "utf-8"
        body = bytearray(text.encode(codec, "replace"))
        for _ in range(chance.randint(0, 3)):
            body.insert(chance.randint(0, len(body)), chance.randrange(256))
    text, name = decode(bytes(body), f"text/html; charset={label}" if kind < 0.7 else "")
    if name not in CODECS | OTHER_CODECS:
        raise AssertionError(f"no encoding: {name!r}")


def try_page(chance: random.Random) -> None:
    """Read one page; what comes out can be stored, and it does not take long."""
    marks = tuple(f"<{slash}{tag}>" for tag in TAGS for slash in ("", "/"))
    odd = ("<!--", "-->", "&#0;", "&#xD800;", "&amp;amp;", "<![CDATA[", '"', "'", ">", "{", "NaN")
    page = mutated(PAGE, chance, marks + odd + PIECES, most=8)
    if chance.random() < 0.1:
        page = page.replace("A prior", chance.choice(marks) * 300 + escape(page))
    check_facts(
        extract(page.encode("utf-8", "surrogatepass"), "https://example.org/a", "text/html")
    )


def try_pdf(chance: random.Random) -> None:
    """Read one PDF, or be told what is the matter with it; it does not take long either."""
    file = chance.choice(PDFS)
    for _ in range(chance.choice((1, 2, 4, 16))):
        start = chance.randint(0, len(file))
        end = min(len(file), start + chance.choice((0, 1, 1, 4, 20, 200)))
        odd = (b"", chance.randbytes(2), file[start:end] * 2, *[chance.choice(PDF_PIECES)] * 2)
        file = file[:start] + chance.choice(odd) + file[end:]
    try:
        check_facts(extract_pdf(file, "https://example.org/a.pdf"))
    except Unreadable as error:
        if not error.sentence or error.code not in PDF_TROUBLES:
            raise AssertionError(f"no words for {error!r}") from error


def check_facts(facts: PageFacts) -> None:
    """Raise unless all texts can be stored."""
    for value in (facts.title, facts.excerpt, facts.site_name, facts.text, *facts.authors):
        value.encode()  # no surrogates
        if "\x00" in value:
            raise AssertionError("NUL")


PARTS: tuple[tuple[str, Callable[[random.Random], None], float], ...] = (
    ("url", try_url, 0.6),
    ("bytes", try_bytes, 0.39),
    ("page", try_page, 0.005),
    ("pdf", try_pdf, 0.005),
)


def run(name: str, numbers: range, seed: int) -> list[str]:
    """The failures of some cases of one part."""
    attempt = next(attempt for part, attempt, _ in PARTS if part == name)
    failures = []
    for number in numbers:
        began = time.process_time()
        try:
            attempt(random.Random(f"{seed} {name} {number}"))  # noqa: S311 - no secret
        except Exception as error:  # noqa: BLE001 - all of them are findings
            failures.append(f"{name} --seed {seed} --only {number}: {error!r}")
        if time.process_time() - began > SECONDS:
            failures.append(f"{name} --seed {seed} --only {number}: took over {SECONDS} s")
    return failures


def main() -> None:
    """Run the parts and print what failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=[name for name, *_ in PARTS])
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", type=int, help="the number of one case of a part")
    asked = parser.parse_args()
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of all that is damaged
    failed = 0
    for name, _, share in PARTS:
        if asked.part not in (None, name):
            continue
        most = asked.cases if asked.part else round(asked.cases * share)
        numbers = range(most) if asked.only is None else range(asked.only, asked.only + 1)
        began = time.perf_counter()
        failures = run(name, numbers, asked.seed)
        failed += len(failures)
        print(f"{name}: {len(numbers):,} cases in {time.perf_counter() - began:.0f} s", end=", ")
        print(f"{len(failures)} failed", *failures[:20], sep="\n  ")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
