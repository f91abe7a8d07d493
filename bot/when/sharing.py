"""A week said with one weekday and meant for its neighbours: "Thursday or Friday next week"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .folding import joined
from .pieces import Choice, DayPiece, WeekSaid
from .values import Doubt

SURE, ASK, NO = "sure", "ask", "no"
# How far a week reaches to bare weekdays before it, and after it.
REACH = {
    WeekSaid.AFTER: (SURE, ASK),  # "Thu or Fri next week"; "Thu next week or Fri"
    WeekSaid.BEFORE: (NO, SURE),  # "next week Thu or Fri"
    WeekSaid.NEXT: (NO, ASK),  # "next Thu or Fri"
    WeekSaid.DATE: (ASK, ASK),  # "Thu or Fri 11 Dec"
}


def shared(days: Sequence[DayPiece | None], timed: Sequence[bool]) -> list[DayPiece | None]:
    """The days of each part of a sentence, weekdays taking over the week their neighbours name. timed: with hours."""
    return [_shared(day, days, timed, at) if day is not None and day.bare else day for at, day in enumerate(days)]


def _shared(bare: DayPiece, days: Sequence[DayPiece | None], timed: Sequence[bool], at: int) -> DayPiece:
    later = next((n for n in range(at + 1, len(days)) if not _is_bare(days[n])), None)
    earlier = next((n for n in range(at - 1, -1, -1) if not _is_bare(days[n])), None)
    for near, side in ((later, 0), (earlier, 1)):
        said = days[near] if near is not None else None
        if near is None or said is None or said.week is None or said.week_said is None:
            continue
        reach = REACH[said.week_said][side]
        if reach == SURE and side == 0 and any(timed[at:near]):
            reach = ASK  # "Thursday morning or Friday next week"
        if reach != NO:
            return _in_week(bare, said.week, reach)
    return bare


def _is_bare(day: DayPiece | None) -> bool:
    return day is not None and day.bare


def _in_week(bare: DayPiece, week: DayPiece, reach: str) -> DayPiece:
    inside = joined(bare, week)
    if reach == SURE:
        return inside
    options = tuple(dict.fromkeys((*bare.choice.options, *inside.choice.options)))
    doubt = Doubt.WHICH_DAY if len(options) > 1 else bare.choice.doubt
    return replace(bare, choice=Choice(options, doubt, bare.text, must_ask=len(options) > 1))
