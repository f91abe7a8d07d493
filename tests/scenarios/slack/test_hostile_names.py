"""People, programmes and topics that are called like Slack's own marks: they mention nobody, lead nowhere and are read
as they are, in messages, in the form and in the Home."""

from __future__ import annotations

import json
from dataclasses import replace

from adapters.cli.playing import Stage
from calendar_core.people import User
from tests.adapters.slack.limits import message_broken, objects, shown
from tests.faults.couples import Couple, Hamlet

from .in_hamlet import couple, hamlet, members
from .member import Members
from .test_windows import Screen

__all__ = ["couple", "hamlet", "members"]

HOSTILE = "<!channel> *Sam* @here :skull: &amp; <https://evil.example|Sam>"


async def called(stage: Stage, user: User, name: str) -> None:
    store = stage.application.store
    await store.people.update(replace(await store.people.user(user.id), name=name))


async def test_whatever_they_are_called_they_are_called_so(hamlet: Hamlet, couple: Couple, members: Members) -> None:
    for user in (couple.mentee, couple.mentor):
        await called(members.stage, user, HOSTILE)
    programmes = hamlet.application.store.programmes
    programme = await programmes.programme(couple.match.programme)
    await programmes.update(replace(programme, name=f"Programme {HOSTILE}"))

    mentee = Screen(members, couple.mentee.email)
    offered = await members.command(mentee.who, "/book with my mentor")
    assert HOSTILE in shown(offered.blocks)
    await mentee.do("command", line="/book form")
    form = await mentee.window()
    assert HOSTILE in json.dumps(form, ensure_ascii=False)
    await mentee.send(form, 0, HOSTILE)
    views = [await mentee.window(), await mentee.home(), await Screen(members, couple.mentor.email).home()]
    assert all(HOSTILE in shown(view["blocks"]) for view in views[:2])

    drawn = [form["blocks"], *(view["blocks"] for view in views)]
    for user in (couple.mentee, couple.mentor):
        for each in await members.messages(user.email):
            drawn.append(each.blocks)
            if each.is_ours:
                assert message_broken(str(each.shown["text"]), each.blocks) == []
    for piece in objects(drawn):
        assert piece.get("type") not in ("mrkdwn", "user", "channel", "broadcast", "emoji", "date")
        assert "evil.example" not in str(piece.get("url", ""))
