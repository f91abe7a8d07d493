"""Calendars that were connected, are covered by a domain now, or could not be connected without an administrator."""

from __future__ import annotations

from typing import assert_never

from bot.commands import AskForApproval, ShowApprovalText
from bot.handlers.broken_connection import VENDORS
from bot.handlers.connecting import connected
from bot.handlers.talk import Core, button
from bot.replies import Question, Reply, Said
from bot.sentences import sentence
from bot.words import ConnectingWords, Words
from calendar_core.connecting.accounts import is_own
from calendar_core.happening import ApprovalAsked, CalendarConnected, CalendarCovered, ConsentNeedsAdmin
from calendar_core.integration import Integration, Suite
from calendar_core.people import User

OfConnecting = CalendarConnected | CalendarCovered | ConsentNeedsAdmin | ApprovalAsked


async def told(core: Core, what: OfConnecting, user: User) -> Reply | None:
    """None where it is otherwise again."""
    match what:
        case CalendarConnected():
            integration, now = await core.integrations.of(user.id), core.clock.now()
            if not is_own(integration):
                return None
            return connected(integration, user, now, hours_read=what.hours_read, refused=what.refused)
        case CalendarCovered():
            return _covered(await core.integrations.of(user.id), Suite(what.suite))
        case ConsentNeedsAdmin():
            return _admin_first(await core.connecting.following.admin_of(user), Suite(what.suite))
        case ApprovalAsked():
            return _approval_wanted(await core.people.user(what.by), Suite(what.suite))
        case _:
            assert_never(what)


def _covered(integration: Integration, own: Suite) -> Reply | None:
    """Your organisation connects your calendar now (Google - Domain). `own` is the vendor of the consent that is
    withdrawn. None once it is otherwise again."""
    if integration.kind is None or is_own(integration):
        return None
    # Microsoft lets nobody withdraw a consent but the person.
    gone = ConnectingWords.OWN_DELETED if own is Suite.MICROSOFT else ConnectingWords.OWN_WITHDRAWN
    said = sentence(ConnectingWords.COVERED, kind=integration.kind.value)
    return Said(sentences=(said, sentence(gone), sentence(ConnectingWords.COVERED_NOT)))


def _admin_first(admin: User | None, suite: Suite) -> Reply:
    """An administrator must approve first. [Ask Priya] [Copy text for IT]"""
    choices = [button(ConnectingWords.COPY_FOR_IT, ShowApprovalText(suite))]
    if admin is not None:
        choices.insert(0, button(Words.ASK, AskForApproval(suite), name=admin.first_name))
    return Question(sentences=(sentence(ConnectingWords.ADMIN_FIRST),), choices=tuple(choices))


def _approval_wanted(who: User, suite: Suite) -> Reply:
    """To an admin: Ines cannot connect before you approve. [Copy text for IT]"""
    said = sentence(ConnectingWords.PLEASE_APPROVE, who=who.name, vendor=VENDORS[suite])
    return Said(sentences=(said,), choices=(button(ConnectingWords.COPY_FOR_IT, ShowApprovalText(suite)),))
