"""Who may open which group. Import `member_of`, `owner_of`, `session_of`, `entry_of`, `Here`.

Whoever is no member gets the same 404 for a group as for none.
"""

from dataclasses import dataclass

from django.http import Http404

from accounts.http import SignedInRequest
from readinglists.models import GroupMember, GroupSession, SessionEntry, StudyGroup

NO_GROUP = "There is no such group, or you are not in it."
NO_SESSION = "There is no such session any more."


@dataclass(frozen=True)
class Here:
    """A group and the member who asks."""

    group: StudyGroup
    member: GroupMember

    @property
    def owned(self) -> bool:
        """Whether the member is the owner."""
        return self.group.owner_id == self.member.user_id


def member_of(request: SignedInRequest, key: str) -> Here:
    """Return a group that the person is in; raises Http404."""
    members = GroupMember.objects.select_related("group__owner")
    member = members.filter(group__key=key, user=request.user).first()
    if member is None:
        raise Http404(NO_GROUP)
    member.user = request.user
    return Here(member.group, member)


def owner_of(request: SignedInRequest, key: str) -> Here:
    """Return a group of the person's own; raises Http404."""
    here = member_of(request, key)
    if not here.owned:
        raise Http404("Only the owner of the group can do this.")
    return here


def session_of(group: StudyGroup, number: str | int) -> GroupSession:
    """Return a session of a group; raises Http404."""
    session = GroupSession.objects.filter(group=group, number=number).first()
    if session is None:
        raise Http404(NO_SESSION)
    session.group = group
    return session


def entry_of(session: GroupSession, entry_id: str | int) -> SessionEntry:
    """Return something that is read for a session; raises Http404."""
    entry = SessionEntry.objects.filter(session=session, pk=entry_id).first()
    if entry is None:
        raise Http404("This is not read for that session any more.")
    entry.session = session
    return entry
