"""What the two of an ended match decide of their planned sessions."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands import DecidePlanned
from bot.replies import Reply, Said
from bot.sentences import Across, Sentence, sentence
from bot.words import EndingWords, Words
from calendar_core.ended import Ended, Plan
from calendar_core.people import User, UserId
from calendar_core.session import Session

from .talk import Talk

SHOWN = 10  # sessions in one sentence


async def decide_planned(talk: Talk, command: DecidePlanned) -> Reply:
    """The first of the two to answer decides."""
    decided = await talk.core.ending.decide(talk.user, command.match, command.plan)
    pair = await talk.scheduling.pairs.standing(talk.user.id, command.match)
    partner = pair.partner.first_name
    if not decided.anew:
        return Said(sentences=(_decided_before(decided.ended, talk.user.id, partner),))
    if not decided.planned:
        return Said(sentences=(sentence(EndingWords.NOTHING_PLANNED),))
    words = EndingWords.YOU_KEPT if command.plan is Plan.KEEP else EndingWords.YOU_CANCELLED
    return Said(sentences=(sentence(words, partner=partner, times=listed(decided.planned, pair.partner)),))


def _decided_before(ended: Ended, reader: UserId, partner: str) -> Sentence:
    words = {
        (False, Plan.KEEP): EndingWords.DECIDED_KEPT,
        (False, Plan.CANCEL): EndingWords.DECIDED_CANCELLED,
        (True, Plan.KEEP): EndingWords.YOU_DECIDED_KEPT,
        (True, Plan.CANCEL): EndingWords.YOU_DECIDED_CANCELLED,
    }[ended.decided_by == reader, ended.plan or Plan.KEEP]
    return sentence(words, partner=partner)


def listed(sessions: Iterable[Session], partner: User) -> tuple[Sentence, ...]:
    """When each of them is, or was to be."""
    return shortened(
        [sentence(EndingWords.PLANNED_ITEM, when=Across(each.when, partner.itinerary)) for each in sessions]
    )


def shortened(times: list[Sentence]) -> tuple[Sentence, ...]:
    """So that one sentence can hold them."""
    if len(times) > SHOWN + 1:
        times[SHOWN:] = [sentence(Words.AND_MORE, count=len(times) - SHOWN)]
    return tuple(times)
