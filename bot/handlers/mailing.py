"""Sessions that go by mail: what is said of their invitations, and links that people give to sessions without one."""

from __future__ import annotations

from bot.commands import AddLink, CannotMakeIt, ShowSessions
from bot.replies import Choice, Question, Reply, Said, SessionShown
from bot.sentences import Across, Sentence, sentence
from bot.words import MailingWords, Words
from calendar_core.errors import OldButton
from calendar_core.invitation import Behind, Invitation
from calendar_core.people import User, UserId
from calendar_core.scheduling import Scheduling
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import Session

from .session_cards import by_both_clocks, card, join_line
from .talk import Talk, button

SESSIONS_NAMED = 5


async def invited(scheduling: Scheduling, session: Session, pair: Pair, *more: Sentence) -> SessionShown:
    """How a booking ended whose event is mailed. What is not sent is not said to be."""
    key = session.event_id or session.event_key
    sent = await scheduling.mailed.sent(key)
    invitation = await scheduling.mailed.invitation(key)
    refused = _refused(invitation, pair)
    words = MailingWords.INVITATION_SENT if sent else Words.BOOKED if refused else MailingWords.INVITATION_WAITS
    accept = (sentence(MailingWords.PLEASE_ACCEPT),) if sent else ()
    partner = pair.partner.first_name if sent else pair.partner.name
    headline = sentence(words, when=by_both_clocks(session, pair), partner=partner)
    after = (*accept, *refused, *link_of(session), sentence(MailingWords.CHANGES_NOT_SEEN), *more)
    return card(headline, session, pair, *after, choices=next_steps(session))


def link_of(session: Session) -> tuple[Sentence, ...]:
    """The link a person gave, or that there is none. None is ever made up."""
    return join_line(session) or (sentence(MailingWords.HAS_NO_LINK),)


def next_steps(session: Session) -> tuple[Choice, ...]:
    """[Add a link], where there is none, and [Cannot make it]."""
    add = button(MailingWords.ADD_A_LINK, AddLink(session.uid))
    return (*((add,) if session.conference is None else ()), button(Words.CANNOT_MAKE_IT, CannotMakeIt(session.uid)))


def not_delivered(invitation: Invitation, reader: User, other: User, *, to: UserId) -> Sentence:
    """Whose invitation the mail server refuses. Strangers are not told each other's zone."""
    zone = reader.itinerary if invitation.behind is Behind.STRANGERS else other.itinerary
    when = Across(invitation.when, zone)
    if to == reader.id:
        return sentence(MailingWords.YOURS_NOT_DELIVERED, when=when, partner=other.name)
    return sentence(MailingWords.THEIRS_NOT_DELIVERED, when=when, partner=other.first_name)


def _refused(invitation: Invitation | None, pair: Pair) -> tuple[Sentence, ...]:
    if invitation is None:
        return ()
    refused = [copy.user for copy in invitation.copies if copy.refused == invitation.edition]
    return tuple(not_delivered(invitation, pair.asker, pair.partner, to=user) for user in refused)


# --- links -----------------------------------------------------------------------------------------------------------


async def add_link(talk: Talk, command: AddLink) -> Reply:
    """[Add a link] asks for it; a link that is typed goes to the one session without, or it is asked to which."""
    mailed = talk.scheduling.mailed
    linkless = await mailed.linkable(talk.user)
    if command.session is not None:
        session = await mailed.session(talk.user, command.session)
    elif command.number:
        if not 1 <= command.number <= len(linkless):
            return await _which(talk, linkless)
        session = linkless[command.number - 1]
    elif len(linkless) == 1:
        (session,) = linkless
    else:
        return await _which(talk, linkless)
    if not command.url:
        return await _ask_for_it(talk, session, linkless)
    linked = await mailed.add_link(talk.user, session.uid, command.url)
    pair = await talk.scheduling.pairs.standing(talk.user.id, linked.match)
    if linked.conference is None:
        raise OldButton
    words = MailingWords.LINK_ADDED_BY_MAIL if linked.mailed else MailingWords.LINK_ADDED
    said = sentence(
        words,
        when=by_both_clocks(linked, pair),
        partner=pair.partner.first_name,
        url=linked.conference.url,
    )
    return Said(sentences=(said,), choices=(button(Words.PLANNED_SESSIONS, ShowSessions()),))


async def _ask_for_it(talk: Talk, session: Session, linkless: tuple[Session, ...]) -> Question:
    pair = await talk.scheduling.pairs.standing(talk.user.id, session.match)
    when, partner = by_both_clocks(session, pair), pair.partner.first_name
    uids = [each.uid for each in linkless]
    if uids == [session.uid] or session.uid not in uids:
        return Question(sentences=(sentence(MailingWords.SEND_THE_LINK, when=when, partner=partner),))
    number = uids.index(session.uid) + 1
    said = sentence(MailingWords.SEND_THE_LINK_TO, when=when, partner=partner, number=number)
    return Question(sentences=(said,))


async def _which(talk: Talk, linkless: tuple[Session, ...]) -> Reply:
    if not linkless:
        said = sentence(MailingWords.NOTHING_TO_LINK)
        return Said(sentences=(said,), choices=(button(Words.PLANNED_SESSIONS, ShowSessions()),))
    named: list[Sentence] = []
    for number, each in enumerate(linkless[:SESSIONS_NAMED], start=1):
        pair = await talk.scheduling.pairs.standing(talk.user.id, each.match)
        when, partner = by_both_clocks(each, pair), pair.partner.first_name
        named.append(sentence(MailingWords.NUMBERED_SESSION, number=number, when=when, partner=partner))
    said = sentence(MailingWords.WHICH_SESSION, count=len(linkless), sessions=tuple(named), number=1)
    return Question(sentences=(said,))
