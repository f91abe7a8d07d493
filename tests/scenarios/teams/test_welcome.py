"""Whoever was just given the app is told what it does, once."""

from __future__ import annotations

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
