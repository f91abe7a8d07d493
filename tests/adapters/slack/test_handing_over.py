"""Acknowledgements come first, then the work, in the order it came."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from adapters.slack.handing_over import HandingOver
from adapters.tasks import Tasks


@dataclass
class Desk:
    """Begins a task for each payload, which lasts until `gate` opens."""

    tasks: Tasks = field(default_factory=Tasks)
    begun: list[object] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def dispatch(self, payload: dict[str, object]) -> None:
        self.begun.append(payload["number"])
        self.tasks.start(self._last())

    async def _last(self) -> None:
        await self.gate.wait()


async def test_everything_is_done_in_its_order_and_nothing_before_it_was_acknowledged() -> None:
    desk = Desk()
    line = HandingOver(desk.dispatch, desk.tasks)
    for number in range(100):
        assert line.take({"number": number})
    assert desk.begun == [], "whoever takes is not kept waiting"
    desk.gate.set()
    await desk.tasks.idle()
    assert desk.begun == list(range(100))
    assert line.take({"number": 100}), "what comes later finds the way, too"
    await desk.tasks.idle()
    assert desk.begun[-1] == 100


async def test_the_work_begins_even_if_something_comes_all_the_time() -> None:
    desk = Desk()
    desk.gate.set()
    line = HandingOver(desk.dispatch, desk.tasks, at_latest=0.0)
    number = 0
    async with asyncio.timeout(20):
        while not desk.begun:
            line.take({"number": number})
            number += 1
            await asyncio.sleep(0)
    await desk.tasks.idle()
    assert desk.begun == list(range(number))


async def test_there_is_room_for_so_many_and_no_more_and_what_is_left_out_is_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    desk.gate.set()
    line = HandingOver(desk.dispatch, desk.tasks, most_waiting=3)
    assert [line.take({"number": number}) for number in range(3)] == [True, True, True]
    for lost in ({"command": "/book", "text": "with Sam"}, {"command": "/book"}, {"event": {"type": "message"}}):
        assert not line.take({"number": 3, **lost})
    await desk.tasks.idle()
    said = [(each.getMessage(), each.__dict__["kind"], each.__dict__["count"]) for each in caplog.records]
    assert said == [
        ("slack: more comes in than can wait", "/book", 3),
        ("slack: was not taken, and not acknowledged", "/book", 2),
        ("slack: was not taken, and not acknowledged", "message", 1),
    ]
    assert "Sam" not in caplog.text
    assert line.take({"number": 4})
    await desk.tasks.idle()
    assert desk.begun == [0, 1, 2, 4]


async def test_so_many_at_a_time_and_the_others_as_soon_as_one_has_ended() -> None:
    desk = Desk()
    line = HandingOver(desk.dispatch, desk.tasks, most_at_once=4)
    for number in range(9):
        assert line.take({"number": number})
    async with asyncio.timeout(20):
        while len(desk.begun) < 3:  # noqa: ASYNC110 - nobody tells. The fourth is the one that goes along the line
            await asyncio.sleep(0)
    for _ in range(50):
        await asyncio.sleep(0)
    assert desk.begun == [0, 1, 2]
    desk.gate.set()
    await desk.tasks.idle()
    assert desk.begun == list(range(9))


async def test_what_was_acknowledged_is_done_before_the_process_ends() -> None:
    desk = Desk()
    desk.gate.set()
    line = HandingOver(desk.dispatch, desk.tasks)
    for number in range(20):
        assert line.take({"number": number})
    await desk.tasks.drain(20)
    assert desk.begun == list(range(20))
