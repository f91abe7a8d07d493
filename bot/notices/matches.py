"""Matches that are made or end, memberships that end, and what becomes of the sessions that were planned."""

from __future__ import annotations

from typing import assert_never

from bot.commands import DecidePlanned, FindSlots, NotThisMatch
from bot.handlers.ending import listed, shortened
from bot.handlers.session_cards import by_both_clocks
from bot.handlers.talk import Core, button
from bot.replies import Reply, Said
from bot.sentences import Sentence, sentence
from bot.words import EndingWords, Words
from calendar_core.ended import EndedBecause, Plan
from calendar_core.happening import MatchEnded, MatchMade, MembershipEnded, PartnerLeft, PlanDecided
from calendar_core.people import NOBODY, MatchId, User
from calendar_core.session import Session, SessionUid

OfMatch = MatchMade | MatchEnded | PlanDecided | PartnerLeft | MembershipEnded


async def told(core: Core, what: OfMatch, user: User) -> Reply | None:
    """None for a match that ended before anybody was told of it, and where nothing had been planned."""
    match what:
        case MatchMade():
            return await _made(core, what.match, user)
        case MatchEnded():
            return await _ended(core, what.match, user)
        case PlanDecided():
            return await _plan_decided(core, what, user)
        case PartnerLeft():
            return await _partner_left(core, what, user)
        case MembershipEnded():
            return await _membership_ended(core, what, user)
        case _:
            assert_never(what)


async def _made(core: Core, match: MatchId, user: User) -> Reply | None:
    pair = next((each for each in await core.scheduling.pairs.of(user) if each.match.id == match), None)
    if pair is None:  # it has ended since, or one of the two has left
        return None
    said = sentence(Words.MATCHED_WITH, partner=pair.partner.name, programme=pair.programme.name)
    choices = (
        button(Words.FIND_TIMES, FindSlots(match=pair.match.id)),
        button(Words.NOT_THIS_ONE, NotThisMatch(pair.match.id)),
    )
    return Said(sentences=(said, sentence(Words.OPEN_TO_BOTH)), choices=choices)


async def _ended(core: Core, match: MatchId, user: User) -> Reply | None:
    """Your match with Sam Okoye has ended. Still planned: ... [Keep the planned sessions] [Cancel them]"""
    pair, planned = await core.scheduling.pairs.standing(user.id, match), await core.ending.planned(user, match)
    ended = await core.ending.ended(match)
    if ended is None:
        return None
    over = ended.because is EndedBecause.PROGRAMME
    words = EndingWords.PROGRAMME_OVER if over else EndingWords.MATCH_ENDED
    said = [sentence(words, partner=pair.partner.name, programme=pair.programme.name)]
    if not planned:
        return Said(sentences=tuple(said))
    times, asked = listed(planned, pair.partner), ended.plan is None
    said.append(sentence(EndingWords.STILL_PLANNED if asked else EndingWords.STAYED_PLANNED, times=times))
    choices = (
        button(EndingWords.KEEP_PLANNED, DecidePlanned(match, Plan.KEEP)),
        button(EndingWords.CANCEL_PLANNED, DecidePlanned(match, Plan.CANCEL)),
    )
    return Said(sentences=tuple(said), choices=choices if asked else ())


async def _plan_decided(core: Core, what: PlanDecided, user: User) -> Reply | None:
    """To the one who did not decide; nothing where nothing was planned any more."""
    pair, gone = await core.scheduling.pairs.standing(user.id, what.match), await _all(core, what.sessions, user)
    about = gone or await core.ending.planned(user, what.match)
    if not about:
        return None
    words = EndingWords.THEY_CANCELLED if gone else EndingWords.THEY_KEPT
    said = sentence(words, partner=pair.partner.first_name, times=listed(about, pair.partner))
    return Said(sentences=(said,))


async def _partner_left(core: Core, what: PartnerLeft, user: User) -> Reply:
    """Why somebody left is nobody's affair."""
    pair, gone = await core.scheduling.pairs.standing(user.id, what.match), await _all(core, what.sessions, user)
    words = EndingWords.SOMEBODY_LEFT if pair.partner.name == NOBODY else EndingWords.PARTNER_LEFT
    said = sentence(words, partner=pair.partner.name, programme=pair.programme.name)
    return Said(sentences=(said, *_cancelled(listed(gone, pair.partner))))


async def _membership_ended(core: Core, what: MembershipEnded, user: User) -> Reply:
    """To the leaver; each session with whom it would have been."""
    programme = await core.programmes.programme(what.programme)
    seen = [await core.scheduling.booking.seen_by(user, uid) for uid in what.sessions]
    times = [
        sentence(EndingWords.PLANNED_ITEM_WITH, when=by_both_clocks(each, pair), partner=pair.partner.name)
        for each, pair in seen
    ]
    said = sentence(EndingWords.YOU_LEFT, programme=programme.name)
    return Said(sentences=(said, *_cancelled(shortened(times))))


async def _all(core: Core, uids: tuple[SessionUid, ...], user: User) -> tuple[Session, ...]:
    return tuple([(await core.scheduling.booking.seen_by(user, uid))[0] for uid in uids])


def _cancelled(times: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    return (sentence(EndingWords.CANCELLED_BY_THAT, times=times),) if times else ()
