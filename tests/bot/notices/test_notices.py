"""Every happening as the person who is told of it reads it; what has become pointless is not told at all."""

from __future__ import annotations

from dataclasses import replace

from bot.wording import plain
from calendar_core.happening import (
    BookingFailed,
    Happening,
    LinkMissing,
    LinkReady,
    MatchMade,
    RequestMade,
    SessionBooked,
    SessionDeclined,
    SessionSoon,
)
from calendar_core.people import User
from calendar_core.session import SessionUid
from tests.bot.talking import Talking


async def read(talk: Talking, happening: Happening, user: User) -> list[str]:
    answer = await talk.notices.of(happening, user)
    return [] if answer is None else plain(answer.reply, answer.reader).splitlines()


async def booked(talk: Talking) -> SessionUid:
    await talk.press(talk.stage.ana, await talk.say(talk.stage.ana, "book"), "1")
    return (await talk.stage.told.hears(talk.stage.sam, SessionBooked)).session


async def test_both_are_told_of_their_match_and_may_say_it_is_not_right(talk: Talking) -> None:
    told = await read(talk, MatchMade(talk.stage.match.id), talk.stage.ana)
    assert told == [
        (
            "You are matched with Sam Okoye (Leaders 2026), who can see when you are free, and you when they are. "
            "Both of you see only free or busy."
        ),
        "[Find times] [Not this one]",
    ]
    answer = await talk.notices.of(MatchMade(talk.stage.match.id), talk.stage.sam)
    assert answer is not None


async def test_reminders_say_when_and_with_whom(talk: Talking) -> None:
    uid = await booked(talk)
    day_before = await read(talk, SessionSoon(uid, 0, 24 * 60), talk.stage.ana)
    assert day_before == [
        "Tomorrow: Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 Berlin) with Sam Okoye.",
        "[Cannot make it]",
    ]
    shortly = await read(talk, SessionSoon(uid, 0, 15), talk.stage.sam)
    assert shortly[0] == "In 15 minutes: your session with Ana."
    assert shortly[1].startswith("Join: https://meet.google.com/")


async def test_links_that_come_late_or_not_at_all(talk: Talking) -> None:
    uid = await booked(talk)
    assert (await read(talk, LinkReady(uid), talk.stage.ana))[0] == (
        "The meeting link for Tue 24 Nov, 09:00 New York (15:00 Berlin) with Sam Okoye is ready."
    )
    assert (await read(talk, LinkMissing(uid), talk.stage.ana))[0].endswith("is ready.")


async def test_a_booking_that_failed_says_why_and_offers_another_time(talk: Talking) -> None:
    failed = await read(talk, BookingFailed(await booked(talk)), talk.stage.ana)
    assert failed[0].startswith("Not booked: Tue 24 Nov, 09:00 New York (15:00 Berlin) with Sam Okoye.")
    assert failed[-1] == "[Find another time]"


async def test_whoever_pressed_without_getting_an_answer_is_told_it_is_booked(talk: Talking) -> None:
    told = await read(talk, SessionBooked(await booked(talk)), talk.stage.ana)
    assert told[0].startswith("Booked. Tue 24 Nov 2026, 09:00 - 09:45 New York (15:00 - 15:45 Berlin), with Sam Okoye.")


async def test_what_is_pointless_by_now_is_not_told(talk: Talking) -> None:
    uid = await booked(talk)
    uma = talk.stage.people["uma"]
    assert await read(talk, SessionDeclined(uid, talk.stage.sam.id), talk.stage.ana) == []
    assert await read(talk, SessionBooked(SessionUid("none")), talk.stage.ana) == []
    assert await read(talk, SessionBooked(uid), uma) == []
    more = await talk.press(talk.stage.ana, await talk.say(talk.stage.ana, "book"), "More")
    await talk.press(talk.stage.ana, more, "Ask Sam")
    request = await talk.stage.told.hears(talk.stage.sam, RequestMade)
    assert await read(talk, request, talk.stage.ana) == []


async def test_a_notice_is_in_the_readers_language_and_zone(talk: Talking) -> None:
    uid = await booked(talk)
    german = replace(talk.stage.sam, language="de-DE", time_zone="Europe/Vienna")
    told = await read(talk, SessionBooked(uid), german)
    assert "Di., 24. Nov. 2026, 15:00 - 15:45 Wien" in told[0]
