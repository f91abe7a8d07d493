"""`pairtime keys`, as an operator changes keys."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from adapters.settings import read_settings
from calendar_core.store import open_store
from calendar_core.store.vault import Vault
from sandbox.clock import WorldClock
from tests.contracts.store.cast import NOW, enrol
from tests.contracts.store.credentials import GOOGLE

from .conftest import Shell


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'pairtime.sqlite3'}"


def test_a_new_key_is_one_that_can_be_set(shell: Shell, database: str) -> None:
    first, second = (shell.run("keys", "new").stdout.strip() for _ in range(2))
    settings = read_settings({"PAIRTIME_DATABASE_URL": database, "PAIRTIME_ENCRYPTION_KEYS": f"{first}, {second}"})
    assert [each.id for each in settings.encryption_keys] == [first.partition(":")[0], second.partition(":")[0]]
    assert len({each.key.reveal() for each in settings.encryption_keys}) == 2
    assert all(len(base64.b64decode(each.key.reveal())) == 32 for each in settings.encryption_keys)


def test_without_keys_there_is_nothing_to_change(shell: Shell, database: str) -> None:
    asked = shell.run("keys", "rotate", PAIRTIME_DATABASE_URL=database)
    assert asked.returncode == 2
    assert "`pairtime keys new`" in asked.stderr


def test_where_nothing_is_sealed_the_newest_key_is_all_that_is_needed(shell: Shell, database: str) -> None:
    key = shell.run("keys", "new").stdout.strip()
    asked = shell.run("keys", "rotate", PAIRTIME_DATABASE_URL=database, PAIRTIME_ENCRYPTION_KEYS=key)
    name = key.partition(":")[0]
    assert (asked.returncode, asked.stdout.splitlines()) == (
        0,
        [
            f"Sealed anew with {name}: 0.",
            f"Everything is sealed with {name}. The other keys can be taken out of PAIRTIME_ENCRYPTION_KEYS.",
        ],
    )


async def test_keys_are_changed_and_what_needs_another_is_said(shell: Shell, database: str) -> None:
    old, new = (shell.run("keys", "new").stdout.strip() for _ in range(2))
    shell.run("migrate", PAIRTIME_DATABASE_URL=database)
    await keep_one(database, old)
    lost = shell.run("keys", "rotate", PAIRTIME_DATABASE_URL=database, PAIRTIME_ENCRYPTION_KEYS=new)
    assert lost.returncode == 1
    assert f"1 with {old.partition(':')[0]}" in lost.stderr
    assert "Add the key again" in lost.stderr
    both = {"PAIRTIME_DATABASE_URL": database, "PAIRTIME_ENCRYPTION_KEYS": f"{new},{old}"}
    assert "Sealed anew" in shell.run("keys", "rotate", **both).stdout
    alone = shell.run("keys", "rotate", PAIRTIME_DATABASE_URL=database, PAIRTIME_ENCRYPTION_KEYS=new)
    assert (alone.returncode, alone.stderr) == (0, "")
    for asked in (lost, alone):
        assert old.partition(":")[2] not in asked.stdout + asked.stderr


async def keep_one(database: str, key: str) -> None:
    """A consent of Ana's, sealed with this key."""
    name, _, text = key.partition(":")
    store = open_store(database, WorldClock(NOW), vault=Vault([(name, base64.b64decode(text))]))
    await store.credentials.put((await enrol(store)).ana.id, GOOGLE)
    await store.close()
