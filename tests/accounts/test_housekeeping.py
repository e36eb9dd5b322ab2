"""What is over is thrown away, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.housekeeping import forget_expired
from accounts.invitations import make_invitation
from accounts.models import Attempts, HeldName, Invitation, Session, User
from accounts.names import hold_name
from accounts.tasks import forget_expired as forget_task
from accounts.throttle import LOG_IN
from tests.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limits")]


def everything(alice: User) -> None:
    signed_in(alice)
    make_invitation(1)
    hold_name("ada")
    LOG_IN.count("192.0.2.1")


def rows() -> list[int]:
    return [model.objects.count() for model in (Session, Invitation, HeldName, Attempts)]


def test_what_is_not_over_stays(alice: User) -> None:
    everything(alice)
    assert forget_expired() == 0
    assert rows() == [1, 1, 1, 2]


def test_what_is_over_goes(alice: User) -> None:
    everything(alice)
    past = timezone.now() - timedelta(seconds=1)
    Session.objects.update(expire_date=past)
    Invitation.objects.update(until=past)
    HeldName.objects.update(until=past)
    Attempts.objects.update(until=1)
    forget_task()
    assert rows() == [0, 0, 0, 0]
    assert User.objects.exists()
