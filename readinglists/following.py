"""Who follows which list. Import `follow`, `unfollow`, `is_following`, `followed_by`, `MOST`.

The count of a list's followers is kept in the transaction that changes it, under the lock of the
list's row, so that it stays exact whoever comes and goes at once.
"""

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from readinglists.models import ListFollow, ReadingList
from readinglists.ordering import lock_list

# What is new in the followed lists is read from all of them at once (readinglists.newest).
MOST = 500


class TooMany(Exception):
    """A person follows as many lists as one may."""

    def __init__(self) -> None:
        super().__init__(f"You follow {MOST} lists, which is the most. Leave one first.")


@transaction.atomic
def follow(reader: User, reading_list: ReadingList) -> bool:
    """Let a reader follow a list; return whether that is new.

    Nothing happens with one's own list. Raises TooMany, and ReadingList.DoesNotExist.
    """
    current = lock_list(reading_list.pk)
    theirs = ListFollow.objects.filter(user=reader)
    if current.owner_id == reader.pk or theirs.filter(reading_list=current).exists():
        return False
    if theirs.count() >= MOST:
        raise TooMany
    ListFollow.objects.create(user=reader, reading_list=current)
    _count(current, 1)
    return True


@transaction.atomic
def unfollow(reader: User, reading_list: ReadingList) -> bool:
    """Let a reader follow a list no longer; return whether they did.

    Raises ReadingList.DoesNotExist.
    """
    current = lock_list(reading_list.pk)
    gone, _ = ListFollow.objects.filter(user=reader, reading_list=current).delete()
    if gone:
        _count(current, -1)
    return bool(gone)


def is_following(reader: User | None, reading_list: ReadingList) -> bool:
    """Return whether a reader follows a list; nobody does who is not logged in."""
    if reader is None:
        return False
    return ListFollow.objects.filter(user=reader, reading_list=reading_list).exists()


def followed_by(reader: User) -> QuerySet[ReadingList]:
    """Return the lists a reader follows and may still see, the one followed last first."""
    lists = ReadingList.objects.readable_by(reader).filter(follows__user=reader)
    return lists.select_related("owner").order_by("-follows__followed_at", "-follows__pk")


def _count(reading_list: ReadingList, step: int) -> None:
    reading_list.follower_count = max(0, reading_list.follower_count + step)
    reading_list.save(update_fields=["follower_count"])
