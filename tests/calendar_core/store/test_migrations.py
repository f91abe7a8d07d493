"""One set of migrations, up and down on both databases, that builds what the code believes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, insert, inspect, select, text, update

from calendar_core.happening import EventCleared, EventLeft, SessionBooked, StepShared
from calendar_core.step import StepUid
from calendar_core.store import migrate, schema
from calendar_core.store.database import normal
from calendar_core.store.happenings import KINDS
from calendar_core.store.migrating import configuration
from calendar_core.store.schema import REVISION, metadata


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(normal(database_url))
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_the_code_names_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(configuration("sqlite://")).get_current_head() == REVISION


def test_it_goes_up_and_down_and_up_again(database_url: str, engine: Engine) -> None:
    command.upgrade(configuration(database_url), "head")
    first = tables(engine)
    command.downgrade(configuration(database_url), "base")
    assert tables(engine) == {"alembic_version"}
    command.upgrade(configuration(database_url), "head")
    assert tables(engine) == first


def test_what_is_still_to_be_told_keeps_its_meaning_under_a_new_name(database_url: str, engine: Engine) -> None:
    def kinds() -> list[str]:
        with engine.connect() as connection:
            return list(connection.execute(text("SELECT kind FROM happening ORDER BY id")).scalars())

    was = ["EntryGone", "EntryLeft", "SessionBooked"]
    command.upgrade(configuration(database_url), "0019")
    with engine.begin() as connection:
        rows = [{"kind": kind, "fields": '{"session": "uid"}'} for kind in was]
        connection.execute(text("INSERT INTO happening (kind, fields) VALUES (:kind, :fields)"), rows)
    command.upgrade(configuration(database_url), "0020")
    assert [KINDS[kind] for kind in kinds()] == [EventCleared, EventLeft, SessionBooked]
    command.downgrade(configuration(database_url), "0019")
    assert kinds() == was


def test_what_was_shared_is_counted_and_is_still_told(database_url: str, engine: Engine) -> None:
    def told() -> list[Any]:
        with engine.connect() as connection:
            return list(connection.execute(select(schema.happening.c.fields)).scalars())

    def steps(column: str) -> list[tuple[str, int]]:
        with engine.connect() as connection:
            rows = connection.execute(text(f"SELECT uid, {column} FROM step ORDER BY uid")).all()
        return [(uid, int(value)) for uid, value in rows]

    command.upgrade(configuration(database_url), "0020")
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))  # steps of nobody's sessions
        connection.execute(
            text("INSERT INTO step VALUES ('a', 'uid', 1, 0, '', true, true), ('b', 'uid', 1, 0, '', false, false)")
        )
        fields = '{"step": "a"}'
        connection.execute(text("INSERT INTO happening (kind, fields) VALUES ('StepShared', :f)"), {"f": fields})
    command.upgrade(configuration(database_url), "head")
    assert steps("sharings") == [("a", 1), ("b", 0)]
    assert [StepShared(**each) for each in told()] == [StepShared(StepUid("a"), 1)]
    with engine.begin() as connection:
        connection.execute(update(schema.step).where(schema.step.c.uid == "a").values(sharings=2))
        again = insert(schema.happening).values(kind="StepShared", fields=asdict(StepShared(StepUid("a"), 2)))
        connection.execute(again)
    command.downgrade(configuration(database_url), "0020")
    assert steps("announced") == [("a", 1), ("b", 0)]
    assert told() == [{"step": "a"}] * 2, "as whoever knows of no count reads it"


def test_nothing_of_procrastinate_stays_behind(postgres_url: str) -> None:
    command.upgrade(configuration(postgres_url), "head")
    command.downgrade(configuration(postgres_url), "base")
    engine = create_engine(normal(postgres_url))
    with engine.connect() as connection:
        left = connection.execute(
            text("""
                SELECT proname FROM pg_proc WHERE proname LIKE 'procrastinate%'
                UNION ALL SELECT typname FROM pg_type WHERE typname LIKE '%procrastinate%'
            """)
        )
        assert left.all() == []
    engine.dispose()


def test_it_builds_the_tables_that_the_code_knows(database_url: str, engine: Engine) -> None:
    command.upgrade(configuration(database_url), "head")

    elsewhere = ("alembic_version", "procrastinate_", *(() if engine.dialect.name == "sqlite" else ("job",)))

    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
        return kind != "table" or name is None or not name.startswith(elsewhere)

    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_a_file_made_at_once_is_the_same_as_a_migrated_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    at_once, migrated = (f"sqlite:///{tmp_path_factory.mktemp(name)}/file.sqlite3" for name in ("once", "migrated"))
    migrate(at_once)
    command.upgrade(configuration(migrated), "head")
    assert described(at_once) == described(migrated)


def described(url: str) -> dict[str, object]:
    """Everything about the tables of a database but the order of their columns' constraints."""
    engine = create_engine(url)
    found = inspect(engine)
    description: dict[str, object] = {
        table: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)],
            found.get_pk_constraint(table),
            sorted(map(str, found.get_foreign_keys(table))),
            sorted(map(str, found.get_unique_constraints(table))),
            sorted(map(str, found.get_check_constraints(table))),
        )
        for table in found.get_table_names()
    }
    with engine.connect() as connection:
        indexes = text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        description["indexes"] = {row.name: row.sql for row in connection.execute(indexes)}
        description["numbered"] = set(connection.execute(text("SELECT name FROM sqlite_sequence")).scalars())
        description["at"] = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    engine.dispose()
    return description


def test_migrating_twice_is_once(database_url: str, engine: Engine) -> None:
    for _ in range(2):
        migrate(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [REVISION]


def test_postgresql_excludes_overlapping_holds_of_one_person(postgres_url: str) -> None:
    migrate(postgres_url)
    engine = create_engine(normal(postgres_url))
    with engine.connect() as connection:
        constraint = connection.execute(
            text("""
                SELECT contype, condeferrable, convalidated, pg_get_constraintdef(oid) AS definition
                  FROM pg_constraint WHERE conname = 'slot_hold_no_overlap' AND conrelid = 'slot_hold'::regclass
            """)
        ).one()
        extensions = connection.execute(text("SELECT extname FROM pg_extension")).scalars().all()
    engine.dispose()
    assert (constraint.contype, constraint.condeferrable, constraint.convalidated) == ("x", False, True)
    assert constraint.definition == (
        "EXCLUDE USING gist (int8range(person, person, '[]'::text) WITH &&, "
        "int8multirange(VARIADIC ARRAY[int8range(start_minute, end_minute), "
        "int8range(COALESCE(next_start_minute, start_minute), COALESCE(next_end_minute, end_minute))]) WITH &&)"
    )
    assert extensions == ["plpgsql"]
