"""A connection breaks, is told to whoever can repair it, and is repaired: through the demo, over HTTP."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from calendar_core.integration import Health
from tests.visiting import Visitor

from .test_told_once import heard, pass_by

BROKE = "Your Google connection stopped working on 22 Nov (access was withdrawn). Until you reconnect I cannot see "


async def health_of(visitor: Visitor, email: str) -> Health:
    store = visitor.stage.application.store
    (user,) = await store.people.at_address(email)
    return (await store.integrations.of(user.id)).health


@pytest.fixture
async def broken(visitor: Visitor) -> Visitor:
    """Gil has withdrawn his consent, and Ines has just looked for times with him."""
    visitor.stage.sandbox.world.revoke("gil@example.com")
    await visitor.say("ines", "book with my mentee")
    assert await health_of(visitor, "gil@example.com") is Health.REVOKED
    return visitor


async def test_its_owner_is_told_in_working_hours_once_and_again_after_three_days(broken: Visitor) -> None:
    await asyncio.sleep(0.3)
    assert await heard(broken, "gil") == [], "it is Sunday"
    await pass_by(broken, "2026-11-23T10:00:00Z")  # Monday in Madrid
    await broken.hears("gil", BROKE)
    await pass_by(broken, "2026-11-26T09:00:00Z")
    (told,) = await heard(broken, "gil")
    assert told.startswith(BROKE)
    await pass_by(broken, "2026-11-26T10:30:00Z")
    async with asyncio.timeout(60):
        while len(messages := await heard(broken, "gil")) < 2:  # noqa: ASYNC110 - it comes over HTTP
            await asyncio.sleep(0.05)
    assert [each.startswith(BROKE) for each in messages] == [True, True]
    assert await heard(broken, "priya") == [], "only Gil can repair it"


async def test_who_says_stop_is_left_alone(broken: Visitor) -> None:
    await pass_by(broken, "2026-11-23T10:00:00Z")
    told = await broken.hears("gil", "stopped working")
    assert [choice["label"] for choice in told["choices"]] == ["Reconnect", "Tomorrow", "Stop asking"]
    assert (await broken.press("gil", told, "Stop asking"))["text"].startswith("All right, I do not ask again.")
    await pass_by(broken, "2026-11-30T10:30:00Z")
    assert len(await heard(broken, "gil")) == 1


async def test_a_domain_that_lets_nobody_in_is_told_to_its_admin_once_and_so_is_its_return(visitor: Visitor) -> None:
    sandbox, clock = visitor.stage.sandbox, visitor.stage.sandbox.clock
    sandbox.world.revoke("example.com")
    await visitor.say("ana", "book with my mentor")
    await visitor.say("ana", "book with my mentor tomorrow")
    await pass_by(visitor, "2026-11-24T14:30:00Z")
    alerts = await heard(visitor, "priya")
    assert sorted(each.split(" of ")[0] for each in alerts) == ["Google domain example.com", "Microsoft domain"]
    assert await health_of(visitor, "ana@example.com") is Health.BROKEN  # as her domain stands: nothing of hers is
    assert await heard(visitor, "ana") == []
    health = await visitor.say("priya", "admin health")
    assert "Google domain: not working since Sun 22 Nov" in health["text"]
    sandbox.world.restore("example.com")
    clock.set(datetime.fromisoformat("2026-11-24T14:30:00Z") + timedelta(minutes=16))
    await visitor.hears("priya", "Google domain example.com of example.com works again.")
    await visitor.hears("priya", "Microsoft domain of example.com works again.")
    assert await health_of(visitor, "ana@example.com") is Health.OK
    await pass_by(visitor, "2026-11-25T20:00:00Z")
    assert len(await heard(visitor, "priya")) == 4
