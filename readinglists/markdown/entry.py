"""Makes an item of one entry of a list. Import `read_entry`, `Context`, `external`.

Pure. An entry is a bullet, a paragraph or a cell: one title, one primary link, other links with
roles, and what is left is the note.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bookmarks.drafts import clean_line
from readinglists.drafts import (
    MAX_ALTERNATES,
    MAX_ITEM_TITLE,
    MAX_LABEL,
    MAX_NOTE,
    AlternateDraft,
    ItemDraft,
    role_of,
)
from readinglists.markdown.around import EDGE, with_facts
from readinglists.markdown.labels import badge_text, is_generic, is_weak, plain_words, without_links
from readinglists.markdown.said import (
    STARS,
    date_in,
    looks_like_authors,
    number_in,
    title_in_reference,
    venue_and_year,
)
from readinglists.markdown.scan import Run, scan
from readinglists.markdown.targets import Target, mend
from readinglists.markdown.tree import ReadItem

# A picture before a title, as GitHub writes it: ":rocket: Title".
SHORTCODE = re.compile(r"\A\s*(?::[a-z0-9_+-]{2,40}:\s+)+(?=\S)")
TAG = re.compile(r"<[^<>]{1,2000}>")
# Authors and venue in italics at the end of the words before the links.
ITALIC_END = r"\s[*_](?=\w[^*_]{0,300}[*_]\W*\Z)"
# "In *ICML 2019*" behind a title.
IN_VENUE = re.compile(r"[.,:]?\s+[Ii]n\Z")
NO_TITLE = re.compile(r"\bet al\b|\barxiv\b", re.I)
# What stands in brackets of its own beside the title: [[Paper ICML-19]], [[Python Reference]].
SHORT_LABEL = 4
QUOTED = re.compile(r"[\"“”]([^\"“”]{4,400})[\"“”]")
PRIMARY = ("pdf", "paper", "html", "website", "link", "arxiv", "article")


@dataclass(frozen=True)
class Context:
    """What holds for a whole file: where it is from, its headings and its link references."""

    base: str = ""
    fragments: frozenset[str] = frozenset()
    references: Mapping[str, str] = field(default_factory=dict)
    # Every paragraph is looked at several times.
    known_runs: dict[str, list[Run]] = field(default_factory=dict)
    known_targets: dict[str, Target] = field(default_factory=dict)
    known_links: dict[str, list["Link"]] = field(default_factory=dict)

    def target(self, run: Run) -> Target:
        """Return where a link leads."""
        if run.href not in self.known_targets:
            self.known_targets[run.href] = mend(run.href, self.base, self.fragments)
        return self.known_targets[run.href]

    def runs(self, source: str) -> list[Run]:
        """Return a paragraph taken apart."""
        if source not in self.known_runs:
            self.known_runs[source] = scan(source, self.references)
        return self.known_runs[source]

    def links(self, source: str) -> list["Link"]:
        """Return the links of a paragraph that lead to the web, in order."""
        if source not in self.known_links:
            self.known_links[source] = external(self.runs(source), self)
        return self.known_links[source]


@dataclass(frozen=True)
class Link:
    """A link of an entry that leads out of the file."""

    run: Run
    url: str
    repair: str = ""

    @property
    def label(self) -> str:
        """What it is called: its words, or what its image or badge says."""
        return clean_line(self.run.text) or badge_text(self.run.src)


def external(runs: list[Run], context: Context) -> list[Link]:
    """Return the links that lead to the web, in order."""
    found = []
    for run in runs:
        if run.kind == "link":
            target = context.target(run)
            if target.url:
                found.append(Link(run, target.url, target.repair))
    return found


class _Entry:
    """One entry while it is read: `used` are the places of its source that are taken."""

    def __init__(self, source: str, context: Context, *, numbered: bool) -> None:
        self.source = source
        self.number, start = number_in(source) if numbered else ("", 0)
        self.year, start = (None, start) if start else date_in(source)
        self.runs = [run for run in context.runs(source) if run.end > start]
        self.links = external(self.runs, context)
        self.used = [(0, start)] if start else []
        self.taken: set[int] = set()

    def use(self, start: int, end: int) -> None:
        self.used.append((start, end))

    def rest(self, start: int, end: int) -> str:
        """Return what is not taken of a part of the source."""
        pieces, place = [], start
        for first, last in sorted(self.used):
            if first > place:
                pieces.append(self.source[place : min(first, end)])
            place = max(place, last)
            if place >= end:
                break
        if place < end:
            pieces.append(self.source[place:end])
        return "".join(pieces)

    def title(self) -> tuple[str, int, int, Link | None]:
        """Return the title, where it stands, and its own link if it has one."""
        naming = [one for one in self.links if self.names(one)]
        if naming and (lead := naming[0]) and not self.is_late(lead):
            return _title_of(lead.label), lead.run.start, lead.run.end, lead
        if found := self.quoted() or self.bold() or self.referenced():
            return *found, None
        if self.links and (found := self.words_before()):
            return *found, None
        if naming:
            return _title_of(naming[0].label), naming[0].run.start, naming[0].run.end, naming[0]
        return self.fallback()

    def names(self, link: Link) -> bool:
        label = link.label
        if not label or label.startswith(("http://", "https://", "www.")):
            return False
        if not is_generic(label):
            return not self.is_beside(link)
        before = self.source[: link.run.start].strip(EDGE + "*[(")
        return is_weak(label) and not before and not self.quoted()

    def is_beside(self, link: Link) -> bool:
        """Tell whether a link is short, in brackets of its own, and behind other words."""
        start, end = link.run.start, link.run.end
        around = self.source[start - 1 : start] + self.source[end : end + 1]
        bracketed = link.run.text.startswith("[") or around == "[]"
        before = re.findall(r"[^\W\d_]", TAG.sub("", self.source[:start]))
        return bracketed and len(link.label.split()) < SHORT_LABEL and len(before) > SHORT_LABEL

    def referenced(self) -> tuple[str, int, int] | None:
        """Return the title of a reference that has no marks: "A. One, B. Two, Title, Venue"."""
        first = next((one for one in self.links if one.run.start > 0), None)
        if first is None or (not is_generic(first.label) and not self.is_beside(first)):
            return None
        found = title_in_reference(self.source[: first.run.start])
        return (_title_of(self.source[slice(*found)]), *found) if found else None

    def is_late(self, link: Link) -> bool:
        """Tell whether so much stands before a link that it cannot be the title."""
        before = self.rest(0, link.run.start)
        if self.quoted() and link.run.start > self.source.find(self.quoted()[0][:20]):  # type: ignore[index]
            return True
        bold = self.bold()
        if bold and bold[2] <= link.run.start and not link.run.bold:
            generic = any(is_generic(one.label) for one in self.links)
            return generic or bold[1] < 4
        earlier = [one for one in self.links if one.run.start < link.run.start]
        words = plain_words(TAG.sub("", without_links(before)))
        if looks_like_authors(words):
            return False
        return len(words) > 60 or (bool(earlier) and len(words) > 20)

    def quoted(self) -> tuple[str, int, int] | None:
        """Return the words in quotation marks that are the title of a reference."""
        found = QUOTED.search(self.source)
        if not found or not any(is_generic(one.label) for one in self.links):
            return None
        if any(one.run.start < found.end() and one.run.end > found.start() for one in self.links):
            return None
        text = re.sub(r"[*`]", "", found[1])
        if len(text.split()) < 2 and "**" not in found[0]:
            return None
        return _title_of(text), found.start(), found.end()

    def bold(self) -> tuple[str, int, int] | None:
        """Return the first words in bold, or in italics, that are no remark and no number."""
        for kind in ("bold", "italic"):
            found: list[Run] = []
            for run in self.runs:
                inside = getattr(run, kind) and run.kind in ("text", "code", "break")
                if inside:
                    found.append(run)
                elif (found and run.kind != "mark") or (found and not getattr(run, kind)):
                    break
            text = "".join(run.text for run in found).strip()
            names = looks_like_authors(text) and (kind == "italic" or "," in text)
            odd = text.startswith(("(", "[")) or names
            if kind == "italic" and found and (NO_TITLE.search(text) or _is_venue(text)):
                odd = odd or len(re.findall(r"\w", self.rest(0, found[0].start))) > len("Title")
            if found and not odd and re.search(r"\w{2}|\w \w", text) and not is_generic(text):
                return _title_of(text), found[0].start, found[-1].end
        return None

    def words_before(self) -> tuple[str, int, int] | None:
        """Return the words before the first link, or behind links that name nothing."""
        first = self.links[0].run
        if found := self._words(0, first.start):
            return found
        end = 0
        for one in self.links:
            gap = self.source[end : one.run.start]
            if end and re.search(r"\w{3}", gap):
                break
            end = one.run.end
        return self._words(end, len(self.source))

    def _words(self, start: int, end: int) -> tuple[str, int, int] | None:
        part = self.rest(start, end)
        text = TAG.sub("\n", STARS.sub("", part)).strip(EDGE + "[]")
        text = re.split(
            ITALIC_END + r"|\s[-–—]\s|\n|\\\n|\s\(?by\s(?=[A-Z])|:\s*\Z|\s?[\[(]\s*\Z",
            text.strip(EDGE + "[]"),
        )[0]
        text = IN_VENUE.sub("", text.strip(EDGE + "[]("))
        if len(re.findall(r"\w", text)) < 2 or len(text) > 250:
            return None
        place = self.source.find(text, start)
        if place < 0:
            return None
        return _title_of(text), place, place + len(text)

    def fallback(self) -> tuple[str, int, int, Link | None]:
        if self.links:
            one = self.links[0]
            label = "" if one.run.text == one.run.href or is_generic(one.label) else one.label
            return _title_of(label), one.run.start, one.run.end, one
        runs = [run for run in self.runs if run.kind not in ("mark", "tag", "image")]
        end = next((run.start for run in runs[1:] if run.kind == "break"), len(self.source))
        words = "".join(run.text for run in runs if run.start < end)
        words = STARS.sub("", words).strip()
        dash = re.search(r"\s[-–—]\s", words)
        if dash and (cut := self.source.find(dash[0], 0, end)) > 0:
            words, end = words[: dash.start()], cut
        return _title_of(words), 0, end, None


def read_entry(  # noqa: PLR0913 - what it is, and what is known from around it
    source: str,
    line: int,
    context: Context,
    *,
    number: str = "",
    done: bool | None = None,
    title: str = "",
    named: str = "",
    more_note: str = "",
    numbered: bool = True,
) -> ReadItem:
    """Return the item of an entry.

    `title` is that of its section, for entries that do not say what they are; `named` is what it
    is called whatever the entry says; `number` is what an ordered list says; `more_note` stands
    below the entry.
    """
    entry = _Entry(source, context, numbered=numbered)
    found, start, end, own = (named, 0, 0, None) if named else entry.title()
    found = found or title
    if end > start:
        entry.use(start, end)
        entry.taken.add(start)
    primary = own or _primary(entry.links)
    alternates = _alternates(entry, primary)
    draft = ItemDraft(
        url=primary.url if primary else "", title=found, number=entry.number or number
    )
    labels = _labels(entry)
    years = [tag for tag in labels if re.fullmatch(r"(?:19|20)\d\d", tag)]
    labels = tuple(tag for tag in labels if tag not in years)
    year = int(years[0]) if years else entry.year
    draft = replace(draft, alternates=alternates, labels=labels, year=year)
    places = (start, end) if end > start else (0, 0)
    before, after = entry.rest(0, places[0]), entry.rest(places[1], len(source))
    papers = own is None or any(is_generic(one.label) for one in entry.links)
    draft = with_facts(draft, before, after, referenced=own is None, papers=papers)
    note = "\n\n".join(filter(None, (draft.note, more_note, _left_over(entry, draft))))
    repairs = tuple(f"{one.repair}: {one.url}" for one in entry.links if one.repair)
    return ReadItem(line, replace(draft, note=note[:MAX_NOTE].strip()), done, repairs)


def _is_venue(text: str) -> bool:
    """Tell whether words say no more than where and when something was published."""
    said = venue_and_year(text)
    return said is not None and bool(said[0] and said[1])


def _title_of(text: str) -> str:
    text = SHORTCODE.sub("", clean_line(re.sub(r"\*\*|__|`", "", text))).strip(" \t-–—:：,;|*")
    while text[:1] + text[-1:] in ("[]", "()", '""', "“”", "「」") and len(text) > 2:
        text = text[1:-1].strip()
    if text.endswith(".") and not text.endswith(("...", "etc.", "al.", "Jr.")):
        text = text[:-1]
    return text[:MAX_ITEM_TITLE].strip()


def _primary(links: list[Link]) -> Link | None:
    """Return the link of a title that has none: the paper's, else the first."""
    for wanted in PRIMARY:
        for link in links:
            if wanted in plain_words(link.label).lower().split():
                return link
    return links[0] if links else None


def _alternates(entry: _Entry, primary: Link | None) -> tuple[AlternateDraft, ...]:
    """Return the other links; those that only name what they lead to are taken out of the note."""
    found: dict[str, AlternateDraft] = {}
    for link in entry.links:
        named = link.run.text == link.run.href or is_generic(link.label) or link.run.src
        if link is primary or link.url == (primary.url if primary else ""):
            if link is primary or _stands_apart(entry, link, named=bool(named)):
                entry.use(link.run.start, link.run.end)
            continue
        if len(found) >= MAX_ALTERNATES and link.url not in found:
            continue
        label = (
            "" if link.run.text == link.run.href else link.label.strip(" []()*")[:MAX_LABEL].strip()
        )
        found.setdefault(link.url, AlternateDraft(link.url, role_of(label, link.url), label))
        if _stands_apart(entry, link, named=bool(named)):
            entry.use(link.run.start, link.run.end)
    return tuple(found.values())


def _stands_apart(entry: _Entry, link: Link, *, named: bool) -> bool:
    """Tell whether a link stands in brackets of its own or beside others, not in a sentence."""
    before = entry.rest(0, link.run.start).rstrip(" \n")[-1:]
    after = entry.source[link.run.end :].lstrip(" \n")[:1]
    if before in ("(", "[") and after in (")", "]"):
        return True
    return named and not (before.isalnum() or after.isalnum())


def _labels(entry: _Entry) -> tuple[str, ...]:
    """Return the tags of an entry: words in code that stand apart, and badges."""
    found: list[str] = []
    for place, run in enumerate(entry.runs):
        if run.kind == "image":
            entry.use(run.start, run.end)
            found += filter(None, [badge_text(run.src)])
        elif run.kind == "code" and not run.bold and _is_apart(entry.runs, place):
            entry.use(run.start, run.end)
            found.append(run.text)
        elif run.kind == "link" and run.src == "code" and run.start not in entry.taken:
            found.append(run.text)
    tags = ["-".join(tag.replace(",", " ").split())[:100] for tag in found]
    return tuple({tag.casefold(): tag for tag in tags if tag.strip(".")}.values())[:50]


def _is_apart(runs: list[Run], place: int) -> bool:
    def quiet(run: Run | None) -> bool:
        if run is None or run.kind in ("code", "link", "image", "break", "mark", "tag"):
            return True
        return not plain_words(run.text)

    before = runs[place - 1] if place else None
    after = runs[place + 1] if place + 1 < len(runs) else None
    return place > 0 and quiet(before) and quiet(after)


def _left_over(entry: _Entry, draft: ItemDraft) -> str:
    """Return links that found no place, so that none is lost."""
    have = {draft.url, *(one.url for one in draft.alternates)}
    lost = [one for one in entry.links if one.url not in have]
    return "\n".join(dict.fromkeys(f"- [{one.label or one.url}]({one.url})" for one in lost))
