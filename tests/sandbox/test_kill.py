"""A sandbox killed with -9 in the middle of writing, and started again on the same folder."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import aiohttp

from sandbox.app import Sandbox

PROGRAM = """
import asyncio, sys
from pathlib import Path
from sandbox.app import Sandbox

async def main():
    async with Sandbox(folder=Path(sys.argv[1])) as sandbox:
        print(sandbox.url, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""
MAILBOX = {"address": "ana@example.com", "suite": "google", "time_zone": "America/New_York"}
EVENT = {"mailbox": "ana@example.com", "start": "2026-12-01T10:00:00Z", "end": "2026-12-01T11:00:00Z"}


async def test_what_was_answered_is_still_there(tmp_path: Path) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    url = (await child.stdout.readline()).decode().strip()
    answered: list[str] = []

    async def write(http: aiohttp.ClientSession) -> None:
        try:
            while True:
                async with http.post("/_/event", json=EVENT) as answer:
                    answered.append((await answer.json())["id"])
                if len(answered) == 50:
                    child.kill()
        except aiohttp.ClientError:
            return

    async with aiohttp.ClientSession(url) as http:
        async with http.post("/_/mailbox", json=MAILBOX) as answer:
            assert answer.status == 200
        await asyncio.gather(*(write(http) for _ in range(4)))
    await child.wait()
    async with (
        Sandbox(folder=tmp_path) as again,
        aiohttp.ClientSession(again.url) as http,
        http.get("/_/world") as answer,
    ):
        [mailbox] = (await answer.json())["mailboxes"].values()
    found = {event["id"] for event in mailbox["events"]}
    assert set(answered) <= found
    assert len(found) - len(answered) <= 4
