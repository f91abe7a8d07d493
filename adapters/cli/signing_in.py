"""The demo's people who connected their own calendars: each signs in at the sandbox as a browser would."""

from __future__ import annotations

from collections.abc import Iterable

from adapters.main import Application
from calendar_core.integration import Trouble
from calendar_core.ports import Granted
from sandbox.consent import Grants
from sandbox.control import Visitor
from sandbox.world import World

from .leaders import Person

STATE = "demo"


async def sign_in(application: Application, world: World, people: Iterable[Person]) -> None:
    """Keeps what each one's consent leaves us; whose trouble is that it was withdrawn withdraws it after that. Twice
    is once: a newer consent replaces the older."""
    for person in people:
        await _signed_in(application, world, person)
        if person.trouble is Trouble.ACCESS_WITHDRAWN:
            _withdraw(world, person.email)


async def _signed_in(application: Application, world: World, person: Person) -> None:
    connecting, store = application.connecting, application.store
    if person.kind is None or connecting.in_browser is None:
        raise ValueError(f"{person.email} cannot sign in by a browser here")
    consent = connecting.in_browser.consents[person.kind.suite]
    (user,) = await store.people.at_address(person.email)
    begun = await consent.begin(user, state=STATE, redirect=connecting.in_browser.site.callback(person.kind.suite))
    granted = await consent.finish(begun.flow, Visitor(world).pressed(begun.url, person.email).answer)
    if not isinstance(granted, Granted):
        raise ValueError(f"{person.email} was not signed in: {granted.why}")
    await store.credentials.put(user.id, granted)


def _withdraw(world: World, address: str) -> None:
    for vendor in ("google", "entra"):
        grants = Grants(world, vendor)
        for client_id, _ in list(grants.held_by(address)):
            grants.withdraw(client_id, address)
