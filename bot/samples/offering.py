"""Times: offered, compared, asked for, to be sent; and where nothing fits."""

from __future__ import annotations

from datetime import date

from bot import commands as c
from bot.replies import Answer, CalendarsShown, Choice, Question, Read, Refused, RequestShown, SlotsOffered, TimesToSend
from bot.sentences import WallTime, sentence
from bot.words import RefusalWords, Words
from calendar_core.availability.shared_view import DayView, SharedView, Stretches
from calendar_core.integration import Suite
from calendar_core.request import Basis

from .cast import (
    ANA,
    ANA_READS,
    CHECKED,
    MATCH,
    NEW_YORK,
    REQUEST,
    SAM,
    SAM_READS,
    SLOTS,
    TOPIC,
    WISH,
    button,
    new_york,
    slots,
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


OFFERING: dict[str, Answer] = {
    "times offered": Answer(
        SlotsOffered(
            partner=SAM,
            minutes=45,
            suite=Suite.GOOGLE,
            basis=Basis.BOTH_FREE,
            checked_at=CHECKED,
            choices=(
                *slots(Words.BOOK_ON, *(c.BookSession(MATCH, slot) for slot in SLOTS)),
                button(Words.SEE_BOTH_CALENDARS, c.ShowCalendars(WISH, date(2026, 11, 24))),
                button(Words.MORE, c.ShowMore(WISH)),
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
                button(Words.DAY, c.ShowCalendars(WISH, date(2026, 11, 24))),
                button(Words.WEEK, c.ShowCalendars(WISH, date(2026, 11, 24), 7)),
                Choice(sentence(Words.BOOK_AT, when=SLOTS[0]), c.BookSession(MATCH, SLOTS[0]), slot=SLOTS[0]),
            ),
        ),
        ANA_READS,
    ),
    "request": Answer(
        RequestShown(
            request=REQUEST,
            proposer=ANA,
            minutes=45,
            basis=Basis.PROPOSER_FREE,
            choices=(
                *slots(Words.BOOK_ON, *(c.PickTime(REQUEST, slot) for slot in SLOTS)),
                button(Words.OFFER_OTHER_TIMES, c.OfferTimes(REQUEST)),
                button(Words.NOT_NOW, c.DeclineRequest(REQUEST)),
            ),
        ),
        SAM_READS,
    ),
    "request about something": Answer(
        RequestShown(
            request=REQUEST,
            proposer=ANA,
            minutes=45,
            basis=Basis.BOTH_FREE,
            topic=TOPIC,
            choices=slots(Words.BOOK_ON, *(c.PickTime(REQUEST, slot) for slot in SLOTS)),
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
                *slots(Words.ADD_TIME, *(c.OfferTimes(REQUEST, (new_york(11, 27, 9), slot)) for slot in SLOTS)),
                button(Words.SEND, c.SendOffer(REQUEST, (new_york(11, 27, 9),))),
                button(Words.START_AGAIN, c.OfferTimes(REQUEST)),
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
                button(Words.USE_MINUTES, c.FindSlots(match=MATCH, minutes=30), minutes=30),
                button(Words.FROM_TIME, c.FindSlots(match=MATCH, earlier=60), time=WallTime(8 * 60)),
                button(Words.LOOK_AHEAD, c.FindSlots(match=MATCH, days_ahead=28), far=sentence(Words.WEEKS, weeks=4)),
                button(Words.ASK, c.AskPartner(WISH), name="Sam"),
                button(Words.WHY, c.WhyNone(WISH)),
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
                *slots(Words.BOOK_ON, *(c.BookSession(MATCH, slot) for slot in SLOTS)),
                button(Words.FIND_TIMES, WISH),
            ),
        ),
        ANA_READS,
    ),
}
