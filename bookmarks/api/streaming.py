"""Long answers, written while what they tell is read. Import `in_pieces`."""

from collections.abc import Iterator
from itertools import islice

AT_ONCE = 100


def in_pieces(opening: str, written: Iterator[str], between: str, closing: str) -> Iterator[str]:
    """Yield an answer whose middle is so many texts; a hundred of them are held at once."""
    yield opening
    first = True
    while batch := list(islice(written, AT_ONCE)):
        yield ("" if first else between) + between.join(batch)
        first = False
    yield closing
