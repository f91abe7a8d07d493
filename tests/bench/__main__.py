"""Runs the benches named on the command line, or all; ends with 1 if a bar was missed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from . import acknowledging, answering, parsing, replying, slots, starting, teams
from .measure import Measure

BENCHES: dict[str, Callable[[], Iterable[Measure]]] = {
    "slots": slots.measures,
    "parsing": parsing.measures,
    "replying": replying.measures,
    "starting": starting.measures,
    "acknowledging": acknowledging.measures,
    "answering": answering.measures,
    "teams": teams.measures,
}

REACHED = "Every bar is reached. The least decides; where a peer's wait is in ours, the medians.\n"
LINE = "{:<56}{:>11}{:>11}{:>11}{:>14}   {:<27}{:>12}{:>12}{:>10}{:>10}  {}\n"
COLUMNS = ("what", "least", "median", "p95", "at most", "beside", "its least", "its median", "ratio", "at least", "")
TITLES = LINE.format(*COLUMNS)


def main(names: list[str]) -> int:
    """The exit status: 2 for a bench that there is not."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.stderr.write(f"There is no bench called {unknown[0]}; there are: {', '.join(BENCHES)}.\n")
        return 2
    missed = 0
    for name in names or BENCHES:
        sys.stdout.write(TITLES)
        for measure in BENCHES[name]():
            missed += not measure.reached
            sys.stdout.write(line(measure))
            sys.stdout.flush()
        sys.stdout.write("\n")
    sys.stdout.write(f"{missed} missed.\n" if missed else REACHED)
    return 1 if missed else 0


def line(measure: Measure) -> str:
    """A row of the table."""
    ours = measure.ours
    return LINE.format(
        measure.what,
        amount(ours.least),
        amount(ours.median),
        amount(ours.p95),
        _most(measure),
        measure.peer,
        "" if measure.theirs is None else amount(measure.theirs.least),
        "" if measure.theirs is None else amount(measure.theirs.median),
        "" if measure.ratio is None else f"{measure.ratio:.2f} x",
        "" if measure.times_as_fast is None else f"{measure.times_as_fast:g} x",
        "ok" if measure.reached else "MISSED",
    )


def _most(measure: Measure) -> str:
    if measure.beyond is not None:
        return f"its + {measure.beyond:g} {measure.unit}"
    return "" if measure.most is None else f"{measure.most:g} {measure.unit}"


def amount(number: float) -> str:
    """Four figures, or the whole number."""
    return f"{number:.0f}" if number >= 1000 or number == int(number) else f"{number:.4g}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
