"""One person's Google Calendar: free/busy, and our own events in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import cast

from calendar_core.availability.free_busy import FreeBusy
from calendar_core.errors import ConsentRevoked, EventGone, KeyTaken, ProviderRejected, ProviderUnavailable
from calendar_core.event import Event, EventDraft
from calendar_core.integration import Suite
from calendar_core.interval import Interval, merge
from calendar_core.participation import Participation
from calendar_core.people import DAY_MINUTES
from calendar_core.providers.understanding import understood

from . import translate
from .sending import BuiltRequest, CalendarApi, Sender
from .translate import GoogleEvent

LONGEST_WINDOW = 31 * DAY_MINUTES  # undocumented; three months are refused (timeRangeTooLong)
TELL_ALL = "all"  # without it attendees may never hear, and copies elsewhere stay behind
GONE = frozenset({"notFound", "deleted"})
RACES = 3


class GoogleCalendar:
    """A FreeBusySource and an EventWriter: the primary calendar of `account` (an address, in lower case), through
    whatever grant `sender` has.

    `quota_user` (at most 40 characters) names the person to Google's per-user limit where one service account
    speaks for all. `others` are further calendars of that person which count for free/busy.
    """

    def __init__(
        self,
        api: CalendarApi,
        sender: Sender,
        account: str,
        quota_user: str | None = None,
        others: tuple[str, ...] = (),
    ) -> None:
        self._api = api
        self._sender = sender
        self._account = account
        self._others = others
        self._quota = {} if quota_user is None else {"quotaUser": quota_user}
        self._calendar = {"calendarId": account, **self._quota}
        self._event = {**self._calendar, "fields": translate.EVENT_FIELDS}

    @property
    def suite(self) -> Suite:
        return Suite.GOOGLE

    async def free_busy(self, window: Interval) -> FreeBusy:
        parts = await asyncio.gather(*(self._busy_times(part) for part in _chunks(window)))
        # Google does not tell tentative from busy.
        return FreeBusy(window, merge(each for part in parts for each in part))

    async def _busy_times(self, window: Interval) -> tuple[Interval, ...]:
        query = translate.free_busy_query((self._account, *self._others), window)
        request = self._api.freebusy.query(body=query, fields=translate.FREE_BUSY_FIELDS, **self._quota)
        answer = await self._sender.send(request)
        main = understood(lambda: translate.busy_times(answer, self._account, window))
        more = [understood(partial(_counted, answer, other, window)) for other in self._others]
        return merge(each for times in (main, *more) for each in times)

    async def create(self, draft: EventDraft) -> Event:
        try:
            return await self._insert(draft)
        except ProviderRejected as refused:
            if refused.code == "duplicate":
                return await self._made_before(draft)
            if refused.code == "invalid" and draft.conference:
                # Where Meet is switched off Google refuses the whole event: a missing link never fails a booking.
                return await self.create(replace(draft, conference=False))
            raise

    async def _insert(self, draft: EventDraft) -> Event:
        request = self._api.events.insert(
            body=translate.new_event(draft),
            conferenceDataVersion=int(draft.conference),  # without it the conference is ignored in silence
            sendUpdates=TELL_ALL,
            **self._event,
        )
        return _event(await self._sender.send(request))

    async def _made_before(self, draft: EventDraft) -> Event:
        try:
            found = await self._get(draft.key)
        except EventGone as gone:
            raise KeyTaken(gone.code) from gone
        if translate.is_cancelled(found) or not translate.is_for_session(found, draft.uid):
            raise KeyTaken("duplicate")
        return _event(found)

    async def read(self, event_id: str) -> Event:
        return _event(await self._get(event_id))

    async def find(self, key: str) -> Event | None:
        try:
            found = await self._get(key)
        except EventGone:
            return None
        return None if translate.is_cancelled(found) else _event(found)

    async def move(self, event_id: str, when: Interval, zone: str) -> Event:
        return await self._change(
            event_id,
            lambda event: translate.times(when, zone) if event.when != when else None,
        )

    async def add_conference(self, event_id: str, key: str) -> Event:
        return await self._change(
            event_id,
            lambda event: translate.new_conference(key) if not (event.conference or event.conference_pending) else None,
        )

    async def give_link(self, event_id: str, url: str) -> Event:
        return await self._change(event_id, lambda _: {"location": url})

    async def cancel(self, event_id: str) -> None:
        try:
            await self._sender.send(self._api.events.delete(eventId=event_id, sendUpdates=TELL_ALL, **self._calendar))
        except ProviderRejected as refused:
            if refused.code == "notFound":
                await self._must_be_readable()
            elif refused.code not in GONE:
                raise

    async def answer(self, uid: str, when: Interval, answer: Participation) -> None:
        """The attendee's copy carries the organizer's iCalUID (for events made here: id@google.com), which finds it
        at any time."""
        del when
        for _ in range(RACES):
            invitation = await self._invitation(uid)
            if translate.says(invitation, answer):
                return
            change = self._api.events.patch(
                eventId=invitation["id"],
                body=translate.answered(invitation, answer),
                sendUpdates=TELL_ALL,
                fields="id",
                **self._calendar,
            )
            if await self._patched(change, invitation.get("etag")) is not None:
                return
        raise ProviderUnavailable("events.patch: others keep changing the event")

    async def _invitation(self, uid: str) -> translate.Invitation:
        request = self._api.events.list(
            iCalUID=uid, maxAttendees=1, fields=translate.INVITATION_FIELDS, **self._calendar
        )
        answer = await self._sender.send(request)
        found = understood(lambda: translate.standing_invitation(answer))
        if found is None:
            raise EventGone("notFound")
        return found

    async def _get(self, event_id: str) -> GoogleEvent:
        """Raises EventGone."""
        request = self._api.events.get(eventId=event_id, **self._event)
        try:
            return cast("GoogleEvent", await self._sender.send(request))
        except ProviderRejected as refused:
            raise _gone(refused) from refused

    async def _change(self, event_id: str, wanted: Callable[[Event], Mapping[str, object] | None]) -> Event:
        """Reads, changes what is `wanted` (None: it is so already), and begins again if somebody else was faster.
        Attendees are never sent: a patch replaces the whole list, and with it their answers."""
        for _ in range(RACES):
            event = await self.read(event_id)
            if event.cancelled:
                raise EventGone("deleted")
            body = wanted(event)
            if body is None:
                return event
            change = self._api.events.patch(
                eventId=event_id,
                body=body,
                conferenceDataVersion=int("conferenceData" in body),
                sendUpdates=TELL_ALL,
                **self._event,
            )
            changed = await self._patched(change, event.etag)
            if changed is not None:
                return _event(changed)
        raise ProviderUnavailable("events.patch: others keep changing the event")

    async def _patched(self, change: BuiltRequest, etag: str | None) -> dict[str, object] | None:
        """None if the event is no longer the one that was read."""
        try:
            return await self._sender.send(change, etag=etag)
        except ProviderRejected as refused:
            if refused.code == "conditionNotMet":
                return None
            raise _gone(refused) from refused

    async def _must_be_readable(self) -> None:
        """A 404 also means "not for you": only a calendar that can be read proves that the event is gone."""
        await self._sender.send(self._api.events.list(maxResults=1, fields="timeZone", **self._calendar))


def _chunks(window: Interval) -> Iterator[Interval]:
    for start in range(window.start_minute, window.end_minute, LONGEST_WINDOW):
        yield Interval(start, min(start + LONGEST_WINDOW, window.end_minute))


def _counted(answer: Mapping[str, object], calendar: str, window: Interval) -> tuple[Interval, ...]:
    """Of a calendar that counts beside the main one. One that was deleted holds nothing; of one that cannot be read
    nobody knows, as of the main one."""
    try:
        return translate.busy_times(answer, calendar, window)
    except ConsentRevoked:
        return ()


def _gone(refused: ProviderRejected) -> ProviderRejected:
    return EventGone(refused.code) if refused.code in GONE else refused


def _event(found: Mapping[str, object] | GoogleEvent) -> Event:
    try:
        return understood(lambda: translate.event_of(cast("GoogleEvent", found)))
    except ProviderRejected as refused:
        raise _gone(refused) from refused
