"""Who is in a group. Import `lock_group`, `join`, `leave`, `remove_member`, `hand_over`,
`renew_join_key`, `renew_feed_key`, `choose`, `edit_group`, `delete_group`, `leave_all`, `Refused`.

All that changes a group locks its row first.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from readinglists.groups.drafts import GroupDraft
from readinglists.groups.schedule import monday_of
from readinglists.groups.zones import zone_of
from readinglists.models import GroupMember, GroupSession, StudyGroup
from readinglists.models.group import new_group_key

MAX_MEMBERS = 200


class Refused(ValueError):
    """It cannot be done; the text says why."""


def lock_group(group_id: int) -> StudyGroup:
    """Return a group, locked to the end of the transaction; raises StudyGroup.DoesNotExist."""
    return StudyGroup.objects.select_for_update().get(pk=group_id)


def touch(group: StudyGroup) -> None:
    """Note that what the group shows has changed."""
    group.changed_at = timezone.now()
    group.save(update_fields=["changed_at"])


@transaction.atomic
def join(group: StudyGroup, join_key: str, user: User) -> GroupMember:
    """Let a person in who has the join key; who is in stays in.

    Raises StudyGroup.DoesNotExist when the key was renewed, and Refused when the group is full.
    """
    current = lock_group(group.pk)
    members = GroupMember.objects.filter(group=current)
    if member := members.filter(user=user).first():
        return member
    if join_key != current.join_key:
        raise StudyGroup.DoesNotExist
    if members.count() >= MAX_MEMBERS:
        raise Refused(f"The group is full: it has {MAX_MEMBERS} members.")
    return new_member(current, user)


def new_member(group: StudyGroup, user: User) -> GroupMember:
    """Store and return a member; the first weekly mail they get is the next one."""
    week = monday_of(timezone.now(), zone_of(group))
    return GroupMember.objects.create(group=group, user=user, digest_for=week)


@transaction.atomic
def leave(group: StudyGroup, user: User) -> None:
    """Let a member go; what they said stays. Raises Refused for the owner."""
    current = lock_group(group.pk)
    if current.owner_id == user.pk:
        raise Refused("Hand the group over to another member first, or delete it.")
    _drop(current, user.pk)


@transaction.atomic
def remove_member(group: StudyGroup, user_id: int) -> None:
    """Take somebody out. The join link changes, so that they cannot come back by the old one.

    Raises Refused for the owner, and GroupMember.DoesNotExist.
    """
    current = lock_group(group.pk)
    if current.owner_id == user_id:
        raise Refused("The owner cannot be taken out.")
    GroupMember.objects.get(group=current, user=user_id)
    _drop(current, user_id)
    current.join_key = new_group_key()
    current.save(update_fields=["join_key"])


@transaction.atomic
def hand_over(group: StudyGroup, user_id: int) -> None:
    """Make another member the owner; raises GroupMember.DoesNotExist."""
    current = lock_group(group.pk)
    member = GroupMember.objects.get(group=current, user=user_id, user__is_active=True)
    current.owner_id = member.user_id
    current.save(update_fields=["owner"])


@transaction.atomic
def renew_join_key(group: StudyGroup) -> str:
    """Return a new join key; links with the old one end."""
    current = lock_group(group.pk)
    current.join_key = new_group_key()
    current.save(update_fields=["join_key"])
    return current.join_key


def renew_feed_key(member: GroupMember) -> None:
    """Give a member new addresses of calendar and feed; the old ones end."""
    member.feed_key = new_group_key()
    member.save(update_fields=["feed_key"])


def choose(member: GroupMember, *, shows_progress: bool, wants_digest: bool) -> None:
    """Keep what a member chose for themselves."""
    member.shows_progress, member.wants_digest = shows_progress, wants_digest
    member.save(update_fields=["shows_progress", "wants_digest"])


@transaction.atomic
def edit_group(group: StudyGroup, draft: GroupDraft) -> StudyGroup:
    """Change what a group says of itself; raises StudyGroup.DoesNotExist."""
    current = lock_group(group.pk)
    current.title, current.note = draft.title, draft.note
    current.question_hours = draft.question_hours
    current.save(update_fields=["title", "note", "question_hours"])
    touch(current)
    return current


def delete_group(group: StudyGroup) -> None:
    """Delete a group with all that was said in it."""
    group.delete()


@transaction.atomic
def leave_all(user: User) -> None:
    """Take a person out of all groups. Those they own go to whoever has been in them longest."""
    for group in StudyGroup.objects.select_for_update().filter(owner=user):
        others = GroupMember.objects.filter(group=group, user__is_active=True).exclude(user=user)
        heir = others.order_by("joined_at", "pk").first()
        if heir is None:
            group.delete()
        else:
            group.owner_id = heir.user_id
            group.save(update_fields=["owner"])
    GroupMember.objects.filter(user=user).delete()


def _drop(group: StudyGroup, user_id: int) -> None:
    GroupMember.objects.filter(group=group, user=user_id).delete()
    ahead = GroupSession.objects.filter(group=group, presenter=user_id)
    now = timezone.now()
    for session in ahead.filter(starts_at__gt=now):
        session.presenter = None
        session.sequence, session.changed_at = session.sequence + 1, now
        session.save(update_fields=["presenter", "sequence", "changed_at"])
    touch(group)
