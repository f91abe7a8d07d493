"""events.insert, get, patch, update, delete: one calendar's copies, with the rules for who may change what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sandbox.google.errors import GoogleError
from sandbox.google.showing import etag, event_resource, writable
from sandbox.google.writing import checked_id, merged, own_answer, written, written_by_attendee
from sandbox.world import Event, Json, Mailbox, Person, Tell, Timed, World

TELL: dict[str, Tell] = {"all": "all", "externalOnly": "external", "none": "none"}

Query = Mapping[str, str]
Resource = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Events:
    """What the events methods do to a mailbox's copies."""

    world: World

    def insert(self, owner: Mailbox, resource: Resource, query: Query) -> dict[str, Json]:
        id = checked_id(resource)
        if id and self.world.event(owner.address, id) is not None:
            # The id of a deleted event stays taken.
            raise GoogleError("duplicate")
        uid = resource.get("iCalUID")
        now = self.world.clock.now()
        organizer = Person(owner.address, owner.name)
        blank = Event(owner.address, id, uid if isinstance(uid, str) else "", "", Timed(now, now), organizer)
        if resource.get("eventType") == "outOfOffice":
            blank = replace(blank, shows="oof")
        event = self._with_conference(owner, written(blank, resource, owner.time_zone), resource, query)
        made = self.world.create(event, _tell(query))
        if made.conference is not None:
            self.world.remember(_request_key(owner, made.conference.request_id), made.id)
        return self._shown(owner, made, query)

    def get(self, owner: Mailbox, id: str, query: Query) -> dict[str, Json]:
        return self._shown(owner, self._found(owner, id), query)

    def patch(self, owner: Mailbox, id: str, resource: Resource, query: Query, if_match: str | None) -> dict[str, Json]:
        event = self._found(owner, id)
        whole = merged(writable(event, owner), resource)
        if "conferenceData" in resource:
            whole["conferenceData"] = resource["conferenceData"]
        return self._change(owner, event, whole, query, if_match)

    def update(
        self, owner: Mailbox, id: str, resource: Resource, query: Query, if_match: str | None
    ) -> dict[str, Json]:
        return self._change(owner, self._found(owner, id), resource, query, if_match)

    def delete(self, owner: Mailbox, id: str, query: Query, if_match: str | None) -> None:
        event = self._found(owner, id)
        _check_match(event, if_match)
        if event.deleted:
            raise GoogleError("deleted")
        if event.is_organizer_copy:
            self.world.cancel(event, _tell(query))
        else:
            self.world.remove(event, _tell(query))

    def _change(
        self, owner: Mailbox, event: Event, resource: Resource, query: Query, if_match: str | None
    ) -> dict[str, Json]:
        _check_match(event, if_match)
        if event.deleted:
            raise GoogleError("forbidden")
        if event.is_organizer_copy:
            changed = self._with_conference(owner, written(event, resource, owner.time_zone), resource, query)
            if changed.status == "cancelled":
                return self._shown(owner, self.world.cancel(event, _tell(query)), query)
            return self._shown(owner, self.world.update(changed, _tell(query)), query)
        changed = self.world.update(written_by_attendee(event, resource, owner.time_zone))
        answer = own_answer(resource, owner.address)
        if answer is not None and answer[0] != event.response:
            changed = self.world.answer(changed, *answer, tell=_tell(query))
        return self._shown(owner, changed, query)

    def _with_conference(self, owner: Mailbox, event: Event, resource: Resource, query: Query) -> Event:
        """Without conferenceDataVersion=1 the whole part is ignored, silently."""
        if query.get("conferenceDataVersion") != "1" or "conferenceData" not in resource:
            return event
        data = resource["conferenceData"]
        if data is None:
            return replace(event, conference=None)
        request = data.get("createRequest") if isinstance(data, dict) else None
        if not isinstance(request, dict):
            return event
        request_id, key = request.get("requestId"), request.get("conferenceSolutionKey")
        if not isinstance(request_id, str) or not request_id:
            raise GoogleError("required", "Missing conference create request id.", "requestId")
        if not owner.conference or not isinstance(key, dict) or key.get("type") != "hangoutsMeet":
            raise GoogleError("invalid", "Invalid conference type value.", "conferenceData")
        if self.world.fact(_request_key(owner, request_id)) is not None:
            return event
        return replace(event, conference=self.world.begin_conference(owner, request_id))

    def _found(self, owner: Mailbox, id: str) -> Event:
        event = self.world.event(owner.address, id)
        if event is None:
            raise GoogleError("notFound")
        return event

    def _shown(self, owner: Mailbox, event: Event, query: Query) -> dict[str, Json]:
        return at_most(event_resource(self.world.seen(event), owner, query.get("timeZone")), query)


def at_most(shown: dict[str, Json], query: Query) -> dict[str, Json]:
    """With more guests than `maxAttendees` only the caller's own entry is shown."""
    attendees = shown.get("attendees")
    if "maxAttendees" in query and isinstance(attendees, list) and len(attendees) > int(query["maxAttendees"]):
        own: list[Json] = [each for each in attendees if isinstance(each, dict) and each.get("self")]
        return {**shown, "attendees": own, "attendeesOmitted": True}
    return shown


def _check_match(event: Event, if_match: str | None) -> None:
    if if_match not in (None, "*", etag(event)):
        raise GoogleError("conditionNotMet", location="If-Match")


def _tell(query: Query) -> Tell:
    if query.get("sendNotifications") == "true":
        return "all"
    return TELL[query.get("sendUpdates", "none")]


def _request_key(owner: Mailbox, request_id: str) -> str:
    return f"google conference {owner.address} {request_id}"
