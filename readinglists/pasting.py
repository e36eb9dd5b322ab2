"""Many items at once, one a line. Import `read_lines`, `mark_known`, `Line`, `MAX_LINES`.

A line is an address, words alone, or both: "title | address", "address title", "title address".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from bookmarks.links import BadUrl, clean_url, page_key
from readinglists.drafts import Invalid, ItemDraft, make_item_draft
from readinglists.models import Item, ReadingList

MAX_LINES = 500
MAX_LENGTH = 500_000
TWICE = "twice in these lines"
KNOWN = "in the list already"
# What lists in mails and notes begin their lines with.
BULLET = re.compile(r"^\s*[-*•]\s+")


@dataclass
class Line:
    """A pasted line, the item it would become, and `why` it is left out ("" where it is not)."""

    number: int
    text: str
    draft: ItemDraft | None = None
    why: str = ""


def read_lines(text: str) -> list[Line]:
    """Return the lines that say something; what is no item, or is there twice, says why.

    Raises Invalid for too many lines.
    """
    written = [(number, BULLET.sub("", one).strip()) for number, one in _numbered(text)]
    lines = [Line(number, one) for number, one in written if one]
    if len(lines) > MAX_LINES or len(text) > MAX_LENGTH:
        raise Invalid({"text": f"At most {MAX_LINES} lines at once; these are {len(lines):,}."})
    if not lines:
        raise Invalid({"text": "Paste an address or a title a line."})
    seen: set[str] = set()
    for line in lines:
        url, title = _parts(line.text)
        try:
            line.draft = make_item_draft(url=url, title=title)
        except Invalid as error:
            line.why = str(error)
            continue
        same = _same(line.draft)
        line.why = TWICE if same in seen else ""
        seen.add(same)
    return lines


def mark_known(reading_list: ReadingList, lines: Sequence[Line]) -> None:
    """Say of lines whose page, or whose words, the list has that they are left out."""
    drafts = [line.draft for line in lines if line.draft]
    keys = {_same(draft) for draft in drafts if draft.url}
    titles = {draft.title for draft in drafts if not draft.url}
    items = Item.objects.filter(reading_list=reading_list)
    known = _flat(items.filter(page__key__in=keys), "page__key")
    # Other addresses of a page that is in the list, as reading it showed.
    same = items.filter(page__alternates__key__in=keys, page__alternates__same=True)
    known |= keys & _flat(same, "page__alternates__key")
    known |= _flat(items.filter(url="", title__in=titles), "title")
    for line in lines:
        if line.draft and not line.why and _same(line.draft) in known:
            line.why = KNOWN


def _numbered(text: str) -> Iterable[tuple[int, str]]:
    return enumerate(text.splitlines(), 1)


def _flat(items: QuerySet[Item], field: str) -> set[str]:
    return set(items.values_list(field, flat=True))


def _same(draft: ItemDraft) -> str:
    """Return what two lines for one item have in common."""
    return page_key(draft.url) if draft.url else draft.title


def _parts(text: str) -> tuple[str, str]:
    """Return the address and the title in a line, "" for what it does not say."""
    if "|" in text:
        before, after = (one.strip() for one in text.rsplit("|", 1))
        if _is_address(after):
            return after, before
        before, after = (one.strip() for one in text.split("|", 1))
        if _is_address(before):
            return before, after
    words = text.split()
    if _is_address(words[0]) and (len(words) == 1 or "://" in words[0]):
        return words[0], " ".join(words[1:])
    if "://" in words[-1] and _is_address(words[-1]):
        return words[-1], " ".join(words[:-1])
    return "", text


def _is_address(text: str) -> bool:
    """Return whether a word is an address; without https:// it must have a dot and a slash."""
    if len(text.split()) != 1:
        return False
    if text.lower().startswith(("http://", "https://")):
        return True
    if "://" in text or "." not in text.partition("/")[0] or "/" not in text:
        return False
    try:
        return bool(clean_url(text))
    except BadUrl:
        return False
