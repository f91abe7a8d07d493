"""How a booking ended reaches whoever pressed once, and stays, whatever dies on the way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot.buttons import token_of
from bot.commands import AskPartner, FindSlots
from calendar_core.chat_account import ChatAccount
from calendar_core.people import User
from calendar_core.store.schema import job
from sandbox.faults import Fault
from sandbox.slack.messages import Message
from tests.faults.couples import Couple, Hamlet, slack_account

from .in_hamlet import EVER, common_channel, couple, direct, done, hamlet, messages, offered, press_first, until

__all__ = ["couple", "hamlet"]

POSTING = Fault("status", vendor="slack", operation="chat.postMessage", status=500)
NO_ANSWER_CAME = timedelta(seconds=90)  # by then the notice is due, and nothing is on its way any more


def confirmations(hamlet: Hamlet, user: User) -> list[Message]:
    return [each for each in messages(hamlet, user) if each.text.startswith("Booked.")]


async def test_a_booking_from_a_channel_leaves_a_message_that_is_kept_up_to_date(
    hamlet: Hamlet, couple: Couple
) -> None:
    channel = common_channel(hamlet, couple.mentee, couple.mentor)
    await press_first(hamlet, couple.mentee, await offered(hamlet, couple.mentee, channel))
    beside = hamlet.sandbox.slack.state.messages.of(channel)
    assert [(each.only != "", each.text.startswith("Booked.")) for each in beside] == [(True, True)]
    (kept,) = confirmations(hamlet, couple.mentee)
    assert not kept.only
    (session,) = await hamlet.application.store.sessions.of_user(couple.mentee.id, EVER)
    await hamlet.application.scheduling.cancelling.cancel(couple.mentor, session.uid)
    changed = await until(lambda: [each for each in messages(hamlet, couple.mentee) if "cancelled" in each.text], 2)
    assert [each.ts == kept.ts for each in changed] == [True, False]


async def test_in_the_conversation_one_message_says_it(hamlet: Hamlet, couple: Couple) -> None:
    conversation = direct(hamlet, couple.mentee).id
    await press_first(hamlet, couple.mentee, await offered(hamlet, couple.mentee, conversation))
    assert [each.only for each in messages(hamlet, couple.mentee)] == [""]
    assert len(confirmations(hamlet, couple.mentee)) == 1


async def test_words_are_answered_in_the_place_of_nothing_and_pressed_lists_give_way(
    hamlet: Hamlet, couple: Couple
) -> None:
    await hamlet.sandbox.slack.hands.say(couple.mentee.email, "", "book")
    await done(hamlet)
    listed = messages(hamlet, couple.mentee)[-1]
    await press_first(hamlet, couple.mentee, listed)
    (kept,) = confirmations(hamlet, couple.mentee)
    assert (kept.ts, kept.edited) == (listed.ts, True)
    await hamlet.sandbox.slack.hands.say(couple.mentee.email, "", "1")  # nothing is answered with silence
    await done(hamlet)
    assert messages(hamlet, couple.mentee)[-1].ts != kept.ts


@pytest.mark.parametrize(
    "fault",
    [
        POSTING,
        replace(POSTING, kind="drop"),
        replace(POSTING, kind="drop", after_commit=True),
        replace(POSTING, status=429, retry_after=1),
    ],
    ids=["refused", "lost on the way", "answer lost", "too many"],
)
async def test_what_could_not_be_brought_is_brought_later_and_once(
    hamlet: Hamlet, couple: Couple, fault: Fault
) -> None:
    channel = common_channel(hamlet, couple.mentee, couple.mentor)
    times = await offered(hamlet, couple.mentee, channel)
    hamlet.sandbox.faults.add(replace(fault, mailbox=couple.mentee.email))
    hamlet.sandbox.faults.add(Fault("drop", vendor="slack", operation="response_url", times=None))
    await press_first(hamlet, couple.mentee, times)
    hamlet.sandbox.clock.jump(NO_ANSWER_CAME)
    await until(lambda: confirmations(hamlet, couple.mentee), 1)
    await all_told(hamlet)
    assert len(confirmations(hamlet, couple.mentee)) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault("drop"),
        Fault("drop", after_commit=True),
        Fault("status", status=429, retry_after=30),
        Fault("status", status=200, reason="cant_update_message"),
    ],
    ids=["lost on the way", "answer lost", "too many", "refused"],
)
async def test_a_list_that_may_not_have_given_way_says_it_once(hamlet: Hamlet, couple: Couple, fault: Fault) -> None:
    await hamlet.sandbox.slack.hands.say(couple.mentee.email, "", "book")
    await done(hamlet)
    listed = messages(hamlet, couple.mentee)[-1]
    hamlet.sandbox.faults.add(replace(fault, vendor="slack", operation="chat.update"))
    await press_first(hamlet, couple.mentee, listed)
    hamlet.sandbox.clock.jump(NO_ANSWER_CAME)
    await until(lambda: confirmations(hamlet, couple.mentee), 1)
    await all_told(hamlet)
    assert len(confirmations(hamlet, couple.mentee)) == 1


async def test_a_process_that_dies_before_it_answers_loses_nothing(hamlet: Hamlet, couple: Couple) -> None:
    conversation, who = hamlet.application.conversation, slack_account(hamlet.sandbox, couple.mentee)
    times = await conversation.say(who, "book")
    await conversation.press(who, token_of(times.reply.choices[0].command))  # and nobody brings the answer
    hamlet.sandbox.clock.jump(NO_ANSWER_CAME)
    await until(lambda: confirmations(hamlet, couple.mentee), 1)


async def test_whoever_has_the_answer_is_not_told_once_more(hamlet: Hamlet, couple: Couple) -> None:
    conversation = direct(hamlet, couple.mentee).id
    await press_first(hamlet, couple.mentee, await offered(hamlet, couple.mentee, conversation))
    hamlet.sandbox.clock.jump(NO_ANSWER_CAME)
    await all_told(hamlet)
    assert len(messages(hamlet, couple.mentee)) == 1


async def test_a_message_is_found_however_many_came_after_it(hamlet: Hamlet, couple: Couple) -> None:
    channel = common_channel(hamlet, couple.mentee, couple.mentor)
    times = await offered(hamlet, couple.mentee, channel)
    hamlet.sandbox.faults.add(replace(POSTING, kind="drop", after_commit=True, mailbox=couple.mentee.email))
    await press_first(hamlet, couple.mentee, times)
    slack = hamlet.sandbox.slack.state.messages
    where = direct(hamlet, couple.mentee).id
    for number in range(250):
        slack.keep(Message(where, slack.stamp(), "U0", f"Something else {number}"))
    hamlet.sandbox.clock.jump(NO_ANSWER_CAME)
    await all_told(hamlet)
    assert len(confirmations(hamlet, couple.mentee)) == 1


async def test_numbers_answer_no_list_that_nobody_has_seen(hamlet: Hamlet, couple: Couple) -> None:
    conversation = hamlet.application.conversation
    mentee, mentor = (slack_account(hamlet.sandbox, each) for each in (couple.mentee, couple.mentor))
    hamlet.sandbox.faults.add(replace(POSTING, status=503, mailbox=couple.mentor.email, times=None))
    await conversation.press(mentee, token_of(AskPartner(FindSlots(match=couple.match.id))))
    tried = hamlet.sandbox.log.of
    async with asyncio.timeout(30):
        while not tried(vendor="slack", operation="chat.postMessage", mailbox=couple.mentor.email):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
    assert await hamlet.application.store.conversations.newest(mentor) is None
    hamlet.sandbox.faults.clear()
    hamlet.sandbox.clock.jump(NO_ANSWER_CAME)
    await until(lambda: [each for each in messages(hamlet, couple.mentor) if "would like" in each.text], 1)
    async with asyncio.timeout(30):
        while (newest := await hamlet.application.store.conversations.newest(mentor)) is None:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
    assert len(newest.tokens) == 3


async def test_what_an_account_was_told_is_left_alone_once_it_may_be_somebody_elses(
    hamlet: Hamlet, couple: Couple
) -> None:
    channel = common_channel(hamlet, couple.mentee, couple.mentor)
    await press_first(hamlet, couple.mentee, await offered(hamlet, couple.mentee, channel))
    (kept,) = confirmations(hamlet, couple.mentee)
    who = slack_account(hamlet.sandbox, couple.mentee)
    await hamlet.application.linking.seen(ChatAccount(account=who, address="somebody.else@example.com"))
    (session,) = await hamlet.application.store.sessions.of_user(couple.mentor.id, EVER)
    await hamlet.application.scheduling.cancelling.cancel(couple.mentee, session.uid)
    await until(lambda: [each for each in messages(hamlet, couple.mentor) if "cancelled" in each.text], 2)
    assert confirmations(hamlet, couple.mentee) == [kept]


async def test_what_is_booked_in_a_thread_is_said_there_and_found_again(hamlet: Hamlet, couple: Couple) -> None:
    hands, mentee = hamlet.sandbox.slack.hands, couple.mentee
    first, _ = await hands.say(mentee.email, "", "book")
    await done(hamlet)
    await hands.say(mentee.email, "", "book", thread=first.ts)
    await done(hamlet)
    hamlet.sandbox.faults.add(replace(POSTING, kind="drop", after_commit=True, mailbox=mentee.email))
    await hands.say(mentee.email, "", "1", thread=first.ts)
    await done(hamlet)
    hamlet.sandbox.clock.jump(NO_ANSWER_CAME)
    await all_told(hamlet)
    assert [each.thread for each in messages(hamlet, mentee) if each.bot] == ["", first.ts, first.ts]
    assert len(confirmations(hamlet, mentee)) == 1


async def test_words_are_answered_in_the_order_in_which_they_were_said(hamlet: Hamlet, couple: Couple) -> None:
    hands = hamlet.sandbox.slack.hands
    hamlet.sandbox.faults.add(Fault("delay", vendor="slack", operation="users.info", delay_ms=300))
    await hands.say(couple.mentee.email, "", "book")
    await hands.say(couple.mentee.email, "", "1")
    await done(hamlet)
    texts = [each.text for each in messages(hamlet, couple.mentee) if each.bot]
    assert [text.startswith("Booked.") for text in texts] == [False, True]


async def all_told(hamlet: Hamlet) -> None:
    """Once no job is left that is due, and none is under way."""

    def read(connection: Connection) -> bool:
        due = select(job.c.id).where(job.c.due_at <= hamlet.sandbox.clock.now(), job.c.dead_because.is_(None))
        return connection.execute(due).first() is not None

    async with asyncio.timeout(60):
        while await hamlet.application.store.database.read(read):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
