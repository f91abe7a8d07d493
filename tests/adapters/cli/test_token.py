"""`pairtime token`, in this process: what it is run with is an installation of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path

from click.testing import CliRunner, Result

from adapters.cli import main
from calendar_core.store import migrate, open_store
from sandbox.clock import WorldClock
from tests.contracts.store.cast import NOW, enrol


def test_a_token_is_made_listed_and_revoked(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"

    async def settled() -> None:
        store = open_store(url, WorldClock(NOW))
        await enrol(store)
        await store.close()

    def run(*arguments: str) -> Result:
        return CliRunner(env={"PAIRTIME_DATABASE_URL": url}).invoke(main, ["token", *arguments])

    migrate(url)
    asyncio.run(settled())
    made = run("new", "--organisation", "example", "--programme", "leaders 2026")
    assert (made.exit_code, made.stdout.startswith("pairtime_"), len(made.stdout)) == (0, True, 42)
    assert "Token 1, for Example, Leaders 2026." in made.stderr
    listed = run("list")
    assert listed.stdout.startswith("1  ")
    assert listed.stdout.endswith("  Example, Leaders 2026\n")
    assert made.stdout.strip() not in listed.output
    assert run("revoke", "1").stdout == "Token 1 is revoked.\n"
    again, none = run("revoke", "1"), run("list")
    assert (again.exit_code, "no token 1" in again.stderr) == (2, True)
    assert (none.stdout, "token new" in none.stderr) == ("", True)
    for named in (("--organisation", "Nowhere"), ("--organisation", "Example", "--programme", "None such")):
        unknown = run("new", *named)
        assert (unknown.exit_code, unknown.stdout, "is called" in unknown.stderr) == (2, "", True)
