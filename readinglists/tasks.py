"""What reading lists leave to the workers. `hint_at_import` tells one that an import waits.

A message about an import is only a hint; what waits is a row (readinglists.importing).
"""

import logging
from smtplib import SMTPException

from celery import shared_task
from celery.contrib.django.task import DjangoTask

from bookmarks.tasks import hint
from readinglists import importing
from readinglists.groups.digests import send_due_digests
from readinglists.undoing import drop_old

log = logging.getLogger(__name__)


@shared_task(base=DjangoTask, ignore_result=True)
def send_group_digests() -> None:
    """Send the weekly mails of study groups that are due."""
    try:
        send_due_digests()
    except (SMTPException, OSError) as error:
        log.warning("The weekly mails of groups wait for the mail server: %s", error)


@shared_task(base=DjangoTask, ignore_result=True)
def sweep_removed_items() -> None:
    """Drop what was taken out of lists more than a day ago."""
    drop_old()


def hint_at_import(import_id: int) -> None:
    """Tell a worker that an import waits. Never raises for a broker that is down."""
    hint(work_on_import, import_id)


@shared_task
def work_on_import(import_id: int) -> None:
    """Do what an import waits for, unless somebody else does."""
    importing.work_on(import_id)


@shared_task
def sweep_imports() -> None:
    """Hint at the imports that wait, those of dead workers among them."""
    for import_id in importing.waiting_imports():
        hint_at_import(import_id)
