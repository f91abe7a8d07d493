"""Our own events in one person's Outlook calendar."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import cast

from calendar_core.errors import EventGone, KeyTaken, ProviderRejected
from calendar_core.event import Event, EventDraft
from calendar_core.integration import Suite
from calendar_core.interval import Interval
from calendar_core.participation import Participation
from calendar_core.providers.understanding import understood

from . import translate
from .failures import Duplicate
from .moments import moments
from .sending import Request, Sender
from .translate import GraphEvent, Invitation

FIELDS: Mapping[str, str] = {"$select": translate.EVENT_FIELDS, "$expand": translate.EXPAND_INVITED}


class GraphCalendar:
    """An EventWriter: the default calendar of the mailbox `sender` is for."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    @property
    def suite(self) -> Suite:
        return Suite.MICROSOFT

    async def create(self, draft: EventDraft) -> Event:
        """How long Outlook remembers a transaction id is not documented: after a lost answer we look first."""
        request = Request("events.create", "POST", ("events",), body=translate.new_event(draft))
        lost = False

        async def made() -> Event:
            nonlocal lost
            if lost and (found := await self._found(draft.key)) is not None:
                return found
            lost = True
            return _event(await self._sender.once(request), draft.attendee.email)

        try:
            return await self._sender.patience.answer(made)
        except Duplicate as duplicate:
            found = await self.find(draft.key)
            if found is None:
                raise KeyTaken(duplicate.code) from duplicate
            return found

    async def read(self, event_id: str) -> Event:
        return _event(await self._read(event_id))

    async def _read(self, event_id: str) -> dict[str, object]:
        return await self._sender.send(Request("events.get", "GET", ("events", event_id), FIELDS))

    async def find(self, key: str) -> Event | None:
        return await self._sender.patience.answer(lambda: self._found(key))

    async def _found(self, key: str) -> Event | None:
        query = {**FIELDS, "$filter": translate.made_under(key)}
        entries = await self._sender.pages(Request("events.list", "GET", ("events",), query))
        events = [_event(each) for each in entries]
        return next((event for event in events if not event.cancelled), None)

    async def move(self, event_id: str, when: Interval, zone: str) -> Event:
        """Start and end and nothing else: a body that is sent destroys the Teams link in it."""
        found, event = await self._standing(event_id)
        if event.when == when:
            return event
        return await self._patched(found, moments(when, zone))

    async def add_conference(self, event_id: str, key: str) -> Event:
        """Outlook has no key for it; a link that is on its way already is asked for once more, which is harmless."""
        del key
        found, event = await self._standing(event_id)
        if event.conference is not None:
            return event
        return await self._patched(found, translate.new_conference())

    async def give_link(self, event_id: str, url: str) -> Event:
        """As the place; a body that is sent destroys whatever Outlook keeps in it."""
        found, _ = await self._standing(event_id)
        return await self._patched(found, {"location": {"displayName": url}})

    async def _standing(self, event_id: str) -> tuple[GraphEvent, Event]:
        found = await self._read(event_id)
        event = _event(found)
        if event.cancelled:
            raise EventGone("cancelled")
        return cast("GraphEvent", found), event

    async def _patched(self, found: GraphEvent, change: Mapping[str, object]) -> Event:
        """Absolute values: twice is once."""
        request = Request("events.update", "PATCH", ("events", found["id"]), body=change)
        return _event(await self._sender.send(request), translate.invited_to(found))

    async def cancel(self, event_id: str) -> None:
        try:
            await self._sender.send(Request("events.cancel", "POST", ("events", event_id, "cancel"), body={}))
        except EventGone:
            return
        except ProviderRejected:
            found = await self._read(event_id)
            if cast("GraphEvent", found)["attendees"]:
                raise
            with suppress(EventGone):  # nobody is invited, so there is nobody whom a cancellation could tell
                await self._sender.send(Request("events.delete", "DELETE", ("events", event_id)))

    async def answer(self, uid: str, when: Interval, answer: Participation) -> None:
        """In the copy with that UID, at any time. Where the organizer is not told, nobody hears of it."""
        del when
        if answer not in translate.ACTION:
            raise ProviderRejected("an answer cannot be taken back")
        invitation = await self._sender.patience.answer(lambda: self._invitation(uid))
        if translate.says(invitation, answer):
            return
        action = translate.ACTION[answer]
        path = ("events", invitation["id"], action)
        await self._sender.send(Request(f"events.{action}", "POST", path, body={"sendResponse": True}))

    async def _invitation(self, uid: str) -> Invitation:
        """Raises EventGone."""
        query = {"$select": translate.INVITATION_FIELDS, "$filter": translate.carrying(uid)}
        entries = await self._sender.pages(Request("events.list", "GET", ("events",), query))
        found = understood(lambda: translate.standing_invitation(entries))
        if found is None:
            raise EventGone("no such invitation")
        return found


def _event(found: object, invited: str | None = None) -> Event:
    return understood(lambda: translate.event_of(cast("GraphEvent", found), invited))
