"""`pairtime mode free-busy-only`: what it says before it asks, what it refuses, and that it does all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.app import Sandbox
from sandbox.world import Mailbox

from .conftest import COMMAND, ROOT, Shell

PEOPLE = """email,name,organisation,programme,role,time_zone
ana@example.com,Ana Ruiz,Example,Leaders 2026,mentee,UTC
sam@example.com,Sam Okoye,Example,Leaders 2026,mentor,UTC
"""


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as world:
        world.world.add_mailbox(Mailbox("ana@example.com", "Ana Ruiz", "google", "UTC"))
        world.world.add_mailbox(Mailbox("sam@example.com", "Sam Okoye", "microsoft", "UTC"))
        yield world


@pytest.fixture
def settings(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    """As on a real installation, with mail."""
    microsoft = sandbox.entra_registration("example.com")
    return {
        "PAIRTIME_DATABASE_URL": f"sqlite:///{tmp_path / 'pairtime.sqlite3'}",
        "PAIRTIME_MICROSOFT_CLIENT_ID": microsoft.client_id,
        "PAIRTIME_MICROSOFT_CLIENT_SECRET": microsoft.client_secret,
        "PAIRTIME_GRAPH_BASE": f"{sandbox.url}/graph",
        "PAIRTIME_LOGIN_BASE": f"{sandbox.url}/login",
        "PAIRTIME_SMTP_URL": sandbox.mail.url,
        "PAIRTIME_MAIL_FROM": "sessions@pairtime.example",
        "TENANT": microsoft.tenant,
    }


async def run(shell: Shell, *arguments: str, typed: str = "", **settings: str) -> tuple[int, str, str]:
    """To its end, while the sandbox answers."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        *arguments,
        cwd=ROOT,
        env=shell.environment(**settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        out, err = await process.communicate(typed.encode())
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def enrolled(shell: Shell, tmp_path: Path, settings: dict[str, str], *, tenant: bool = True) -> None:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE)
    assert (await run(shell, "import", str(file), **settings))[0] == 0
    if tenant:
        connect = ("connect-domain", "microsoft", "--organisation", "Example", "--tenant", settings["TENANT"])
        code, _, said = await run(shell, *connect, **settings)
        assert code == 0, said


SWITCH = ("mode", "free-busy-only", "on", "--organisation", "example")


async def test_it_says_what_is_lost_asks_and_does_all_of_it(
    shell: Shell, tmp_path: Path, settings: dict[str, str]
) -> None:
    await enrolled(shell, tmp_path, settings)
    code, out, err = await run(shell, *SWITCH, typed="n\n", **settings)
    assert (code, err.splitlines()[-1]) == (2, "Nothing was changed.")
    for said in (
        "It should be\nused only when full access cannot be granted. What is lost:",
        "1. No meeting link is made.",
        "2. Invitations go by mail",
        "3. A session cannot be moved or cancelled in Outlook",
        "4. Changes made in a calendar are not noticed.",
        "No session of theirs is ahead.",
        "Switch it on? [y/N]:",
    ):
        assert said in out
    code, out, err = await run(shell, *SWITCH, typed="y\n", **settings)
    assert (code, err) == (0, "")
    assert "Example: Free/Busy Only is on. Its people are told about their sessions." in out
    assert out.splitlines()[-1] == "Example: not connected 1, Outlook - Domain Free/Busy Only 1."
    status = (await run(shell, "status", **settings))[1]
    assert "Example: Free/Busy Only since " in status


async def test_twice_is_once_and_off_is_the_way_back(shell: Shell, tmp_path: Path, settings: dict[str, str]) -> None:
    await enrolled(shell, tmp_path, settings)
    assert (await run(shell, *SWITCH, "--yes", "--convert", **settings))[0] == 0
    code, out, _ = await run(shell, *SWITCH, "--yes", **settings)
    assert code == 0
    assert out.startswith("Example: Free/Busy Only is on already, switched by ")
    assert "Nothing was changed." in out
    off = ("mode", "free-busy-only", "off", "--organisation", "Example", "--yes")
    code, out, _ = await run(shell, *off, **settings)
    assert code == 0
    assert "Free/Busy Only ends for Example" in out
    assert out.splitlines()[-1] == "Example: not connected 1, Outlook - Domain 1."
    assert "Free/Busy Only" not in (await run(shell, "status", **settings))[1]


@pytest.mark.parametrize(
    "refused",
    [
        ("Nowhere", (), 'No organisation is called "Nowhere". Enrolled are: Example.'),
        ("Example", ("TENANT",), "pairtime connect-domain microsoft --organisation"),
        ("Example", ("PAIRTIME_SMTP_URL", "PAIRTIME_MAIL_FROM"), "Set PAIRTIME_SMTP_URL and"),
    ],
    ids=["no such organisation", "no tenant", "no mail"],
)
async def test_it_refuses_with_what_to_do(
    shell: Shell,
    tmp_path: Path,
    settings: dict[str, str],
    refused: tuple[str, tuple[str, ...], str],
) -> None:
    name, without, said = refused
    await enrolled(shell, tmp_path, settings, tenant="TENANT" not in without)
    fewer = {name: value for name, value in settings.items() if name not in without}
    code, out, err = await run(shell, "mode", "free-busy-only", "on", "--organisation", name, "--yes", **fewer)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
