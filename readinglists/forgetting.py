"""What goes when a person goes. Import `forget_reader`."""

from django.db.models import F

from accounts.models import User
from bookmarks.models import Page
from readinglists.groups.membership import leave_all
from readinglists.models import CitationKey, Item, ListFollow, ListReading, Progress, ReadingList


def forget_reader(reader: User) -> None:
    """Delete a person's lists, progress and citation keys, and stop following for them.

    Pages that nothing else keeps go too, since their addresses may tell of the person. Other
    people's lists stay, also forks of the person's, and so do groups with other people in them.
    """
    lists = ReadingList.objects.filter(owner=reader)
    listed = Item.objects.filter(reading_list__in=lists, page__isnull=False)
    page_ids = {
        *listed.values_list("page_id", flat=True),
        *Progress.objects.filter(reader=reader, page__isnull=False).values_list(
            "page_id", flat=True
        ),
        *CitationKey.objects.filter(owner=reader).values_list("page_id", flat=True),
    }
    followed = ListFollow.objects.filter(user=reader).values("reading_list")
    ReadingList.objects.filter(pk__in=followed).update(follower_count=F("follower_count") - 1)
    ListFollow.objects.filter(user=reader).delete()
    CitationKey.objects.filter(owner=reader).delete()
    Progress.objects.filter(reader=reader).delete()
    ListReading.objects.filter(reader=reader).delete()
    leave_all(reader)
    lists.delete()
    Page.objects.filter(pk__in=page_ids).unused().delete()
