"""The files of 4.1 and 4.5 in Slack: the picture of both calendars for a day and a week, and all that is kept of
somebody. They come into the own conversation with the bot, and are gone after a day."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.faults.couples import Couple, Hamlet
from tests.visiting import Visitor

from .in_hamlet import couple, direct, hamlet, members
from .member import Members

__all__ = ["couple", "hamlet", "members"]

PNG = b"\x89PNG"


async def test_pictures_and_what_is_downloaded_are_gone_after_a_day(
    hamlet: Hamlet, couple: Couple, members: Members
) -> None:
    files, who = hamlet.sandbox.slack.state.files, couple.mentee.email
    await members.command(who, "/book with my mentor")

    async def pressed(label: str) -> str:
        """The newest answer's words. Files stand beside it."""
        (shown,) = [each for each in await members.messages(who) if label in each.pressable]
        await members.press(shown, label)
        (answer,) = [each for each in await members.messages(who) if each.is_ours and not each.files]
        return answer.text

    assert "Both free: " in await pressed("See both calendars")
    assert "Mon 23 Nov" in await pressed("Week")
    day = await pressed("Day")
    pictures = files.all()
    assert [each.content[:4] for each in pictures] == [PNG] * 3
    assert pictures[0].content == pictures[2].content != pictures[1].content
    assert pictures[2].alt == day.rpartition("\n")[0], "who does not see it is told the same"
    await members.say(who, "privacy")
    await members.press((await members.messages(who))[-1], "Download my data")
    (data,) = [each for each in files.all() if each not in pictures]
    assert data.name.endswith(".json")
    assert json.loads(data.content)
    assert {each.channels for each in files.all()} == {(direct(hamlet, couple.mentee).id,)}

    visitor = Visitor(members.http, members.stage)
    await visitor.drive("clock", jump_seconds=int(timedelta(hours=23).total_seconds()))
    assert len(files.all()) == 4
    await visitor.drive("clock", jump_seconds=int(timedelta(hours=2).total_seconds()))

    async def left() -> int:
        return len(files.all())

    await visitor.until(left, 0)
