"""A button that cannot carry its command is left out; it never takes the reply with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.buttons import token_of
from bot.commands import AskPartner, FindSlots, ShowMore, WhyThese
from bot.packing import LARGEST_NUMBER
from calendar_core.happening import RequestMade
from tests.calendar_core.scheduling.stage import at

from .talking import Talking

NEW_YORK = "America/New_York"


@pytest.mark.parametrize("name", ["Sam " * 49 + "Okoye", "S" * 200, "你好" * 60])
async def test_a_long_name_fits_whatever_is_asked_about_it(talk: Talking, name: str) -> None:
    await talk.stage.store.people.update(replace(talk.stage.sam, name=name))
    for text in ("book with {name} on 3/4 at 3", "book with {name} next Thursday 3pm", "book with {name} sometime"):
        reply = await talk.say(talk.stage.ana, text.format(name=name))
        for choice in reply["choices"]:
            await talk.token(talk.stage.ana, choice["token"])
    which = await talk.say(talk.stage.ana, f"book with {name} on 3/4")
    assert [choice["label"] for choice in which["choices"]][:2] == ["1", "2"]


async def test_a_button_at_its_bounds_is_answered(talk: Talking) -> None:
    find = FindSlots(match=talk.stage.match.id, skip=LARGEST_NUMBER)
    for command in (find, ShowMore(find), WhyThese(find)):
        reply = await talk.token(talk.stage.ana, token_of(command))
        assert reply["choices"]


async def test_times_of_another_length_than_is_said_are_not_asked_for(talk: Talking) -> None:
    find = FindSlots(match=talk.stage.match.id, minutes=30)
    longer, shorter = at("2026-11-24T09:00", NEW_YORK, 45), at("2026-11-24T10:00", NEW_YORK, 30)
    for times in ((longer,), (shorter, longer)):
        assert (await talk.token(talk.stage.ana, token_of(AskPartner(find, times))))["kind"] == "Refused"
    await talk.token(talk.stage.ana, token_of(AskPartner(find, (shorter, shorter, shorter))))
    asked = await talk.told(talk.stage.sam, RequestMade)
    assert [choice["label"] for choice in asked["choices"]] == ["1", "Offer other times", "Not now"]
