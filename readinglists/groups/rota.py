"""Who presents. Import `take_turns`, `swap`, `volunteer`, `step_down`."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from readinglists.groups.layout import note_change
from readinglists.groups.membership import Refused, lock_group, touch
from readinglists.groups.schedule import rota
from readinglists.models import GroupMember, GroupSession, StudyGroup

GONE = "There is no such session any more."


@transaction.atomic
def take_turns(group: StudyGroup) -> int:
    """Let the members present in turns at all sessions to come; return how many there are.

    The turns go on after whoever presented last, in the order in which people joined.
    """
    current = lock_group(group.pk)
    now = timezone.now()
    members = GroupMember.objects.filter(group=current, user__is_active=True)
    people = list(members.order_by("joined_at", "pk").values_list("user_id", flat=True))
    sessions = GroupSession.objects.filter(group=current)
    ahead = list(sessions.filter(starts_at__gt=now).order_by("number"))
    before = sessions.filter(starts_at__lte=now, presenter__isnull=False).order_by("number").last()
    after = before.presenter_id if before else None
    for session, person in zip(ahead, rota(people, len(ahead), after=after), strict=True):
        if session.presenter_id != person:
            session.presenter_id = person
            session.sequence, session.changed_at = session.sequence + 1, now
    GroupSession.objects.bulk_update(ahead, ["presenter", "sequence", "changed_at"])
    touch(current)
    return len(ahead)


@transaction.atomic
def swap(group: StudyGroup, number: int, other: int, by: User) -> None:
    """Exchange who presents at two sessions; the owner may, and whoever presents at one of them.

    Raises Refused.
    """
    current = lock_group(group.pk)
    found = GroupSession.objects.filter(group=current, number__in=(number, other))
    pair = list(found.select_related("group"))
    if len(pair) != 2:
        raise Refused("Choose another session to swap with.")
    first, second = pair
    if min(first.starts_at, second.starts_at) <= timezone.now():
        raise Refused("Who presented at a session that is over stays as it is.")
    if by.pk not in (current.owner_id, first.presenter_id, second.presenter_id):
        raise Refused("Only who presents at one of the two sessions can swap them.")
    first.presenter_id, second.presenter_id = second.presenter_id, first.presenter_id
    for session in pair:
        session.save(update_fields=["presenter"])
        note_change(session)


@transaction.atomic
def volunteer(session: GroupSession, by: User) -> None:
    """Let a member present where nobody does; raises Refused."""
    current = _locked(session)
    if current.presenter_id and current.presenter_id != by.pk:
        raise Refused("Somebody else presents at this session; swap with them.")
    _present(current, by.pk)


@transaction.atomic
def step_down(session: GroupSession, by: User) -> None:
    """Let a session be without a presenter; its presenter and the owner may. Raises Refused."""
    current = _locked(session)
    if by.pk not in (current.presenter_id, current.group.owner_id):
        raise Refused("Only who presents can step down.")
    _present(current, None)


def _locked(session: GroupSession) -> GroupSession:
    lock_group(session.group_id)
    current = GroupSession.objects.select_related("group").filter(pk=session.pk).first()
    if current is None:
        raise Refused(GONE)
    return current


def _present(session: GroupSession, user_id: int | None) -> None:
    if session.presenter_id != user_id:
        session.presenter_id = user_id
        session.save(update_fields=["presenter"])
        note_change(session)
