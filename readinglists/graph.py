"""Where the items of a list stand in a picture of what is read after what. Pure.

Import `lay_out`, `Picture`. Layers go from left to right: an item stands one layer behind the last
of those it comes after (longest path). Within a layer items are sorted by the average place of
their neighbours, forth and back a few times (the barycentre heuristic of Sugiyama, Tagawa and
Toda, 1981).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST = 200
WIDTH, HEIGHT = 176, 30
GAP_ACROSS, GAP_DOWN = 56, 12
MARGIN = 8
SWEEPS = 6

Edge = tuple[int, int]
Neighbours = Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Box:
    """An item in the picture; its upper left corner."""

    id: int
    label: str
    x: int
    y: int


@dataclass(frozen=True)
class Picture:
    """Boxes and the curves between them, as SVG path data. `left_out` items had no room."""

    width: int
    height: int
    boxes: Sequence[Box]
    curves: Sequence[str]
    left_out: int = 0


def lay_out(labels: Mapping[int, str], edges: Iterable[Edge], most: int = MOST) -> Picture | None:
    """Return the picture of items by id and of edges (earlier, later); None without edges.

    Only items with edges are in it, at most `most`, the first ones of `labels`. An edge that would
    close a circle is left out.
    """
    wanted = {edge for edge in edges if edge[0] in labels and edge[1] in labels}
    tied = [one for one in labels if any(one in edge for edge in wanted)]
    drawn = tied[:most]
    kept = sorted(edge for edge in wanted if {*edge} <= {*drawn})
    if not kept:
        return None
    layers, sound = _layers(drawn, kept)
    _untangle(layers, sound)
    places = {
        one: (across, down) for across, row in enumerate(layers) for down, one in enumerate(row)
    }
    boxes = [Box(one, labels[one], *_corner(places[one], layers)) for one in drawn]
    corners = {box.id: (box.x, box.y) for box in boxes}
    tallest = max(map(len, layers))
    return Picture(
        width=2 * MARGIN + len(layers) * (WIDTH + GAP_ACROSS) - GAP_ACROSS,
        height=2 * MARGIN + tallest * (HEIGHT + GAP_DOWN) - GAP_DOWN,
        boxes=boxes,
        curves=[_curve(corners[earlier], corners[later]) for earlier, later in sound],
        left_out=len(tied) - len(drawn),
    )


def _layers(items: Sequence[int], edges: Sequence[Edge]) -> tuple[list[list[int]], list[Edge]]:
    """Return the items by layer, and the edges that lead forward."""
    after, waits = _neighbours(edges)[0], dict.fromkeys(items, 0)
    for _, later in edges:
        waits[later] += 1
    depth = dict.fromkeys(items, 0)
    ready = [one for one in items if not waits[one]]
    for one in ready:  # grows while it is walked
        for later in after[one]:
            depth[later] = max(depth[later], depth[one] + 1)
            waits[later] -= 1
            if not waits[later]:
                ready.append(later)
    layers: list[list[int]] = [[] for _ in range(max(depth.values()) + 1)]
    for one in items:
        layers[depth[one]].append(one)
    return [row for row in layers if row], [
        edge for edge in edges if depth[edge[0]] < depth[edge[1]]
    ]


def _neighbours(edges: Iterable[Edge]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    after: dict[int, list[int]] = defaultdict(list)
    before: dict[int, list[int]] = defaultdict(list)
    for earlier, later in edges:
        after[earlier].append(later)
        before[later].append(earlier)
    return after, before


def _untangle(layers: list[list[int]], edges: Sequence[Edge]) -> None:
    """Sort each layer so that fewer edges cross."""
    after, before = _neighbours(edges)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        for row in layers if forth else reversed(layers):
            places = {
                one: place / max(1, len(each) - 1)
                for each in layers
                for place, one in enumerate(each)
            }
            row.sort(key=lambda one, at=places: _average(one, before if forth else after, at))  # type: ignore[misc]


def _average(one: int, neighbours: Neighbours, places: Mapping[int, float]) -> float:
    theirs = [places[other] for other in neighbours.get(one, ())]
    return sum(theirs) / len(theirs) if theirs else places[one]


def _corner(place: tuple[int, int], layers: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Return where a box begins; short layers stand in the middle."""
    across, down = place
    missing = max(map(len, layers)) - len(layers[across])
    y = MARGIN + down * (HEIGHT + GAP_DOWN) + missing * (HEIGHT + GAP_DOWN) // 2
    return MARGIN + across * (WIDTH + GAP_ACROSS), y


def _curve(earlier: tuple[int, int], later: tuple[int, int]) -> str:
    """Return the path from the right side of one box to the left side of another."""
    x, y = earlier[0] + WIDTH, earlier[1] + HEIGHT // 2
    end_x, end_y = later[0], later[1] + HEIGHT // 2
    middle = (x + end_x) // 2
    return f"M{x} {y}C{middle} {y} {middle} {end_y} {end_x} {end_y}"
