"""Imports that workers do. Import `keep_file`, `Choices`, `stop_import`, `waiting_imports`,
`work_on`, `forget_files`, `forget_old_imports`.

What a person sends is kept in a folder until its job is over. The job's row is the queue of record:
it is leased, and who dies is followed by another that goes on where the report ends.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from bookmarks.drafts import clean_line
from bookmarks.formats.recognising import HEAD, reader_of
from bookmarks.formats.rows import BadFile
from bookmarks.importing import LEASE, State, TakenOver, held, run_import
from bookmarks.models import ImportJob, ImportRow

MAX_BYTES = 100_000_000
AT_ONCE = 3
# So often a file may be begun without a row getting stored: it may be what kills workers.
MAX_TRIES = 10
REPORTS_STAY = timedelta(days=90)
# Of a command that was broken off and never called again.
BROKEN_OFF_STAY = timedelta(days=7)
STRAY_FILES_STAY = timedelta(days=1)
CRASHED = "Reading this file failed every time."
LOST = "The file is not here any more. Choose it again."
TOO_BIG = f"A file has {MAX_BYTES // 1_000_000} MB at most. Split it, or export less at a time."


@dataclass(frozen=True)
class Choices:
    """How a file is to be taken in."""

    folders: str = ImportJob.Folders.TAGS
    fetch: bool = False
    all_private: bool = False


def keep_file(
    owner: User, pieces: Iterable[bytes], name: str, choices: Choices, format_name: str = ""
) -> ImportJob:
    """Keep a file that somebody sends, and return the job that takes it in.

    It is the job under way when the same was asked for already. Raises BadFile where the file is
    too big, its format is not known, or too much of theirs is under way.
    """
    under_way = ImportJob.objects.filter(owner=owner, state=State.RUNNING).exclude(kept_as="")
    folder = imports_folder()
    path = folder / secrets.token_hex(16)
    try:
        digest, head = _write(path, pieces)
        found, _ = reader_of(head, format_name)
        asked = {"digest": digest, "format": found, **asdict(choices)}
        same = under_way.filter(**asked).first()
        if same is None and under_way.count() >= AT_ONCE:
            raise BadFile(f"{AT_ONCE} of your files are being imported. Wait for one of them.")
        if same is None:
            file_name = clean_line(name)[:200]
            return ImportJob.objects.create(
                owner=owner, file_name=file_name, kept_as=path.name, **asked
            )
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    path.unlink()
    return same


def imports_folder() -> Path:
    """Return the folder in which files wait, made now unless it is there."""
    folder = Path(settings.IMPORTS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _write(path: Path, pieces: Iterable[bytes]) -> tuple[str, bytes]:
    """Write a file and return its digest and its beginning; raises BadFile where it is too big."""
    digest, size, head = hashlib.sha256(), 0, b""
    with open(path, "xb", opener=_for_us_alone) as out:
        for piece in pieces:
            size += len(piece)
            if size > MAX_BYTES:
                raise BadFile(TOO_BIG)
            digest.update(piece)
            head += piece[: HEAD - len(head)]
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest(), head


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, mode=0o600)


def stop_import(job: ImportJob) -> bool:
    """Stop a job at the end of its batch; what is in stays. Tell whether there was one to stop."""
    running = ImportJob.objects.filter(pk=job.pk, state=State.RUNNING)
    stopped = running.update(
        state=State.STOPPED, ended_at=timezone.now(), lease="", leased_until=None, kept_as=""
    )
    if stopped:
        _drop_file(job.kept_as)
    return bool(stopped)


def waiting_imports() -> list[int]:
    """Return jobs that wait for a worker, or whose worker died, those longest waiting first."""
    waiting = ImportJob.objects.filter(_free(), state=State.RUNNING).exclude(kept_as="")
    return list(waiting.order_by("begun_at").values_list("pk", flat=True)[:50])


def _free() -> Q:
    return Q(leased_until=None) | Q(leased_until__lt=timezone.now())


def _lease(job_id: int) -> ImportJob | None:
    """Return a waiting job, held for a while; None when somebody else has it or it is over."""
    waiting = ImportJob.objects.filter(_free(), pk=job_id, state=State.RUNNING).exclude(kept_as="")
    until, token = timezone.now() + LEASE, secrets.token_hex(8)
    if not waiting.update(lease=token, leased_until=until, tries=F("tries") + 1):
        return None
    return ImportJob.objects.select_related("owner").filter(pk=job_id, lease=token).first()


def work_on(job_id: int, is_over: Callable[[], bool] = lambda: False) -> bool:
    """Take in a kept file, until `is_over`; return whether there is more to do.

    Does nothing when somebody else works on it.
    """
    job = _lease(job_id)
    if job is None:
        return False
    if job.tries > MAX_TRIES:
        _fail(job, CRASHED)
        return False
    try:
        with (imports_folder() / job.kept_as).open("rb") as file:
            for place, total in run_import(job, file):
                if place < total and is_over():
                    return _give_back(job)
    except BadFile as error:
        _fail(job, str(error))
    except FileNotFoundError:
        _fail(job, LOST)
    except TakenOver:
        return False
    else:
        _drop_file(job.kept_as)
    return False


def _give_back(job: ImportJob) -> bool:
    return bool(held(job).update(lease="", leased_until=None, tries=0))


def _fail(job: ImportJob, reason: str) -> None:
    failed = held(job).update(
        state=State.FAILED,
        reason=reason[:300],
        ended_at=timezone.now(),
        lease="",
        leased_until=None,
        kept_as="",
    )
    if failed:
        _drop_file(job.kept_as)


def _drop_file(name: str) -> None:
    if name:
        (imports_folder() / name).unlink(missing_ok=True)


def forget_files(owner: User) -> None:
    """Delete a person's imports with what was kept of them; needs a transaction.

    Their rows go first of all the person's, as whoever works on them locks them first.
    """
    jobs = ImportJob.objects.filter(owner=owner)
    names = list(jobs.exclude(kept_as="").values_list("kept_as", flat=True))
    jobs.delete()
    for name in names:
        transaction.on_commit(partial(_drop_file, name))


def forget_old_imports() -> None:
    """Drop reports that nobody needs any more, jobs that were broken off, and stray files."""
    now = timezone.now()
    ImportJob.objects.filter(
        state=State.RUNNING, kept_as="", begun_at__lt=now - BROKEN_OFF_STAY
    ).update(state=State.STOPPED, ended_at=now)
    old = ImportJob.objects.filter(ended_at__lt=now - REPORTS_STAY).order_by("ended_at")
    for pk in list(old.values_list("pk", flat=True)[:100]):
        ImportRow.objects.filter(job=pk).delete()
        ImportJob.objects.filter(pk=pk).delete()
    before = time.time() - STRAY_FILES_STAY.total_seconds()
    kept = set(ImportJob.objects.exclude(kept_as="").values_list("kept_as", flat=True))
    for path in imports_folder().iterdir():
        if path.name not in kept and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
