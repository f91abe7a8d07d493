"""Own settings: shown with the words that change each, and changed."""

from __future__ import annotations

from bot.commands.own import (
    ForgetTrips,
    HoursFromCalendar,
    Pause,
    PrivateEvents,
    Resume,
    SetHours,
    SetRoom,
    SetZone,
    ShowSettings,
    Travel,
)
from bot.hours_words import hours_in
from bot.plain_text import plain_text
from bot.replies import Choice, Question, Refused, Reply, Said, Summary
from bot.sentences import CityOf, Sentence, sentence
from bot.words import SettingsWords, Text
from calendar_core.adjusting import Over, TooLong, TooMany
from calendar_core.happening import ZoneDiffers
from calendar_core.itinerary import Trip, zone_named
from calendar_core.people import Source, User
from calendar_core.room import room_address

from .following_up import asked_setting
from .groups import group_setting
from .status import calendar_words
from .talk import Talk, button

WHENCE: dict[Source, Text] = {
    Source.IMPORT: SettingsWords.FROM_IMPORT,
    Source.CHAT: SettingsWords.FROM_CHAT,
    Source.CALENDAR: SettingsWords.FROM_CALENDAR,
    Source.PERSON: SettingsWords.FROM_PERSON,
}


async def show(talk: Talk) -> Reply:
    """Everything one can set, a line each, with the words behind it."""
    user = talk.user
    integration = await talk.core.integrations.of(user.id)
    in_groups, change_groups = group_setting(user)
    return Summary(
        paragraphs=((sentence(SettingsWords.YOUR_SETTINGS),),),
        points=(
            calendar_words(integration, talk),
            _hours(user, SettingsWords.SETTING_HOURS, SettingsWords.SETTING_NO_HOURS),
            sentence(SettingsWords.SETTING_ZONE, city=CityOf(user.time_zone), whence=_whence(user.own.zone_from)),
            _trips_setting(user, talk),
            _pause_setting(user, talk),
            sentence(SettingsWords.SETTING_COUNTED, count=1 + len(user.own.calendars)),
            sentence(SettingsWords.SETTING_ROOM, address=user.own.room)
            if user.own.room
            else sentence(SettingsWords.SETTING_NO_ROOM),
            sentence(SettingsWords.SETTING_PRIVATE if user.own.private_events else SettingsWords.SETTING_NOT_PRIVATE),
            in_groups,
            asked_setting(user),
        ),
        choices=(change_groups,),
    )


def _whence(source: Source) -> Sentence:
    return sentence(WHENCE[source])


def _hours(user: User, some: Text, none: Text) -> Sentence:
    whence = _whence(user.own.hours_from)
    if not any(user.hours.days):
        return sentence(none, whence=whence)
    return sentence(some, hours=user.hours, city=CityOf(user.time_zone), whence=whence)


def _trips_setting(user: User, talk: Talk) -> Sentence:
    ahead = [trip for trip in user.own.trips if trip.last >= talk.core.own.adjusting.today(user)]
    if not ahead:
        return sentence(SettingsWords.SETTING_NO_TRIP)
    return sentence(SettingsWords.SETTING_TRIP, trips=tuple(_trip(each) for each in ahead))


def _trip(trip: Trip) -> Sentence:
    return sentence(SettingsWords.TRIP, city=CityOf(trip.zone), first=trip.first, last=trip.last)


def _pause_setting(user: User, talk: Talk) -> Sentence:
    until = user.paused_until
    if until is None or until <= talk.core.own.adjusting.today(user):
        return sentence(SettingsWords.SETTING_NO_PAUSE)
    return sentence(SettingsWords.SETTING_PAUSE, day=until)


# --- pause -----------------------------------------------------------------------------------------------------------


async def pause(talk: Talk, command: Pause) -> Reply:
    """Paused until Tue 1 Dec 2026. [Resume]"""
    if command.days:
        said = sentence(SettingsWords.PAUSE_WHICH_DAY, text=plain_text(command.words))
        choices = [
            Choice(sentence(SettingsWords.UNTIL_DAY, day=day), Pause(day), numbered=True) for day in command.days
        ]
        return Question(sentences=(said,), choices=tuple(choices))
    if command.until is None:
        words = SettingsWords.PAUSE_UNREAD if command.words else SettingsWords.PAUSE_UNTIL_WHEN
        return Question(sentences=(sentence(words, text=plain_text(command.words)),))
    try:
        user = await talk.core.own.adjusting.pause(talk.user, command.until)
    except Over:
        return Refused(error="Over", sentences=(sentence(SettingsWords.PAUSE_PAST, day=command.until),))
    except TooLong:
        return Refused(error="TooLong", sentences=(sentence(SettingsWords.PAUSE_TOO_LONG),))
    said = sentence(SettingsWords.PAUSED, day=user.paused_until or command.until)
    return Said(sentences=(said,), choices=(button(SettingsWords.RESUME, Resume()), _settings()))


async def resume(talk: Talk) -> Reply:
    """The pause is over; or there was none."""
    until = talk.user.paused_until
    paused = until is not None and until > talk.core.own.adjusting.today(talk.user)
    await talk.core.own.adjusting.resume(talk.user)
    words = SettingsWords.RESUMED if paused else SettingsWords.NOT_PAUSED
    return Said(sentences=(sentence(words),), choices=(_settings(),))


def _settings() -> Choice:
    return button(SettingsWords.SETTINGS, ShowSettings())


# --- hours, zone, trips ----------------------------------------------------------------------------------------------


async def set_hours(talk: Talk, command: SetHours) -> Reply:
    """Working hours: Mon-Fri 09:00 - 17:00, New York time."""
    how = sentence(SettingsWords.HOURS_HOW)
    choices = (button(SettingsWords.HOURS_FROM_CALENDAR, HoursFromCalendar()), _settings())
    if not command.hours:
        return Said(
            sentences=(_hours(talk.user, SettingsWords.HOURS_ARE, SettingsWords.HOURS_NONE), how), choices=choices
        )
    try:
        hours = hours_in(command.hours)
    except ValueError:
        unread = sentence(SettingsWords.HOURS_UNREAD, text=plain_text(command.hours))
        return Question(sentences=(unread, how), choices=choices)
    return hours_set(await talk.core.own.adjusting.set_hours(talk.user, hours))


def hours_set(user: User) -> Reply:
    """What they are now."""
    if not any(user.hours.days):
        return Said(sentences=(sentence(SettingsWords.NO_HOURS_SET),), choices=(_settings(),))
    said = sentence(SettingsWords.HOURS_SET, hours=user.hours, city=CityOf(user.time_zone))
    return Said(sentences=(said,), choices=(_settings(),))


async def set_zone(talk: Talk, command: SetZone) -> Reply:
    """Your zone is Berlin. A trip one is on ends with that."""
    how = sentence(SettingsWords.ZONE_HOW)
    zone = _known(command.zone)
    if zone is None and (command.words or command.zone):
        unread = sentence(SettingsWords.ZONE_UNREAD, text=plain_text(command.words or command.zone))
        return Question(sentences=(unread, how))
    if zone is None:
        whence = _whence(talk.user.own.zone_from)
        is_now = sentence(SettingsWords.ZONE_IS, city=CityOf(talk.user.time_zone), whence=whence)
        return Said(sentences=(is_now, how), choices=(_settings(),))
    user = await talk.core.own.adjusting.set_zone(talk.user, zone)
    ended = [each for each in talk.user.own.trips if each not in user.own.trips]
    over = [sentence(SettingsWords.TRIP_OVER, city=CityOf(each.zone)) for each in ended]
    return Said(sentences=(sentence(SettingsWords.ZONE_SET, city=CityOf(zone)), *over), choices=(_settings(),))


def _known(zone: str) -> str | None:
    """A button may carry anything."""
    try:
        return zone_named(zone).key if zone else None
    except ValueError:
        return None


def which_zone(happening: ZoneDiffers, user: User) -> Reply | None:
    """Your chat says Tokyo, and here your zone is Berlin. Which one is right? None once it is the same."""
    if _known(happening.zone) is None or happening.zone == user.time_zone:
        return None
    home, theirs = CityOf(user.time_zone), CityOf(happening.zone)
    said = sentence(SettingsWords.ASK_ZONE, theirs=theirs, city=home)
    use = button(SettingsWords.USE_ZONE, SetZone(happening.zone), city=theirs)
    stay = button(SettingsWords.STAY_WITH_ZONE, SetZone(user.time_zone), city=home)
    return Question(sentences=(said, sentence(SettingsWords.ZONE_HOW)), choices=(use, stay))


async def travel(talk: Talk, command: Travel) -> Reply:
    """Tokyo, Thu 3 Dec - Thu 10 Dec: everything goes by the clock there on these days."""
    zone = _known(command.zone)
    if zone is None or command.first is None or command.last is None:
        return _which_trip(talk, command, zone)
    try:
        trip = Trip(command.first, command.last, zone)
        user = await talk.core.own.adjusting.travel(talk.user, trip)
    except Over:
        return Refused(error="Over", sentences=(sentence(SettingsWords.TRAVEL_PAST),))
    except TooLong:
        return Refused(error="TooLong", sentences=(sentence(SettingsWords.TRAVEL_TOO_LONG),))
    except TooMany:
        return Refused(error="TooMany", sentences=(sentence(SettingsWords.TRAVEL_TOO_MANY),), choices=(_forget(),))
    said = [sentence(SettingsWords.TRAVEL_SET, city=CityOf(zone), first=trip.first, last=trip.last)]
    replaced = [each for each in talk.user.own.trips if each not in user.own.trips and each.overlaps(trip)]
    if replaced:
        said.append(sentence(SettingsWords.TRIP_REPLACED, trips=tuple(_trip(each) for each in replaced)))
    return Said(sentences=tuple(said), choices=(_forget(), _settings()))


def _which_trip(talk: Talk, command: Travel, zone: str | None) -> Reply:
    if zone is not None:
        return Question(sentences=(sentence(SettingsWords.TRAVEL_WHEN, city=CityOf(zone)),))
    where = sentence(SettingsWords.TRAVEL_WHERE)
    if command.words:
        return Question(sentences=(sentence(SettingsWords.TRAVEL_UNREAD, text=plain_text(command.words)), where))
    ahead = [trip for trip in talk.user.own.trips if trip.last >= talk.core.own.adjusting.today(talk.user)]
    if not ahead:
        return Question(sentences=(where,))
    planned = sentence(SettingsWords.TRAVEL_IS, trips=tuple(_trip(each) for each in ahead))
    return Said(sentences=(planned, where), choices=(_forget(),))


def _forget() -> Choice:
    return button(SettingsWords.FORGET_TRIPS, ForgetTrips())


async def forget_trips(talk: Talk) -> Reply:
    """No trips any more."""
    words = SettingsWords.TRIPS_FORGOTTEN if talk.user.own.trips else SettingsWords.NO_TRIPS
    user = await talk.core.own.adjusting.forget_trips(talk.user)
    return Said(sentences=(sentence(words, city=CityOf(user.time_zone)),), choices=(_settings(),))


# --- room, privacy of events -----------------------------------------------------------------------------------------


async def set_room(talk: Talk, command: SetRoom) -> Reply:
    """Standing room: https://... Nothing that others could not open is taken for one."""
    if command.forget:
        await talk.core.own.adjusting.set_room(talk.user, "")
        return Said(sentences=(sentence(SettingsWords.ROOM_FORGOTTEN),), choices=(_settings(),))
    if not command.address:
        room = talk.user.own.room
        said = sentence(SettingsWords.ROOM_IS, address=room) if room else sentence(SettingsWords.NO_ROOM)
        return Said(sentences=(said,), choices=(_settings(),))
    try:
        address = room_address(command.address)
    except ValueError:
        return Refused(error="RoomRefused", sentences=(sentence(SettingsWords.ROOM_REFUSED),), choices=(_settings(),))
    await talk.core.own.adjusting.set_room(talk.user, address)
    return Said(sentences=(sentence(SettingsWords.ROOM_SET, address=address),), choices=(_settings(),))


async def private_events(talk: Talk, command: PrivateEvents) -> Reply:
    """Whether events of new sessions are marked private."""
    await talk.core.own.adjusting.set_private(talk.user, command.private)
    words = SettingsWords.PRIVATE_ON if command.private else SettingsWords.PRIVATE_OFF
    return Said(sentences=(sentence(words),), choices=(_settings(),))
