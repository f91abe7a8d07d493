"""What PostgreSQL has and SQLite has not. No extension is needed: range types bring their own GiST classes."""

from __future__ import annotations

from importlib.resources import files

from alembic import op

EXCLUDE_OVERLAPS = """
ALTER TABLE slot_hold ADD CONSTRAINT slot_hold_no_overlap EXCLUDE USING gist (
    int8range(person, person, '[]') WITH &&,
    int8multirange(
        int8range(start_minute, end_minute),
        int8range(coalesce(next_start_minute, start_minute), coalesce(next_end_minute, end_minute))
    ) WITH &&
)
"""

DROP_PROCRASTINATE = """
DO $$
DECLARE each text;
BEGIN
    DROP TABLE procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs, procrastinate_workers CASCADE;
    FOR each IN SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'procrastinate\\_%' LOOP
        EXECUTE 'DROP FUNCTION ' || each;
    END LOOP;
    DROP TYPE procrastinate_job_to_defer_v1, procrastinate_job_event_type, procrastinate_job_status CASCADE;
END;
$$
"""


def is_it() -> bool:
    """The migration runs on PostgreSQL."""
    return op.get_bind().dialect.name == "postgresql"


def exclude_overlaps() -> None:
    """Nobody is held twice at one time, be it where a session is or where it is going."""
    op.execute(EXCLUDE_OVERLAPS)


def add_procrastinate() -> None:
    """The schema of the version that is installed. When a newer one changes it, a migration of ours has to make that
    change where it is not there yet: a database made since has it already."""
    schema = (files("procrastinate") / "sql" / "schema.sql").read_text()
    op.get_bind().exec_driver_sql(schema.replace("%", "%%"))


def drop_procrastinate() -> None:
    """Jobs that wait are lost with it."""
    op.get_bind().exec_driver_sql(DROP_PROCRASTINATE.replace("%", "%%"))
