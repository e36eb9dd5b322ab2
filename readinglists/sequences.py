"""Puts things into sequences, and tells which of them moved. Pure.

Import `moved`, `weave`, `ranks_for`.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence

# As far apart as the ranks of a list (readinglists.ordering).
GAP = 1 << 32


def moved(before: Mapping[int, int], now: Sequence[int]) -> set[int]:
    """Return the fewest members that must have moved, given their ranks before and the order now.

    All others are in the same order as before: a longest rising subsequence (Fredman, 1975).
    """
    ends: list[int] = []  # the lowest rank at which a run of each length ends
    tails: list[int] = []  # the member at which it ends
    earlier: dict[int, int] = {}
    for member in now:
        length = bisect_left(ends, before[member])
        if length:
            earlier[member] = tails[length - 1]
        ends[length : length + 1] = [before[member]]
        tails[length : length + 1] = [member]
    stayed = set()
    at = tails[-1] if tails else None
    while at is not None:
        stayed.add(at)
        at = earlier.get(at)
    return set(now) - stayed


def weave(present: Iterable[int], model: Iterable[int], placed: Collection[int]) -> list[int]:
    """Return `present` with the `placed` members where the model has them.

    Each comes after the nearest member before it in the model that is present too, or first.
    """
    following: dict[int | None, list[int]] = {None: []}
    rest = [member for member in present if member not in placed]
    following |= {member: [] for member in rest}
    after = None
    for member in model:
        if member in placed:
            following[after].append(member)
        elif member in following:
            after = member
    woven = list(following[None])
    for member in rest:
        woven += [member, *following[member]]
    return woven


def ranks_for(order: Sequence[int], ranks: Mapping[int, int]) -> dict[int, int]:
    """Return new ranks for the members that have none, so that all are in order.

    Where there is no room between two that have one, all get new ranks.
    """
    fresh: dict[int, int] = {}
    low: int | None = None
    run: list[int] = []
    for member in order:
        if member not in ranks:
            run.append(member)
            continue
        high = ranks[member]
        spread = _between(low, high, len(run))
        if spread is None:
            return {one: place * GAP for place, one in enumerate(order, 1)}
        fresh |= zip(run, spread, strict=True)
        low, run = high, []
    start = low or 0
    return fresh | {member: start + place * GAP for place, member in enumerate(run, 1)}


def _between(low: int | None, high: int, count: int) -> list[int] | None:
    if low is None:
        return [high - (count - place) * GAP for place in range(count)]
    step = (high - low) // (count + 1)
    return [low + (place + 1) * step for place in range(count)] if step or not count else None
