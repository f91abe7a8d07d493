"""Pushing to a console, twice."""

from __future__ import annotations

from adapters.console.deliver import ConsoleChat
from adapters.console.who import identity_of
from bot.commands import FindSlots
from bot.handlers.talk import reader_of, slot_button
from bot.replies import Answer, Question
from bot.words import Words
from calendar_core.interval import Interval
from tests.visiting import Visitor


async def test_what_is_pushed_twice_takes_no_number_away_from_a_newer_list(visitor: Visitor) -> None:
    application = visitor.stage.application
    ana = (await application.store.people.at_address("ana@example.com"))[0]
    chat = ConsoleChat(application.conversation, application.store.inbox, application.console.arrivals)
    notice = Answer(
        Question(sentences=(), choices=(slot_button(Words.ADD_TIME, FindSlots(), Interval(0, 45)),)), reader_of(ana)
    )
    await chat.push(ana, "a key", notice)
    await visitor.say("ana", "book with my mentor")
    newest = await application.store.conversations.newest(identity_of(ana))
    assert newest is not None
    assert len(newest.tokens) == 3
    await chat.push(ana, "a key", notice)
    assert await application.store.conversations.newest(identity_of(ana)) == newest
