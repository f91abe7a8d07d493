"""Thousands of people verified from the command line, as fast as the vendor's quota lets us, and on after a kill."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import signal
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.people import Role
from calendar_core.store import migrate, open_store
from sandbox.app import Sandbox
from sandbox.clock import WorldClock
from sandbox.faults import Fault
from sandbox.world import Mailbox

from .conftest import COMMAND, ROOT, Shell

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MOST_MEMORY = 150 * 1024  # kB
QUOTA = 10_000  # Google's calendar calls a minute


@dataclass(frozen=True)
class Town:
    """An organisation's people, in a sandbox and in a database, and the settings that join them."""

    sandbox: Sandbox
    settings: dict[str, str]
    people: int

    def calls(self, operation: str) -> int:
        return len(self.sandbox.log.of(vendor="google", operation=operation))


def mailboxes(count: int) -> list[Mailbox]:
    """Of a hundred, one is suspended, one has its calendar switched off, and one has no account."""
    return [
        Mailbox(
            f"person{number:05d}@example.com",
            f"Person {number}",
            "google",
            "UTC",
            suspended=number % 100 == 1,
            has_calendar=number % 100 != 2,
        )
        for number in range(count)
        if number % 100 != 3
    ]


@asynccontextmanager
async def town(folder: Path, count: int) -> AsyncIterator[Town]:
    url = f"sqlite:///{folder / 'pairtime.sqlite3'}"
    migrate(url)
    async with Sandbox() as sandbox:
        for mailbox in mailboxes(count):
            sandbox.world.add_mailbox(mailbox)
        store = open_store(url, WorldClock(NOW))
        people = tuple(
            PersonEnrolled(
                organisation="Example",
                programme="Leaders 2026",
                role=Role.MENTEE,
                email=f"person{number:05d}@example.com",
                name=f"Person {number}",
            )
            for number in range(count)
        )
        await store.enrolments.apply(Batch(people), NOW)
        await store.close()
        settings = {
            "PAIRTIME_DATABASE_URL": url,
            "PAIRTIME_GOOGLE_API_BASE": f"{sandbox.url}/google/calendar/v3",
            "PAIRTIME_GOOGLE_OAUTH_BASE": f"{sandbox.url}/google/oauth2",
            "PAIRTIME_GOOGLE_SERVICE_ACCOUNT": json.dumps(sandbox.service_account_key("example.com")),
        }
        yield Town(sandbox, settings, count)


@dataclass(frozen=True)
class Ended:
    """One command that has ended: its status, what it printed, and its largest size in kB."""

    status: int
    stdout: str
    stderr: str
    kilobytes: int


class Running:
    """One command under way, whose size is read from the system until it has ended: what a child inherits from this
    process before it becomes another program is not counted."""

    def __init__(self, shell: Shell, *arguments: str, **settings: str) -> None:
        self._out, self._err = (shell.home / name for name in ("out", "err"))
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [*COMMAND, *arguments], cwd=ROOT, env=shell.environment(**settings), stdout=out, stderr=err
            )
        self._kilobytes = 0

    async def ended(self) -> Ended:
        while self.process.poll() is None:
            self.look()
            await asyncio.sleep(0.02)
        return Ended(self.process.returncode, self._out.read_text(), self._err.read_text(), self._kilobytes)

    def look(self) -> None:
        """How large it has been at most, so far."""
        with suppress(OSError):
            found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text())
            self._kilobytes = max(self._kilobytes, int(found[1]) if found else 0)

    def kill(self) -> None:
        self.look()
        self.process.send_signal(signal.SIGKILL)


async def reached(number: int, calls: Callable[[], int]) -> None:
    """Until so many calls have arrived."""
    async with asyncio.timeout(120):
        while calls() < number:  # noqa: ASYNC110 - another process makes them
            await asyncio.sleep(0.01)


@pytest.mark.alone
async def test_everybody_is_verified_within_the_quota_and_a_killed_run_goes_on(
    shell: Shell, tmp_path: Path, proving: bool, seen: Callable[[str], None]
) -> None:
    count = 10_000 if proving else 200
    loop = asyncio.get_running_loop()
    async with town(tmp_path, count) as there:
        connected = Running(
            shell, "connect-domain", "google", "--organisation", "Example", "--domain", "example.com", **there.settings
        )
        assert (await connected.ended()).status == 0
        first = Running(shell, "verify", "--organisation", "Example", **there.settings)
        began = loop.time()
        await reached(count // 4, lambda: there.calls("freebusy.query"))
        first.kill()
        killed = await first.ended()
        before = there.calls("freebusy.query")
        second = await Running(shell, "verify", "--organisation", "Example", **there.settings).ended()
        seconds = loop.time() - began
        calls = Counter(call.operation for call in there.sandbox.log.calls)
        exported = await Running(shell, "export", "statuses", "--organisation", "Example", **there.settings).ended()
    assert (killed.status, second.status, second.stderr) == (-signal.SIGKILL, 1, "")
    lines = second.stdout.splitlines()
    unknown, off = 2 * count // 100, count // 100
    assert lines[1:] == [
        f"Google - Domain: {count - unknown - off:,} working",
        f"Not working: {unknown + off:,}",
        f"  {unknown:,}: no such account, suspended, or an alias (IT can repair it)",
        f"  {off:,}: the calendar is switched off for this account (IT can repair it)",
        "`pairtime export statuses --organisation 'Example'` names them.",
    ]
    done_twice = calls["freebusy.query"] - (count - unknown)
    assert 0 <= done_twice <= 160, "what was under way when it was killed, and nothing else, is asked again"
    assert before < count
    assert calls["freebusy.query"] <= QUOTA * max(1.0, seconds / 60)
    assert max(killed.kilobytes, second.kilobytes) <= MOST_MEMORY
    rows = list(csv.DictReader(io.StringIO(exported.stdout)))
    words = Counter(row["calendar integration"] for row in rows)
    assert words == {"Google - Domain": count - unknown - off, "": unknown + off}
    seen(
        f"{count:,} people verified in {seconds:.0f} s, killed once ({calls['freebusy.query'] / seconds * 60:,.0f} "
        f"calendar calls a minute of {QUOTA:,}; {calls['token']:,} token calls; {done_twice} asked twice; "
        f"{second.kilobytes / 1024:.0f} MB at most)"
    )


async def test_a_domain_that_lets_nobody_in_is_noticed_early_and_said_once(shell: Shell, tmp_path: Path) -> None:
    async with town(tmp_path, 400) as there:
        there.sandbox.world.revoke("example.com")
        await Running(
            shell, "connect-domain", "google", "--organisation", "Example", "--domain", "example.com", **there.settings
        ).ended()
        verified = await Running(shell, "verify", "--organisation", "Example", **there.settings).ended()
        assert verified.status == 2
        assert verified.stderr == (
            "Given up early: an administrator must approve first, for everybody. Repair that and run it again.\n"
        )
        assert there.calls("token") < 400


async def test_a_vendor_that_asks_to_wait_is_waited_for_and_nobody_is_left_out(shell: Shell, tmp_path: Path) -> None:
    async with town(tmp_path, 60) as there:
        for _ in range(5):
            there.sandbox.faults.add(Fault("status", status=429, operation="freebusy.query", retry_after=1))
        await Running(
            shell, "connect-domain", "google", "--organisation", "Example", "--domain", "example.com", **there.settings
        ).ended()
        verified = await Running(shell, "verify", "--organisation", "EXAMPLE", **there.settings).ended()
        assert "Google - Domain: 57 working" in verified.stdout
        assert "did not answer" not in verified.stdout


def test_an_organisation_that_is_not_enrolled_is_said(shell: Shell, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"
    for command in (("verify",), ("export", "statuses")):
        asked = shell.run(*command, "--organisation", "Nowhere", PAIRTIME_DATABASE_URL=database)
        assert (asked.returncode, asked.stdout) == (2, "")
        assert 'No organisation is called "Nowhere".' in asked.stderr


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\n=1"])
def test_a_name_that_is_a_formula_is_text_in_the_file(name: str) -> None:
    from bot.statuses_file import status_row
    from calendar_core.integration import Health, Integration, Trouble
    from calendar_core.people import OrganisationId, User, UserId

    user = User(UserId(1), OrganisationId(1), "ana@example.com", name, "UTC")
    row = status_row(user, Integration(user.id, None, Health.BROKEN, "", Trouble.OPTED_OUT))
    assert row == ("ana@example.com", f"'{name}", "", "", "opted out", "the person", "", "")


def test_a_formula_behind_a_semicolon_is_text_too() -> None:
    from bot.statuses_file import status_row
    from calendar_core.integration import Health, Integration, Trouble
    from calendar_core.people import OrganisationId, User, UserId

    user = User(UserId(1), OrganisationId(1), "ana@example.com", "x;=1+1; +2;y", "UTC")
    row = status_row(user, Integration(user.id, None, Health.BROKEN, "", Trouble.OPTED_OUT))
    assert row[1] == "x;'=1+1;' +2;y"
