"""Plain times that two people agree on: both are invited by mail, and that is all that happens (decision 11)."""

from __future__ import annotations

import re

from calendar_core.interval import Interval
from tests.visiting import Reply, Visitor

OWN_ADDRESS = re.compile(r"sessions\+[a-z2-7]{24}@example\.com")  # where each one's answer alone comes to


async def asked(visitor: Visitor) -> Reply:
    refused = await visitor.say("uma", "book with Ana Ruiz")
    plain = await visitor.press("uma", refused, "Plain times")
    await visitor.press("uma", plain, "1")
    return await visitor.hears("ana", "Uma Sorensen of your programme, with whom you are not matched")


async def test_strangers_who_agree_are_invited_by_mail_without_a_look_a_hold_or_a_link(visitor: Visitor) -> None:
    request = await asked(visitor)
    calls = len(visitor.stage.sandbox.log.of(vendor="google")) + len(visitor.stage.sandbox.log.of(vendor="graph"))
    agreed = await visitor.press("ana", request, "1")
    assert agreed["text"].startswith("Agreed: ")
    assert "An invitation from your programme comes by mail to both of you." in agreed["text"]
    assert "I did not look at any calendar, and it has no meeting link." in agreed["text"]
    told = await visitor.hears("uma", "Agreed: ")
    for who, other, reply in (("ana", "Uma Sorensen", agreed), ("uma", "Ana Ruiz", told)):
        (letter,) = await visitor.gets(who, 1)
        assert letter["subject"].startswith("Invitation: ")
        assert letter["subject"].endswith(other)
        invitation = letter["invitation"]
        assert invitation is not None
        assert (invitation["method"], invitation["link"]) == ("REQUEST", None)
        assert OWN_ADDRESS.fullmatch(invitation["organizer"])
        assert "No calendar was looked at." in letter["text"]
        assert "http" not in letter["text"] + reply["text"]
    assert calls == sum(len(visitor.stage.sandbox.log.of(vendor=each)) for each in ("google", "graph"))
    store, now = visitor.stage.application.store, visitor.stage.application.clock.now()
    (ana,), (uma,) = [await store.people.at_address(f"{each}@example.com") for each in ("ana", "uma")]
    held = await store.sessions.held((ana.id, uma.id), Interval.lasting(now, 60 * 24 * 60))
    assert not any(held.values())
    assert await visitor.events("ana") == await visitor.events("uma") == []


async def test_strangers_are_not_told_each_others_zone(visitor: Visitor) -> None:
    agreed = await visitor.press("ana", await asked(visitor), "1")
    (to_ana,), (to_uma,) = await visitor.gets("ana", 1), await visitor.gets("uma", 1)
    assert "New York" in to_ana["text"]
    assert "Copenhagen" not in to_ana["text"] + agreed["text"]
    assert "Copenhagen" in to_uma["text"]
    assert "New York" not in to_uma["text"] + (await visitor.hears("uma", "Agreed: "))["text"]


async def test_agreeing_twice_is_once(visitor: Visitor) -> None:
    request = await asked(visitor)
    first = await visitor.press("ana", request, "1")
    assert (await visitor.press("ana", request, "1"))["text"] == first["text"]
    assert len(await visitor.gets("ana", 1)) == len(await visitor.gets("uma", 1)) == 1
