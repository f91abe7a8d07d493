"""How long to wait before a calendar is asked again, and for what becomes of a session while somebody waits."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from calendar_core.errors import ProviderUnavailable, SessionGone
from calendar_core.ports import Sessions
from calendar_core.session import Session, SessionState, SessionUid

REPLY_MAY_TAKE = timedelta(seconds=35)  # by then whoever pressed has the answer on the screen, or never will
MOVING = (SessionState.HELD, SessionState.RELEASING, SessionState.CANCELLING)
FIRST_GLANCE_SECONDS = 0.01
SLOWEST_GLANCE_SECONDS = 0.25


def pause_after(age: timedelta, trouble: Exception | None) -> timedelta:
    """A tenth of the age, from one second to five minutes; never shorter than the provider asked for."""
    pause = min(max(age / 10, timedelta(seconds=1)), timedelta(minutes=5))
    asked = trouble.retry_after if isinstance(trouble, ProviderUnavailable) else None
    return max(pause, asked) if asked else pause


async def at_rest(sessions: Sessions, uid: SessionUid, wait_seconds: float) -> Session:
    """The session once its job is done with it, or as it is when people have waited long enough. Raises SessionGone.

    Looks at the store, not at this process: the job may run in another one.
    """
    pause = FIRST_GLANCE_SECONDS
    ends = asyncio.get_running_loop().time() + wait_seconds
    while True:
        session = await sessions.session(uid)
        if session is None:
            raise SessionGone(uid)
        if session.state not in MOVING or asyncio.get_running_loop().time() + pause > ends:
            return session
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, SLOWEST_GLANCE_SECONDS)
