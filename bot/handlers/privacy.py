"""One's own data: handed over as a file, and deleted."""

from __future__ import annotations

import json

from bot.commands import ShowReceipts, ShowSessions
from bot.own_commands import DeleteData
from bot.replies import File, Question, Refused, Reply, Said
from bot.sentences import Across, sentence
from bot.words import PrivacyWords, Words
from calendar_core.people import Role

from .talk import Talk, button

FILE_NAME = "pairtime-my-data.json"


async def download(talk: Talk) -> Reply:
    """Everything stored about the person, as a file for them alone."""
    data = await talk.core.own.personal_data.of(talk.user.id)
    content = json.dumps({"made": talk.now.isoformat(timespec="seconds"), **data}, ensure_ascii=False, indent=2)
    file = File(FILE_NAME, "application/json", content.encode())
    return Said(sentences=(sentence(PrivacyWords.DATA_FILE),), file=file)


async def delete(talk: Talk, command: DeleteData) -> Reply:
    """Says what goes and what has to stay, asks, and deletes."""
    refused = await _what_stands_in_the_way(talk)
    if refused is not None:
        return refused
    if command.sure:
        await talk.core.own.personal_data.erase(talk.user.id, talk.now)
        return Said(sentences=(sentence(PrivacyWords.DELETED),))
    past = await talk.scheduling.booking.of(talk.user, past=True)
    stays = (
        sentence(PrivacyWords.DELETE_STAYS, count=len(past)) if past else sentence(PrivacyWords.DELETE_STAYS_NOTHING)
    )
    choices = (
        button(PrivacyWords.DELETE_IT, DeleteData(sure=True)),
        button(PrivacyWords.KEEP_DATA, ShowReceipts()),
    )
    return Question(sentences=(sentence(PrivacyWords.DELETE_WHAT), stays), choices=choices)


async def _what_stands_in_the_way(talk: Talk) -> Reply | None:
    """Sessions that others count on, and a programme that would be nobody's."""
    planned = await talk.scheduling.booking.of(talk.user, past=False)
    if planned:
        session, pair = planned[0]
        when = Across(session.when, pair.partner.itinerary)
        said = sentence(PrivacyWords.DELETE_SESSIONS_FIRST, count=len(planned), when=when, partner=pair.partner.name)
        choices = (button(Words.PLANNED_SESSIONS, ShowSessions()),)
        return Refused(error="SessionsPlanned", sentences=(said,), choices=choices)
    for membership in await talk.core.people.memberships(talk.user.id):
        if membership.role is not Role.ADMIN:
            continue
        members = await talk.core.people.members(membership.programme)
        if not any(role is Role.ADMIN and user.id != talk.user.id for user, role in members):
            programme = await talk.core.programmes.programme(membership.programme)
            said = sentence(PrivacyWords.DELETE_LAST_ADMIN, programme=programme.name)
            return Refused(error="LastAdmin", sentences=(said,))
    return None
