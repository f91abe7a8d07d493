"""Whom one can ask, and what administrators ask of the operator."""

from __future__ import annotations

from bot.commands import AskFreeBusyOnly
from bot.replies import Question, Reply, Said
from bot.sentences import sentence
from bot.words import OperatingWords
from calendar_core.people import ProgrammeId
from calendar_core.wall_clock import local_time

from .talk import Talk, button


async def whom_to_ask(talk: Talk, programme: ProgrammeId | None) -> str | None:
    """The contact of the programme in question, or of the asker's only one; else the organisation's; else whom the
    operator named for everybody."""
    memberships = await talk.core.people.memberships(talk.user.id)
    own = {each.programme for each in memberships}
    number = programme if programme is not None else next(iter(own), None) if len(own) == 1 else None
    if number is not None and (contact := (await talk.core.programmes.programme(number)).contact):
        return contact
    return (await talk.core.people.organisation(talk.user.organisation)).contact or talk.core.contact


async def ask_free_busy_only(talk: Talk, command: AskFreeBusyOnly) -> Reply:
    """Only the operator can switch this on. [Send the request]; pressed, it waits for the operator."""
    wishes = talk.core.wishes
    organisation = await wishes.insist_on_admin(talk.user)
    standing = await wishes.standing(organisation.id)
    if standing is None and not command.send:
        send = button(OperatingWords.SEND_THE_REQUEST, AskFreeBusyOnly(send=True))
        return Question(sentences=(sentence(OperatingWords.ONLY_THE_OPERATOR),), choices=(send,))
    made = await wishes.ask(talk.user, organisation) if standing is None else standing
    if standing is None and made.asked_by == talk.user.id:
        sent = OperatingWords.REQUEST_MAILED if wishes.post else OperatingWords.REQUEST_SENT
        return Said(sentences=(sentence(sent, organisation=organisation.name),))
    yours = made.asked_by == talk.user.id
    words = OperatingWords.REQUEST_STANDS_YOURS if yours else OperatingWords.REQUEST_STANDS
    day = local_time(talk.user.itinerary, made.asked_at).date()
    asker = (await talk.core.people.user(made.asked_by)).name
    return Said(sentences=(sentence(words, name=asker, day=day),))
