"""What was taken and not answered yet: by whom it is answered, and that one does not keep the others from it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from typing_extensions import override

from adapters.main.real_clock import real_now
from adapters.recent import Recent
from adapters.tasks import Tasks
from adapters.teams.activity import Activity, activity_of
from adapters.teams.app import busy
from adapters.teams.front import Front
from adapters.teams.inbox import RENEWED_EVERY, DurableInbox, MemoryInbox, renewing
from adapters.teams.unsigned import Unsigned
from calendar_core.errors import StoreUnavailable
from calendar_core.job import ANSWER_LEFT, Job
from calendar_core.ports import HeardActivity

from .member import Members

LONG = timedelta(minutes=3)


async def heard(stage: Members) -> Activity:
    """Words of Ana's, as they came."""
    receipt = await stage.drive("say", "ana", text="status")
    return activity_of(stage.stage.sandbox.teams.courier.brought[str(receipt["activity"])])


def left(activity: Activity, id: str, body: str | None = None) -> HeardActivity:
    """Taken long ago, by whoever has died since."""
    return HeardActivity(
        issuer=activity.issuer,
        conversation=activity.conversation,
        id=id,
        at=real_now() - timedelta(hours=1),
        body=json.dumps({**activity.raw, "id": id}) if body is None else body,
    )


@pytest.mark.parametrize("body", ["{}", "[]", "x", '{"type": 7}'])
async def test_what_cannot_be_read_any_more_is_put_away_and_the_rest_answered(teams_stage: Members, body: str) -> None:
    application, said = teams_stage.stage.application, await heard(teams_stage)
    inbox, count = application.store.teams_inbox, len(await teams_stage.messages("ana"))
    await inbox.take(replace(left(said, "unreadable", body), at=real_now() - 2 * timedelta(hours=1)))
    await inbox.take(left(said, "readable"))
    await application.handlers[ANSWER_LEFT](Job(ANSWER_LEFT))
    assert len(await teams_stage.messages("ana")) == count + 1
    assert await inbox.left(real_now() + LONG, real_now(), 10) == ()


async def test_one_that_fails_keeps_nobody_else_waiting(teams_stage: Members) -> None:
    store, said = teams_stage.stage.application.store, await heard(teams_stage)
    for number in range(3):
        await store.teams_inbox.take(left(said, str(number)))
    answered, told = [], []

    async def process(activity: Activity) -> dict[str, object]:
        if activity.id == "0":
            raise RuntimeError
        answered.append(activity.id)
        return {}

    async def sorry(activity: Activity) -> None:
        told.append(activity.id)

    tasks = Tasks()
    front = Front(
        edge=Unsigned(()),
        inbox=DurableInbox(store.teams_inbox, real_now),
        tasks=tasks,
        wanted=lambda _: True,
        process=process,
        sorry=sorry,
        busy=busy,
    )
    await front.left(Job(ANSWER_LEFT))
    await tasks.idle()
    assert (sorted(answered), told) == (["1", "2"], ["0"])
    assert await store.teams_inbox.left(real_now() + LONG, real_now(), 10) == ()


async def test_what_waits_for_its_turn_is_taken_by_nobody_again(teams_stage: Members) -> None:
    store, said = teams_stage.stage.application.store, await heard(teams_stage)
    now = real_now()

    def clock() -> datetime:
        return now

    here, there = DurableInbox(store.teams_inbox, clock), DurableInbox(store.teams_inbox, clock)
    waiting = replace(said, id="waiting")
    assert await here.take(waiting)
    now += LONG
    assert await here.left() == ()
    now += LONG
    await here.renew()
    assert await there.left() == ()
    now += LONG
    assert [each.conversation for each in await there.left()] == [said.conversation]


async def test_it_is_renewed_as_long_as_the_process_lives_even_where_the_store_was_away() -> None:
    pauses: list[float] = []

    class Away(MemoryInbox):
        @override
        async def renew(self) -> None:
            raise StoreUnavailable("away")

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await renewing(Away(Recent(lambda: 0.0)), pause)
    assert pauses == [RENEWED_EVERY] * 3
