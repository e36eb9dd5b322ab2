"""What do hostile servers get out of the fetcher? Run `.venv/bin/python -m bench.hostile`.

Every address and answer of tests/hostile_corpus.py, with real sockets, once. The three numbers that
matter are printed: answers read from inside, hangs over 20 seconds, fetches over 100 MB.
"""

from collections import Counter

from tests.hostile_corpus import CASES, Verdict, World

LONGEST, MOST_MEGABYTES = 20.0, 100.0


def main() -> None:
    """Run the corpus and print what came of it."""
    verdicts: list[Verdict] = []
    with World() as world:
        for case in CASES:
            verdict = world.run(case)
            verdicts.append(verdict)
            if verdict.kind is not case.expected or verdict.heard:
                print(f"{case.name}: {verdict}")
    kinds = Counter(verdict.kind.value for verdict in verdicts)
    read = sum(verdict.heard for verdict in verdicts)
    hangs = sum(verdict.seconds > LONGEST for verdict in verdicts)
    large = sum(verdict.megabytes > MOST_MEGABYTES for verdict in verdicts)
    print(f"{len(CASES)} hostile addresses and answers: {dict(kinds)}")
    print(f"internal answers read {read}, hangs over 20 s {hangs}, over 100 MB {large}")
    slowest = max(zip(verdicts, CASES, strict=True), key=lambda pair: pair[0].seconds)
    largest = max(zip(verdicts, CASES, strict=True), key=lambda pair: pair[0].megabytes)
    print(f"the slowest: {slowest[1].name}, {slowest[0].seconds:.1f} s")
    print(f"the largest: {largest[1].name}, {largest[0].megabytes:.0f} MB")
    raise SystemExit(1 if read or hangs or large else 0)


if __name__ == "__main__":
    main()
