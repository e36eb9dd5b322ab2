"""Sequences: what moved, where what is added comes, ranks in between."""

from itertools import pairwise, permutations

from readinglists.sequences import GAP, moved, ranks_for, weave


def test_only_what_was_carried_over_others_has_moved() -> None:
    ranks = {1: 10, 2: 20, 3: 30, 4: 40}
    assert moved(ranks, [1, 2, 3, 4]) == set()
    assert moved(ranks, [4, 1, 2, 3]) == {4}
    assert moved(ranks, [2, 3, 1, 4]) == {1}
    assert moved(ranks, []) == set()


def test_what_stayed_is_in_the_order_of_before_and_as_much_as_can_be() -> None:
    ranks = {number: number for number in range(5)}
    for order in permutations(range(5)):
        stayed = [one for one in order if one not in moved(ranks, order)]
        assert stayed == sorted(stayed)
        longest = max(
            sum(1 for _ in kept)
            for kept in (
                [one for place, one in enumerate(order) if mask >> place & 1] for mask in range(32)
            )
            if all(a < b for a, b in pairwise(kept))
        )
        assert len(stayed) == longest


def test_what_is_placed_comes_after_the_nearest_one_that_is_there() -> None:
    assert weave([1, -9, 3], [1, 2, 3, 4], {2, 4}) == [1, 2, -9, 3, 4]
    assert weave([3], [1, 2, 3], {1, 2}) == [1, 2, 3]
    assert weave([], [5, 6], {5, 6}) == [5, 6]
    assert weave([1, 2, 3], [3, 1, 2], {3}) == [3, 1, 2]


def test_ranks_lie_between_their_neighbours() -> None:
    ranks = {1: 100, 2: 200}
    order = [7, 1, 8, 9, 2, 10]
    fresh = ranks_for(order, ranks)
    assert fresh.keys() == {7, 8, 9, 10}
    every = [(ranks | fresh)[one] for one in order]
    assert every == sorted(set(every))


def test_where_there_is_no_room_all_get_new_ranks() -> None:
    assert ranks_for([1, 7, 2], {1: 100, 2: 101}) == {1: GAP, 7: 2 * GAP, 2: 3 * GAP}
    assert ranks_for([1, 2], {1: 100, 2: 101}) == {}
