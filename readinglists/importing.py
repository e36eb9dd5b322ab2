"""Imports lists from Markdown: looks first, then stores. Import `start_import`,
`choose`, `request_run`, `work_on`, `import_now`, `waiting_imports`.

A `ListImport` row is the queue of record. It is leased, and every batch of items is stored in one
transaction with the count of what is done: a worker that dies is followed by another that goes on
where it stopped, and nothing comes twice.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from bookmarks.drafts import clean_line
from bookmarks.fetching.decode import decode
from bookmarks.fetching.errors import FetchError
from bookmarks.fetching.fetch import fetch_page
from bookmarks.links import BadUrl, clean_url
from bookmarks.pages import fetch_policy
from readinglists.drafts import MAX_TITLE, Invalid, ListDraft
from readinglists.items import MAX_ITEMS, add_items
from readinglists.lists import MAX_SECTIONS, create_list
from readinglists.markdown.kept import as_text, of_text
from readinglists.markdown.read import read_markdown
from readinglists.markdown.tree import MAX_BYTES, ReadMarkdown, TooMuch
from readinglists.models import ListImport, ReadingList, Section
from readinglists.newer import newer_of
from readinglists.ordering import Misplaced
from readinglists.plans import Planned, bare_sections, plan_of, section_for
from readinglists.progress import mark_read
from readinglists.raw_addresses import raw_address

State = ListImport.State

BATCH = 200
LEASE = timedelta(minutes=2)
UNTITLED = "Imported list"


def start_import(  # noqa: PLR0913 - where a text may come from
    owner: User,
    *,
    text: str = "",
    url: str = "",
    file_name: str = "",
    reading_list: ReadingList | None = None,
    visibility: str = "",
) -> ListImport:
    """Keep a text, or the address of one, for a look; nothing becomes a list yet.

    With `reading_list`, what is new in the text is added to that list. A worker fetches an address.
    Raises Invalid.
    """
    row = ListImport(owner=owner, reading_list=reading_list, file_name=clean_line(file_name)[:200])
    row.choices = {"visibility": visibility} if visibility else {}
    if text.strip():
        row.text = text
        _check(row)
    elif url.strip():
        try:
            row.source_url = raw_address(clean_url(url))
        except BadUrl as error:
            raise Invalid({"url": str(error)}) from None
        row.state = State.FETCHING
    else:
        raise Invalid({"text": "Paste a list, choose a file, or give the address of one."})
    row.save()
    return row


def _check(row: ListImport) -> None:
    """Read the text and keep what it says; raises Invalid where no list can be made of it."""
    try:
        read = read_markdown(row.text, row.source_url)
    except TooMuch as error:
        raise Invalid({"text": str(error)}) from None
    row.total = len(read.items())
    if not row.total:
        raise Invalid({"text": _nothing_in(read)})
    sections = sum(1 for section in read.top.walk() if section.level)
    if sections > MAX_SECTIONS:
        most = f"A list has {MAX_SECTIONS:,} sections at most; this file has {sections:,}."
        raise Invalid({"text": most})
    row.kept = as_text(read)


def _nothing_in(read: ReadMarkdown) -> str:
    """Return a sentence about a text without entries: what became of it instead."""
    words = "No entry of a list was found in this."
    if read.unparsed:
        first = read.unparsed[0]
        lines = "A line was" if len(read.unparsed) == 1 else f"{len(read.unparsed):,} lines were"
        words += f" {lines} not understood, the first is line {first.line}: {first.text[:60]}…"
    elif read.dropped:
        words += f" Line {read.dropped[0].line} was dropped: {read.dropped[0].reason}."
    return words


def read_of(row: ListImport) -> ReadMarkdown:
    """Return what the text of an import says, which must not be changed; raises TooMuch."""
    return _kept(row.kept) or _read(row.text, row.source_url)


# The last one is looked at several times in a row.
_kept = lru_cache(maxsize=1)(of_text)
_read = lru_cache(maxsize=1)(read_markdown)


def choose(row: ListImport, choices: dict[str, Any]) -> None:
    """Keep corrections made in the preview: a title, and the numbers of what is left out."""
    known = {"title", "visibility", "without_sections", "without_items"}
    row.choices = {**row.choices, **{key: choices[key] for key in known & set(choices)}}
    ListImport.objects.filter(pk=row.pk, state=State.PREVIEW).update(choices=row.choices)


def request_run(row: ListImport) -> bool:
    """Ask a worker for the import; False when it was asked for already."""
    newer = newer_of(row.reading_list, read_of(row))
    plan = plan_of(read_of(row), row.choices)
    changed = ListImport.objects.filter(pk=row.pk, state=State.PREVIEW).update(
        state=State.RUNNING,
        total=sum(one.place not in newer.known for one in plan),
        done=0,
        report={"skipped": sorted(newer.known), "sections": newer.sections},
    )
    row.refresh_from_db()
    return bool(changed)


def waiting_imports() -> list[int]:
    """Return imports that wait for a worker, or whose worker died."""
    return list(_waiting().order_by("created_at").values_list("pk", flat=True)[:50])


def lease(import_id: int) -> ListImport | None:
    """Return a waiting import, held for a while; None when somebody else has it or it is over."""
    token, until = secrets.token_hex(8), timezone.now() + LEASE
    if not _waiting().filter(pk=import_id).update(lease=token, leased_until=until):
        return None
    rows = ListImport.objects.select_related("owner", "reading_list")
    return rows.filter(pk=import_id, lease=token).first()


def _waiting() -> QuerySet[ListImport]:
    free = Q(leased_until=None) | Q(leased_until__lt=timezone.now())
    return ListImport.objects.filter(free, state__in=[State.RUNNING, State.FETCHING])


def work_on(import_id: int) -> None:
    """Fetch what an import is made of, or store its items, whichever it waits for."""
    row = lease(import_id)
    if row is None:
        return
    if row.state == State.FETCHING:
        fetch_source(row)
    else:
        run_import(row)


def fetch_source(row: ListImport) -> None:
    """Fetch the text of a leased import, and leave it for its owner to look at."""
    try:
        fetched = fetch_page(row.source_url, fetch_policy())
        text, _ = decode(fetched.body, fetched.content_type)
        if fetched.cut or len(fetched.body) > MAX_BYTES:
            raise Invalid({"url": f"A file has {MAX_BYTES // 1024 // 1024} MB at most."})
        row.text = text.replace("\0", "")
        _check(row)
    except FetchError as error:
        _fail(row, error.sentence)
    except Invalid as error:
        _fail(row, str(error))
    else:
        _held(row).update(
            state=State.PREVIEW,
            text=row.text,
            kept=row.kept,
            total=row.total,
            lease="",
            leased_until=None,
        )


def run_import(row: ListImport, tell: Callable[[int, int], None] | None = None) -> None:
    """Store the items of a leased import, a batch a transaction; `tell` hears of each."""
    try:
        read = read_of(row)
        skipped = set(row.report.get("skipped", []))
        plan = [one for one in plan_of(read, row.choices) if one.place not in skipped]
        while _store_batch(row, read, plan):
            if tell:
                tell(row.done, len(plan))
    except (TooMuch, Invalid, Misplaced) as error:
        _fail(row, str(error))
    except ReadingList.DoesNotExist:
        _fail(row, "The list was deleted meanwhile.")


@transaction.atomic
def _store_batch(row: ListImport, read: ReadMarkdown, plan: list[Planned]) -> bool:
    """Store what comes next; return whether the import still goes on and the lease is held."""
    held = _held(row).select_for_update(of=("self",)).defer("text", "kept")
    current = held.select_related("owner", "reading_list").first()
    if current is None:
        return False
    if current.reading_list is None:
        if current.report.get("made"):
            raise ReadingList.DoesNotExist
        current.reading_list = create_list(row.owner, list_draft(row, read))
        current.reading_list.front_matter = read.front_matter
        current.reading_list.save(update_fields=["front_matter"])
        current.report["made"] = True
    batch = plan[current.done : current.done + BATCH]
    current.done += len(batch)
    _store(current, read, batch, last=current.done >= len(plan))
    current.leased_until = timezone.now() + LEASE
    changed = ["reading_list", "done", "leased_until", "report"]
    if current.done >= len(plan):
        changed += _finish(current, read)
    current.save(update_fields=changed)
    row.done, row.report, row.reading_list = current.done, current.report, current.reading_list
    row.state = current.state
    return bool(current.state == State.RUNNING)


def _store(current: ListImport, read: ReadMarkdown, batch: list[Planned], *, last: bool) -> None:
    """Put a batch of items into the list, section by section; the last brings what is behind."""
    reading_list = current.reading_list
    if reading_list is None:
        raise AssertionError("the list is made before its items")
    made: dict[str, int] = current.report.setdefault("sections", {})
    found: dict[int, Section] = Section.objects.in_bulk(list(made.values()))
    bare = bare_sections(read, current.choices)

    def go_to(number: int) -> None:
        """Make the sections without items that stand before one."""
        while bare and bare[0] < number:
            section_for(read, bare.pop(0), reading_list, made, found)

    while batch:
        number = batch[0].section
        size = next((n for n, one in enumerate(batch) if one.section != number), len(batch))
        part, batch = batch[:size], batch[size:]
        go_to(number)
        section = section_for(read, number, reading_list, made, found)
        drafts = [one.item.draft for one in part]
        items = add_items(reading_list, drafts, current.owner, section=section)
        done = [item for item, one in zip(items, part, strict=True) if one.item.done]
        mark_read(current.owner, done)
    if last:
        go_to(MAX_ITEMS + MAX_SECTIONS)


def list_draft(row: ListImport, read: ReadMarkdown) -> ListDraft:
    """Return the list that an import makes."""
    name = row.file_name.rpartition(".")[0] or row.file_name
    title = clean_line(str(row.choices.get("title") or "")) or read.title or name or UNTITLED
    private = row.owner.private_by_default
    visibility = row.choices.get("visibility") or ("private" if private else "public")
    return ListDraft(title[:MAX_TITLE], read.description, visibility, read.labels)


def _finish(current: ListImport, read: ReadMarkdown) -> list[str]:
    """Note that an import is done, and what was left out; return the fields it changed."""
    current.state, current.finished_at, current.lease = State.DONE, timezone.now(), ""
    current.leased_until, current.text, current.kept = None, "", ""
    dropped = [
        {"line": one.line, "text": one.text[:300], "reason": one.reason}
        for one in read.dropped[:2000]
    ]
    unparsed = [{"line": one.line, "text": one.text[:300]} for one in read.unparsed[:2000]]
    current.report |= {"dropped": dropped, "unparsed": unparsed}
    return ["state", "finished_at", "lease", "text", "kept"]


def _held(row: ListImport) -> QuerySet[ListImport]:
    """Return the row of an import as long as the lease is ours."""
    return ListImport.objects.filter(pk=row.pk, lease=row.lease).exclude(lease="")


def _fail(row: ListImport, reason: str) -> None:
    _held(row).update(
        state=State.FAILED,
        reason=reason[:300],
        finished_at=timezone.now(),
        lease="",
        leased_until=None,
    )


def import_now(row: ListImport, tell: Callable[[int, int], None] | None = None) -> ListImport:
    """Run an import at once, in the foreground; raises Invalid where it fails."""
    request_run(row)
    held = lease(row.pk)
    if held is not None:
        run_import(held, tell)
    row.refresh_from_db()
    if row.state == State.FAILED:
        raise Invalid({"": row.reason})
    return row
