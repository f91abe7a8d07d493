"""4.9 in Slack: an answer that takes longer than three seconds says so, and stands in the place of those words where
Slack lets it. Where it does not, no words are left that are not true any more."""

from __future__ import annotations

import asyncio

import pytest

from adapters.slack.answering import STILL_AFTER, Answering
from tests.visiting import Visitor

from .member import Members, Message

STILL = "Still checking both calendars..."
LONGER = "It takes a little longer to check both calendars; the answer follows."
SLOW_MS = 1_500  # Slack has its acknowledgement long before
SOON = 0.25  # instead of three seconds, which nobody has to wait for here


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is joined."""
    assert STILL_AFTER == 3.0
    defaults = Answering.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "still_after", SOON)


async def slow(members: Members) -> None:
    """Google thinks for as long as that, once."""
    visitor = Visitor(members.http, members.stage)
    await visitor.drive("faults", kind="delay", vendor="google", operation="freebusy.query", delay_ms=SLOW_MS)


async def begun(members: Members, deed: str, **told: str) -> None:
    """What Ana does, acknowledged by us, while the answer is on its way."""
    async with members.http.post(f"/_/slack/{deed}", json={"as": "ana@example.com", **told}) as answer:
        assert answer.status == 200
        assert (await answer.json()).get("status", 200) == 200


async def waiting(members: Members, said: str = STILL, channel: str = "") -> Message:
    """The words meanwhile, once they are before her eyes."""
    seen = -1
    async with asyncio.timeout(60):
        while True:
            shown = [each for each in await members.messages("ana", channel) if each.is_ours]
            if found := [each for each in shown if each.text == said]:
                return found[0]
            seen = await members.changed_since("ana", seen)


async def before_her_eyes(members: Members, channel: str = "") -> list[Message]:
    """What we wrote there, once the answer has come."""
    await members.here.tasks.idle()
    return [each for each in await members.messages("ana", channel) if each.is_ours]


async def test_after_a_command_in_a_channel_the_answer_comes_beneath_words_that_stay_true(slack_stage: Members) -> None:
    """At a command's own address Slack only adds: what was said there is never replaced. She alone sees either."""
    channel = await slack_stage.channel("general", "ana")
    await slow(slack_stage)
    await begun(slack_stage, "command", line="/book with my mentor", channel=channel)
    meanwhile = await waiting(slack_stage, LONGER, channel)
    longer, answered = await before_her_eyes(slack_stage, channel)
    assert (longer.ts, longer.text) == (meanwhile.ts, LONGER)
    assert (longer.only, answered.only) == (True, True)
    assert answered.lines[0].startswith("Times for you and Sam Okoye")


async def test_after_a_command_typed_to_the_bot_the_answer_replaces_it(slack_stage: Members) -> None:
    there = await before_her_eyes(slack_stage)
    await slow(slack_stage)
    await begun(slack_stage, "command", line="/book with my mentor", channel="")
    meanwhile = await waiting(slack_stage)
    *before, answered = await before_her_eyes(slack_stage)
    assert answered.lines[0].startswith("Times for you and Sam Okoye")
    assert answered.ts == meanwhile.ts
    assert [each.text for each in before] == [each.text for each in there]


async def test_after_words_the_answer_replaces_it(slack_stage: Members) -> None:
    there = await before_her_eyes(slack_stage)
    await slow(slack_stage)
    await begun(slack_stage, "say", text="book with my mentor")
    meanwhile = await waiting(slack_stage)
    *before, answered = await before_her_eyes(slack_stage)
    assert answered.lines[0].startswith("Times for you and Sam Okoye")
    assert answered.ts == meanwhile.ts
    assert [each.text for each in before] == [each.text for each in there]


async def test_after_a_press_the_answer_replaces_it(slack_stage: Members) -> None:
    offered = await slack_stage.command("ana", "/book with my mentor")
    await slow(slack_stage)
    await begun(slack_stage, "press", channel=offered.where, ts=offered.ts, **offered.pressable["See both calendars"])
    await waiting(slack_stage)
    texts = [each.text for each in await before_her_eyes(slack_stage)]
    assert sum("Both free: 09:00" in each for each in texts) == 1, texts
    assert STILL not in "".join(texts)
