"""One line of the table: what was measured, beside whom, and the bar it must reach."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Measure:
    """Milliseconds of ours, and of a peer for the same answer. A bar that is None is not asked for."""

    what: str
    ours: float
    most: float | None = None
    peer: str = ""
    theirs: float | None = None
    times_as_fast: float | None = None

    @property
    def ratio(self) -> float | None:
        return None if self.theirs is None else self.theirs / self.ours

    @property
    def reached(self) -> bool:
        return (self.most is None or self.ours <= self.most) and (
            self.times_as_fast is None or (self.ratio is not None and self.ratio >= self.times_as_fast)
        )


def best(work: Callable[[], object], times: int) -> float:
    """Milliseconds of the quickest of so many runs: what the machine does beside it only ever adds."""
    gc.collect()
    gc.disable()
    try:
        return min(_run(work) for _ in range(times)) * 1000
    finally:
        gc.enable()


def _run(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
