"""The world as JSON, for people and tests."""

from __future__ import annotations

from sandbox.mailbox import Post
from sandbox.world import AllDay, Event, Json, Mailbox, World


def world_json(world: World, only: list[str]) -> dict[str, Json]:
    """Every mailbox, or those named."""
    post = Post(world)
    return {
        "now": world.clock.now().isoformat(),
        "mailboxes": {
            address: _mailbox(world, mailbox)
            for address, mailbox in world.mailboxes.items()
            if not only or address in only
        },
        "letters": {
            address: [letter.json() for letter in post.letters(address)]
            for address in post.addresses()
            if not only or address in only
        },
    }


def event_json(event: Event) -> dict[str, Json]:
    """One copy of an event."""
    when, conference = event.when, event.conference
    return {
        "id": event.id,
        "uid": event.uid,
        "title": event.title,
        "start": when.start.isoformat(),
        "end": when.end.isoformat(),
        "all_day": isinstance(when, AllDay),
        "organizer": event.organizer.email,
        "attendees": [{"email": each.email, "response": each.response} for each in event.attendees],
        "busy": event.is_busy,
        "shows": event.availability,
        "status": event.status,
        "private": event.private,
        "conference": None
        if conference is None
        else {
            "kind": conference.kind,
            "state": conference.state,
            "url": conference.url if conference.state == "success" else None,
        },
        "sequence": event.sequence,
        "revision": event.revision,
    }


def _mailbox(world: World, mailbox: Mailbox) -> Json:
    copies = world.events(mailbox.address)
    copies.sort(key=lambda event: (event.when.bounds(mailbox.time_zone)[0], event.id))
    return {
        "name": mailbox.name,
        "suite": mailbox.suite,
        "time_zone": mailbox.time_zone,
        "events": [event_json(event) for event in copies if not event.deleted],
        "deleted": [event_json(event) for event in copies if event.deleted],
    }
