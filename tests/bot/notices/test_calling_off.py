"""What people read of sessions that are called off, and of answers taken back."""

from __future__ import annotations

from bot.wording import plain
from calendar_core.happening import (
    EventCleared,
    EventLeft,
    Happening,
    SessionAccepted,
    SessionBooked,
    SessionCancelled,
    SessionDeclined,
)
from calendar_core.people import User
from calendar_core.session import SessionUid
from sandbox.faults import Fault
from tests.bot.talking import Talking

WHEN = "Tue 24 Nov, 09:00 New York (15:00 Berlin)"


async def read(talk: Talking, happening: Happening, user: User) -> list[str]:
    answer = await talk.notices.of(happening, user)
    return [] if answer is None else plain(answer.reply, answer.reader).splitlines()


async def booked(talk: Talking) -> SessionUid:
    await talk.press(talk.stage.ana, await talk.say(talk.stage.ana, "book"), "1")
    return (await talk.stage.told.hears(talk.stage.sam, SessionBooked)).session


async def test_the_other_is_told_who_cancelled_and_may_find_another_time(talk: Talking) -> None:
    uid = await booked(talk)
    cancelled = await talk.stage.scheduling.cancelling.cancel(talk.stage.sam, uid)
    happening = SessionCancelled(uid, cancelled.sequence)
    assert await read(talk, happening, talk.stage.ana) == [f"Sam cancelled {WHEN}.", "[Find another time]"]
    assert await read(talk, happening, talk.stage.sam) == [
        "Cancelled: Tue 24 Nov, 15:00 Berlin (09:00 New York) with Ana. Both calendars are clear.",
        "[Find another time]",
    ]


async def test_a_calendar_that_has_not_confirmed_is_said_until_it_has(talk: Talking) -> None:
    uid = await booked(talk)
    talk.stage.sandbox.faults.add(Fault("status", operation="events.delete", status=503, times=None))
    waiting = await talk.stage.scheduling.cancelling.cancel(talk.stage.ana, uid, wait_seconds=0.2)
    assert (await read(talk, SessionCancelled(uid, waiting.sequence), talk.stage.ana))[0] == (
        f"Cancelled here: {WHEN} with Sam. Google has not confirmed removing the entry. "
        "I keep trying and will tell you."
    )
    gone = await read(talk, EventCleared(uid), talk.stage.ana)
    assert gone == [f"The entry of {WHEN} with Sam is gone from the calendars now."]
    left = [await read(talk, EventLeft(uid), user) for user in (talk.stage.ana, talk.stage.sam)]
    assert "your calendar does not let me remove the entry" in left[0][0]
    assert "the calendar of Ana does not let me remove the entry. Please delete it from yours." in left[1][0]


async def test_an_answer_taken_back_is_said_to_both(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    uid = await booked(talk)
    told = await talk.told(sam, SessionBooked)
    assert told["join"]
    await talk.press(sam, told, "Cannot make it")
    declined = await talk.told(ana, SessionDeclined)
    assert declined["text"].startswith("Sam declined")
    assert not declined["join"]  # there is nothing to join until it stands again
    restored = await talk.press(sam, told, "Looks good")
    assert restored["text"] == "Accepted: Tue 24 Nov, 15:00 Berlin (09:00 New York) stands again. Ana was told."
    assert (await talk.told(ana, SessionAccepted))["text"].startswith(f"Sam can make {WHEN} after all: it stands.")
    again = await talk.press(sam, told, "Looks good")
    assert again["text"] == "Accepted: Tue 24 Nov, 15:00 Berlin (09:00 New York) with Ana."
    assert await read(talk, SessionAccepted(uid, sam.id), ana)


async def test_who_cannot_either_is_asked_again(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    uid = await booked(talk)
    told = await talk.told(sam, SessionBooked)
    for user in (ana, sam):
        await talk.press(user, told, "Cannot make it")
    half = await talk.press(sam, told, "Looks good")
    assert half["text"].endswith("Ana cannot make it, so it still needs a new time.")
    shown = await talk.told(ana, SessionAccepted)
    assert shown["text"].startswith(f"Sam can make {WHEN} after all. You had said that you cannot.")
    await talk.press(ana, shown, "Looks good")
    assert not await read(talk, SessionDeclined(uid, sam.id), ana)
