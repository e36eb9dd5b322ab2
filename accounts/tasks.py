"""What accounts leave to the worker."""

from smtplib import SMTPException

from celery import shared_task
from celery.contrib.django.task import DjangoTask

from accounts.housekeeping import forget_expired as forget
from accounts.passwords import mail_reset_links


@shared_task(
    base=DjangoTask,
    autoretry_for=(SMTPException, OSError),
    retry_backoff=30,
    max_retries=5,
    ignore_result=True,
)
def send_reset_links(ids: list[int]) -> None:
    """Mail the links by which these accounts may get a new password."""
    mail_reset_links(ids)


@shared_task(base=DjangoTask, ignore_result=True)
def forget_expired() -> None:
    """Delete what is over: sessions, counts of tries, holds and invitations."""
    forget()
