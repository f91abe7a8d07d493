"""Sessions whose invitations go by mail, and invitations that the mail server refuses."""

from __future__ import annotations

from bot.handlers.mailing import link_of, next_steps, not_delivered
from bot.handlers.session_cards import shown
from bot.handlers.talk import Core
from bot.replies import Reply, Said, SessionShown
from bot.sentences import sentence
from bot.words import MailingWords
from calendar_core.happening import InvitationRefused
from calendar_core.people import User
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import Session


async def told(core: Core, what: InvitationRefused, user: User) -> Reply | None:
    """None where the invitation was called off meanwhile."""
    invitation = await core.scheduling.mailed.invitation(what.invitation)
    if invitation is None or invitation.cancelled:
        return None
    (other,) = [each.user for each in invitation.copies if each.user != user.id]
    partner = await core.people.user(other)
    return Said(sentences=(not_delivered(invitation, user, partner, to=what.to),))


def booked_by_mail(session: Session, pair: Pair) -> SessionShown:
    """To the one who did not press."""
    words = MailingWords.PICKED_BY_MAIL if session.booked_by == pair.asker.id else MailingWords.BOOKED_BY_MAIL
    after = (*link_of(session), sentence(MailingWords.CHANGES_NOT_SEEN))
    return shown(words, session, pair, *after, choices=next_steps(session))
