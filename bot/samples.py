"""One sample of every reply, with the people of the documentation: for the gallery, and for every renderer's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from calendar_core.availability.shared_view import DayView, SharedView, Stretches
from calendar_core.happening import RequestId
from calendar_core.integration import IntegrationKind, Suite, Trouble
from calendar_core.interval import Interval
from calendar_core.people import OFFICE_HOURS, MatchId, Role, UserId
from calendar_core.request import Basis
from calendar_core.session import Conference, Link, Session, SessionState, SessionUid

from . import commands as c
from . import own_commands as own
from .replies import (
    Answer,
    CalendarsShown,
    Choice,
    HelpShown,
    Party,
    PeopleListed,
    PersonLine,
    Question,
    Read,
    Reader,
    ReceiptLine,
    ReceiptsShown,
    Refused,
    RequestShown,
    Said,
    SessionLine,
    SessionShown,
    SessionsListed,
    SlotsOffered,
    Summary,
    TimesToSend,
)
from .sentences import Across, CityOf, Field, WallTime, sentence
from .words import (
    ConnectingWords,
    FreeBusyOnlyWords,
    HealthWords,
    MailingWords,
    PrivacyWords,
    RefusalWords,
    ReportWords,
    SettingsWords,
    Text,
    Words,
)

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"
ANA = Party("Ana Ruiz", "Ana", NEW_YORK)
SAM = Party("Sam Okoye", "Sam", BERLIN)
ANA_READS = Reader("en-GB", NEW_YORK)
SAM_READS = Reader("en-GB", BERLIN)
PRIYA_READS = Reader("en-GB", "America/Toronto")
MATCH, REQUEST, SESSION = MatchId(7), RequestId(3), SessionUid("5f2b6c1e@pairtime")
WISH = c.FindSlots(match=MATCH, minutes=45)


def new_york(month: int, day: int, hour: int, minute: int = 0, minutes: int = 45) -> Interval:
    """A time by Ana's clock, in 2026."""
    return Interval.lasting(datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(NEW_YORK)), minutes)


SLOTS = (new_york(11, 24, 9), new_york(11, 25, 10), new_york(12, 1, 9))
CHECKED = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)
BOOKED = Session(
    uid=SESSION,
    match=MATCH,
    booked_by=UserId(1),
    pressed_by=UserId(1),
    organizer=UserId(1),
    attendee=UserId(2),
    when=SLOTS[0],
    zone=NEW_YORK,
    state=SessionState.BOOKED,
    booked_via="console",
    looked_at=CHECKED,
    conference=Conference(Suite.GOOGLE, "https://meet.google.com/abc-defg-hij"),
    link=Link.READY,
)


def _button(words: Text, command: c.Command, /, **fields: Field) -> Choice:
    return Choice(sentence(words, **fields), command)


def _slots(words: Text, *commands: c.Command) -> tuple[Choice, ...]:
    return tuple(
        Choice(sentence(words, when=slot), command, slot=slot, numbered=True)
        for slot, command in zip(SLOTS, commands, strict=True)
    )


def _day() -> DayView:
    hours = new_york(11, 24, 9, minutes=480)
    busy = new_york(11, 24, 11, 30, 90)
    morning = new_york(11, 24, 9, minutes=120)
    return DayView(
        day=date(2026, 11, 24),
        hours=(hours,),
        yours=Stretches((new_york(11, 24, 9, minutes=150), new_york(11, 24, 13, minutes=240)), (busy,), ()),
        theirs=Stretches((morning,), (new_york(11, 24, 11, minutes=360),), ()),
        both_free=(morning,),
    )


SAMPLES: dict[str, Answer] = {
    "a link": Answer(
        Question(
            sentences=(
                sentence(ConnectingWords.WILL_ASK, vendor="Microsoft"),
                sentence(ConnectingWords.LINK_IS_YOURS),
            ),
            choices=(
                _button(ConnectingWords.PRIVACY, c.ShowReceipts()),
                Choice(
                    sentence(ConnectingWords.CONTINUE_TO, vendor="Microsoft"),
                    c.Connect(Suite.MICROSOFT, again=True),
                    url="https://pairtime.example.com/connect/microsoft?link=5f2b6c1e",
                ),
            ),
        ),
        SAM_READS,
    ),
    "times offered": Answer(
        SlotsOffered(
            partner=SAM,
            minutes=45,
            suite=Suite.GOOGLE,
            basis=Basis.BOTH_FREE,
            checked_at=CHECKED,
            choices=(
                *_slots(Words.BOOK_ON, *(c.BookSession(MATCH, slot) for slot in SLOTS)),
                _button(Words.SEE_BOTH_CALENDARS, c.ShowCalendars(WISH, date(2026, 11, 24))),
                _button(Words.MORE, c.ShowMore(WISH)),
            ),
        ),
        ANA_READS,
    ),
    "both calendars": Answer(
        CalendarsShown(
            match=MATCH,
            partner=SAM,
            view=SharedView(NEW_YORK, (_day(),)),
            minutes=45,
            checked_at=CHECKED,
            choices=(
                _button(Words.DAY, c.ShowCalendars(WISH, date(2026, 11, 24))),
                _button(Words.WEEK, c.ShowCalendars(WISH, date(2026, 11, 24), 7)),
                Choice(sentence(Words.BOOK_AT, when=SLOTS[0]), c.BookSession(MATCH, SLOTS[0]), slot=SLOTS[0]),
            ),
        ),
        ANA_READS,
    ),
    "booked": Answer(
        SessionShown(
            headline=sentence(Words.BOOKED, when=Across(BOOKED.when, BERLIN), partner=SAM.name),
            session=BOOKED,
            partner=SAM,
            after=(
                sentence(Words.JOIN_YOURS, url="https://meet.google.com/abc-defg-hij"),
                sentence(Words.REMINDERS_TWO),
            ),
        ),
        ANA_READS,
    ),
    "told of a session": Answer(
        SessionShown(
            headline=sentence(Words.BOOKED_WITH_YOU, when=Across(BOOKED.when, NEW_YORK), partner=ANA.name),
            session=BOOKED,
            partner=ANA,
            choices=(
                _button(Words.LOOKS_GOOD, c.LooksGood(SESSION)),
                _button(Words.CANNOT_MAKE_IT, c.CannotMakeIt(SESSION)),
            ),
        ),
        SAM_READS,
    ),
    "invitation sent": Answer(
        SessionShown(
            headline=sentence(MailingWords.INVITATION_SENT, when=Across(BOOKED.when, BERLIN), partner=SAM.first_name),
            session=replace(BOOKED, conference=None, link=Link.NONE, mailed=True),
            partner=SAM,
            after=(
                sentence(MailingWords.PLEASE_ACCEPT),
                sentence(MailingWords.HAS_NO_LINK),
                sentence(MailingWords.CHANGES_NOT_SEEN),
            ),
            choices=(
                _button(MailingWords.ADD_A_LINK, c.AddLink(SESSION)),
                _button(Words.CANNOT_MAKE_IT, c.CannotMakeIt(SESSION)),
            ),
        ),
        ANA_READS,
    ),
    "session frozen": Answer(
        SessionShown(
            headline=sentence(FreeBusyOnlyWords.FROZEN, when=Across(BOOKED.when, NEW_YORK), partner=ANA.name),
            session=replace(BOOKED, frozen=True),
            partner=ANA,
        ),
        SAM_READS,
    ),
    "another time by mail": Answer(
        SessionShown(
            headline=sentence(FreeBusyOnlyWords.COUNTER_REFUSED, when=Across(BOOKED.when, NEW_YORK), partner=ANA.name),
            session=replace(BOOKED, conference=None, link=Link.NONE, mailed=True),
            partner=ANA,
            choices=(_button(Words.FIND_ANOTHER_TIME, WISH),),
        ),
        SAM_READS,
    ),
    "request": Answer(
        RequestShown(
            request=REQUEST,
            proposer=ANA,
            minutes=45,
            basis=Basis.PROPOSER_FREE,
            choices=(
                *_slots(Words.BOOK_ON, *(c.PickTime(REQUEST, slot) for slot in SLOTS)),
                _button(Words.OFFER_OTHER_TIMES, c.OfferTimes(REQUEST)),
                _button(Words.NOT_NOW, c.DeclineRequest(REQUEST)),
            ),
        ),
        SAM_READS,
    ),
    "times to send": Answer(
        TimesToSend(
            partner=ANA,
            minutes=45,
            basis=Basis.PROPOSER_FREE,
            chosen=(new_york(11, 27, 9),),
            choices=(
                *_slots(Words.ADD_TIME, *(c.OfferTimes(REQUEST, (new_york(11, 27, 9), slot)) for slot in SLOTS)),
                _button(Words.SEND, c.SendOffer(REQUEST, (new_york(11, 27, 9),))),
                _button(Words.START_AGAIN, c.OfferTimes(REQUEST)),
            ),
        ),
        SAM_READS,
    ),
    "nothing fits": Answer(
        Question(
            read=Read("Sam Okoye", (new_york(11, 27, 8, minutes=240),), 45),
            sentences=(
                sentence(Words.NO_COMMON_TIME, days=14),
                sentence(Words.SHORTER_HELPS, minutes=30, usual=45, count=4),
                sentence(Words.FROM_HELPS, time=WallTime(8 * 60), count=1),
            ),
            choices=(
                _button(Words.USE_MINUTES, c.FindSlots(match=MATCH, minutes=30), minutes=30),
                _button(Words.FROM_TIME, c.FindSlots(match=MATCH, earlier=60), time=WallTime(8 * 60)),
                _button(Words.LOOK_AHEAD, c.FindSlots(match=MATCH, days_ahead=28), far=sentence(Words.WEEKS, weeks=4)),
                _button(Words.ASK, c.AskPartner(WISH), name="Sam"),
                _button(Words.WHY, c.WhyNone(WISH)),
            ),
        ),
        ANA_READS,
    ),
    "refused": Answer(
        Refused(
            error="SlotTaken",
            sentences=(sentence(RefusalWords.JUST_TAKEN, when=new_york(11, 24, 10)), sentence(RefusalWords.NEAREST)),
            partner=SAM,
            choices=(
                *_slots(Words.BOOK_ON, *(c.BookSession(MATCH, slot) for slot in SLOTS)),
                _button(Words.FIND_TIMES, WISH),
            ),
        ),
        ANA_READS,
    ),
    "said": Answer(
        Said(
            sentences=(sentence(Words.MATCHED_WITH, partner=SAM.name, programme="Leaders 2026"),),
            choices=(
                _button(Words.FIND_TIMES, c.FindSlots(match=MATCH)),
                _button(Words.NOT_THIS_ONE, c.NotThisMatch(MATCH)),
            ),
        ),
        ANA_READS,
    ),
    "sessions": Answer(
        SessionsListed(
            past=False,
            sessions=(SessionLine(BOOKED, SAM),),
            choices=(_button(Words.PAST_SESSIONS, c.ShowSessions(past=True)),),
        ),
        ANA_READS,
    ),
    "status": Answer(
        Summary(
            paragraphs=(
                (
                    sentence(ReportWords.STATUS_CHECKED_TODAY, kind=IntegrationKind.OUTLOOK_DOMAIN.value, at=CHECKED),
                    sentence(ReportWords.STATUS_HOURS, hours=OFFICE_HOURS, city=CityOf(BERLIN)),
                    sentence(
                        ReportWords.STATUS_RULES, buffer=10, notice=sentence(ReportWords.SHORT_HOURS_NOTICE, hours=24)
                    ),
                ),
                (
                    sentence(ReportWords.STATUS_NEXT, when=SLOTS[0], partner=ANA.name),
                    sentence(ReportWords.STATUS_MONTH, held=3, planned=1),
                ),
            ),
            join="https://meet.google.com/abc-defg-hij",
            choices=(_button(SettingsWords.SETTINGS, own.ShowSettings()),),
        ),
        SAM_READS,
    ),
    "receipts": Answer(
        ReceiptsShown(
            receipts=(ReceiptLine("Ana Ruiz", Role.MENTEE, 4, date(2026, 11, 24), date(2026, 12, 8)),),
            choices=(
                _button(PrivacyWords.DOWNLOAD, own.DownloadData()),
                _button(PrivacyWords.DELETE, own.DeleteData()),
            ),
        ),
        SAM_READS,
    ),
    "people": Answer(
        PeopleListed(
            programme="Leaders 2026",
            people=128,
            working=(
                (IntegrationKind.GOOGLE_DOMAIN, 61),
                (IntegrationKind.GOOGLE_INDIVIDUAL, 12),
                (IntegrationKind.OUTLOOK_DOMAIN, 33),
                (IntegrationKind.OUTLOOK_INDIVIDUAL, 6),
            ),
            lines=(
                PersonLine("Lea Brandt", Role.MENTOR, None, Trouble.NEVER_CONNECTED, None, "Teams"),
                PersonLine(
                    "Tom Vance",
                    Role.MENTEE,
                    IntegrationKind.OUTLOOK_INDIVIDUAL,
                    Trouble.ACCESS_WITHDRAWN,
                    datetime(2026, 11, 20, 9, tzinfo=UTC),
                    "Slack",
                ),
                PersonLine("Noor Aziz", Role.MENTOR, None, Trouble.NO_MAILBOX, None, None),
            ),
            not_working=16,
            skipped=0,
            matches_missing_one=9,
            completed_by=((Suite.GOOGLE, 8),),
            choices=(_button(Words.NEXT, c.WhoHasntIntegrated(skip=3)),),
        ),
        PRIYA_READS,
    ),
    "health": Answer(
        Said(
            sentences=(
                sentence(HealthWords.DOMAIN_WORKS, domain=sentence(HealthWords.GOOGLE_DOMAIN), at=CHECKED),
                sentence(HealthWords.DOMAIN_ENDS, domain=sentence(HealthWords.MICROSOFT_DOMAIN), days=12),
                sentence(HealthWords.MAIL_WORKS),
                sentence(HealthWords.WAITING, count=0),
            ),
            choices=(_button(HealthWords.HOW_TO_RENEW, c.HowToRenew()),),
        ),
        PRIYA_READS,
    ),
    "help": Answer(
        HelpShown(
            opening=sentence(Words.YOU_CAN_SAY),
            entries=(("book", sentence(Words.HELP_BOOK)), ("sessions", sentence(Words.HELP_SESSIONS))),
            choices=(_button(Words.CONTACT, c.Contact()),),
        ),
        ANA_READS,
    ),
}
