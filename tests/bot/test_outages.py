"""Our own database does not answer: that is said, whatever was typed or pressed, and nothing else is blamed."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.buttons import token_of
from bot.commands import BookSession
from calendar_core.interval import Interval

from .talking import Talking

STORE_AWAY = "I cannot reach my own memory right now. Look at your sessions before you try again."


async def lose(talk: Talking, table: str) -> None:
    """A table that is not there is a database that cannot answer."""
    statement = f'ALTER TABLE "{table}" RENAME TO lost'
    await talk.stage.store.database.write(lambda connection: connection.exec_driver_sql(statement))


@pytest.mark.parametrize("table", ["identity", "membership", "match", "slot_hold"])
async def test_typed_words_are_answered_all_the_same(talk: Talking, table: str) -> None:
    await lose(talk, table)
    answer = await talk.say(talk.stage.ana, "book with my mentor")
    assert answer["text"].splitlines()[0] == STORE_AWAY
    assert answer["choices"]


@pytest.mark.parametrize("table", ["identity", "match", "slot_hold"])
async def test_a_press_is_answered_and_can_be_pressed_again(talk: Talking, table: str) -> None:
    when = Interval.lasting(datetime.fromisoformat("2026-11-24T09:00:00-05:00"), 45)
    token = token_of(BookSession(talk.stage.match.id, when))
    await lose(talk, table)
    answer = await talk.token(talk.stage.ana, token)
    assert answer["text"].splitlines()[0] == STORE_AWAY
    assert [choice["token"] for choice in answer["choices"]] == [token]


async def test_an_old_button_is_answered_too(talk: Talking) -> None:
    await lose(talk, "identity")
    assert (await talk.token(talk.stage.ana, "nonsense"))["text"].startswith(STORE_AWAY)
