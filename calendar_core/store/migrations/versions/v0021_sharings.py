"""How often a next step was shared, in the place of whether it ever was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

happening = sa.table("happening", sa.column("id"), sa.column("kind", sa.Text()), sa.column("fields", sa.JSON()))


def upgrade() -> None:
    op.add_column("step", sa.Column("sharings", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.execute("UPDATE step SET sharings = 1 WHERE announced")
    op.drop_column("step", "announced")


def downgrade() -> None:
    op.add_column("step", sa.Column("announced", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE step SET announced = (sharings > 0)")
    op.drop_column("step", "sharings")
    for row in op.get_bind().execute(sa.select(happening).where(happening.c.kind == "StepShared")).all():
        uncounted = {name: value for name, value in row.fields.items() if name != "sharing"}
        op.execute(sa.update(happening).where(happening.c.id == row.id).values(fields=uncounted))
