"""`delete my data` while a calendar has not let go of a cancelled session: nothing goes before it has, over HTTP."""

from __future__ import annotations

from calendar_core.people import NOBODY
from calendar_core.session import SessionState, SessionUid
from sandbox.faults import Fault
from tests.visiting import Visitor

from .test_covered_by_domain import person

CLEARING = (
    "A calendar has not confirmed yet that a cancelled session is gone from it, so nothing was deleted. "
    "Ask again in a few minutes."
)


async def state_of(visitor: Visitor, uid: SessionUid) -> SessionState | None:
    found = await visitor.stage.application.store.sessions.session(uid)
    return None if found is None else found.state


async def test_it_says_so_deletes_nothing_and_does_it_once_the_calendar_is_clear(visitor: Visitor) -> None:
    booked = await visitor.press("ana", await visitor.say("ana", "book with my mentor"), "1")
    assert booked["text"].startswith("Booked.")
    application, ana = visitor.stage.application, await person(visitor, "ana")
    ((session, _),) = await application.scheduling.booking.of(ana, past=False)
    visitor.stage.sandbox.faults.add(Fault("status", vendor="google", mailbox=ana.email, status=503, times=None))
    off = await application.scheduling.cancelling.cancel(ana, session.uid, wait_seconds=0)
    assert off.state is SessionState.CANCELLING
    asked = await visitor.say("ana", "delete my data")
    assert asked["text"].startswith("Delete everything about you?")
    refused = await visitor.press("ana", asked, "Delete everything")
    assert (refused["kind"], refused["text"].splitlines()[0]) == ("Refused", CLEARING)
    assert (await application.store.people.user(ana.id)).name == "Ana Ruiz"
    assert len(await visitor.events("ana")) == 1
    assert (await visitor.press("ana", refused, "Delete my data"))["text"] == asked["text"]
    visitor.stage.sandbox.faults.clear()
    await visitor.drive("clock", jump_seconds=6 * 60)
    await visitor.until(lambda: visitor.events("ana"), [])
    await visitor.until(lambda: state_of(visitor, session.uid), SessionState.CANCELLED)
    deleted = await visitor.press("ana", asked, "Delete everything")
    assert deleted["text"].startswith("Deleted.")
    assert (await application.store.people.user(ana.id)).name == NOBODY
