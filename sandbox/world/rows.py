"""Events and mailboxes as rows of plain JSON, and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any  # rows are what json.loads gives

from sandbox.world.values import AllDay, Attendee, Conference, Event, Mailbox, Person, Timed, WorkingHours

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def event_row(event: Event) -> str:
    when = event.when
    conference = event.conference
    return json.dumps(
        {
            "mailbox": event.mailbox,
            "id": event.id,
            "uid": event.uid,
            "title": event.title,
            "when": [when.start.isoformat(), when.end.isoformat()]
            + ([when.start_zone, when.end_zone] if isinstance(when, Timed) else []),
            "organizer": [event.organizer.email, event.organizer.name],
            "attendees": [
                [a.email, a.name, a.response, a.optional, a.comment, a.answered and a.answered.isoformat()]
                for a in event.attendees
            ],
            "body": [event.body, event.body_is_html],
            "location": event.location,
            "status": event.status,
            "shows": event.shows,
            "private": event.private,
            "conference": conference
            and [
                conference.kind,
                conference.state,
                conference.request_id,
                conference.url,
                conference.pending_answers,
                conference.ready_at,
                conference.outcome,
            ],
            "properties": [dict(event.private_properties), dict(event.shared_properties)],
            "transaction_id": event.transaction_id,
            "numbers": [event.sequence, event.revision],
            "changed": [event.created.isoformat(), event.updated.isoformat()],
            "deleted": event.deleted,
            "extra": dict(event.extra),
        }
    )


def event_of(row: str) -> Event:
    kept: dict[str, Any] = json.loads(row)
    when = kept["when"]
    private_properties, shared_properties = kept["properties"]
    sequence, revision = kept["numbers"]
    created, updated = map(datetime.fromisoformat, kept["changed"])
    body, body_is_html = kept["body"]
    return Event(
        mailbox=kept["mailbox"],
        id=kept["id"],
        uid=kept["uid"],
        title=kept["title"],
        when=Timed(datetime.fromisoformat(when[0]), datetime.fromisoformat(when[1]), when[2], when[3])
        if len(when) == 4
        else AllDay(date.fromisoformat(when[0]), date.fromisoformat(when[1])),
        organizer=Person(*kept["organizer"]),
        attendees=tuple(
            Attendee(email, name, response, optional, comment, answered and datetime.fromisoformat(answered))
            for email, name, response, optional, comment, answered in kept["attendees"]
        ),
        body=body,
        body_is_html=body_is_html,
        location=kept["location"],
        status=kept["status"],
        shows=kept["shows"],
        private=kept["private"],
        conference=Conference(*kept["conference"]) if kept["conference"] else None,
        private_properties=private_properties,
        shared_properties=shared_properties,
        transaction_id=kept["transaction_id"],
        sequence=sequence,
        revision=revision,
        created=created,
        updated=updated,
        deleted=kept["deleted"],
        extra=kept["extra"],
    )


def mailbox_row(mailbox: Mailbox) -> str:
    return json.dumps(
        {
            "address": mailbox.address,
            "name": mailbox.name,
            "suite": mailbox.suite,
            "time_zone": mailbox.time_zone,
            "hours": [list(mailbox.hours.days), mailbox.hours.start, mailbox.hours.end],
            "conference": mailbox.conference,
            "has_calendar": mailbox.has_calendar,
            "suspended": mailbox.suspended,
            "purpose": mailbox.purpose,
            "owner": mailbox.owner,
            "apart": mailbox.apart,
        }
    )


def mailbox_of(row: str) -> Mailbox:
    kept: dict[str, Any] = json.loads(row)
    days, start, end = kept.pop("hours")
    return Mailbox(hours=WorkingHours(tuple(days), start, end), **kept)
