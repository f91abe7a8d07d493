"""One line of the table: what was measured, beside whom, and the bar it must reach."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figures:
    """One thing measured many times. What else the machine does only ever adds, so the least is what decides."""

    least: float
    median: float
    p95: float

    @classmethod
    def of(cls, measured: Iterable[float]) -> Figures:
        """Of at least one."""
        ordered = sorted(measured)
        return cls(ordered[0], median(ordered), ordered[round(0.95 * (len(ordered) - 1))])


@dataclass(frozen=True, slots=True)
class Measure:
    """Ours, and a peer's for the same answer or the same wait, both in `unit`. A bar that is None is not asked for.

    `beyond` is how much longer than the peer ours may take, by both medians: where most of a wait is the peer's own.
    """

    what: str
    ours: Figures
    most: float | None = None
    peer: str = ""
    theirs: Figures | None = None
    times_as_fast: float | None = None
    unit: str = "ms"
    beyond: float | None = None

    @property
    def ratio(self) -> float | None:
        """How often ours goes into theirs."""
        return None if self.theirs is None else self.theirs.least / self.ours.least

    @property
    def reached(self) -> bool:
        """Every bar that is asked for."""
        return (
            (self.most is None or self.ours.least <= self.most)
            and (self.times_as_fast is None or (self.ratio is not None and self.ratio >= self.times_as_fast))
            and (self.beyond is None or (self.theirs is not None and self._over(self.theirs) <= self.beyond))
        )

    def _over(self, theirs: Figures) -> float:
        return self.ours.median - theirs.median


def timed(work: Callable[[], object], times: int) -> Figures:
    """Milliseconds of so many runs."""
    gc.collect()
    gc.disable()
    try:
        return Figures.of(milliseconds(work) for _ in range(times))
    finally:
        gc.enable()


def milliseconds(work: Callable[[], object]) -> float:
    """Of one run."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000
