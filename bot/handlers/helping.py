"""Help, contacts, and what was not understood."""

from __future__ import annotations

from contextlib import suppress

from bot.commands import (
    AskAbout,
    AskBack,
    AskPartner,
    BookAbout,
    BookSession,
    Command,
    Contact,
    FindSlots,
    Help,
    NotThisMatch,
    NotUnderstood,
    PickTime,
    SendPlainRequest,
    ShowSessions,
)
from bot.grammar.phrase import Audience
from bot.grammar.table import GRAMMAR
from bot.grammar.times import TOO_MANY
from bot.plain_text import plain_text
from bot.replies import Choice, HelpShown, Question, Refused, Reply, Said
from bot.sentences import Sentence, sentence
from bot.when import Doubt
from bot.words import Text, Words
from calendar_core.errors import OldButton, WhichMatch
from calendar_core.people import Role

from .talk import Talk, button
from .wishes import about, pair_meant, read_of

MORE = "more"
TO_BEGIN_WITH = ("book", "reschedule", "cancel", "sessions", "status", "connect", "privacy", "pause", "help")
FIRST = ("book", "sessions", "calendars", "status", "connect", "pause until 1 Dec", "privacy", "help contact")


async def show_help(talk: Talk, command: Help) -> Reply:
    """What this person says most, and [More]: every other word that leads somewhere for them. Of one word only, if help
    was asked about one."""
    named = [phrase for phrase in GRAMMAR if phrase.pattern.fullmatch(command.about)] if command.about else []
    audiences = await _audiences(talk)
    usable = [phrase for phrase in GRAMMAR if phrase.listed and phrase.audience in audiences]
    often = [phrase for phrase in usable if phrase.word in FIRST or phrase.audience is Audience.ADMINS]
    often.sort(key=lambda phrase: FIRST.index(phrase.word) if phrase.word in FIRST else len(FIRST))
    shown = named or often
    if command.about == MORE:
        shown = [phrase for phrase in usable if phrase not in often]
    choices = [_contact()]
    if Audience.MATCHED in audiences:
        choices = [button(Words.FIND_TIMES, FindSlots()), button(Words.PLANNED_SESSIONS, ShowSessions()), *choices]
    if shown is often:
        choices.append(button(Words.MORE, Help(MORE)))
    entries = tuple((phrase.word, sentence(phrase.about)) for phrase in shown)
    return HelpShown(opening=sentence(Words.YOU_CAN_SAY), entries=entries, choices=tuple(choices))


async def _audiences(talk: Talk) -> frozenset[Audience]:
    """Those the person is one of: whoever is an admin alone books nothing."""
    roles = {each.role for each in await talk.core.people.memberships(talk.user.id)}
    found = {Audience.EVERYBODY}
    if Role.ADMIN in roles:
        found.add(Audience.ADMINS)
    if roles != {Role.ADMIN}:
        found.add(Audience.MATCHED)
    return frozenset(found)


def _contact() -> Choice:
    return button(Words.CONTACT, Contact())


def not_understood(command: NotUnderstood) -> Reply:
    """I did not understand *helo*. You can say: book, sessions, status, connect, privacy, pause, help; ..."""
    known = {phrase.word.split()[0] for phrase in GRAMMAR if phrase.listed}
    words = tuple(sentence(Words.WORD, word=word) for word in TO_BEGIN_WITH if word in known)
    said = sentence(Words.DID_NOT_UNDERSTAND, text=plain_text(command.text), words=words)
    return Refused(error="NotUnderstood", sentences=(said,), choices=(button(Words.HELP, Help()),))


WINDOWS_SHOWN = 2  # of each reading
_DOUBTS: dict[str, Text] = {
    "": Words.UNREAD,
    TOO_MANY: Words.MEANT_TOO_MANY,
    Doubt.WHICH_DAY: Words.MEANT_WHICH,
    Doubt.WHICH_HALF: Words.MEANT_WHICH,
    Doubt.WHICH_ZONE: Words.MEANT_WHICH,
    Doubt.DAY_OR_MONTH: Words.MEANT_WHICH,
    Doubt.TWICE: Words.MEANT_WHICH,
    Doubt.NO_SUCH_DATE: Words.MEANT_NO_DATE,
    Doubt.NO_SUCH_TIME: Words.MEANT_NO_TIME,
    Doubt.PAST: Words.MEANT_PAST,
    Doubt.CONTRADICTION: Words.MEANT_CONTRADICTION,
    Doubt.LENGTH: Words.MEANT_LENGTH,
    Doubt.VAGUE: Words.MEANT_VAGUE,
    Doubt.TOO_LONG: Words.MEANT_TOO_LONG,
}


async def ask_back(talk: Talk, command: AskBack) -> Reply:
    """What was read is shown; what was not is asked about, with the readings there are. Nothing is guessed."""
    partner, readings = None, command.readings
    with suppress(WhichMatch):
        pair = await pair_meant(talk, command.find)
        partner, readings = pair.partner.name, tuple(about(each, pair.match.id) for each in readings)
    if command.doubt not in _DOUBTS:
        raise OldButton
    words = _DOUBTS[command.doubt] if command.about or command.doubt == TOO_MANY else Words.MEANT_WHICH_TIME
    said = [sentence(words, text=plain_text(command.about))]
    choices = [Choice(_reading(each), each, numbered=True) for each in readings]
    if not choices:
        said.append(sentence(Words.SAY_IT_AGAIN))
    return Question(sentences=tuple(said), choices=tuple(choices), read=read_of(command.find, partner))


def still_that(number: int, meant: Command) -> Question:
    """Something came in between. Do you mean 1, Tue 24 Nov, 09:30? [Yes, Tue 24 Nov, 09:30]"""
    what = _what(meant)
    if what is None:
        return Question(
            sentences=(sentence(Words.STILL_THAT_LIST, number=number),), choices=(button(Words.YES, meant),)
        )
    said = sentence(Words.STILL_THAT_ONE, number=number, what=what)
    return Question(sentences=(said,), choices=(button(Words.YES_THAT, meant, what=what),))


def _what(command: Command) -> Sentence | None:
    """The time a numbered choice stands for, if it is one."""
    match command:
        case BookSession(_, when) | PickTime(_, when) | AskPartner(_, (when,)) | SendPlainRequest(_, (when,)):
            return sentence(Words.PLAIN_ITEM, when=when)
        case BookAbout(book, _):
            return _what(book)
        case AskAbout(ask, _):
            return _what(ask)
        case FindSlots(windows=(_, *_)):
            return _reading(command)
        case _:
            return None


def _reading(find: FindSlots) -> Sentence:
    windows = [sentence(Words.WINDOW, when=window) for window in find.windows]
    if len(windows) > WINDOWS_SHOWN + 1:
        windows[WINDOWS_SHOWN:] = [sentence(Words.AND_MORE, count=len(windows) - WINDOWS_SHOWN)]
    return sentence(Words.READING, windows=tuple(windows))


async def show_contact(talk: Talk, command: Contact) -> Reply:
    """The contact of the asker's programmes, and the operator's."""
    said: list[Sentence] = []
    for membership in await talk.core.people.memberships(talk.user.id):
        if command.programme in (None, membership.programme):
            programme = await talk.core.programmes.programme(membership.programme)
            if programme.contact:
                said.append(sentence(Words.CONTACT_IS, programme=programme.name, contact=programme.contact))
    if not said:
        organisation = await talk.core.people.organisation(talk.user.organisation)
        contact = organisation.contact or talk.core.contact
        said.append(sentence(Words.CONTACT_OPERATOR, contact=contact) if contact else sentence(Words.NO_CONTACT))
    return Said(sentences=tuple(dict.fromkeys(said)))


async def not_this_match(talk: Talk, command: NotThisMatch) -> Reply:
    """A match is ended by those who made it."""
    pair = await talk.scheduling.pairs.standing(talk.user.id, command.match)
    said = sentence(Words.NOT_THIS_MATCH, partner=pair.partner.name)
    contact = await show_contact(talk, Contact(pair.programme.id))
    more = contact.sentences if isinstance(contact, Said) else ()
    return Said(sentences=(said, *more))
