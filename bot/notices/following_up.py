"""After a session: whether it happened, and the step that the other one shared."""

from __future__ import annotations

from bot.commands.following_up import SayHappened
from bot.handlers.session_cards import by_both_clocks
from bot.handlers.talk import Core, button
from bot.replies import Question, Reply, Said
from bot.sentences import sentence
from bot.words import FollowUpWords, Words
from calendar_core.feedback import Happened
from calendar_core.happening import SessionOver, StepShared
from calendar_core.people import User


async def told(core: Core, what: SessionOver | StepShared, user: User) -> Reply | None:
    """None where it was answered, or what was shared is withdrawn."""
    return await _over(core, what, user) if isinstance(what, SessionOver) else await _shared(core, what, user)


async def _over(core: Core, what: SessionOver, user: User) -> Reply | None:
    session = await core.following_up.open_question(user, what.session)
    if session is None:
        return None
    pair = await core.scheduling.pairs.standing(user.id, session.match)
    said = sentence(
        FollowUpWords.DID_IT_HAPPEN,
        partner=pair.partner.name,
        first_name=pair.partner.first_name,
        when=by_both_clocks(session, pair),
    )
    return Question(
        sentences=(said,),
        choices=(
            button(Words.YES, SayHappened(session.uid, Happened.YES)),
            button(FollowUpWords.MOVED, SayHappened(session.uid, Happened.MOVED)),
            button(FollowUpWords.NO, SayHappened(session.uid, Happened.NO)),
        ),
    )


async def _shared(core: Core, what: StepShared, user: User) -> Reply | None:
    shared = await core.following_up.shared_with(user, what.step, what.sharing)
    if shared is None:
        return None
    step, session = shared
    pair = await core.scheduling.pairs.standing(user.id, session.match)
    when = by_both_clocks(session, pair)
    said = sentence(FollowUpWords.STEP_SHARED_WITH_YOU, partner=pair.partner.name, when=when, step=step.text)
    return Said(sentences=(said,))
