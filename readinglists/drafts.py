"""Lists and items as asked for, before they are stored. Pure.

Import `ListDraft`, `make_list_draft`, `ItemDraft`, `make_item_draft`, `AlternateDraft`, `Invalid`.
Every door (form, Markdown, suggestion, API) makes its drafts here, so that one set of rules holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bookmarks.drafts import clean_line, clean_text
from bookmarks.links import BadUrl, clean_url
from bookmarks.tag_names import BadTags, split_tags

MAX_TITLE = 255
MAX_ITEM_TITLE = 500
MAX_NOTE = 20_000
MAX_AUTHORS = 1000
MAX_VENUE = 300
MAX_LABEL = 100
MAX_ALTERNATES = 20
MAX_STARS = 5
MAX_MINUTES = 100_000
YEARS = range(1000, 2101)
VISIBILITIES = ("public", "unlisted", "private")
NEEDS = ("", "required", "optional", "background")
LEVELS = ("", "intro", "core", "advanced")
PASSES = ("", "skim", "read", "study")
ROLES = (
    *("pdf", "paper", "code", "project", "video", "slides", "data", "post", "notebook"),
    "other",
)


class Invalid(ValueError):
    """What was asked for cannot be stored; `errors` has a sentence for each field that is wrong."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True)
class ListDraft:
    """A list as its owner wants it; `description` is Markdown."""

    title: str
    description: str = ""
    visibility: str = "public"
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionDraft:
    """A section's heading and its note, which is Markdown."""

    title: str
    note: str = ""


@dataclass(frozen=True)
class AlternateDraft:
    """Another address of an item, what is found there (one of ROLES), and what it was called."""

    url: str
    role: str = "other"
    label: str = ""


@dataclass(frozen=True)
class ItemDraft:
    """An item as it is wanted; empty strings and None for what is not said. `note` is Markdown."""

    url: str = ""
    title: str = ""
    authors_text: str = ""
    venue: str = ""
    year: int | None = None
    note: str = ""
    labels: tuple[str, ...] = ()
    stars: int = 0
    number: str = ""
    need: str = ""
    level: str = ""
    reading_pass: str = ""
    minutes: int | None = None
    alternates: tuple[AlternateDraft, ...] = ()


def make_list_draft(
    title: str, *, description: str = "", visibility: str = "public", tags: str = ""
) -> ListDraft:
    """Return a list draft of what somebody typed; raises Invalid."""
    errors: dict[str, str] = {}
    title = clean_line(title)
    if not title:
        errors["title"] = "Give the list a title."
    elif len(title) > MAX_TITLE:
        errors["title"] = f"A title has {MAX_TITLE} characters at most; this one has {len(title)}."
    description = _note(description, "description", errors)
    if visibility not in VISIBILITIES:
        errors["visibility"] = "Choose public, unlisted or private."
    labels = _labels(tags, errors)
    if errors:
        raise Invalid(errors)
    return ListDraft(title, description, visibility, labels)


def make_section_draft(title: str, note: str = "") -> SectionDraft:
    """Return a section draft of what somebody typed; raises Invalid."""
    errors: dict[str, str] = {}
    title = _line(title, "title", MAX_TITLE, errors)
    note = _note(note, "note", errors)
    if not title:
        errors["title"] = "Give the section a heading."
    if errors:
        raise Invalid(errors)
    return SectionDraft(title, note)


def make_item_draft(  # noqa: PLR0913 - an item has these fields
    *,
    url: str = "",
    title: str = "",
    authors_text: str = "",
    venue: str = "",
    year: object = None,
    note: str = "",
    tags: str = "",
    stars: object = 0,
    number: str = "",
    need: str = "",
    level: str = "",
    reading_pass: str = "",
    minutes: object = None,
    alternates: Iterable[Mapping[str, Any] | AlternateDraft] = (),
) -> ItemDraft:
    """Return an item draft of what somebody typed or a file says; raises Invalid.

    An item without a URL is words alone, and must have a title or a note.
    """
    errors: dict[str, str] = {}
    _choose(errors, need=(need, NEEDS), level=(level, LEVELS), reading_pass=(reading_pass, PASSES))
    draft = ItemDraft(
        url=_url(url, "url", errors),
        title=_line(title, "title", MAX_ITEM_TITLE, errors),
        authors_text=_line(authors_text, "authors_text", MAX_AUTHORS, errors),
        venue=_line(venue, "venue", MAX_VENUE, errors),
        year=_number(year, "year", YEARS, errors),
        note=_note(note, "note", errors),
        labels=_labels(tags, errors),
        stars=_number(stars, "stars", range(MAX_STARS + 1), errors) or 0,
        number=clean_line(number)[:12].rstrip(),
        need=need,
        level=level,
        reading_pass=reading_pass,
        minutes=_number(minutes, "minutes", range(1, MAX_MINUTES + 1), errors),
        alternates=_alternates(alternates, errors),
    )
    if not errors and not (draft.url or draft.title or draft.note):
        errors["title"] = "Give the item a link, a title or a note."
    if errors:
        raise Invalid(errors)
    return draft


def role_of(label: str, url: str) -> str:
    """Return the likely role of another address, by what it is called and where it leads."""
    words = {word.strip(".:;,()[]").lower() for word in label.replace("-", " ").split()}
    host, path = _parts(url)
    for role, names in LABELS.items():
        if words & names:
            return role
    if path.endswith(".pdf") or (host == "arxiv.org" and path.startswith("/pdf/")):
        return "pdf"
    return HOSTS.get(host, "other")


LABELS = {
    "pdf": {"pdf"},
    "code": {"code", "github", "repo", "repository", "implementation", "源码", "代码"},
    "video": {"video", "talk", "youtube", "lecture", "recording"},
    "slides": {"slides", "slide", "deck", "presentation"},
    "notebook": {"notebook", "colab"},
    "data": {"data", "dataset", "datasets"},
    "project": {"project", "website", "homepage", "demo"},
    "post": {"post", "blog", "article"},
    "paper": {"paper", "arxiv", "abstract", "abs"},
}
HOSTS = {
    "arxiv.org": "paper",
    "openreview.net": "paper",
    "aclanthology.org": "paper",
    "github.com": "code",
    "gitlab.com": "code",
    "youtube.com": "video",
    "youtu.be": "video",
    "vimeo.com": "video",
    "colab.research.google.com": "notebook",
    "slideshare.net": "slides",
    "speakerdeck.com": "slides",
}


def _parts(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").removeprefix("www."), parts.path.lower()
    except ValueError:
        return "", ""


def _choose(errors: dict[str, str], **choices: tuple[str, tuple[str, ...]]) -> None:
    for name, (value, allowed) in choices.items():
        if value not in allowed:
            errors[name] = f"Choose one of: {', '.join(filter(None, allowed))}."


def _url(url: str, name: str, errors: dict[str, str]) -> str:
    if not url.strip():
        return ""
    try:
        return clean_url(url)
    except BadUrl as error:
        errors[name] = str(error)
        return ""


def _line(text: str, name: str, most: int, errors: dict[str, str]) -> str:
    text = clean_line(text)
    if len(text) > most:
        errors[name] = f"At most {most} characters; these are {len(text):,}."
    return text


def _note(text: str, name: str, errors: dict[str, str]) -> str:
    text = clean_text(text)
    if len(text) > MAX_NOTE:
        errors[name] = f"At most {MAX_NOTE:,} characters; these are {len(text):,}."
    return text


def _labels(tags: str, errors: dict[str, str]) -> tuple[str, ...]:
    try:
        return tuple(split_tags(tags))
    except BadTags as error:
        errors["tags"] = str(error)
        return ()


def _number(value: object, name: str, allowed: range, errors: dict[str, str]) -> int | None:
    if value is None or value == "":
        return None
    try:
        number = int(str(value).strip())
    except ValueError:
        number = None
    if number not in allowed:
        errors[name] = f"Give a number from {allowed.start:,} to {allowed.stop - 1:,}."
        return None
    return number


def _alternates(
    given: Iterable[Mapping[str, Any] | AlternateDraft], errors: dict[str, str]
) -> tuple[AlternateDraft, ...]:
    alternates: dict[str, AlternateDraft] = {}
    for one in given:
        fields = vars(one) if isinstance(one, AlternateDraft) else one
        url = _url(str(fields.get("url") or ""), "alternates", errors)
        label = clean_line(str(fields.get("label") or ""))[:MAX_LABEL].rstrip()
        role = str(fields.get("role") or "") or role_of(label, url)
        if url:
            known = role if role in ROLES else "other"
            alternates.setdefault(url, AlternateDraft(url, known, label))
    if len(alternates) > MAX_ALTERNATES:
        errors["alternates"] = f"An item has {MAX_ALTERNATES} other links at most."
    return tuple(alternates.values())
