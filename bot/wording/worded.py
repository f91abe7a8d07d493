"""Each reply in words: paragraphs, numbered or plain lines, and names of buttons. A chat decides where they go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.replies import (
    CalendarsShown,
    HelpShown,
    PeopleListed,
    Question,
    ReceiptsShown,
    Refused,
    Reply,
    RequestShown,
    Said,
    SessionLine,
    SessionShown,
    SessionsListed,
    SlotsOffered,
    Summary,
    TimesToSend,
)
from bot.sentences import Across, Sentence, sentence
from bot.words import FollowUpWords, FreeBusyOnlyWords, TopicWords, Words
from calendar_core.interval import Interval
from calendar_core.request import Basis
from calendar_core.session import SessionState

from .calendar_days import calendar_days
from .people_lines import people_after, people_before, person_lines, receipt_lines
from .slot_list import slot_items, zone_line
from .voice import Voice, stopped

WINDOWS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Button:
    """`label` stands on it ("1"); `name` is whole, for assistive technology ("Book Tue 24 Nov, 09:00"). With a `url` it
    is a link."""

    label: str
    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """`lines` are `numbered` from 1, or else plain points. `buttons` go with the reply's choices, one each."""

    before: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    numbered: bool = True


def worded(reply: Reply, voice: Voice) -> Worded:
    """The words of a reply for one reader, in one chat's style."""
    before, lines, after = _parts(reply, voice)
    opening = [*_read_line(reply, voice), *(voice.say(each) for each in reply.note)]
    numbered = not isinstance(reply, (Summary, SessionsListed, ReceiptsShown, HelpShown))
    return Worded((*opening, *before), tuple(lines), after, _buttons(reply, voice), numbered)


_Parts = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _parts(reply: Reply, voice: Voice) -> _Parts:  # noqa: C901, PLR0911 - one case a shape
    match reply:
        case Said() | Question() | Refused():
            return _said(reply.sentences, voice), _choice_lines(reply, voice), ()
        case Summary():
            paragraphs = tuple(part for each in reply.paragraphs for part in _said(each, voice))
            join = (voice.say(sentence(Words.JOIN, url=reply.join)),) if reply.join else ()
            return paragraphs, tuple(voice.say(each) for each in reply.points), join
        case SlotsOffered():
            return _slots_offered(reply, voice)
        case CalendarsShown():
            return calendar_days(reply, voice), (), ()
        case TimesToSend():
            return _times_to_send(reply, voice)
        case RequestShown():
            return _request(reply, voice)
        case SessionShown():
            said = (reply.headline, *_agenda(reply), *_about(reply.session.topic), *reply.after)
            return tuple(voice.say(each) for each in said), (), ()
        case SessionsListed():
            return _sessions(reply, voice)
        case ReceiptsShown():
            return receipt_lines(reply, voice)
        case PeopleListed():
            return people_before(reply, voice), person_lines(reply, voice), people_after(reply, voice)
        case HelpShown():
            entries = tuple(f"{voice.bold(words)}: {voice.say(about)}" for words, about in reply.entries)
            return _said((reply.opening,), voice), entries, ()
        case _:
            assert_never(reply)


def _said(sentences: tuple[Sentence, ...], voice: Voice) -> tuple[str, ...]:
    """One paragraph."""
    text = " ".join(voice.say(each) for each in sentences)
    return (text,) if text else ()


# --- times -----------------------------------------------------------------------------------------------------------


def _slots(reply: Reply) -> list[Interval]:
    return [choice.slot for choice in reply.choices if choice.numbered and choice.slot]


def _slots_offered(reply: SlotsOffered, voice: Voice) -> _Parts:
    slots = _slots(reply)
    if reply.suite is None:
        heading = sentence(Words.TIMES_FOR, partner=reply.partner.name, minutes=reply.minutes)
    else:
        conference = reply.suite.conference_name
        heading = sentence(Words.TIMES_FOR_IN, partner=reply.partner.name, minutes=reply.minutes, conference=conference)
    after = [sentence(Words.CHECKED, at=reply.checked_at)]
    if reply.by_request:
        after.append(sentence(Words.BY_REQUEST, partner=reply.partner.first_name))
    after += [sentence(Words.HOLIDAY_LEFT_OUT, day=day, name=name) for day, name in reply.holidays]
    before = f"{voice.say(heading)} {zone_line(slots, voice, reply.partner.zone)}"
    return (before,), slot_items(slots, voice, reply.partner.zone), _said(tuple(after), voice)


def _times_to_send(reply: TimesToSend, voice: Voice) -> _Parts:
    slots = _slots(reply)
    zone = reply.partner.zone if reply.partner else None
    if reply.basis is Basis.PLAIN:
        heading = sentence(Words.PLAIN_TIMES_ARE, minutes=reply.minutes)
    else:
        name = reply.partner.first_name if reply.partner else ""
        heading = sentence(Words.CHOOSE_UP_TO, partner=name, minutes=reply.minutes)
    before = f"{voice.say(heading)} {zone_line([*slots, *reply.chosen], voice, zone)}"
    chosen: tuple[Sentence, ...] = ()
    if reply.chosen:
        times = tuple(sentence(Words.PLAIN_ITEM, when=when) for when in reply.chosen)
        chosen = (sentence(Words.CHOSEN, times=times),)
    return (before,), slot_items(slots, voice, zone), _said(chosen, voice)


def _request(reply: RequestShown, voice: Voice) -> _Parts:
    slots, name = _slots(reply), reply.proposer.first_name
    if not reply.matched:
        opening = sentence(Words.STRANGER_WOULD_LIKE, partner=reply.proposer.name, minutes=reply.minutes)
    elif reply.instead:
        opening = sentence(Words.OFFERS_INSTEAD, partner=reply.proposer.name, minutes=reply.minutes)
    elif not slots and reply.basis is Basis.BOTH_FREE:
        opening = sentence(Words.WOULD_LIKE_NO_TIME, partner=reply.proposer.name, minutes=reply.minutes)
    elif not slots:
        opening = sentence(Words.WOULD_LIKE_YOU_OFFER, partner=reply.proposer.name, minutes=reply.minutes)
    else:
        opening = sentence(Words.WOULD_LIKE, partner=reply.proposer.name, minutes=reply.minutes)
    told = _said(_about(reply.topic), voice)
    if not slots:
        return (*_said((opening,), voice), *told), (), ()
    basis = {
        Basis.BOTH_FREE: sentence(Words.TIMES_FREE, partner=name),
        Basis.PROPOSER_FREE: sentence(Words.TIMES_FREE, partner=name),
        Basis.PLAIN: sentence(Words.TIMES_PLAIN),
    }[reply.basis]
    press = sentence(Words.PRESS_TO_AGREE if reply.basis is Basis.PLAIN else Words.PRESS_TO_BOOK)
    zone = reply.proposer.zone if reply.matched else None
    items = slot_items(slots, voice, zone, labelled=True)
    if told:
        return (*_said((opening,), voice), *told, *_said((basis,), voice)), items, _said((press,), voice)
    return _said((opening, basis), voice), items, _said((press,), voice)


def _sessions(reply: SessionsListed, voice: Voice) -> _Parts:
    if not reply.sessions:
        return _said((sentence(Words.NO_PAST_SESSIONS if reply.past else Words.NO_SESSIONS),), voice), (), ()
    heading = sentence(
        Words.YOUR_PAST_SESSIONS if reply.past else Words.YOUR_SESSIONS,
        zone=sentence(Words.ONE_ZONE, city=voice.times.home),
    )
    return _said((heading,), voice), tuple(voice.say(_session(each)) for each in reply.sessions), ()


def _session(line: SessionLine) -> Sentence:
    waits = line.session.state is SessionState.NEEDS_NEW_TIME
    said = sentence(
        Words.SESSION_NEEDS_TIME if waits else Words.SESSION_WITH,
        when=Across(line.session.when, line.partner.zone),
        partner=line.partner.name,
    )
    if line.session.frozen:
        said = sentence(FreeBusyOnlyWords.CHANGE_IN_CALENDAR, session=said)
    topic = line.session.topic
    return sentence(TopicWords.SESSION_ABOUT, session=said, topic=topic) if topic else said


def _agenda(reply: SessionShown) -> tuple[Sentence, ...]:
    """What the two wanted to go on with."""
    return tuple(sentence(FollowUpWords.FROM_LAST_TIME, step=each) for each in reply.from_last_time)


def _about(topic: str) -> tuple[Sentence, ...]:
    """What it is to be about, where anything was said."""
    return (sentence(TopicWords.ABOUT, topic=topic),) if topic else ()


# --- buttons ---------------------------------------------------------------------------------------------------------


def _choice_lines(reply: Reply, voice: Voice) -> tuple[str, ...]:
    """The numbered choices of a question or a refusal: times, or whatever their labels say."""
    slots = _slots(reply)
    numbered = [choice for choice in reply.choices if choice.numbered]
    if slots and len(slots) == len(numbered):
        zone = reply.partner.zone if isinstance(reply, Refused) and reply.partner else None
        return slot_items(slots, voice, zone, labelled=True)
    return tuple(voice.say(choice.label) for choice in numbered)


def _buttons(reply: Reply, voice: Voice) -> tuple[Button, ...]:
    names = [voice.unmarked(choice.label) for choice in reply.choices]
    return tuple(
        Button(str(at) if choice.numbered else name, name, choice.url)
        for at, (choice, name) in enumerate(zip(reply.choices, names, strict=True), start=1)
    )


# --- what was understood ---------------------------------------------------------------------------------------------


def _read_line(reply: Reply, voice: Voice) -> tuple[str, ...]:
    """I read: Sam Okoye, Fri 27 Nov, 08:00 - 12:00 New York, 30 min. Nothing where only the partner was named."""
    read = reply.read
    if read is None or not (read.windows or read.minutes):
        return ()
    parts = [read.partner] if read.partner else []
    for window in read.windows[:WINDOWS_SHOWN]:
        parts += voice.times.window(window)
    if len(read.windows) > WINDOWS_SHOWN:
        parts.append(voice.unmarked(sentence(Words.AND_MORE, count=len(read.windows) - WINDOWS_SHOWN)))
    if read.minutes:
        parts.append(voice.unmarked(sentence(Words.MINUTES, minutes=read.minutes)))
    listed = ", ".join(voice.bold(part) for part in parts)
    return (f"{voice.say(sentence(Words.I_READ))} {listed}{stopped(parts[-1], '.')}",)
