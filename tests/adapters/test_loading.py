"""What is not set up is not loaded: a server with Slack alone knows nothing of Microsoft's bot library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SERVER = """
import asyncio, sys
from adapters.main import build, prepare
from adapters.settings import read_settings

async def run():
    settings = read_settings({
        "PAIRTIME_DATABASE_URL": "sqlite:///" + sys.argv[1],
        "PAIRTIME_SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5",
        "PAIRTIME_SLACK_BOT_TOKEN": "xoxb-17653672481-19874698323",
        **(TEAMS if sys.argv[2] == "teams" else {}),
    })
    prepare(settings)
    async with build(settings) as application:
        application.routes()

TEAMS = {
    "PAIRTIME_TEAMS_APP_ID": "5f2b6c1e-1111-2222-3333-444455556666",
    "PAIRTIME_TEAMS_TENANT_ID": "11111111-2222-3333-4444-555555555555",
    "PAIRTIME_TEAMS_APP_SECRET": "sesame",
}
asyncio.run(run())
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
OF_THE_LIBRARY = {"botbuilder", "botframework", "msrest", "jsonpickle"}


def loaded(tmp_path: Path, *chats: str) -> set[str]:
    command = [sys.executable, "-c", SERVER, str(tmp_path / "pairtime.sqlite3"), *chats]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


def test_a_server_with_slack_alone_never_loads_botbuilder(tmp_path: Path) -> None:
    assert loaded(tmp_path, "slack") & OF_THE_LIBRARY == set()


def test_a_server_with_teams_does(tmp_path: Path) -> None:
    assert loaded(tmp_path, "teams") >= OF_THE_LIBRARY
