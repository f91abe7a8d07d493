"""A match ends while one of its two waits for an answer: the refusal that comes names nobody of it."""

from __future__ import annotations

import pytest

from calendar_core.scheduling.looking import Looking
from calendar_core.scheduling.outcomes import Offer, Pair, Wish
from sandbox.faults import Fault

from .talking import Talking


async def test_a_refusal_names_no_match_that_ended_meanwhile(talk: Talking, monkeypatch: pytest.MonkeyPatch) -> None:
    store, ana, find = talk.stage.store, talk.stage.ana, Looking.find
    known = await talk.say(ana, "book with my mentor")
    assert "Sam" in known["text"]

    async def ended_meanwhile(self: Looking, pair: Pair, wish: Wish) -> Offer:
        await store.endings.end(pair.match.id, talk.core.clock.now())
        return await find(self, pair, wish)

    monkeypatch.setattr(Looking, "find", ended_meanwhile)
    talk.stage.sandbox.faults.add(Fault("status", status=503, times=None))
    refused = await talk.say(ana, "book with my mentor")
    assert refused["kind"] == "Refused"
    assert "Sam" not in refused["text"]
    assert refused["read"] is None or refused["read"]["partner"] is None
