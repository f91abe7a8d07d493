"""Which features apply to a pair: docs/product.md section 1, row by row. Each answer says which row it is.

People who are not matched never get here: they are refused before anything is looked up (decision 12).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.commands import AskPartner, FindSlots, PlainTimes, ShowOwnTimes
from bot.replies import Choice, Question
from bot.sentences import sentence
from bot.words import Text, Words
from calendar_core.scheduling.outcomes import Pair, PairCase

from .talk import button


class Step(Enum):
    """What can be offered instead of times that fit both."""

    ASK = "ask the partner"
    OWN_TIMES = "show the asker's own free times"
    PLAIN_TIMES = "show plain times"


@dataclass(frozen=True, slots=True)
class Row:
    """What one case is told, and may do."""

    says: Text
    steps: tuple[Step, ...]


MATRIX: dict[PairCase, Row | None] = {
    PairCase.BOTH: None,  # everything: times that fit both are looked up
    PairCase.ONLY_ASKER: Row(Words.PARTNER_NOT_CONNECTED, (Step.ASK, Step.OWN_TIMES)),
    PairCase.ONLY_PARTNER: Row(Words.YOU_NOT_CONNECTED, (Step.ASK,)),
    PairCase.NOBODY: Row(Words.NOBODY_CONNECTED, (Step.PLAIN_TIMES,)),
}


def instead_of_times(pair: Pair, find: FindSlots) -> Question | None:
    """What is answered where times that fit both cannot be known; None where they can. `find` carries the match."""
    row = MATRIX[pair.case]
    if row is None:
        return None
    steps = tuple(_choice(step, pair, find) for step in row.steps)
    return Question(sentences=(sentence(row.says, partner=pair.partner.first_name),), choices=steps)


def _choice(step: Step, pair: Pair, find: FindSlots) -> Choice:
    match step:
        case Step.ASK:
            return button(Words.ASK, AskPartner(find), name=pair.partner.first_name)
        case Step.OWN_TIMES:
            return button(Words.SHOW_MY_FREE_TIMES, ShowOwnTimes(find))
        case Step.PLAIN_TIMES:
            return button(Words.PLAIN_TIMES, PlainTimes(match=pair.match.id))
