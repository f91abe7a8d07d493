"""Own status: the calendar, the hours, what the programmes ask, what is next, and how the month went (dialogue 4.5)."""

from __future__ import annotations

from bot.commands import FindSlots
from bot.commands.own import Resume, ShowSettings, UseCalendar
from bot.replies import Choice, Reply, Summary
from bot.sentences import CityOf, Sentence, sentence
from bot.wording.people_lines import TROUBLES
from bot.words import ReportWords, SettingsWords, Words
from calendar_core.integration import Integration, Trouble
from calendar_core.programme import Programme, Rules
from calendar_core.scheduling.outcomes import Pair
from calendar_core.session import Session, SessionState
from calendar_core.wall_clock import local_time

from .broken_connection import own_choices
from .talk import Talk, button


async def show(talk: Talk) -> Reply:
    """Calendar: Outlook - Domain, working, checked 10:58. Mon-Fri 09:00 - 17:00 Berlin. 10 min around sessions, ..."""
    integration = await talk.core.integrations.of(talk.user.id)
    pairs = await talk.scheduling.pairs.of(talk.user)
    planned = await talk.scheduling.booking.of(talk.user, past=False)
    past = await talk.scheduling.booking.of(talk.user, past=True)
    coming = next((session for session, _ in planned if session.state is SessionState.BOOKED), None)
    return Summary(
        paragraphs=(
            (
                calendar_words(integration, talk),
                *_hours(talk),
                *_rules([pair.programme for pair in pairs]),
                *_pause(talk),
            ),
            (*_next(planned), _month(talk, [session for session, _ in (*past, *planned)])),
        ),
        join=coming.conference.url if coming and coming.conference else None,
        choices=await _choices(talk, integration, can_book=bool(pairs) and not planned),
    )


def calendar_words(integration: Integration, talk: Talk) -> Sentence:
    """How it is connected, and since when one knows that it works."""
    why = sentence(TROUBLES[integration.trouble or Trouble.NEVER_CONNECTED])
    if integration.trouble is Trouble.OPTED_OUT:
        return sentence(ReportWords.STATUS_OPTED_OUT)
    if integration.kind is None:
        return sentence(ReportWords.STATUS_NONE, why=why)
    kind, checked = integration.kind.value, integration.checked_at
    if not integration.usable:
        return sentence(ReportWords.STATUS_BROKEN, kind=kind, why=why)
    if checked is None:
        return sentence(ReportWords.STATUS_WORKING, kind=kind)
    zone = talk.user.itinerary
    today = local_time(zone, checked).date() == local_time(zone, talk.now).date()
    return sentence(ReportWords.STATUS_CHECKED_TODAY if today else ReportWords.STATUS_CHECKED, kind=kind, at=checked)


def _hours(talk: Talk) -> list[Sentence]:
    user, today = talk.user, talk.core.own.adjusting.today(talk.user)
    if not any(user.hours.days):
        return [sentence(ReportWords.STATUS_NO_HOURS)]
    said = [sentence(ReportWords.STATUS_HOURS, hours=user.hours, city=CityOf(user.time_zone))]
    away = [each for each in user.own.trips if each.last >= today]
    return said + [
        sentence(ReportWords.STATUS_AWAY, city=CityOf(trip.zone), first=trip.first, last=trip.last) for trip in away
    ]


def _rules(programmes: list[Programme]) -> list[Sentence]:
    """Once where all ask the same; else by programme."""
    asked = dict.fromkeys((each.rules.buffer, each.rules.notice) for each in programmes)
    if len(asked) == 1:
        rules = programmes[0].rules
        return [sentence(ReportWords.STATUS_RULES, buffer=rules.buffer, notice=_notice(rules))]
    said = (
        sentence(ReportWords.STATUS_RULES_OF, programme=each.name, buffer=each.rules.buffer, notice=_notice(each.rules))
        for each in programmes
    )
    return list(dict.fromkeys(said))


def _notice(rules: Rules) -> Sentence:
    if rules.notice % 60:
        return sentence(ReportWords.SHORT_MINUTES_NOTICE, minutes=rules.notice)
    return sentence(ReportWords.SHORT_HOURS_NOTICE, hours=rules.notice // 60)


def _pause(talk: Talk) -> list[Sentence]:
    until = talk.user.paused_until
    if until is None or until <= talk.core.own.adjusting.today(talk.user):
        return []
    return [sentence(ReportWords.PAUSED_UNTIL, day=until)]


def _next(planned: tuple[tuple[Session, Pair], ...]) -> list[Sentence]:
    for session, pair in planned[:1]:
        waits = session.state is SessionState.NEEDS_NEW_TIME
        words = ReportWords.STATUS_NEXT_NEEDS_TIME if waits else ReportWords.STATUS_NEXT
        return [sentence(words, when=session.when, partner=pair.partner.name)]
    return [sentence(ReportWords.STATUS_NO_NEXT)]


def _month(talk: Talk, sessions: list[Session]) -> Sentence:
    """Of the calendar month by the person's own clock: over, and still to come. What was declined is neither."""
    now = local_time(talk.user.itinerary, talk.now)
    this_month = [
        each
        for each in dict.fromkeys(sessions)
        if each.state is SessionState.BOOKED
        and (began := local_time(talk.user.itinerary, each.when.start)).year == now.year
        and began.month == now.month
    ]
    held = sum(each.when.end <= talk.now for each in this_month)
    return sentence(ReportWords.STATUS_MONTH, held=held, planned=len(this_month) - held)


async def _choices(talk: Talk, integration: Integration, *, can_book: bool) -> tuple[Choice, ...]:
    """Where nothing is planned, [Find times]."""
    choices = [button(Words.FIND_TIMES, FindSlots())] if can_book else []
    if _pause(talk):
        choices.append(button(SettingsWords.RESUME, Resume()))
    if integration.trouble is not Trouble.OPTED_OUT:
        choices = [*await own_choices(talk, integration), *choices]
    else:
        choices.append(button(SettingsWords.USE_MY_CALENDAR, UseCalendar(use=True)))
    return (*choices, button(SettingsWords.SETTINGS, ShowSettings()))
