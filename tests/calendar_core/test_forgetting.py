"""What is kept for a time only."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from calendar_core.forgetting import Forgetting
from calendar_core.job import FORGET, Job
from calendar_core.people import Identity
from calendar_core.ports import Receipt, TeamsPlace

from .scheduling.stage import staged


async def test_receipts_are_forgotten_after_ninety_days_and_strangers_chats_after_half_a_year(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        receipts, today = stage.store.receipts, stage.sandbox.clock.now().date()
        for age in (90, 91):
            day = today - timedelta(days=age)
            assert await receipts.shown((Receipt(stage.sam.id, stage.ana.id, stage.match.id, day, day, day),), 20)
        store, clock = stage.store, stage.sandbox.clock
        strangers = [Identity("teams:t", each) for each in ("old", "new")]
        for who, days in zip(strangers, (181, 179), strict=True):
            seen_at = clock.now() - timedelta(days=days)
            await store.teams_places.put(
                TeamsPlace(
                    account=who,
                    member="29:m",
                    bot="28:b",
                    service_url="https://smba.trafficmanager.net/emea/",
                    conversation=who.subject,
                    language="en",
                    seen_at=seen_at,
                )
            )
        await Forgetting(
            receipts,
            store.happenings,
            store.sign_ins,
            store.credentials,
            store.accounts,
            store.mailed_answers,
            store.posts,
            store.teams_inbox,
            store.teams_places,
            clock,
        ).forget(Job(FORGET))
        assert [each.day for each in await receipts.of(stage.sam.id, today - timedelta(days=400))] == [
            today - timedelta(days=90)
        ]
        assert [each for each in strangers if await store.teams_places.of(each) is not None] == strangers[1:]
