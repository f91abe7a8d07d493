"""What Slack alone has: in these stories not everybody's account is linked yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.cli.playing import Stage, staged
from tests.staging import NOW

from .member import Members
from .workspace import in_slack


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The demo, with the app installed in example.com's workspace."""
    async with staged(tmp_path, now=NOW, keep=False, slack=True) as running:
        yield running


@pytest.fixture(params=["http", "socket"])
async def members(request: pytest.FixtureRequest, stage: Stage) -> AsyncIterator[Members]:
    """Everybody there."""
    async with in_slack(stage, by_socket=request.param == "socket") as members:
        yield members
