"""A next step that one of the two wrote down after a session.

It is its author's alone until the author shares it; then it is the two's, and heads what their next session is about.
It never goes into a calendar, a file or a list for others, or a log (decision 23 of docs/product.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NewType

from .people import UserId
from .session import SessionUid

StepUid = NewType("StepUid", str)
MOST_STEPS = 3  # of one person after one session
WRITTEN_WITHIN = timedelta(days=30)  # of the session


@dataclass(frozen=True, slots=True)
class Step:
    """`text` is one line, as calendar_core.topic lets it pass."""

    uid: StepUid
    session: SessionUid
    author: UserId
    written_at: datetime
    text: str = field(repr=False)
    shared: bool = False
