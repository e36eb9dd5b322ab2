"""The picture of what is read after what: forward only, nothing on top of another, bounded."""

import re

import pytest

from readinglists.graph import HEIGHT, WIDTH, Picture, lay_out

pytestmark = pytest.mark.once


def drawn(labels: dict[int, str], edges: list[tuple[int, int]], **more: int) -> Picture:
    picture = lay_out(labels, edges, **more)
    assert picture is not None
    return picture


def named(*ids: int) -> dict[int, str]:
    return {one: f"item {one}" for one in ids}


def test_what_comes_later_stands_further_right() -> None:
    edges = [(1, 2), (2, 3), (1, 3), (4, 3)]
    x = {box.id: box.x for box in drawn(named(1, 2, 3, 4), edges).boxes}
    assert x[1] == x[4] < x[2] < x[3]


def test_only_what_is_tied_is_drawn() -> None:
    picture = drawn(named(1, 2, 3), [(1, 2), (2, 99)])
    assert [box.id for box in picture.boxes] == [1, 2]
    assert lay_out(named(1, 2, 3), []) is None
    assert lay_out(named(1), [(1, 9)]) is None


def test_no_two_boxes_share_a_place_and_all_are_inside() -> None:
    ids = range(1, 61)
    edges = [(one, later) for one in ids for later in (2 * one, 3 * one, one + 7) if later <= 60]
    picture = drawn(named(*ids), edges)
    for box in picture.boxes:
        assert 0 <= box.x <= picture.width - WIDTH
        assert 0 <= box.y <= picture.height - HEIGHT
        for other in picture.boxes:
            apart = abs(box.x - other.x) >= WIDTH or abs(box.y - other.y) >= HEIGHT
            assert box is other or apart


def test_straight_lines_are_not_crossed() -> None:
    picture = drawn(named(1, 2, 3, 4, 5, 6), [(1, 6), (2, 5), (3, 4)])
    y = {box.id: box.y for box in picture.boxes}
    assert (y[6], y[5], y[4]) == (y[1], y[2], y[3])


def test_a_circle_is_drawn_without_its_last_line() -> None:
    picture = drawn(named(1, 2, 3, 4), [(1, 2), (2, 3), (3, 2), (3, 4)])
    assert len(picture.boxes) == 4
    assert all(re.fullmatch(r"M\d+ \d+C\d+ \d+ \d+ \d+ \d+ \d+", one) for one in picture.curves)


def test_there_is_a_most() -> None:
    ids = range(1, 302)
    picture = drawn(named(*ids), [(one, one + 1) for one in ids])
    assert len(picture.boxes) == 200
    assert picture.left_out == 101
    assert drawn(named(*ids), [(1, 2), (2, 3)], most=2).left_out == 1
