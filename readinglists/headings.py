"""What an upstream made of the headings and notes of its sections. Import `digests_of_words`,
`find_reworded`, `take_words`, `leave_words`, `Reworded`.

A fork's section keeps digests of what the one it was copied from said when that was last seen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from readinglists.models import ReadingList, Section

WORDS = ("title", "note")
# Rows in a statement.
AT_ONCE = 200


@dataclass(frozen=True)
class Reworded:
    """A section of the fork, the upstream's that it is of, and which fields were changed there."""

    own: Section
    upstream: Section
    fields: list[str]


def digests_of_words(section: Section) -> dict[str, str]:
    """Return a short digest of each field of a section's words."""
    return {
        name: blake2b(getattr(section, name).encode(), digest_size=6).hexdigest() for name in WORDS
    }


def find_reworded(fork: ReadingList, upstream: ReadingList) -> dict[int, Reworded]:
    """Return what was changed since it was last seen, by the ids of the upstream's sections.

    What the fork says itself by now is no change. Of forks older than these digests, what they say
    is what was seen.
    """
    sections = Section.objects.filter(reading_list=fork, upstream__reading_list=upstream)
    found: dict[int, Reworded] = {}
    for own in sections.select_related("upstream").order_by("pk"):
        if own.upstream is None:
            continue
        now, ours = digests_of_words(own.upstream), digests_of_words(own)
        fields = [
            name for name in WORDS if now[name] not in (own.seen.get(name, ours[name]), ours[name])
        ]
        if fields:
            found[own.upstream.pk] = Reworded(own, own.upstream, fields)
    return found


def take_words(changes: Iterable[Reworded]) -> None:
    """Write into the fork's sections what the upstream changed, and only that."""
    taken = list(changes)
    for one in taken:
        for name in one.fields:
            setattr(one.own, name, getattr(one.upstream, name))
    _write(taken, [*WORDS, "seen"])


def leave_words(changes: Iterable[Reworded]) -> None:
    """Write down that these were seen."""
    _write(list(changes), ["seen"])


def _write(changes: Sequence[Reworded], columns: Sequence[str]) -> None:
    for one in changes:
        one.own.seen = digests_of_words(one.upstream)
    Section.objects.bulk_update([one.own for one in changes], columns, batch_size=AT_ONCE)
