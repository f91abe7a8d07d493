"""The one session of the story: booked by Ana with Sam, and called off."""

from __future__ import annotations

from calendar_core.interval import Interval
from calendar_core.session import SessionUid

from .member import Members, Seen


async def booked(stage: Members) -> Seen:
    """What Ana sees of it."""
    await stage.say("ana", "book with my mentor")
    told = await stage.say("ana", "1")
    assert told.text.startswith("Booked.")
    return told


async def cancelled(stage: Members) -> SessionUid:
    """By Ana."""
    application = stage.stage.application
    [ana] = await application.store.people.at_address("ana@example.com")
    ever = Interval.lasting(application.clock.now(), 400 * 24 * 60)
    [session] = await application.store.sessions.of_user(ana.id, ever)
    await application.scheduling.cancelling.cancel(ana, session.uid)
    return session.uid
