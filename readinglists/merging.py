"""Lists and progress when two pages turn out to be one. Import `move_page`."""

from readinglists.models import CitationKey, Item, Progress

# Of two states of one page the further one holds.
FURTHER = [
    Progress.State.TO_READ,
    Progress.State.DROPPED,
    Progress.State.SKIMMED,
    Progress.State.READING,
    Progress.State.READ,
]


def move_page(kept_id: int, dropped_id: int) -> None:
    """Let items, progress and citation keys of one page be those of another.

    Who was at different states with the two is at the further one; who cited both keeps the key
    of the page that stays.
    """
    Item.objects.filter(page=dropped_id).update(page=kept_id)
    _move_progress(kept_id, dropped_id)
    citing = CitationKey.objects.filter(page=kept_id).values_list("owner", flat=True)
    CitationKey.objects.filter(page=dropped_id, owner__in=list(citing)).delete()
    CitationKey.objects.filter(page=dropped_id).update(page=kept_id)


def _move_progress(kept_id: int, dropped_id: int) -> None:
    theirs = Progress.objects.select_for_update().filter(page=dropped_id)
    both = Progress.objects.select_for_update().filter(
        page=kept_id, reader__in=list(theirs.values_list("reader", flat=True))
    )
    kept = {one.reader_id: one for one in both}
    for other in theirs.filter(reader__in=kept):
        mine = kept[other.reader_id]
        if _further(other) > _further(mine):
            Progress.objects.filter(pk=mine.pk).update(
                state=other.state,
                changed_at=other.changed_at,
                read_at=mine.read_at or other.read_at,
            )
        other.delete()
    theirs.update(page=kept_id)


def _further(progress: Progress) -> int:
    return FURTHER.index(Progress.State(progress.state))
