"""What has to be done before the site can serve: database and static files. Import `prepare`.

It does only what is needed and says so; two at once wait for each other.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.locks import take_lock

Say = Callable[[str], None]
MIGRATION_LOCK = 0x50F7  # any number; the same in every process that migrates this database


def prepare(say: Say) -> None:
    """Bring the database and the static files up to date.

    Raises OSError when DATA_DIR cannot be written, locks.Taken when another process prepares it
    for longer than ten minutes, and django.db's errors when the database cannot be used.
    """
    os.umask(0o077)  # the database holds private things; all we make is for its owner alone
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    lock = take_lock(settings.DATA_DIR / "prepare.lock", seconds=600)
    try:
        migrate(say)
        collect_static(say)
    finally:
        os.close(lock)


def migrate(say: Say) -> None:
    """Apply the migrations that are missing, alone among all who use the database."""
    if not missing_migrations():
        return
    with closing(connection.cursor()) as cursor:
        alone = connection.vendor == "postgresql"
        if alone:
            cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            count = missing_migrations()
            if count:
                say(f"Bringing the database up to date ({count} migrations) ...")
                call_command("migrate", verbosity=0, interactive=False)
        finally:
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def missing_migrations() -> int:
    """Return how many migrations the database has yet to see."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static(say: Say) -> None:
    """Lay out the static files, hashed and compressed, unless that is done."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("Laying out the static files ...")
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(now)


def fingerprint() -> str:
    """Return a hash of all that the static files are made of: ours, and the packages' versions."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for place in sorted(Path(folder).rglob("*")):
            if place.is_file():
                digest.update(f"{place.relative_to(folder)}\n".encode() + place.read_bytes())
    return digest.hexdigest()


def is_empty() -> bool:
    """Tell whether nobody has an account yet."""
    return not get_user_model().objects.exists()
