"""Both calendars as a picture: in the card of whoever asked, alone, and for a day."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from adapters.teams.render import MOST_BYTES, size
from calendar_core.job import REMOVE_FILES, Job

from .member import Members, Seen


def pictures(seen: Seen) -> list[dict[str, Any]]:
    return [each for each in seen.card["body"] if each["type"] == "Image"]


async def test_it_is_in_the_card_and_says_what_the_text_says(teams_stage: Members) -> None:
    offered = await teams_stage.say("ana", "book with my mentor")
    seen = await teams_stage.press(offered, "See both calendars")
    [picture] = pictures(seen)
    content = base64.b64decode(picture["url"].removeprefix("data:image/png;base64,"))
    assert Image.open(io.BytesIO(content)).format == "PNG"
    assert "Both free: 09:00" in picture["altText"]
    assert size(seen.card) <= MOST_BYTES
    week = await teams_stage.press(seen, "Week")
    assert size(week.card) <= MOST_BYTES
    assert pictures(week)


async def test_in_a_group_there_is_none(teams_stage: Members) -> None:
    everybody = ["ana@example.com", "sam@example.com"]
    here = await teams_stage.drive("group", name="All", members=everybody, bot=True)
    seen = await teams_stage.say("ana", "calendars Tuesday", here["conversation"], mention=True)
    assert seen.only
    assert "Both free: 09:00" in seen.text
    assert pictures(seen) == []


async def test_it_leaves_after_a_day(teams_stage: Members) -> None:
    seen = await teams_stage.say("ana", "calendars")
    assert pictures(seen)
    handlers, clock = teams_stage.stage.application.handlers, teams_stage.stage.sandbox.clock
    await handlers[REMOVE_FILES](Job(REMOVE_FILES))
    assert pictures(await teams_stage.newest("ana"))
    clock.set(clock.now() + timedelta(days=1, minutes=1))
    await handlers[REMOVE_FILES](Job(REMOVE_FILES))
    [gone] = [each for each in await teams_stage.messages("ana") if each.id == seen.id]
    assert pictures(gone) == []
    assert gone.text.startswith("What stood here was shown for a day, and is gone.")


@pytest.mark.parametrize("status", [401, 400])
async def test_one_that_could_not_be_taken_away_is_taken_away_later(teams_stage: Members, status: int) -> None:
    seen = await teams_stage.say("ana", "calendars")
    handlers, clock = teams_stage.stage.application.handlers, teams_stage.stage.sandbox.clock
    clock.set(clock.now() + timedelta(days=1, minutes=1))
    await teams_stage.fail("activities.update", times=2, status=status)  # of which a fresh token may need one
    for _ in range(3):
        await handlers[REMOVE_FILES](Job(REMOVE_FILES))
    [gone] = [each for each in await teams_stage.messages("ana") if each.id == seen.id]
    assert pictures(gone) == []


async def test_whoever_blocked_the_app_loses_the_picture_once_they_let_it_in_again(teams_stage: Members) -> None:
    seen = await teams_stage.say("ana", "calendars")
    handlers, clock = teams_stage.stage.application.handlers, teams_stage.stage.sandbox.clock
    for is_blocked in (True, False):
        await teams_stage.drive("block", "ana", blocked=is_blocked)
        clock.set(clock.now() + timedelta(days=1, minutes=1))
        await handlers[REMOVE_FILES](Job(REMOVE_FILES))
    [gone] = [each for each in await teams_stage.messages("ana") if each.id == seen.id]
    assert pictures(gone) == []


async def test_it_leaves_with_the_match(teams_stage: Members) -> None:
    seen = await teams_stage.say("ana", "calendars")
    application = teams_stage.stage.application
    programme = await application.operating.programme("Leaders 2026", "example.com")
    await application.operating.end_match(programme, "sam@example.com", "ana@example.com")
    await application.handlers[REMOVE_FILES](Job(REMOVE_FILES))
    [gone] = [each for each in await teams_stage.messages("ana") if each.id == seen.id]
    assert pictures(gone) == []
