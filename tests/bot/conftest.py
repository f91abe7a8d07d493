"""A conversation on the stage of scheduling: the real store, the real providers, the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from .talking import Talking, talking


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talking]:
    async with talking(tmp_path) as standing:
        yield standing
