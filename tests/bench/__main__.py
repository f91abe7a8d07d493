"""Runs the benches named on the command line, or all; ends with 1 if a bar was missed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from . import slots
from .measure import Measure

BENCHES: dict[str, Callable[[], Iterable[Measure]]] = {
    "slots": slots.measures,
}

LINE = "{:<58}{:>12}{:>12}   {:<22}{:>12}{:>10}{:>10}  {}\n"


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.stderr.write(f"There is no bench called {unknown[0]}; there are: {', '.join(BENCHES)}.\n")
        return 2
    sys.stdout.write(LINE.format("what", "ours", "at most", "beside", "theirs", "ratio", "at least", ""))
    missed = 0
    for name in names or BENCHES:
        for measure in BENCHES[name]():
            missed += not measure.reached
            sys.stdout.write(line(measure))
            sys.stdout.flush()
    sys.stdout.write(f"{missed} missed.\n" if missed else "Every bar is reached.\n")
    return 1 if missed else 0


def line(measure: Measure) -> str:
    return LINE.format(
        measure.what,
        f"{measure.ours:.3f} ms",
        "" if measure.most is None else f"{measure.most:g} ms",
        measure.peer,
        "" if measure.theirs is None else f"{measure.theirs:.2f} ms",
        "" if measure.ratio is None else f"{measure.ratio:.1f} x",
        "" if measure.times_as_fast is None else f"{measure.times_as_fast:g} x",
        "ok" if measure.reached else "MISSED",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
