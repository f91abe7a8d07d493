"""What becomes of a session while somebody waits for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from calendar_core.errors import SessionGone
from calendar_core.ports import Sessions
from calendar_core.session import Session, SessionState, SessionUid

REPLY_MAY_TAKE = timedelta(seconds=35)  # by then whoever pressed has the answer on the screen, or never will
MOVING = (SessionState.HELD, SessionState.RELEASING, SessionState.CANCELLING)
FIRST_GLANCE_SECONDS = 0.01
SLOWEST_GLANCE_SECONDS = 0.25


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
