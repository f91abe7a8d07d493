"""What the doctor calls a problem, as far as an admin in a chat hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp

from adapters.main import real_now
from adapters.main.unwell import unwell_of
from calendar_core.health import Unwell

from .test_doctor import PUBLISHED, Records, clinic


async def test_a_well_installation_is_well_and_in_an_ill_one_each_thing_is_named(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there, aiohttp.ClientSession() as connections:
        secrets, settings = there.application.store.secrets, there.settings
        well = unwell_of(settings, secrets, connections, Records(PUBLISHED), real_now)
        silent = unwell_of(settings, secrets, connections, Records(None), real_now)
        away = replace(settings, public_url="http://127.0.0.1:9")
        late = unwell_of(away, secrets, connections, Records({}), lambda: real_now() + timedelta(minutes=11))
        assert (await well(), await silent()) == (frozenset(), frozenset())
        assert await late() == {Unwell.ADDRESS, Unwell.CLOCK, Unwell.RECORDS}
