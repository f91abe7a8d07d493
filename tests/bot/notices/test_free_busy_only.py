"""What is told of frozen and transferred sessions, and of answers by mail: by both clocks, with what still works."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.handlers.talk import reader_of
from bot.notices.free_busy_only import Told, told, you_declined
from bot.samples.cast import BOOKED
from bot.wording import plain
from calendar_core.happening import CounterRefused, SessionFrozen, SessionThawed, SessionTransferred
from calendar_core.itinerary import Trip
from calendar_core.session import Session, SessionUid
from tests.bot.handlers.test_pair_matrix import ANA, GOOGLE, OUTLOOK, SAM, TOLD, pair

PAIR = pair(GOOGLE, OUTLOOK)
UID = SessionUid(BOOKED.uid)
TOLD_OF = [
    (SessionFrozen(UID, failed=False), replace(BOOKED, frozen=True)),
    (SessionThawed(UID), BOOKED),
    (SessionTransferred(UID, by_mail=False), BOOKED),
    (SessionTransferred(UID, by_mail=True), replace(BOOKED, mailed=True)),
    (CounterRefused(UID), BOOKED),
]


@pytest.mark.parametrize(("happening", "session"), TOLD_OF)
def test_a_partner_who_travels_has_the_clock_of_where_they_are(happening: Told, session: Session) -> None:
    away = Trip(date(2026, 11, 20), date(2026, 11, 30), "Asia/Tokyo")
    travelling = replace(SAM, own=replace(SAM.own, trips=(away,)))
    reply = told(happening, session, replace(PAIR, partner=travelling))
    assert reply is not None
    assert "23:00 Tokyo" in plain(reply, reader_of(ANA))


def test_another_time_is_offered_only_while_the_match_stands() -> None:
    """Of an ended match a planned session may be kept; nothing can be found any more."""
    ended = replace(PAIR, match=replace(PAIR.match, ended_at=TOLD))
    for over, labels in ((PAIR, ["Find another time"]), (ended, [])):
        refused = told(CounterRefused(UID), BOOKED, over)
        assert refused is not None
        for reply in (refused, you_declined(BOOKED, over)):
            said = plain(reply, reader_of(ANA)).splitlines()
            assert [line for line in said if line.startswith("[")] == [f"[{label}]" for label in labels]
