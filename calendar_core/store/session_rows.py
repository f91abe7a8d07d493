"""A session as a row, and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from calendar_core.interval import Interval
from calendar_core.session import Cancelled, Conference, Session


def session_of(row: Row[Any]) -> Session:
    """A row of `session`."""
    return Session(
        uid=row.uid,
        match=row.match,
        booked_by=row.booked_by,
        pressed_by=row.pressed_by,
        organizer=row.organizer,
        attendee=row.attendee,
        when=Interval(row.start_minute, row.end_minute),
        zone=row.zone,
        state=row.state,
        booked_via=row.booked_via,
        looked_at=row.looked_at,
        sequence=row.sequence,
        revision=row.revision,
        attempt=row.attempt,
        event_id=row.event_id,
        event_uid=row.event_uid,
        event_etag=row.event_etag,
        conference=Conference(row.conference_suite, row.conference_url) if row.conference_url else None,
        link=row.link,
        released_because=row.released_because,
        organizer_answer=row.organizer_answer,
        attendee_answer=row.attendee_answer,
        cancelled=Cancelled(row.cancelled_by, row.cancelled_at, row.cancelled_because, row.removal)
        if row.cancelled_at
        else None,
        mailed=row.mailed,
        frozen=row.frozen,
        topic=row.topic,
    )


def columns_of(session: Session) -> dict[str, object]:
    """What `session` stores."""
    return {
        "uid": session.uid,
        "match": session.match,
        "booked_by": session.booked_by,
        "pressed_by": session.pressed_by,
        "organizer": session.organizer,
        "attendee": session.attendee,
        "start_minute": session.when.start_minute,
        "end_minute": session.when.end_minute,
        "zone": session.zone,
        "wall_start": session.wall_start.isoformat(timespec="minutes"),
        "state": session.state,
        "booked_via": session.booked_via,
        "looked_at": session.looked_at,
        "sequence": session.sequence,
        "revision": session.revision,
        "attempt": session.attempt,
        "event_id": session.event_id,
        "event_uid": session.event_uid,
        "event_etag": session.event_etag,
        "conference_suite": session.conference.suite if session.conference else None,
        "conference_url": session.conference.url if session.conference else None,
        "link": session.link,
        "released_because": session.released_because,
        "organizer_answer": session.organizer_answer,
        "attendee_answer": session.attendee_answer,
        "cancelled_by": session.cancelled.by if session.cancelled else None,
        "cancelled_at": session.cancelled.at if session.cancelled else None,
        "cancelled_because": session.cancelled.because if session.cancelled else None,
        "removal": session.cancelled.removal if session.cancelled else None,
        "mailed": session.mailed,
        "frozen": session.frozen,
        "topic": session.topic,
    }
