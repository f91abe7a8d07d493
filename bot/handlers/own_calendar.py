"""One's own calendar: whether it is used at all, the hours in it, and which others count beside it."""

from __future__ import annotations

from bot.commands.own import CountCalendar, ShowOwnCalendars, UseCalendar
from bot.replies import Choice, Question, Refused, Reply, Said
from bot.sentences import Sentence, sentence
from bot.words import AllowingWords, SettingsWords, Text
from calendar_core.counting import Countable, MainOnly, NotYours, TooManyCalendars
from calendar_core.sign_in import Extra

from . import settings
from .allowing import could_allow
from .talk import Talk, button


async def use(talk: Talk, command: UseCalendar) -> Reply:
    """Do not use my calendar; use it. Both at once: each undoes the other."""
    return await (_come_back(talk) if command.use else _leave(talk))


async def _leave(talk: Talk) -> Reply:
    again = (button(SettingsWords.USE_MY_CALENDAR, UseCalendar(use=True)),)
    if not await talk.core.own.opting_out.leave(talk.user):
        return Said(sentences=(sentence(SettingsWords.NOT_USED_ALREADY),), choices=again)
    said = [sentence(SettingsWords.NOT_USED)]
    planned = await talk.scheduling.booking.of(talk.user, past=False)
    if planned:
        said.append(sentence(SettingsWords.NOT_USED_SESSIONS, count=len(planned)))
    return Said(sentences=tuple(said), choices=again)


async def _come_back(talk: Talk) -> Reply:
    tried = await talk.core.own.opting_out.come_back(talk.user)
    words: dict[bool | None, Text] = {
        None: SettingsWords.USED_ALREADY,
        True: SettingsWords.USED_AGAIN,
        False: SettingsWords.USED_CONNECT,
    }
    return Said(sentences=(sentence(words[tried]),))


async def take_hours(talk: Talk) -> Reply:
    """Working hours as the calendar has them, and its zone unless the person said one."""
    user = await talk.core.own.adjusting.take_hours(talk.user)
    if user is not None:
        return settings.hours_set(user)
    allow = await could_allow(talk, Extra.WORKING_HOURS)
    why = sentence(AllowingWords.HOURS_COULD_BE if allow else SettingsWords.HOURS_NOT_THERE)
    return Question(sentences=(why, sentence(SettingsWords.HOURS_HOW)), choices=allow)


_MAIN_ONLY: dict[MainOnly, Text] = {
    MainOnly.BY_VENDOR: SettingsWords.OUTLOOK_MAIN_ONLY,
    MainOnly.NOT_ALLOWED: SettingsWords.CALENDARS_NOT_ALLOWED,
    MainOnly.NO_OTHERS: SettingsWords.ONLY_MAIN,
    MainOnly.NOT_CONNECTED: SettingsWords.NO_CALENDAR,
}


async def show(talk: Talk) -> Reply:
    """Your main calendar always counts. 1. Choir: does not count ..."""
    found = await talk.core.own.counting.countable(talk.user)
    if isinstance(found, MainOnly):
        allow = await could_allow(talk, Extra.SECONDARY_CALENDARS) if found is MainOnly.NOT_ALLOWED else ()
        words = AllowingWords.CALENDARS_COULD_BE if allow else _MAIN_ONLY[found]
        return Said(sentences=(sentence(words),), choices=allow)
    return Question(sentences=(sentence(SettingsWords.COUNTED_ARE),), choices=_choices(found))


def _choices(found: Countable) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            sentence(SettingsWords.COUNTS if each.id in found.counted else SettingsWords.COUNTS_NOT, name=each.name),
            CountCalendar(each.id, counts=each.id not in found.counted),
            numbered=True,
        )
        for each in found.calendars
    )


async def count(talk: Talk, command: CountCalendar) -> Reply:
    """Choir counts now. Only a calendar that is the person's own can (decision 25)."""
    again = (button(SettingsWords.CALENDARS, ShowOwnCalendars()),)
    try:
        counted = await talk.core.own.counting.count(talk.user, command.calendar, counts=command.counts)
    except NotYours:
        return Refused(error="NotYours", sentences=(sentence(SettingsWords.NOT_YOUR_CALENDAR),), choices=again)
    except TooManyCalendars as many:
        said: Sentence = sentence(SettingsWords.TOO_MANY_CALENDARS, limit=many.limit)
        return Refused(error="TooManyCalendars", sentences=(said,), choices=again)
    words = SettingsWords.CALENDAR_COUNTS if command.counts else SettingsWords.CALENDAR_COUNTS_NOT
    return Said(sentences=(sentence(words, name=counted.name),), choices=again)
