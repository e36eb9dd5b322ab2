"""What reading lists leave to the worker."""

import logging
from smtplib import SMTPException

from celery import shared_task
from celery.contrib.django.task import DjangoTask

from readinglists.groups.digests import send_due_digests

log = logging.getLogger(__name__)


@shared_task(base=DjangoTask, ignore_result=True)
def send_group_digests() -> None:
    """Send the weekly mails of study groups that are due."""
    try:
        send_due_digests()
    except (SMTPException, OSError) as error:
        log.warning("The weekly mails of groups wait for the mail server: %s", error)
