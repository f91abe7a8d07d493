"""The ways in which every dialogue runs: the chats, the databases, and for some how Slack brings what people do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from difflib import ndiff
from pathlib import Path

import pytest

from adapters.cli.leaders import CAST, ORGANISATION
from adapters.cli.playing import Stage, staged
from tests.scenarios.slack.workspace import in_slack
from tests.scenarios.teams.tenant import in_teams
from tests.staging import NOW
from tests.visiting import Visitor

from .chat import Chat, Seen
from .console import ConsoleChat
from .slack import SlackChat
from .teams import TeamsChat

WAYS = ("console", "slack", "teams", pytest.param("console, PostgreSQL", marks=pytest.mark.postgres))
SLACK_ON_POSTGRES = pytest.param("slack, PostgreSQL", marks=pytest.mark.postgres)


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Where something else was answered: both, line by line, "-" as it was, "+" as it should have been."""
    if op != "==" or not isinstance(left, Seen) or not isinstance(right, Seen):
        return None
    return ["another answer:", *ndiff(left.text.splitlines(), right.text.splitlines())]


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """A chat, and how else this run is not as usual."""
    return str(request.param)


@pytest.fixture
def workspace() -> str:
    """Whose people are in the chat, where it knows organisations. A dialogue of others says so in its module."""
    return ORGANISATION


@pytest.fixture
def database(way: str, request: pytest.FixtureRequest) -> str | None:
    """Its address; None is SQLite's, in the demo's folder."""
    return str(request.getfixturevalue("migrated_postgres_url")) if "PostgreSQL" in way else None


@pytest.fixture
async def stage(way: str, workspace: str, database: str | None, tmp_path: Path) -> AsyncIterator[Stage]:
    """The demo, and in it the chat that this run is about."""
    chats = {"slack": "slack" in way, "teams": "teams" in way}
    async with staged(tmp_path, now=NOW, keep=False, database=database, workspace=workspace, **chats) as running:
        yield running


@pytest.fixture
async def chat(way: str, stage: Stage, workspace: str, visitor: Visitor) -> AsyncIterator[Chat]:
    """What the dialogue is held in."""
    if "console" in way:
        yield ConsoleChat(visitor)
    elif "slack" in way:
        async with in_slack(stage, by_socket="Socket Mode" in way) as members:
            yield SlackChat(members)
    else:
        async with in_teams(stage, workspace) as everybody:
            chat = TeamsChat(everybody)
            for person in (each.email for each in CAST if each.organisation == workspace):
                await chat.settles_in(person)
            yield chat
