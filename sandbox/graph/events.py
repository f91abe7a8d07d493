"""Events of one mailbox: listed, read, made, changed, called off, answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sandbox.graph.errors import GraphError
from sandbox.graph.preferences import true_id
from sandbox.graph.querying import Options
from sandbox.graph.reading import changed
from sandbox.graph.showing import etag
from sandbox.world import Conference, Event, Json, Mailbox, Person, Response, Timed, World


class Events:
    """Deeds on the world, each in one step."""

    def __init__(self, world: World) -> None:
        self._world = world

    def listed(self, mailbox: Mailbox, asked: Options) -> list[Event]:
        """What is in the calendar and passes the filter, by start."""
        found = [each for each in self._world.events(mailbox.address) if not each.deleted and asked.keep(each)]
        found.sort(key=lambda each: (each.when.bounds(mailbox.time_zone)[0], each.id), reverse=asked.newest_first)
        return found

    def found(self, mailbox: Mailbox, given_id: str) -> Event:
        """Raises GraphError (404) for what is not in the calendar any more."""
        event = self._world.event(mailbox.address, true_id(given_id))
        if event is None or event.deleted:
            raise GraphError(404)
        return event

    def create(self, mailbox: Mailbox, sent: Mapping[str, Json]) -> Event:
        """A transaction id seen before makes nothing: the event that stands is answered."""
        transaction = str(sent.get("transactionId", ""))
        for event in self._world.events(mailbox.address) if transaction else []:
            if event.transaction_id == transaction:
                if event.deleted:
                    # Undocumented; the harder of the answers a caller may have to live with.
                    raise GraphError(409, "ErrorDuplicateTransactionId", "The transaction id has been used before.")
                return event
        now = self._world.clock.now()
        blank = Event(
            mailbox=mailbox.address,
            id="",
            uid="",
            title="",
            when=Timed(now, now),
            organizer=Person(mailbox.address, mailbox.name),
            transaction_id=transaction,
        )
        event = changed(blank, sent)
        return self._world.create(replace(event, conference=self._conference(mailbox, event, sent, transaction)))

    def change(self, mailbox: Mailbox, given_id: str, sent: Mapping[str, Json], if_match: str | None) -> Event:
        """PATCH. On an attendee's copy it stays there."""
        event = self._unchanged(mailbox, given_id, if_match)
        new = changed(event, sent)
        if event.is_organizer_copy:
            new = replace(new, conference=self._conference(mailbox, new, sent, f"{event.id} {event.revision}"))
        elif "attendees" in sent:
            new = replace(new, attendees=event.attendees)
        return self._world.update(new)

    def delete(self, mailbox: Mailbox, given_id: str, if_match: str | None) -> None:
        """The organizer's deletion is sent to the attendees as a cancellation."""
        event = self._unchanged(mailbox, given_id, if_match)
        if event.is_organizer_copy:
            self._world.cancel(event)
        else:
            self._world.remove(event)

    def cancel(self, mailbox: Mailbox, given_id: str) -> None:
        event = self.found(mailbox, given_id)
        if not event.is_organizer_copy:
            raise GraphError(
                400, "ErrorInvalidRequest", "Your request can't be completed. You need to be an organizer to cancel."
            )
        self._world.cancel(event)

    def answer(self, mailbox: Mailbox, given_id: str, response: Response, sent: Mapping[str, Json]) -> None:
        """Without sendResponse the organizer never hears of it."""
        event = self.found(mailbox, given_id)
        if event.response is None:
            raise GraphError(
                400, "ErrorInvalidRequest", "Your request can't be completed. You're the meeting organizer."
            )
        if event.status == "cancelled":
            raise GraphError(400, "ErrorInvalidRequest", "Your request can't be completed. It has been cancelled.")
        comment = str(sent.get("comment", ""))
        if sent.get("sendResponse", True):
            self._world.answer(event, response, comment)
            return
        now = self._world.clock.now()
        answered = tuple(
            replace(each, response=response, comment=comment, answered=now) if each.email == mailbox.address else each
            for each in event.attendees
        )
        self._world.update(replace(event, attendees=answered))

    def _unchanged(self, mailbox: Mailbox, given_id: str, if_match: str | None) -> Event:
        event = self.found(mailbox, given_id)
        if if_match not in (None, "*", etag(event)):
            raise GraphError(412)
        return event

    def _conference(self, mailbox: Mailbox, event: Event, sent: Mapping[str, Json], key: str) -> Conference | None:
        """What becomes of the link. One that works stays for good; an unlicensed mailbox silently gets none."""
        now = event.conference
        if now is not None and now.state != "failure":
            if sent.get("isOnlineMeeting") is False:
                raise GraphError(
                    400, "ErrorPropertyValidationFailure", "isOnlineMeeting cannot be changed back to false."
                )
            return now
        asked = sent.get("isOnlineMeeting") is True
        provider = sent.get("onlineMeetingProvider", "teamsForBusiness")
        if asked and mailbox.conference and provider == "teamsForBusiness":
            return self._world.begin_conference(mailbox, key or event.uid or mailbox.address)
        return now
