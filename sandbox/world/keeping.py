"""The world on disk: every change is committed before anybody is told of it, so kill -9 loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

Row = tuple[str, str, str]
"""Kind, key, JSON."""


class Kept:
    """Rows by kind and key, in one SQLite file of a folder (made when missing), or nowhere."""

    def __init__(self, folder: Path | None) -> None:
        self._connection: sqlite3.Connection | None = None
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        # Only one loop uses it; a test may build the world in another thread.
        self._connection = sqlite3.connect(folder / "world.sqlite3", isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        # A killed process loses nothing so; only a power cut could take the last commits.
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )

    def __bool__(self) -> bool:
        return self._connection is not None

    def write(self, rows: Iterable[Row]) -> None:
        """Write all of them or none."""
        if self._connection is None:
            return
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def read(self) -> Iterator[Row]:
        if self._connection is not None:
            yield from self._connection.execute("SELECT kind, key, value FROM kept")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
