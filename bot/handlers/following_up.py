"""After a session: did it happen, how useful was it, and what comes next."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import assert_never

from bot.commands import FindSlots
from bot.commands import following_up as f
from bot.commands.own import ShowSettings
from bot.replies import Choice, Question, Refused, Reply, Said, SlotsOffered, Summary
from bot.sentences import Across, Sentence, sentence
from bot.words import FollowUpWords, SettingsWords, Words
from calendar_core.errors import CalendarError
from calendar_core.feedback import HIGHEST, Happened, Missed
from calendar_core.following_up import STEPS_SHOWN, FollowingUp, NoStepsKept, TooManySteps
from calendar_core.happening import SessionOver, StepShared
from calendar_core.people import User
from calendar_core.scheduling import Pairs
from calendar_core.scheduling.outcomes import PairCase
from calendar_core.session import Session
from calendar_core.step import Step
from calendar_core.topic import topic_of

from .averaging import show_averages
from .finding import find_slots
from .talk import Talk, button

NEXT_TIMES = 2
LOOK_WITHIN = 10.0  # seconds: what was said is stored, and times can be asked for at any other moment


async def answer(talk: Talk, command: f.FollowUpCommand) -> Reply:  # noqa: C901, PLR0911 - one case a command
    """One of them answers each."""
    match command:
        case f.SayHappened():
            return await _say_happened(talk, command)
        case f.SayMissed():
            session = await talk.core.following_up.say(talk.user, command.session, Happened.NO, command.missed)
            return await _what_next(talk, session, sentence(FollowUpWords.THANKS))
        case f.RateSession():
            return await _rate(talk, command)
        case f.LookLater():
            return Said(sentences=(sentence(FollowUpWords.WHEN_YOU_LIKE),))
        case f.WriteStep():
            return await _write(talk, command)
        case f.ShareStep():
            return await _share(talk, command)
        case f.DropStep():
            await talk.core.following_up.steps.drop(command.step, talk.user.id)
            return Said(sentences=(sentence(FollowUpWords.STEP_DELETED),), choices=(_my_steps(),))
        case f.ShowStep():
            return await _show_step(talk, command)
        case f.ShowSteps():
            return await _show_steps(talk)
        case f.AskAfterSessions():
            await talk.core.own.adjusting.set_asked_after(talk.user, command.wanted)
            said = sentence(FollowUpWords.ASKED_ON if command.wanted else FollowUpWords.ASKED_OFF)
            return Said(sentences=(said,), choices=(button(SettingsWords.SETTINGS, ShowSettings()),))
        case f.ShowAverages():
            return await show_averages(talk)
        case _:
            assert_never(command)


# --- what is asked ---------------------------------------------------------------------------------------------------


async def told(following: FollowingUp, pairs: Pairs, what: SessionOver | StepShared, user: User) -> Reply | None:
    """What one of the two is asked, or told of the other's step; None once that has become pointless."""
    if isinstance(what, StepShared):
        return await _step_shared(following, pairs, what, user)
    session = await following.open_question(user, what.session)
    if session is None:
        return None
    pair = await pairs.standing(user.id, session.match)
    when = Across(session.when, pair.partner.itinerary)
    said = sentence(
        FollowUpWords.DID_IT_HAPPEN, partner=pair.partner.name, first_name=pair.partner.first_name, when=when
    )
    return Question(
        sentences=(said,),
        choices=(
            button(Words.YES, f.SayHappened(session.uid, Happened.YES)),
            button(FollowUpWords.MOVED, f.SayHappened(session.uid, Happened.MOVED)),
            button(FollowUpWords.NO, f.SayHappened(session.uid, Happened.NO)),
        ),
    )


async def _step_shared(following: FollowingUp, pairs: Pairs, what: StepShared, user: User) -> Reply | None:
    step = await following.steps.shared(what.step)
    session = await following.sessions.session(step.session) if step else None
    if step is None or session is None or step.author == user.id:
        return None
    pair = await pairs.standing(user.id, session.match)
    when = Across(session.when, pair.partner.itinerary)
    said = sentence(FollowUpWords.STEP_SHARED_WITH_YOU, partner=pair.partner.name, when=when, step=step.text)
    return Said(sentences=(said,))


async def _say_happened(talk: Talk, command: f.SayHappened) -> Reply:
    session = await talk.core.following_up.say(talk.user, command.session, command.happened)
    if command.happened is Happened.NO:
        pair = await talk.scheduling.pairs.standing(talk.user.id, session.match)
        said = sentence(FollowUpWords.WHY_NOT, partner=pair.partner.first_name)
        choices = tuple(button(words, f.SayMissed(session.uid, why)) for why, words in _MISSED.items())
        return Question(sentences=(said,), choices=choices)
    rates = [
        Choice(sentence(FollowUpWords.RATE, useful=each), f.RateSession(session.uid, each), numbered=True)
        for each in range(1, HIGHEST + 1)
    ]
    skip = button(FollowUpWords.SKIP, f.RateSession(session.uid, 0))
    return Summary(paragraphs=((sentence(FollowUpWords.HOW_USEFUL),),), choices=(*rates, skip))


_MISSED = {
    Missed.COULD_NOT: FollowUpWords.COULD_NOT,
    Missed.EACH_OTHER: FollowUpWords.MISSED_EACH_OTHER,
    Missed.NOT_THIS_TIME: FollowUpWords.NOT_THIS_TIME,
}


async def _rate(talk: Talk, command: f.RateSession) -> Reply:
    if not command.useful:
        session, _ = await talk.core.following_up.given(talk.user, command.session)
        return await _what_next(talk, session)
    session, is_new = await talk.core.following_up.rate(talk.user, command.session, command.useful)
    said = FollowUpWords.THANKS if is_new else FollowUpWords.RATING_STAYS
    return await _what_next(talk, session, sentence(said))


# --- what comes next -------------------------------------------------------------------------------------------------


async def _what_next(talk: Talk, session: Session, *opening: Sentence) -> Reply:
    """A next step? And, where both are connected and nothing is planned yet, next time?"""
    hint = (sentence(FollowUpWords.STEP_HINT),) if talk.core.following_up.steps.kept else ()
    offered = await _next_time(talk, session)
    if offered is None:
        return Said(sentences=(*opening, *hint) or (sentence(FollowUpWords.WHEN_YOU_LIKE),))
    slots = [choice for choice in offered.choices if choice.numbered][:NEXT_TIMES]
    later = button(FollowUpWords.LATER, f.LookLater())
    note = (*opening, *hint, sentence(FollowUpWords.NEXT_TIME))
    return replace(offered, note=note, read=None, choices=(*slots, later))


async def _next_time(talk: Talk, session: Session) -> SlotsOffered | None:
    """What the pair's look-up gives, if it gives anything soon."""
    pair = next((each for each in talk.pairs if each.match.id == session.match), None)
    if pair is None or pair.case is not PairCase.BOTH:
        return None
    if not (pair.asker_integration.usable and pair.partner_integration.usable):
        return None
    planned = await talk.scheduling.booking.of(talk.user, past=False)
    if any(each.match == session.match for each, _ in planned):
        return None
    try:
        async with asyncio.timeout(LOOK_WITHIN):
            reply = await find_slots(talk, FindSlots(match=session.match))
    except (CalendarError, TimeoutError):  # it can be asked for, and then says why not
        return None
    return reply if isinstance(reply, SlotsOffered) else None


# --- steps -----------------------------------------------------------------------------------------------------------


async def _write(talk: Talk, command: f.WriteStep) -> Reply:
    if not topic_of(command.text):
        return Question(sentences=(sentence(FollowUpWords.STEP_WHICH),), choices=(_my_steps(),))
    try:
        written = await talk.core.following_up.write(talk.user, command.text)
    except NoStepsKept:
        return Refused(error="NoStepsKept", sentences=(sentence(FollowUpWords.STEPS_NOT_KEPT),))
    except TooManySteps:
        full = sentence(FollowUpWords.STEPS_FULL)
        return Refused(error="TooManySteps", sentences=(full,), choices=(_my_steps(),))
    if written is None:
        without = sentence(FollowUpWords.STEP_WITHOUT_SESSION)
        return Refused(error="NoSession", sentences=(without,), choices=(button(Words.FIND_TIMES, FindSlots()),))
    return await _whose(talk, *written)


async def _whose(talk: Talk, step: Step, session: Session) -> Reply:
    """Who is it for? Chosen each time."""
    pair = await talk.scheduling.pairs.standing(talk.user.id, session.match)
    when = Across(session.when, pair.partner.itinerary)
    words = FollowUpWords.SHARED_STEP if step.shared else FollowUpWords.WHO_SEES_IT
    said = sentence(words, step=step.text, partner=pair.partner.name, when=when)
    return Question(
        sentences=(said,),
        choices=(
            button(FollowUpWords.ONLY_ME, f.ShareStep(step.uid, shared=False)),
            button(FollowUpWords.BOTH_OF_US, f.ShareStep(step.uid, shared=True)),
            button(FollowUpWords.DELETE_STEP, f.DropStep(step.uid)),
        ),
    )


async def _share(talk: Talk, command: f.ShareStep) -> Reply:
    step, session = await talk.core.following_up.share(talk.user, command.step, shared=command.shared)
    if not step.shared:
        return Said(sentences=(sentence(FollowUpWords.STEP_IS_YOURS),), choices=(_my_steps(),))
    pair = await talk.scheduling.pairs.standing(talk.user.id, session.match)
    said = sentence(FollowUpWords.STEP_IS_SHARED, step=step.text, partner=pair.partner.first_name)
    return Said(sentences=(said,), choices=(_my_steps(),))


async def _show_step(talk: Talk, command: f.ShowStep) -> Reply:
    return await _whose(talk, *await talk.core.following_up.step(talk.user, command.step))


async def _show_steps(talk: Talk) -> Reply:
    """One's own, each with what can become of it."""
    steps = await talk.core.following_up.steps.of(talk.user.id, STEPS_SHOWN)
    if not steps:
        return Said(sentences=(sentence(FollowUpWords.NO_STEPS),))
    choices = [
        Choice(
            sentence(FollowUpWords.STEP_FOR_BOTH if each.shared else FollowUpWords.STEP_OWN, step=each.text),
            f.ShowStep(each.uid),
            numbered=True,
        )
        for each in steps
    ]
    return Question(sentences=(sentence(FollowUpWords.YOUR_STEPS),), choices=tuple(choices))


def _my_steps() -> Choice:
    return button(FollowUpWords.MY_STEPS, f.ShowSteps())


# --- the setting -----------------------------------------------------------------------------------------------------


def asked_setting(user: User) -> Sentence:
    """How it is set, with the words that change it."""
    return sentence(FollowUpWords.SETTING_ASKED if user.own.asked_after else FollowUpWords.SETTING_NOT_ASKED)
