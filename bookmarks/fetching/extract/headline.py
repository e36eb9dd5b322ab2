"""The title of a page, without the site's name; import `find_title`."""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from urllib.parse import unquote

from bookmarks.fetching.extract.body import Element
from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.page import Found, Page
from bookmarks.fetching.extract.site import SEPARATOR, bare_key, find_site_name, site_keys
from bookmarks.fetching.extract.text import contains_run, joined, words

MAX_TITLE = 500
MAX_HEADING = 300
MAX_HEADINGS = 12
MAX_PIECES = 8

META_TITLES = ("twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title")

# Titles and first segments that templates set and that name no page.
NO_TITLE = frozenset(("home", "homepage", "index", "welcome", "untitled", "start", "viewtopic"))

# A title may beat the one that ranks before it when the address speaks for it by so much: by the
# measure of both directions, or by the share of the address's words alone.
CLEARLY = 0.05
MUCH = 0.3
# An address with fewer words says nothing about wording.
TELLING = 3


def find_title(page: Page) -> Found:
    """The page's title: a heading that the head confirms, else the head's own, without the site.

    A heading is what the author wrote; `title` and og:title carry the site's name, a section, a
    search engine's wording. A heading alone may be a logo, so its words must occur in the head,
    and where heading and head disagree the words of the address decide.
    """
    return _Headline(page).choose()


@dataclass(frozen=True)
class _Headline:
    """One page's candidates for its title."""

    page: Page

    def choose(self) -> Found:
        head = self.head
        heading = self._confirmed()
        if not heading:
            lone = self.headings[0] if len(self.headings) == 1 else ""
            fits, than = self.address_fit(lone), self.address_fit(head.value)
            better = bool(lone) and fits.score > than.score + CLEARLY
            return Found(lone, "h1") if better else head or self._last_resort()
        chapter = self._chapter_of(heading)
        if chapter:
            return Found(chapter, "title")
        if head and not self._begins_title(heading) and self._named_better(head.value, heading):
            return head
        return Found(heading, "h1")

    @cached_property
    def keys(self) -> frozenset[str]:
        return site_keys(self.page)

    @cached_property
    def heads(self) -> list[Found]:
        """The titles the head gives, the most trustworthy first."""
        meta, data = self.page.meta, self.page.data
        candidates = (
            Found(meta.first("citation_title"), "citation_title"),
            Found(first_text(data.articles, "headline"), "json-ld headline"),
            Found(meta.first("og:title"), "og:title"),
            Found(meta.first(*META_TITLES), meta.source(*META_TITLES)),
            Found(first_text(data.products + data.works, "name"), "json-ld name"),
            Found(self.page.title_element, "title"),
        )
        return [found for found in candidates if found]

    @cached_property
    def head(self) -> Found:
        """The best of the head's titles that say more than the site's name, without that name."""
        best = Found()
        for found in self.heads:
            title = self._bare(found.value)
            if not title or is_site(title, self.keys) or joined(title) in NO_TITLE:
                continue
            if not best or self._named_better(title, best.value):
                best = Found(title, found.source)
        return best

    def _bare(self, title: str) -> str:
        """A title without the site's name; that of the front page keeps it, but not twice."""
        bare = without_site(title, self.keys)
        if not self.page.is_home or any(
            joined(part) in self.keys for part in SEPARATOR.split(bare)
        ):
            return bare
        first, *rest = SEPARATOR.split(title)
        if len(rest) > 2 and joined(first) in self.keys and joined(rest[-1]) in self.keys:
            return "".join((first, *rest[:-2]))
        return "".join(rest[1:]) if rest and joined(first) in NO_TITLE else title

    @cached_property
    def headings(self) -> list[str]:
        """The page's h1 headings, without decoration, the site's own name left out."""
        elements = [one for one in self.page.body.named("h1") if not one.aside]
        texts = [self._heading_text(one) for one in elements[:MAX_HEADINGS]]
        return [
            text
            for text in texts
            if text and len(text) <= MAX_HEADING and not is_site(text, self.keys)
        ]

    def _heading_text(self, heading: Element) -> str:
        """The heading, or the head's title when the heading only adds labels to it.

        Forums put a prefix into the heading, news sites the source and the number of comments:
        each an element of its own before or after the very words of the title.
        """
        whole = self.page.body.text(heading)
        edges = range(heading.start, min(heading.end, heading.start + MAX_PIECES) + 1)
        spans = (self.page.body.span(start, end) for start, end in combinations(edges, 2))
        parts = {tuple(words(part)): part for part in spans}
        for found in self.heads:
            title = tuple(words(without_site(found.value, self.keys)))
            if len(title) >= TELLING and title in parts:
                return parts[title]
        return without_site(whole, self.keys)

    def _confirmed(self) -> str:
        """The heading whose words are a run in one of the head's titles, or share most of them."""
        runs = [words(found.value) for found in self.heads]
        parts = {joined(part) for found in self.heads for part in SEPARATOR.split(found.value)}
        good = [
            text
            for text in self.headings
            if any(contains_run(words(text), run) for run in runs)
            and (len(words(text)) > 1 or self._is_no_chance(text, parts))
        ]
        if good:
            return max(good, key=len)
        return next((text for text in self.headings if _is_close(text, runs)), "")

    def _is_no_chance(self, word: str, parts: set[str]) -> bool:
        """Whether a heading of one word, which may occur in the head by chance, does not do so.

        It is the only heading and a whole segment, or the address ends with it.
        """
        last = joined(unquote(self.page.path).rstrip("/").rpartition("/")[2])
        return joined(word) == last or (len(self.headings) == 1 and joined(word) in parts)

    def _begins_title(self, heading: str) -> bool:
        """Whether the title element begins with a heading of some words."""
        own = words(heading)
        return len(own) >= TELLING and words(self.page.title_element)[: len(own)] == own

    def _chapter_of(self, heading: str) -> str:
        """The chapter when `heading` is the book: title is "Chapter - Book", both are headings."""
        first, _, rest = self.page.title_element.partition(" - ")
        if words(rest) != words(heading):
            return ""
        elements = list(self.page.body.named("h1", "h2"))[:40]
        below = {tuple(words(self.page.body.text(one))) for one in elements}
        named = self.address_fit(first).score >= self.address_fit(heading).score
        return first.strip() if named and tuple(words(first)) in below else ""

    def _last_resort(self) -> Found:
        if self.headings:
            return Found(self.headings[0], "h1")
        first = self.heads[0] if self.heads else Found()
        return find_site_name(self.page, "") if joined(first.value) in NO_TITLE else first

    def _named_better(self, title: str, ranked_before: str) -> bool:
        """Whether the address has words of a title that the one ranked before it lacks."""
        return self.address_fit(title).recall > self.address_fit(ranked_before).recall + MUCH

    def address_fit(self, title: str) -> "_Fit":
        """How well a title fits the address; nothing does when the address has few words.

        Addresses are made from titles: of the last segment's words the title should have many, and
        the title's words should be in the path.
        """
        segments = [words(part) for part in unquote(self.page.path).split("/") if part]
        last = {word for word in (segments[-1] if segments else []) for word in word.split("_")}
        own = set(words(title))
        if len(last) < TELLING or not own:
            return _Fit()
        path = {part for segment in segments for word in segment for part in word.split("_")}
        return _Fit(len(own & path) / len(own), len(own & last) / len(last))


@dataclass(frozen=True)
class _Fit:
    """Which share of a title's words is in the address, and which share of the address in it."""

    precision: float = 0.0
    recall: float = 0.0

    @property
    def score(self) -> float:
        """The F2 measure: addresses leave words out, so recall counts for more."""
        both = 4 * self.precision + self.recall
        return 5 * self.precision * self.recall / both if both else 0.0


def _is_close(heading: str, runs: list[list[str]]) -> bool:
    """Whether a heading of three words or more shares at least half of them with the head."""
    own = set(words(heading))
    shared = own & {word for run in runs for word in run}
    return len(words(heading)) >= TELLING and len(shared) >= max(2, len(own) / 2)


def without_site(title: str, keys: frozenset[str]) -> str:
    """A title without the segments at its ends that are the site's name."""
    parts = SEPARATOR.split(title)
    while len(parts) > 1 and is_site(parts[-1], keys):
        del parts[-2:]
    while len(parts) > 1 and _may_go_first(parts[0], parts[1], keys) and len(words(parts[2])) >= 1:
        if len(words("".join(parts[2:]))) < 2:
            break
        del parts[:2]
    return "".join(parts).strip()


def _may_go_first(segment: str, separator: str, keys: frozenset[str]) -> bool:
    """Whether a segment may be dropped; before a colon it must be the site's very name."""
    if joined(segment) in NO_TITLE:
        return True
    return joined(segment) in keys if separator.strip() == ":" else is_site(segment, keys)


def is_site(text: str, keys: frozenset[str]) -> bool:
    """Whether a text is the site's name, or a few words that begin with it ("BBC", "BBC News")."""
    own = {joined(text), bare_key(text)} - {""}
    if own & keys:
        return True
    if len(words(text)) > TELLING:
        return False
    return any(
        (len(key) > 4 and one.startswith(key)) or (len(one) > 3 and key.startswith(one))
        for key in keys
        for one in own
    )
