"""What a calendar part answers (RFC 5546): REPLY or COUNTER of one event, by one attendee."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from icalendar import Calendar, Component, Event, Parameters, vCalAddress

from calendar_core.mailed_answer import LetterUnfit, MailedAnswer, Unfit
from calendar_core.participation import Participation
from calendar_core.people import address_of

from .letter import OpenedLetter

LONGEST_UID = 255
LARGEST_SEQUENCE = 2**31 - 1
MOST_LINES = 5_000
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")
ANSWERS = {each.value: each for each in (Participation.ACCEPTED, Participation.TENTATIVE, Participation.DECLINED)}


def answer_in(letter: OpenedLetter) -> MailedAnswer:
    """Raises LetterUnfit. When the session is to be is not looked at: no letter changes that."""
    if letter.calendar.count("\n") > MOST_LINES:
        raise LetterUnfit(Unfit.TANGLED)
    try:
        return _answer(Calendar.from_ical(letter.calendar), letter)
    except LetterUnfit:
        raise
    except Exception as broken:  # a parser before hostile text, which parses properties late: it may raise anything
        raise LetterUnfit(Unfit.MALFORMED) from broken


def _answer(calendar: Component, letter: OpenedLetter) -> MailedAnswer:
    method = str(calendar["METHOD"]).upper()
    if method not in ("REPLY", "COUNTER"):
        raise LetterUnfit(Unfit.NOT_AN_ANSWER)
    events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
    if len(events) != 1 or (letter.method and letter.method != method):
        raise LetterUnfit(Unfit.MALFORMED)
    (event,) = events
    uid = str(event["UID"])
    sequence = int(event.get("SEQUENCE", 0))
    if UNSEEN.search(uid) or not 0 < len(uid) <= LONGEST_UID or not 0 <= sequence <= LARGEST_SEQUENCE:
        raise LetterUnfit(Unfit.MALFORMED)
    attendee, said = _attendee(event, letter.sent_by, several=method == "COUNTER")
    return MailedAnswer(
        uid=uid,
        sequence=sequence,
        attendee=attendee,
        sent_by=letter.sent_by,
        to=letter.to,
        stamp=_stamp(event),
        answer=ANSWERS[said] if method == "REPLY" else None,
    )


def _attendee(event: Event, sent_by: str, *, several: bool) -> tuple[str, str]:
    """Who answers, and PARTSTAT. A reply names one; a counter-proposal may repeat everybody."""
    named = event["ATTENDEE"]
    everybody = named if isinstance(named, list) else [named]
    who = [(_address(each), str(_params(each).get("PARTSTAT", "")).upper()) for each in everybody]
    if several:
        who = [each for each in who if each[0] == sent_by]
    if len(who) != 1:
        raise LetterUnfit(Unfit.MALFORMED)
    return who[0]


def _params(value: object) -> Parameters:
    return value.params if isinstance(value, vCalAddress) else Parameters()


def _address(value: object) -> str:
    text = str(value)
    if UNSEEN.search(text) or text[:7].casefold() != "mailto:":
        raise LetterUnfit(Unfit.MALFORMED)
    return address_of(text[7:])


def _stamp(event: Event) -> datetime:
    stamp = event.DTSTAMP
    if not isinstance(stamp, datetime):
        raise LetterUnfit(Unfit.MALFORMED)
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
