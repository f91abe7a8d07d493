"""Whoever was just given the app is told what it does, once."""

from __future__ import annotations

from typing import Any

import pytest

from .member import Members


async def test_whoever_was_just_given_the_app_is_welcomed_once(teams_stage: Members) -> None:
    [welcome] = await teams_stage.messages("ana")
    assert welcome.text.startswith("Hello. I find times at which you and your match are both free")
    await teams_stage.drive("install", "ana", upgrade=True)
    assert len(await teams_stage.messages("ana")) == 1


async def test_whoever_could_not_be_welcomed_is_the_next_time(teams_stage: Members) -> None:
    await teams_stage.fail("activities.send", status=403, reason="ForbiddenOperationException")
    await teams_stage.drive("install", "uma")
    assert await teams_stage.messages("uma") == []
    for _ in range(2):
        await teams_stage.drive("install", "uma", upgrade=True)
        [welcome] = await teams_stage.messages("uma")
        assert welcome.text.startswith("Hello.")


async def test_whoever_removed_it_and_takes_it_again_is_welcomed_again_once(teams_stage: Members) -> None:
    await teams_stage.drive("uninstall", "ana")
    for upgrade in (False, True):
        await teams_stage.drive("install", "ana", upgrade=upgrade)
        assert len(await teams_stage.messages("ana")) == 2


@pytest.mark.parametrize("kind", ["group", "channel"])
async def test_a_group_is_welcomed_once_and_nobody_who_joins_it(teams_stage: Members, kind: str) -> None:
    """One message for everybody, however many there are and come later."""
    members = ["ana@example.com", "sam@example.com"]
    team: dict[str, Any] = {"team": "Leaders"} if kind == "channel" else {}
    here = (await teams_stage.drive(kind, name="General", members=members, **team))["conversation"]
    await teams_stage.drive("install", "ana", conversation=here)
    await teams_stage.drive("join", "priya@example.com", conversation=here)
    await teams_stage.drive("join", "uma@example.com", conversation=here)
    await teams_stage.drive("leave", "sam@example.com", conversation=here)
    await teams_stage.drive("install", "ana", conversation=here, upgrade=True)
    [welcome] = await teams_stage.messages("ana", here)
    assert welcome.text.startswith("Hello. Mention me")
    assert not welcome.only
    assert len(await teams_stage.messages("priya")) == 1  # its own, in her own chat
    assert await teams_stage.messages("uma") == []
