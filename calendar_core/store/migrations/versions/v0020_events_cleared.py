"""What is told of events that were cleared, or could not be, under the names it has now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

happening = sa.table("happening", sa.column("kind", sa.Text()))
NAMES = {"EntryGone": "EventCleared", "EntryLeft": "EventLeft"}


def upgrade() -> None:
    for was, now in NAMES.items():
        _rename(was, now)


def downgrade() -> None:
    for was, now in NAMES.items():
        _rename(now, was)


def _rename(was: str, now: str) -> None:
    op.execute(sa.update(happening).where(happening.c.kind == was).values(kind=now))
