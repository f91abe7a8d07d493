"""After a session: each is asked alone, once, in their hours; and what they wrote for both begins the next one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.wording import ReplyData
from calendar_core.following_up import FollowingUp
from calendar_core.happening import SessionBooked, SessionOver, SessionSoon, StepShared
from calendar_core.job import follow_up_job
from calendar_core.people import User
from calendar_core.ports import RetryAt
from calendar_core.session import Session

from .talking import Talking

AFTERWARDS = datetime(2026, 11, 24, 15, tzinfo=UTC)  # Tuesday, 10:00 in New York and 16:00 in Berlin
STEP = "Read the *board* paper <!channel>"


async def over(talk: Talking, *asked: User) -> dict[str, ReplyData]:
    """Ana and Sam had a session on Tuesday at nine, and both were asked."""
    await talk.press(talk.stage.ana, await talk.say(talk.stage.ana, "book with Sam on Tuesday 9am"), "1")
    await talk.stage.told.hears(talk.stage.sam, SessionBooked)
    talk.stage.sandbox.clock.set(AFTERWARDS)
    return {each.email: await talk.told(each, SessionOver) for each in asked}


async def session_of(talk: Talking, user: User) -> Session:
    ((session, _),) = await talk.stage.scheduling.booking.of(user, past=True)
    return session


async def test_yes_a_rating_a_step_and_next_time_are_three_messages(talk: Talking) -> None:
    ana = talk.stage.ana
    asked = (await over(talk, ana))[ana.email]
    assert asked["text"] == (
        "Your session with Sam Okoye, Tue 24 Nov, 09:00 - 09:45 New York (15:00 - 15:45 Berlin): did it happen? "
        "Sam is not told what you answer.\n[Yes] [Moved] [No]"
    )
    useful = await talk.press(ana, asked, "Yes")
    assert useful["text"] == (
        "How useful was it, from 1 to 5? Admins see averages of 5 people or more only.\n[1] [2] [3] [4] [5] [Skip]"
    )
    following = await talk.say(ana, "4")
    assert following["before"][:3] == ["Thank you.", "A next step? Write it: step ...", "Next time?"]
    assert [each["label"] for each in following["choices"]] == ["1", "2", "Later"]
    given = await talk.core.following_up.feedbacks.of((await session_of(talk, ana)).uid, ana.id)
    assert given
    assert given.useful == 4
    booked = await talk.say(ana, "1")
    assert booked["text"].startswith("Booked.")


async def test_no_asks_why_and_skip_rates_nothing(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    asked = await over(talk, ana, sam)
    why = await talk.press(sam, asked[sam.email], "No")
    assert [each["label"] for each in why["choices"]] == ["I could not", "We missed each other", "Not this time"]
    await talk.press(sam, why, "We missed each other")
    await talk.press(ana, await talk.press(ana, asked[ana.email], "Moved"), "Skip")
    uid = (await session_of(talk, ana)).uid
    given = [await talk.core.following_up.feedbacks.of(uid, each.id) for each in (ana, sam)]
    assert [each and (each.happened, each.missed, each.useful) for each in given] == [
        ("moved", None, None),
        ("no", "we missed each other", None),
    ]


async def test_a_button_of_the_other_s_or_a_stranger_s_session_says_nothing(talk: Talking) -> None:
    ana, uma = talk.stage.ana, talk.stage.people["uma"]
    asked = (await over(talk, ana))[ana.email]
    refused = await talk.token(uma, asked["choices"][0]["token"])
    assert refused["kind"] == "Refused"
    given = await talk.core.following_up.feedbacks.of((await session_of(talk, ana)).uid, ana.id)
    assert given
    assert given.happened is None


async def test_a_private_step_is_read_by_its_author_alone(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await over(talk, ana)
    written = await talk.say(ana, f"step {STEP}")
    assert [each["label"] for each in written["choices"]] == ["Only me", "Both of us", "Delete it"]
    stolen = await talk.token(sam, written["choices"][1]["token"])
    assert stolen["kind"] == "Refused"
    await talk.press(ana, written, "Only me")
    assert "board paper" in (await talk.say(ana, "my steps"))["text"]
    assert "board" not in (await talk.say(sam, "my steps"))["text"]
    booked = await talk.press(ana, await talk.say(ana, "book with Sam on Friday 10am"), "1")
    assert "From last time" not in booked["text"]
    assert "board" not in json.dumps(await talk.core.own.personal_data.of(sam.id))
    assert "board" in json.dumps(await talk.core.own.personal_data.of(ana.id))
    chosen = await talk.press(ana, await talk.say(ana, "my steps"), "1")
    await talk.press(ana, chosen, "Delete it")
    assert "no next steps" in (await talk.say(ana, "my steps"))["text"]


async def test_a_shared_step_is_told_and_begins_the_next_session_for_both(talk: Talking) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await over(talk, ana)
    await talk.press(ana, await talk.say(ana, f"step {STEP}"), "Both of us")
    told = await talk.told(sam, StepShared)
    assert told["text"].startswith("Ana Ruiz wrote a next step for both of you after your session of Tue 24 Nov: Read")
    booked = await talk.press(ana, await talk.say(ana, "book with Sam on Friday 10am"), "1")
    assert booked["text"].splitlines()[1].startswith("From last time: Read the board paper")
    (next_one,) = [session for session, _ in await talk.stage.scheduling.booking.of(ana, past=False)]
    soon = SessionSoon(next_one.uid, next_one.sequence, 15)
    for each in (ana, sam):
        for what in (SessionBooked(next_one.uid), soon):
            answer = await talk.notices.of(what, each)
            assert answer
            assert "board" in str(getattr(answer.reply, "from_last_time", ""))
    assert "board" not in repr([event for each in (ana, sam) for event in talk.stage.shown(each)])


async def test_a_step_that_was_withdrawn_and_is_shared_again_is_told_once(talk: Talking) -> None:
    """Also where it was withdrawn before the partner's morning, and so was not told the first time."""
    ana, sam = talk.stage.ana, talk.stage.sam
    await over(talk, ana)
    written = await talk.say(ana, f"step {STEP}")
    for label in ("Both of us", "Only me", "Both of us"):
        await talk.press(ana, written, label)
    (step,) = await talk.core.following_up.steps.of(ana.id, 9)
    assert await talk.notices.of(StepShared(step.uid, 1), sam) is None
    told = await talk.notices.of(StepShared(step.uid, 2), sam)
    assert told is not None
    assert await talk.notices.of(StepShared(step.uid, 2), ana) is None


async def test_a_step_without_a_session_and_a_fourth_one_are_refused(talk: Talking) -> None:
    ana = talk.stage.ana
    assert "Nothing was kept" in (await talk.say(ana, "step read it"))["text"]
    await over(talk, ana)
    for number in range(3):
        assert (await talk.say(ana, f"step: number {number}"))["kind"] == "Question"
    assert (await talk.say(ana, "step number 4"))["kind"] == "Refused"
    assert (await talk.say(ana, "step"))["kind"] == "Question"


@pytest.mark.parametrize("words", ["feedback off", "pause until 1 Dec"])
async def test_whoever_wants_no_questions_is_not_asked(talk: Talking, words: str) -> None:
    ana, sam = talk.stage.ana, talk.stage.sam
    await talk.press(ana, await talk.say(ana, "book with Sam on Tuesday 9am"), "1")
    await talk.stage.told.hears(sam, SessionBooked)
    await talk.say(ana, words)
    talk.stage.sandbox.clock.set(AFTERWARDS)
    await talk.stage.told.hears(sam, SessionOver)
    session = await session_of(talk, ana)
    following: FollowingUp = talk.core.following_up
    assert await following.ask(follow_up_job(session, ana.id)[0]) is None
    assert await following.feedbacks.of(session.uid, ana.id) is None


async def test_it_waits_for_working_hours_and_gives_up_after_a_fortnight(talk: Talking) -> None:
    ana, clock = talk.stage.ana, talk.stage.sandbox.clock
    await talk.press(ana, await talk.say(ana, "book with Sam on Tuesday 9am"), "1")
    ((session, _),) = await talk.stage.scheduling.booking.of(ana, past=False)
    following, (job, due) = talk.core.following_up, follow_up_job(session, ana.id)
    assert await following.ask(job) == RetryAt(due)
    clock.set(datetime(2026, 12, 9, 3, tzinfo=UTC))
    assert await following.ask(job) is None
    assert due == session.when.end + timedelta(minutes=5)
