"""The lines of a PDF's page with their sizes; import `Line` and `LineReader`."""

import math
from dataclasses import dataclass, field
from typing import Any

from bookmarks.fetching.extract.text import clean

# A line is longer than this in no honest file.
LONGEST_LINE = 5_000


@dataclass(frozen=True)
class Line:
    """A line of text; `size` is the height of most of its letters in points, as shown."""

    text: str
    size: float = 0.0
    upright: bool = True


@dataclass
class LineReader:
    """Takes the pieces of text of one page as pypdf comes upon them, and joins them to lines."""

    lines: list[Line] = field(default_factory=list)
    _pieces: list[tuple[str, float, bool]] = field(default_factory=list)

    def take(self, text: str, place: Any, matrix: Any, _font: Any, size: Any) -> None:
        """Take one piece; `place` and `matrix` are the transformations it is drawn under."""
        height, upright = _shape(place, matrix, size)
        first, *others = text.split("\n")
        self._pieces.append((first, height, upright))
        for part in others:
            self._end_line()
            self._pieces.append((part, height, upright))

    def finish(self) -> list[Line]:
        """The lines of the page, in the order in which they were drawn."""
        self._end_line()
        return self.lines

    def _end_line(self) -> None:
        pieces = [piece for piece in self._pieces if piece[0].strip()]
        text = clean("".join(text for text, _, _ in self._pieces)[:LONGEST_LINE])
        self._pieces.clear()
        if text and pieces:
            _, size, upright = max(pieces, key=lambda piece: len(piece[0]))
            self.lines.append(Line(text, size, upright))


def _shape(place: Any, matrix: Any, size: Any) -> tuple[float, bool]:
    """The height of letters on the page and whether they stand upright (ISO 32000-1, 9.4.4)."""
    try:
        a, b, c, d = (float(value) for value in matrix[:4])
        e, f, g, h = (float(value) for value in place[:4])
        across, up = c * e + d * g, c * f + d * h
        along = abs(a * e + b * g) >= abs(a * f + b * h)
        height = float(size) * math.hypot(across, up)
    except (TypeError, ValueError, OverflowError):
        return 0.0, True
    return (round(height, 1), along) if math.isfinite(height) else (0.0, along)
