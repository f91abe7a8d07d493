"""One's own data: handed over as a file, and deleted."""

from __future__ import annotations

import json
from contextlib import suppress

from bot.commands import ShowReceipts, ShowSessions
from bot.commands.own import DeleteData, DownloadData
from bot.replies import File, Outcome, Question, Refused, Reply, Said
from bot.sentences import Across, sentence
from bot.words import EndingWords, PrivacyWords, Words
from calendar_core.errors import SessionGone
from calendar_core.people import Role
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import STANDING, Session

from .talk import Talk, button

FILE_NAME = "pairtime-my-data.json"


async def download(talk: Talk) -> Reply:
    """Everything stored about the person, as a file for them alone."""
    data = await talk.core.own.personal_data.of(talk.user.id)
    content = json.dumps({"made": talk.now.isoformat(timespec="seconds"), **data}, ensure_ascii=False, indent=2)
    file = File(FILE_NAME, "application/json", content.encode(), DownloadData())
    return Said(sentences=(sentence(PrivacyWords.DATA_FILE),), file=file)


async def delete(talk: Talk, command: DeleteData) -> Reply:
    """Says what goes and what has to stay, asks, and deletes."""
    refused = await _only_admin(talk)
    if refused is not None:
        return refused
    planned = await _counted_on(talk)
    if planned and not command.cancel:
        return _sessions_first(planned)
    said = [sentence(PrivacyWords.SESSIONS_CANCELLED, count=len(planned))] if planned else []
    off: list[Outcome] = []
    for session, _ in planned:
        with suppress(SessionGone):  # it has begun meanwhile, or its partner was faster
            cancelled = await talk.scheduling.cancelling.cancel(talk.user, session.uid)
            off.append(Outcome(cancelled.uid, cancelled.sequence))
    outcomes = tuple(off)
    if command.sure:
        try:
            await talk.core.own.personal_data.erase(talk.user.id, talk.now)
        except ValueError:
            clearing = sentence(PrivacyWords.DELETE_CLEARING)
            again = button(PrivacyWords.DELETE, DeleteData())
            return Refused(error="SessionsPlanned", sentences=(clearing,), choices=(again,), outcomes=outcomes)
        return Said(sentences=(sentence(PrivacyWords.DELETED),), outcomes=outcomes)
    past = await talk.scheduling.booking.of(talk.user, past=True)
    stays = (
        sentence(PrivacyWords.DELETE_STAYS, count=len(past)) if past else sentence(PrivacyWords.DELETE_STAYS_NOTHING)
    )
    choices = (
        button(PrivacyWords.DELETE_IT, DeleteData(sure=True)),
        button(PrivacyWords.KEEP_DATA, ShowReceipts()),
    )
    return Question(sentences=(*said, sentence(PrivacyWords.DELETE_WHAT), stays), choices=choices, outcomes=outcomes)


async def _counted_on(talk: Talk) -> list[tuple[Session, Pair]]:
    """Those that can still be cancelled. Of a frozen one both are told, once it is deleted, that its entry is left."""
    planned = await talk.scheduling.booking.of(talk.user, past=False)
    return [(each, pair) for each, pair in planned if each.state in STANDING and not each.frozen]


def _sessions_first(planned: list[tuple[Session, Pair]]) -> Reply:
    """You have two planned sessions, next Tue 24 Nov, 09:00 with Sam. [Cancel them] [Planned sessions]"""
    session, pair = planned[0]
    when = Across(session.when, pair.partner.itinerary)
    said = sentence(PrivacyWords.DELETE_SESSIONS_FIRST, count=len(planned), when=when, partner=pair.partner.name)
    choices = (
        button(EndingWords.CANCEL_PLANNED, DeleteData(cancel=True)),
        button(Words.PLANNED_SESSIONS, ShowSessions()),
    )
    return Refused(error="SessionsPlanned", sentences=(said,), choices=choices)


async def _only_admin(talk: Talk) -> Reply | None:
    """A programme would be nobody's."""
    for membership in await talk.core.people.memberships(talk.user.id):
        if membership.role is not Role.ADMIN:
            continue
        members = await talk.core.people.members(membership.programme)
        if not any(role is Role.ADMIN and user.id != talk.user.id for user, role in members):
            programme = await talk.core.programmes.programme(membership.programme)
            said = sentence(PrivacyWords.DELETE_LAST_ADMIN, programme=programme.name)
            return Refused(error="LastAdmin", sentences=(said,))
    return None
