"""The demo with the sandbox's Slack before it: over HTTP, and over Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.cli.playing import staged
from tests.staging import NOW

from .member import Members
from .workspace import in_slack


@pytest.fixture(params=["http", "socket"])
async def slack_stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Members]:
    """The app is installed in example.com's workspace; the cast's accounts there are linked, and nobody else's."""
    async with (
        staged(tmp_path, now=NOW, keep=False, slack=True) as stage,
        in_slack(stage, by_socket=request.param == "socket") as members,
    ):
        yield members
