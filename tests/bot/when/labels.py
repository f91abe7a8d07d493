"""All labelled phrases together."""

from __future__ import annotations

from . import phrases_clock, phrases_dates, phrases_days, phrases_lengths, phrases_traps, phrases_twisted, phrases_typed

PHRASES = [
    *phrases_days.PHRASES,
    *phrases_dates.PHRASES,
    *phrases_clock.PHRASES,
    *phrases_lengths.PHRASES,
    *phrases_traps.PHRASES,
    *phrases_typed.PHRASES,
    *phrases_twisted.PHRASES,
]
