"""Connecting one's own calendar and letting go of it again: from chat, through the vendor's pages, and back."""

from __future__ import annotations

from datetime import datetime

from bot.commands import (
    AskForApproval,
    CodeTyped,
    Connect,
    Contact,
    Disconnect,
    ShowApprovalText,
    ShowReceipts,
)
from bot.commands.own import SetHours, ShowOwnCalendars
from bot.replies import Choice, Question, Refused, Reply, Said
from bot.sentences import sentence
from bot.wording.local_times import LocalTimes
from bot.words import ConnectingWords, SettingsWords, Text, Words
from calendar_core.connecting.accounts import is_own
from calendar_core.connecting.outcomes import CodeWrong, Connected, Covered, LinkOffered, NotSetUp, SignedInAlready
from calendar_core.integration import Integration, Suite
from calendar_core.people import User
from calendar_core.sign_in import Extra

from .allowing import refused_words
from .broken_connection import CALENDARS, VENDORS
from .talk import Talk, button

NAMES: dict[Suite, Text] = {
    Suite.GOOGLE: ConnectingWords.GOOGLE_CALENDAR,
    Suite.MICROSOFT: ConnectingWords.OUTLOOK,
}


async def connect(talk: Talk, command: Connect) -> Reply:
    """Which calendar? [Google Calendar] [Outlook / Microsoft 365], and then the link to the vendor's page."""
    standing = await talk.core.connecting.accounts.standing(talk.user)
    if isinstance(standing, Covered):
        said = sentence(ConnectingWords.NOTHING_TO_DO, kind=_kind(standing.integration))
        return Said(sentences=(said,))
    if isinstance(standing, SignedInAlready) and not command.again:
        return _connected_already(standing.integration)
    suites = await talk.core.connecting.signing_in.suites(talk.user)
    suite = command.suite or await _own_suite(talk)
    if suite is None and len(suites) > 1:
        choices = tuple(Choice(sentence(NAMES[each]), Connect(each, again=command.again)) for each in suites)
        return Question(sentences=(sentence(ConnectingWords.WHICH_CALENDAR),), choices=choices)
    return await _link(talk, suite or next(iter(suites), Suite.GOOGLE))


async def _link(talk: Talk, suite: Suite) -> Reply:
    """Microsoft will ask to read and change your calendar. [Privacy] [Continue to Microsoft]"""
    offered = await talk.core.connecting.signing_in.offer(talk.user, suite, talk.who)
    match offered:
        case NotSetUp():
            said = sentence(ConnectingWords.CANNOT_CONNECT)
            return Refused(error="NotSetUp", sentences=(said,), choices=(button(Words.CONTACT, Contact()),))
        case LinkOffered(_, url):
            vendor = VENDORS[suite]
            said = sentence(ConnectingWords.WILL_ASK, vendor=vendor)
            onward = Choice(sentence(ConnectingWords.CONTINUE_TO, vendor=vendor), Connect(suite, again=True), url=url)
            return Question(
                sentences=(said, sentence(ConnectingWords.LINK_IS_YOURS)),
                choices=(button(ConnectingWords.PRIVACY, ShowReceipts()), onward),
            )


def _connected_already(integration: Integration) -> Reply:
    said = sentence(ConnectingWords.ALREADY, kind=_kind(integration), account=integration.account)
    choices = (
        button(ConnectingWords.OTHER_ACCOUNT, Connect(again=True)),
        button(ConnectingWords.DISCONNECT, Disconnect()),
    )
    return Said(sentences=(said,), choices=choices)


async def _own_suite(talk: Talk) -> Suite | None:
    integration = await talk.core.integrations.of(talk.user.id)
    return integration.suite if is_own(integration) else None


async def code_typed(talk: Talk, command: CodeTyped) -> Reply:
    """The code that a browser shows completes what was begun in this chat."""
    outcome = await talk.core.connecting.signing_in.code_typed(talk.user, talk.who, command.code)
    again = button(ConnectingWords.CONNECT, Connect(again=True))
    match outcome:
        case Connected(integration, asked, refused):
            hours_asked = Extra.WORKING_HOURS in asked
            user, read = await talk.core.connecting.following.hours_taken_over(talk.user, asked=hours_asked)
            return connected(integration, user, talk.now, hours_read=read, refused=refused)
        case CodeWrong(0):
            return Refused(error="CodeWrong", sentences=(sentence(ConnectingWords.CODE_VOID),), choices=(again,))
        case CodeWrong(left):
            said = sentence(ConnectingWords.CODE_WRONG, left=left)
            return Refused(error="CodeWrong", sentences=(said,), choices=(again,))
        case _:
            said = sentence(ConnectingWords.CODE_NOT_AWAITED)
            return Refused(error="CodeNotAwaited", sentences=(said,), choices=(again,))


def connected(
    integration: Integration, user: User, at: datetime, *, hours_read: bool, refused: tuple[str, ...] = ()
) -> Reply:
    """Connected: Outlook - Individual (ines@example.com), Berlin time, Mon-Fri 09:00 - 17:00 (from Outlook)."""
    words = ConnectingWords.CONNECTED_READ if hours_read else ConnectingWords.CONNECTED
    said = sentence(
        words,
        kind=_kind(integration),
        account=integration.account,
        city=LocalTimes.of(user.language, user.itinerary).city(at),
        hours=user.hours,
        suite=CALENDARS[integration.suite or Suite.GOOGLE],
    )
    choices = (
        button(ConnectingWords.CHANGE_HOURS, SetHours("")),
        button(SettingsWords.CALENDARS, ShowOwnCalendars()),
        button(ConnectingWords.DISCONNECT, Disconnect()),
    )
    return Said(sentences=(said, *refused_words(refused)), choices=choices)


async def disconnect(talk: Talk, command: Disconnect) -> Reply:
    """Disconnect? Your 2 future sessions stay in your calendar. [Disconnect] [Keep]"""
    integration = await talk.core.integrations.of(talk.user.id)
    if integration.kind is not None and not is_own(integration):
        said = sentence(ConnectingWords.DOMAIN_CONNECTED_IT, kind=_kind(integration))
        return Refused(error="NotConnected", sentences=(said,), choices=(button(Words.CONTACT, Contact()),))
    again = button(ConnectingWords.CONNECT_MY_CALENDAR, Connect())
    if integration.kind is None:
        said = sentence(ConnectingWords.NOT_CONNECTED_BY_YOU)
        return Refused(error="NotConnected", sentences=(said,), choices=(again,))
    if not command.sure:
        planned = len(await talk.scheduling.booking.of(talk.user, past=False))
        said = sentence(ConnectingWords.DISCONNECT_ASKED_NONE)
        if planned:
            said = sentence(ConnectingWords.DISCONNECT_ASKED, count=planned)
        choices = (
            button(ConnectingWords.DISCONNECT, Disconnect(sure=True)),
            button(ConnectingWords.KEEP, Connect()),
        )
        return Question(sentences=(said,), choices=choices)
    await talk.core.connecting.following.disconnect(talk.user)
    # Microsoft lets nobody withdraw a consent but the person.
    listed = integration.suite is Suite.MICROSOFT
    words = ConnectingWords.DISCONNECTED_LISTED if listed else ConnectingWords.DISCONNECTED
    return Said(sentences=(sentence(words),), choices=(again,))


# --- an administrator first ------------------------------------------------------------------------------------------


def admin_first(admin: User | None, suite: Suite) -> Reply:
    """An administrator must approve first. [Ask Priya] [Copy text for IT]"""
    choices = [button(ConnectingWords.COPY_FOR_IT, ShowApprovalText(suite))]
    if admin is not None:
        choices.insert(0, button(Words.ASK, AskForApproval(suite), name=admin.first_name))
    return Question(sentences=(sentence(ConnectingWords.ADMIN_FIRST),), choices=tuple(choices))


async def ask_for_approval(talk: Talk, command: AskForApproval) -> Reply:
    """[Ask Priya]: once for each sign-in that needed it."""
    admin = await talk.core.connecting.following.ask_for_approval(talk.user, command.suite)
    copy = button(ConnectingWords.COPY_FOR_IT, ShowApprovalText(command.suite))
    if admin is None:
        return Said(sentences=(sentence(ConnectingWords.APPROVAL_NOT_NEEDED),), choices=(copy,))
    return Said(sentences=(sentence(ConnectingWords.APPROVAL_ASKED, name=admin.first_name),), choices=(copy,))


def approval_wanted(who: User, suite: Suite) -> Reply:
    """What an admin is told of it."""
    said = sentence(ConnectingWords.PLEASE_APPROVE, who=who.name, vendor=VENDORS[suite])
    return Said(sentences=(said,), choices=(button(ConnectingWords.COPY_FOR_IT, ShowApprovalText(suite)),))


def approval_text(talk: Talk, command: ShowApprovalText) -> Reply:
    """[Copy text for IT]: what to approve, what it allows, and where."""
    where = talk.core.connecting.approvals.get(command.suite)
    if where is None:
        said = sentence(ConnectingWords.CANNOT_CONNECT)
        return Refused(error="NotSetUp", sentences=(said,), choices=(button(Words.CONTACT, Contact()),))
    google = command.suite is Suite.GOOGLE
    words = ConnectingWords.FOR_IT_GOOGLE if google else ConnectingWords.FOR_IT_MICROSOFT
    return Said(sentences=(sentence(words, where=where),))


def _kind(integration: Integration) -> str:
    return integration.kind.value if integration.kind else ""
