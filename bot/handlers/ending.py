"""Matches, memberships and programmes that end: what people are told, and what they decide of planned sessions."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands import DecidePlanned
from bot.replies import Choice, Reply, Said
from bot.sentences import Across, Sentence, sentence
from bot.words import EndingWords, Words
from calendar_core.ended import Ended, EndedBecause, Plan
from calendar_core.people import NOBODY, User, UserId
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import Session

from .talk import Talk, button

SHOWN = 10  # sessions in one sentence


def match_ended(ended: Ended, pair: Pair, planned: tuple[Session, ...]) -> Said:
    """Your match with Sam Okoye has ended. Still planned: ... [Keep the planned sessions] [Cancel them]"""
    over = ended.because is EndedBecause.PROGRAMME
    words = EndingWords.PROGRAMME_OVER if over else EndingWords.MATCH_ENDED
    said = [sentence(words, partner=pair.partner.name, programme=pair.programme.name)]
    if not planned:
        return Said(sentences=tuple(said))
    times, asked = _listed(planned, pair.partner), ended.plan is None
    said.append(sentence(EndingWords.STILL_PLANNED if asked else EndingWords.STAYED_PLANNED, times=times))
    return Said(sentences=tuple(said), choices=_decisions(pair) if asked else ())


def _decisions(pair: Pair) -> tuple[Choice, ...]:
    return (
        button(EndingWords.KEEP_PLANNED, DecidePlanned(pair.match.id, Plan.KEEP)),
        button(EndingWords.CANCEL_PLANNED, DecidePlanned(pair.match.id, Plan.CANCEL)),
    )


def plan_decided(pair: Pair, planned: tuple[Session, ...], gone: tuple[Session, ...]) -> Said | None:
    """To the one who did not decide; nothing where nothing was planned any more."""
    about = gone or planned
    if not about:
        return None
    words = EndingWords.THEY_CANCELLED if gone else EndingWords.THEY_KEPT
    return Said(
        sentences=(sentence(words, partner=pair.partner.first_name, times=_listed(about, pair.partner)),),
    )


def partner_left(pair: Pair, gone: tuple[Session, ...]) -> Said:
    """Why somebody left is nobody's affair."""
    words = EndingWords.SOMEBODY_LEFT if pair.partner.name == NOBODY else EndingWords.PARTNER_LEFT
    said = sentence(words, partner=pair.partner.name, programme=pair.programme.name)
    return Said(sentences=(said, *_cancelled(_listed(gone, pair.partner))))


def membership_ended(programme: str, gone: Iterable[tuple[Session, User]]) -> Said:
    """To the leaver; each session with whom it would have been."""
    said = sentence(EndingWords.YOU_LEFT, programme=programme)
    times = [
        sentence(EndingWords.PLANNED_ITEM_WITH, when=Across(each.when, partner.itinerary), partner=partner.name)
        for each, partner in gone
    ]
    return Said(sentences=(said, *_cancelled(_shortened(times))))


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
    return Said(sentences=(sentence(words, partner=partner, times=_listed(decided.planned, pair.partner)),))


def _decided_before(ended: Ended, reader: UserId, partner: str) -> Sentence:
    words = {
        (False, Plan.KEEP): EndingWords.DECIDED_KEPT,
        (False, Plan.CANCEL): EndingWords.DECIDED_CANCELLED,
        (True, Plan.KEEP): EndingWords.YOU_DECIDED_KEPT,
        (True, Plan.CANCEL): EndingWords.YOU_DECIDED_CANCELLED,
    }[ended.decided_by == reader, ended.plan or Plan.KEEP]
    return sentence(words, partner=partner)


def _cancelled(times: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    return (sentence(EndingWords.CANCELLED_BY_THAT, times=times),) if times else ()


def _listed(sessions: Iterable[Session], partner: User) -> tuple[Sentence, ...]:
    return _shortened(
        [sentence(EndingWords.PLANNED_ITEM, when=Across(each.when, partner.itinerary)) for each in sessions]
    )


def _shortened(times: list[Sentence]) -> tuple[Sentence, ...]:
    if len(times) > SHOWN + 1:
        times[SHOWN:] = [sentence(Words.AND_MORE, count=len(times) - SHOWN)]
    return tuple(times)
